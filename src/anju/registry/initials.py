"""Pinyin initials of names, as people type them in a search: `覃秀英` → `qxy`."""

from functools import cache

from pypinyin import Style, pinyin

# Characters that are read otherwise as a surname than in text, and two-character surnames.
_SURNAMES = {
    "单": "s", "覃": "q", "仇": "q", "曾": "z", "盖": "g", "查": "z", "解": "x", "朴": "p",
    "任": "r", "华": "h", "燕": "y", "区": "o", "尉": "w", "召": "s", "乐": "y", "翟": "z",
    "种": "c", "缪": "m", "晁": "c", "洗": "x", "冼": "x", "员": "y", "贠": "y", "逄": "p",
    "繁": "p", "黑": "h", "秘": "b", "折": "s", "逯": "l", "不": "f", "祭": "z", "能": "n",
    "车": "c", "卜": "b", "褚": "c", "洪": "h", "宿": "s", "麻": "m", "牟": "m", "郗": "x",
    "俞": "y", "殷": "y", "应": "y", "哈": "h", "纪": "j", "葛": "g", "都": "d", "句": "g",
    "隗": "w", "佴": "n", "訾": "z", "阚": "k", "乜": "n", "厍": "s", "郇": "x", "妫": "g",
}  # fmt: skip
_DOUBLE_SURNAMES = {
    "尉迟": "yc", "万俟": "mq", "澹台": "tt", "单于": "cy", "长孙": "zs", "宇文": "yw",
    "令狐": "lh", "鲜于": "xy", "独孤": "dg", "夏侯": "xh", "诸葛": "zg", "欧阳": "oy",
    "上官": "sg", "司马": "sm", "司徒": "st", "皇甫": "hf", "慕容": "mr", "呼延": "hy",
    "东方": "df", "公孙": "gs", "轩辕": "xy", "钟离": "zl", "闻人": "wr", "濮阳": "py",
}  # fmt: skip
LONGEST = 20


def initials(name: str) -> str:
    """Lower-case initials, at most 20; characters without a reading are left out."""
    double = _DOUBLE_SURNAMES.get(name[:2])
    if double is not None:
        return (double + "".join(map(_initial, name[2:])))[:LONGEST]
    surname = _SURNAMES.get(name[:1])
    if surname is not None:
        return (surname + "".join(map(_initial, name[1:])))[:LONGEST]
    return "".join(map(_initial, name))[:LONGEST]


@cache
def _initial(character: str) -> str:
    """The first letter of one character, as it is mostly read."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    read = pinyin(character, style=Style.FIRST_LETTER, errors="ignore")
    return read[0][0] if read else ""
