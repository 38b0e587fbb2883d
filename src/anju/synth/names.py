"""Names of people and places, put together at random from common parts; nobody real is meant."""

from __future__ import annotations

from typing import Final

import numpy as np

from anju.synth.columns import Array

SURNAMES: Final = tuple(
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋"
    "田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖"
    "单覃仇"
) + ("欧阳", "上官")
GIVEN_MEN: Final = tuple(
    "伟强磊军洋勇杰涛明超平刚辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林峰建国志德文光福贵财生荣祥顺"
    "和安康宏海山川松柏春田成义忠孝正元永庆"
)
GIVEN_WOMEN: Final = tuple(
    "芳娜敏静丽艳娟霞秀英兰玉珍桂香梅琴素云莲翠雪红琼凤玲巧美琳婷慧莉燕萍菊花春娥彩银莹倩雯欣怡"
    "佳梦琪雨晴思月秋桃芝"
)
GIVEN_RARE: Final = ("㛃", "䶮", "赟", "犇", "淼", "昱", "翀", "𫍽")
MINORITY_FIRST: Final = (
    "阿木",
    "沙依",
    "吉诺",
    "木果",
    "布日",
    "阿依",
    "乌嘎",
    "热扎",
    "勒沙",
    "古丽",
)
MINORITY_LAST: Final = (
    "拉且",
    "尔哈",
    "木呷",
    "阿鲁",
    "尼扎",
    "达吾",
    "合力",
    "日火",
    "子布",
    "依力",
)

NATIONS: Final = (
    "汉族", "苗族", "布依族", "侗族", "土家族", "彝族", "回族", "壮族", "瑶族", "仡佬族",
)  # fmt: skip
NATION_SHARES: Final = (0.62, 0.12, 0.07, 0.05, 0.05, 0.04, 0.02, 0.01, 0.01, 0.01)
YI: Final = NATIONS.index("彝族")

_STEM_FIRST: Final = "青云石清白松竹梅溪荷枫兰桃杏柳柏椿楠桐樟荆茶稻禾丰沙泉湖滩岩崖坡"
_STEM_LAST: Final = "坪溪岭塘坝湾坳冲垭沟坡湖桥井田畈岗垄台洲浦港埠寨铺关庄园箐泉"
TOWN_KINDS: Final = ("镇", "乡")


def stems(rng: np.random.Generator, count: int) -> list[str]:
    """Distinct names of two characters for places; wraps with a number when they run out."""
    pairs = [a + b for a in _STEM_FIRST for b in _STEM_LAST if a != b]
    order = rng.permutation(len(pairs))
    chosen = [pairs[order[i % len(pairs)]] for i in range(count)]
    return [
        name if i < len(pairs) else f"{name}{i // len(pairs) + 1}" for i, name in enumerate(chosen)
    ]


def full_names(surname: Array, female: Array, first: Array, second: Array, rare: Array) -> Array:
    """Names of persons from positions in the tables (`second` −1: a given name of one character).

    A negative surname −k stands for the k-th part of a name written with a middle dot.
    """
    men, women = np.array(GIVEN_MEN), np.array(GIVEN_WOMEN)
    one = np.where(female, women[first % len(women)], men[first % len(men)])
    two = np.where(female, women[second % len(women)], men[second % len(men)])
    two = np.where(second < 0, "", two)
    two = np.where(rare >= 0, np.array(GIVEN_RARE)[rare % len(GIVEN_RARE)], two)
    family = np.array(SURNAMES)[np.maximum(surname, 0) % len(SURNAMES)]
    han = np.char.add(np.char.add(family, one), two)
    dotted = np.char.add(
        np.char.add(np.array(MINORITY_FIRST)[first % len(MINORITY_FIRST)], "·"),
        np.array(MINORITY_LAST)[-surname % len(MINORITY_LAST)],
    )
    return np.asarray(np.where(surname < 0, dotted, han))
