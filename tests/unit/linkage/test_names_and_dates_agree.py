"""How two names agree, and two dates: every kind of slip by an example."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.linkage import dates, names


def agreement(one: str, other: str) -> str:
    known = names.encode(pl.Series([one, other]))
    level = names.compare(known, np.array([1]), np.array([2]))
    return names.LEVELS[level[0]]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("周志健", "周志健 ", "variant"),
        ("闫丽华", "阎麗華", "variant"),
        ("张伟（户主）", "张伟", "variant"),
        ("阿依古丽·买买提", "阿依古丽.买买提", "variant"),
        ("阿依古丽·买买提", "阿依古丽买买提", "variant"),
        ("江宏志", "姜红志", "sound"),
        ("曾小平", "增小平", "sound"),
        ("陈晓林", "程小零", "near"),
        ("王玉梅", "王玉海", "look"),
        ("王建国", "王国建", "swapped"),
        ("玉素甫·艾力", "艾力·玉素甫", "swapped"),
        ("马花娃", "马红花", "moved"),
        ("王志国", "王国", "shortened"),
        ("王伟", "王伟伟", "shortened"),
        ("阿依古丽·买买提", "阿依古丽", "shortened"),
        ("王志国", "王永国", "one_other"),
        ("阿依努尔·吐尔逊", "阿衣奴尔·图尔荪", "near"),
        ("王志国", "赵志国", "given"),
        ("郭红玲", "小玲", "pet"),
        ("王志国", "王永胜", "surname"),
        ("王志国", "赵永胜", "other"),
        ("买买提·吐尔逊", "热合曼·克然木", "other"),
        ("欧阳兰", "欧阳岚", "sound"),
        ("", "王伟", "missing"),
    ],
)
def test_names_agree_as_people_would_say(one: str, other: str, how: str) -> None:
    assert agreement(one, other) == agreement(other, one) == how


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (19650308, 19650308, "same"),
        (19650308, 19650803, "swapped"),
        (19650308, 19650318, "one_digit"),
        (19650308, 19640308, "year_slip"),
        (19650308, 19750308, "year_slip"),
        (19650308, 19650329, "day_other"),
        (19650308, 19650300, "part"),
        (19650308, 19650000, "age"),
        (19650308, 19640000, "age"),
        (19650301, 19650301, "first"),
        (19650308, 19560308, "swapped"),
        (19650308, 19650127, "weeks"),
        (19650308, 19650101, "part"),
        (19650308, 19720308, "same_day"),
        (19650308, 19651127, "same_year"),
        (19650308, 19671127, "near_year"),
        (19650308, 19801127, "other"),
        (0, 19650308, "missing"),
    ],
)
def test_dates_agree_as_people_would_say(one: int, other: int, how: str) -> None:
    there = dates.compare(np.array([one]), np.array([other]))[0]
    back = dates.compare(np.array([other]), np.array([one]))[0]

    assert dates.LEVELS[there] == dates.LEVELS[back] == how


characters = "王李阿依古丽买提志国建伟小红玲欧阳梅海闫阎·. "
anything = st.text(alphabet=characters, max_size=9)


@given(anything, anything)
def test_the_order_of_a_pair_does_not_matter(one: str, other: str) -> None:
    assert agreement(one, other) == agreement(other, one)


@given(anything)
def test_a_name_agrees_with_itself_or_says_nothing(one: str) -> None:
    assert agreement(one, one) in ("same", "variant", "missing")


dates_of_birth = st.dates().map(lambda day: day.year * 10_000 + day.month * 100 + day.day)


@given(dates_of_birth, dates_of_birth)
def test_the_order_of_two_dates_does_not_matter(one: int, other: int) -> None:
    a, b = np.array([one]), np.array([other])

    assert dates.compare(a, b)[0] == dates.compare(b, a)[0]
