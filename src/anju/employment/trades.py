"""Which trades are alike: names of trades as people write them, told apart by what is in them.

Pure. A table of families of our own, to be widened as counties use other words; trades of no family
are compared by their names alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Family → what the name of a trade of it holds. The first that fits holds.
FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "sewing": ("缝纫", "服装", "制衣", "车工（服装）", "裁剪", "裁缝", "针织", "刺绣", "鞋"),
    "electronics": ("电子", "装配", "组装", "插件", "贴片", "焊锡"),
    "welding": ("焊",),
    "electric": ("电工", "电气", "水电"),
    "care": ("护理", "养老", "护工", "月嫂", "育婴", "育儿", "保育"),
    "household": ("家政", "保洁", "清洁", "环卫", "物业"),
    "kitchen": ("厨", "烹", "面点", "餐", "服务员", "帮工"),
    "building": ("砌筑", "泥瓦", "瓦工", "钢筋", "木工", "建筑", "抹灰", "架子", "油漆", "装修"),
    "machines": ("挖掘", "装载", "铲车", "叉车", "起重", "塔吊"),
    "driving": ("驾驶", "司机", "配送", "快递", "送货", "物流", "分拣"),
    "guarding": ("保安", "门卫", "安保"),
    "selling": ("电子商务", "电商", "直播", "客服", "销售", "营业员", "收银", "导购"),
    "tea": ("茶",),
    "silk": ("蚕", "缫丝"),
    "farming": ("种植", "养殖", "采摘", "果", "菌", "大棚", "园林", "绿化", "农"),
    "food": ("食品", "加工", "包装", "屠宰"),
}
#: Who says so would do any work; an opening called so asks for no trade.
ANY: Final = ("普工", "杂工", "不限", "都可", "均可", "其他", "小工", "辅工")


def family(trade: str) -> str:
    """The family of a trade; empty for one of none."""
    return next((name for name, words in FAMILIES.items() if any(w in trade for w in words)), "")


def is_any(trade: str) -> bool:
    """Whether it names no trade in particular."""
    return any(word in trade for word in ANY)


def alike(one: str, other: str) -> bool:
    """Whether two names mean the same trade or the same family of trades."""
    one, other = _bare(one), _bare(other)
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    of_one = family(one)
    return bool(of_one) and of_one == family(other)


def words_of(trade: str) -> tuple[str, ...]:
    """What names of like trades hold, to look for them in a column."""
    name = family(trade)
    bare = _bare(trade)
    return (*FAMILIES[name], bare) if name else (bare,) if bare else ()


def _bare(trade: str) -> str:
    """Without what every trade's name ends in."""
    text = trade.strip().replace(" ", "")
    while len(text) > 1 and text[-1] in "工员师者":
        text = text[:-1]
    return text
