"""Places of work: made-up counties next door, and the provinces people go to.

Codes beginning 5299 belong to no division. Far places are given by province (six digits, zeros
behind), as a work list gives them when the county is not known.
"""

HOME = "529901"
NEIGHBOURS = {
    "529901": "云岭县",
    "529911": "雾川县",
    "529912": "霁泉县",
    "529913": "榕坡县",
    "529914": "岚渡市",
}
PROVINCES = {
    "330000": "浙江省",
    "440000": "广东省",
    "320000": "江苏省",
    "350000": "福建省",
    "310000": "上海市",
    "110000": "北京市",
    "500000": "重庆市",
    "430000": "湖南省",
}
COUNTY_NAMES = NEIGHBOURS | PROVINCES
COUNTY_CODES = tuple(COUNTY_NAMES)
