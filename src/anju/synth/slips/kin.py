"""Who bears which name: clans that fill a village, names of a generation, favourites, namesakes.

Names drawn evenly would make everybody easy to tell apart. Here a few surnames fill a village, sons
of a clan share a character, favourites of each age return hundreds of times, twins share their
birthday and most of their name, and some sons are called almost like their father.
"""

from __future__ import annotations

import random
from typing import Final

from anju.synth import names

_FAVOURITES: Final = {
    (False, 0): "建国 国华 志强 国强 德华 建军 文明 永福 光荣 德贵 正华 明华 福贵 忠华 国平 世荣".split(),
    (False, 1): "勇 军 伟 强 刚 平 斌 波 建华 志华 小军 小平 海军 建平 明 涛 志勇 永强".split(),
    (False, 2): "浩 杰 浩宇 俊杰 宇航 子轩 浩然 宇 鑫 俊 子涵 文杰 嘉豪 志豪 梓豪 磊".split(),
    (True, 0): "秀英 桂英 桂兰 玉兰 秀兰 玉珍 秀珍 桂珍 玉英 素珍 凤英 春兰 兰英 翠英 素芬 桂芳".split(),
    (True, 1): "芳 燕 丽 艳 敏 霞 红 梅 丽华 春梅 小燕 玲 小红 海燕 春燕 晓燕 红梅 秀梅".split(),
    (True, 2): "欣怡 梓涵 雨涵 诗涵 佳怡 婷婷 雨欣 思雨 子涵 梦琪 佳琪 雅婷 静怡 可欣 欣悦 雨桐".split(),
}  # fmt: skip
"""Given names much liked in three ages: born before 1965, before 1995, later."""

_NOT_CHINESE_MEN: Final = "买买提 艾力 吐尔逊 热合曼 阿不都拉 玉素甫 克然木 托合提 赛买提 肉孜 努尔买买提 麦麦提江 依力哈木 阿卜杜热合曼".split()
_NOT_CHINESE_WOMEN: Final = "阿依古丽 古丽娜尔 帕提古丽 热依汗 阿依努尔 古丽巴哈尔 努尔古丽 阿孜古丽 玛依拉 米热古丽".split()
_YI_MEN: Final = "阿木 吉诺 木果 布日 勒沙 拉且 尔哈 木呷 阿鲁 尼扎 合力 日火 子布 依力".split()
_YI_WOMEN: Final = "阿依 沙依 乌嘎 热扎 阿呷 妞妞 阿果 阿支 木乃 阿西".split()


def weighted(chance: random.Random, words: list[str] | tuple[str, ...], slope: float = 0.9) -> str:
    """One of the words, the early ones far more often than the late ones."""
    return chance.choices(words, [1 / (place + 2) ** slope for place in range(len(words))])[0]


def era(year: int) -> int:
    """Which age's favourites somebody born then may bear."""
    return 0 if year < 1965 else 1 if year < 1995 else 2


class Clans:
    """Surnames of the villages and the characters their generations share."""

    def __init__(self, villages: int, chance: random.Random) -> None:
        self._chance = chance
        self._clans = [
            [weighted(chance, names.SURNAMES) for _ in range(chance.choice((1, 2, 2, 3)))]
            for _ in range(villages)
        ]
        self._dotted = [chance.random() < 0.06 for _ in range(villages)]
        self._shared: dict[tuple[str, int, bool], str] = {}

    def surname(self, village: int) -> str:
        """A surname of the village: mostly one of its clans."""
        if self._chance.random() < 0.55:
            return self._chance.choice(self._clans[village])
        return weighted(self._chance, names.SURNAMES)

    def manner(self, village: int) -> str:
        """How names of a household are made there: han, dotted or yi."""
        draw = self._chance.random()
        if draw < (0.7 if self._dotted[village] else 0.005):
            return "dotted"
        return "yi" if draw > 0.985 else "han"

    def given(self, surname: str, female: bool, year: int) -> str:
        """A given name of one or two characters, as that age liked them."""
        chance, age = self._chance, era(year)
        if chance.random() < 0.22:
            return weighted(chance, _FAVOURITES[female, age])
        pool = names.GIVEN_WOMEN if female else names.GIVEN_MEN
        turn = age * len(pool) // 3
        pool = pool[turn:] + pool[:turn]
        last = weighted(chance, tuple(pool), 0.5)
        if chance.random() < (0.08, 0.22, 0.1)[age]:
            return last
        if chance.random() < (0.25 if female else 0.5):
            key = surname, year // 22, female
            shared = self._shared.setdefault(key, weighted(chance, tuple(pool), 0.3))
            return shared + last
        return weighted(chance, tuple(pool), 0.5) + last

    def foreign(self, manner: str, female: bool, father: str | None) -> str:
        """A name in two parts: own name and father's, with a dot; or a Yi name without one."""
        if manner == "dotted":
            own = weighted(self._chance, _NOT_CHINESE_WOMEN if female else _NOT_CHINESE_MEN, 0.6)
            return f"{own}·{father or weighted(self._chance, _NOT_CHINESE_MEN, 0.6)}"
        own = self._chance.choice(_YI_WOMEN if female else _YI_MEN)
        return own + (father or self._chance.choice(_YI_MEN))


def like_father(given: str, father: str, chance: random.Random) -> str:
    """Almost the father's given name: one of its characters and one of the own."""
    if chance.random() < 0.5:
        return father[0] + given[-1]
    return given[0] + father[-1]


def twin(given: str, other: str) -> str:
    """The given name of a second twin: the first character shared."""
    return other[0] + given[-1] if len(other) > 1 else given
