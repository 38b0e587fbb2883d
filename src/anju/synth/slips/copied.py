"""Slips of another kind: a list copied from old books by people who know each other, then merged villages.

Nothing here is shared with `names` and `values`: other tables, other kinds, other proportions. Somebody who
built a matcher on those can see on these how it does on what it has not seen.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable
from typing import Final

Slip = Callable[[str, random.Random], str]
_DOTS: Final = "·•‧.．・"
_DOUBLE: Final = ("欧阳", "上官")


def _table(groups: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in groups.split():
        for one in group:
            found[one] = found.get(one, "") + group.replace(one, "")
    return found


_SURNAMES: Final = _table(
    "王汪 黄皇 张章 李黎 陈程 刘柳 杨阳 赵肇 吴邬 周邹 徐许 孙荪 马麻 朱诸 胡扈 郭国 何贺 高皋 林凌 罗骆 郑甄 梁良 "
    "谢解 宋松 唐汤 许徐 邓登 韩罕 冯逢 曹操 彭蓬 曾增 肖萧 田佃 董懂 袁原 潘番 于余 蒋姜 蔡菜 余俞 杜社 叶业 程成 "
    "魏卫 苏酥 吕侣 丁汀 任壬 沈审 姚尧 卢芦 傅富 钟仲 姜江 崔催 谭覃 廖辽 范樊 汪王 陆路 金今 石时 戴岱 贾假 韦维 "
    "夏厦 邱秋 方芳 侯猴 邹周 熊雄 孟梦 秦琴 白百 江姜 阎颜 薛雪 尹伊 段叚 雷蕾 黎李 史使 龙隆 陶桃 贺何 顾故 毛茅 "
    "郝赫 龚恭 邵绍 万卍 钱前 覃谭 武午 戚七 孔恐 向项 汤唐"
)
"""Surnames exchanged for one that sounds or looks alike, or is written so in the next village."""

_GIVEN: Final = _table(
    "英瑛樱 珍针 芳枋 兰蓝 花华 秀琇 凤峰 玉宇 桂贵 春椿 梅煤 霞暇 燕艳 丽俪 红宏 娟鹃 玲伶 敏闵 静婧 洁杰 萍坪 "
    "国果 建践 军钧 华骅 明铭 强墙 平评 志治 文闻 德得 福辐 荣嵘 贵桂 林临 海孩 勇涌 伟苇 刚缸 斌宾 波播 涛滔 峰烽 "
    "云匀 飞非 龙笼 生牲 成城 光胱 金锦 宝堡 才裁 喜禧 富付 永泳 安鞍 天添 学血 正证 中忠 东冬 新薪 昌倡 兴星 庆磬 "
    "浩灏 宇屿 轩宣 涵函 欣昕 怡贻 雨语 思偲 梓紫 诗师 佳葭 琪祺 婷停 晨辰 俊骏 鑫馨 磊垒 豪毫 博搏 瑞锐 凯铠"
)
_WORN: Final = _table(
    "英央 珍珎 芳方 兰三 花化 凤风 玉五 桂圭 春泰 梅每 霞露 丽丙 红江 娟涓 静青 洁吉 萍苹 国固 建律 军车 华毕 明阴 "
    "强虽 平半 志忘 文又 德听 福副 荣劳 贵责 林材 海每 勇甬 伟韦 刚冈 斌文 波皮 涛寿 峰蜂 云公 飞匕 生主 成戊 光先 "
    "金全 宝玉 喜嘉 富畐 永水 安女 天无 学字 正止 中巾 东车 新亲 兴米 庆床 浩告 宇于 涵函 欣欢 怡治 雨而 思恩 诗持 "
    "王主 李季 张长 刘文 陈东 杨汤 赵走 黄寅 周同 吴昊 孙小 胡古 朱未 高亨 林杯 何可 郭享 马乌 罗夕 梁粱"
)
"""What is left of a character where the paper is worn or the scan is poor."""
_OLD: Final = _table("国國 华華 兰蘭 凤鳳 贵貴 荣榮 丽麗 云雲 东東 义義 军軍 红紅 刘劉 陈陳 张張 赵趙 罗羅 龙龍 马馬 黄黃 叶葉 杨楊 "
    "卢盧 郑鄭 邓鄧 钟鍾 苏蘇 谭譚 韦韋 陆陸 孙孫 许許 谢謝 吕呂 贺賀 汤湯 钱錢 宝寶 庆慶 兴興 爱愛 莲蓮 学學 建健 进進 远遠 飞飛 "
    "强強 伟偉 刚剛 涛濤 静靜 娟娟 玉钰 杰傑 银銀 铁鐵 铭銘 萧蕭 阎閻 顾顧 龚龔 齐齊")  # fmt: skip
_CALLED: Final = tuple("幺 满 狗 牛 秋 雪 三 四 五 福 禄 苗 草 连 换 引 招 转 来 田 水 火".split())


def _split(name: str) -> tuple[str, str]:
    size = 2 if name[:2] in _DOUBLE else 1
    return name[:size], name[size:]


def _replacing(table: dict[str, str], places: Callable[[str], list[int]]) -> Slip:
    def slip(name: str, chance: random.Random) -> str:
        fit = [place for place in places(name) if name[place] in table]
        if not fit:
            return name
        place = chance.choice(fit)
        return name[:place] + chance.choice(table[name[place]]) + name[place + 1 :]

    return slip


def _everywhere(name: str) -> list[int]:
    return list(range(len(name)))


def _in_given(name: str) -> list[int]:
    return list(range(len(_split(name)[0]), len(name)))


def _in_surname(name: str) -> list[int]:
    return [0]


def _old_writing(name: str, chance: random.Random) -> str:
    """Every character in its old form."""
    return "".join(_OLD.get(one, "")[:1] or one for one in name)


def _without_surname(name: str, chance: random.Random) -> str:
    """Everybody in the village knows whose he is."""
    given = _split(name)[1]
    return given if len(given) > 1 else name


def _married(name: str, chance: random.Random) -> str:
    """A wife under her husband's surname, before her own."""
    return chance.choice("王李张刘陈杨赵黄周吴徐孙胡朱高林") + name


def _at_home(name: str, chance: random.Random) -> str:
    surname, given = _split(name)
    called = chance.choice(_CALLED)
    kind = chance.random()
    if kind < 0.4:
        return surname + given[-1] + chance.choice("娃儿子妹")
    if kind < 0.7:
        return surname + chance.choice("老二三") + given[-1]
    return surname + called + (chance.choice(("", given[-1])))


def _other_generation(name: str, chance: random.Random) -> str:
    """The character of the generation put last, or that of the brothers."""
    surname, given = _split(name)
    if len(given) < 2:
        return name
    return (
        surname + given[::-1]
        if chance.random() < 0.5
        else surname + chance.choice("永世光正国德") + given[1:]
    )


def _dropped(name: str, chance: random.Random) -> str:
    surname, given = _split(name)
    if len(given) < 2:
        return name
    return surname + (given[1] if chance.random() < 0.6 else given[0])


def _remark(name: str, chance: random.Random) -> str:
    return chance.choice(
        ("{}（大）", "{}(小)", "{}2", "{}．", "{} 户", "*{}", "{}（外出）")
    ).format(name)


_HAN: Final[tuple[tuple[float, Slip], ...]] = (
    (0.16, _replacing(_SURNAMES, _in_surname)), (0.24, _replacing(_GIVEN, _in_given)),
    (0.14, _replacing(_WORN, _everywhere)), (0.10, _old_writing), (0.03, _without_surname),
    (0.02, _married), (0.09, _at_home), (0.08, _other_generation), (0.08, _dropped), (0.06, _remark),
)  # fmt: skip


def _turned(name: str, chance: random.Random) -> str:
    """The father's name first, as an office that files by family does."""
    own, _, father = name.partition("·")
    return f"{father}·{own}"


def _run_together(name: str, chance: random.Random) -> str:
    return name.replace("·", chance.choice(("", " ", *_DOTS[1:])))


def _own_only(name: str, chance: random.Random) -> str:
    return name.split("·")[0]


def _spelt(name: str, chance: random.Random) -> str:
    table = _table(
        "买麦 提题 依衣伊 古姑谷 丽莉力 阿啊 热惹 木穆姆 合哈 孜兹 江疆姜 拉腊 尔耳 吐图 曼满 不布"
    )
    return _replacing(table, _everywhere)(name, chance)


_DOTTED: Final[tuple[tuple[float, Slip], ...]] = (
    (0.25, _turned), (0.3, _run_together), (0.1, _own_only), (0.35, _spelt),
)  # fmt: skip


def name(told: str, chance: random.Random) -> str:
    """The name with one slip; tries again where a kind does not apply to it."""
    kinds = _DOTTED if "·" in told else _HAN
    for _ in range(8):
        ((_, how),) = chance.choices(kinds, [weight for weight, _ in kinds])
        other = how(told, chance)
        if other != told:
            return other
    return told


def date(born: int, chance: random.Random) -> int:
    """The date with one slip: by the lunar calendar, from an age, digits exchanged, day before …"""
    year, month, day = born // 10_000, born // 100 % 100, born % 100
    kind = chance.random()
    if kind < 0.15:  # about a month earlier, as the old calendar has it
        back = chance.randrange(20, 50)
        days = (year * 12 + month - 1) * 30 + day - 1 - back
        return _whole(days // 360, days // 30 % 12 + 1, days % 30 + 1)
    if kind < 0.25:
        return (year + chance.choice((-1, 0, 1))) * 10_000
    if kind < 0.45:
        return _exchanged(born, chance)
    if kind < 0.6:
        return _whole(year, month, day + chance.choice((-1, 1, 10, -10)))
    if kind < 0.75:
        return _whole(year, (month + chance.choice((-1, 1)) - 1) % 12 + 1, day)
    if kind < 0.9:
        return _whole(year + chance.choice((-2, -1, 1, 2, 10, -10)), month, day)
    return _whole(year, month, 1 if day != 1 else 15)


def _exchanged(born: int, chance: random.Random) -> int:
    """Two neighbouring digits, wherever a date remains."""
    places = list(range(2, 7))
    chance.shuffle(places)
    text = str(born)
    for place in places:
        other = int(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
        if other != born and _whole(other // 10_000, other // 100 % 100, other % 100) == other:
            return other
    return _whole(born // 10_000, born // 100 % 100, born % 100 + 1)


def _whole(year: int, month: int, day: int) -> int:
    """A date that was, drawn back where there is none."""
    year = min(year, 2023)
    if not 1 <= month <= 12:
        return year * 10_000 + 101
    return year * 10_000 + month * 100 + min(max(day, 1), monthrange(year, month)[1])
