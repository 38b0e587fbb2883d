"""Lists full of slips: the same from the same seed, wrong as often as asked, with people nobody knows."""

import random

import polars as pl
import pytest

from anju.synth.slips import copied, lists, names, values

MADE = lists.make(persons=3_000, rows=1_000, seed=4)


def pairs() -> pl.DataFrame:
    known = MADE.rows.join(MADE.truth, on="row")
    return known.join(MADE.register, on="person", suffix="_true")


def test_the_same_seed_gives_the_same_list_and_another_seed_another() -> None:
    again = lists.make(persons=3_000, rows=1_000, seed=4)
    other = lists.make(persons=3_000, rows=1_000, seed=5)

    assert again.rows.equals(MADE.rows)
    assert again.register.equals(MADE.register)
    assert not other.rows.equals(MADE.rows)


def test_the_register_has_the_size_asked_for_and_some_rows_are_not_in_it() -> None:
    assert MADE.register.height == 3_000
    assert MADE.register["person"].is_unique().all()
    assert 20 < MADE.truth["person"].null_count() < 120


def test_names_dates_and_villages_are_wrong_about_as_often_as_asked() -> None:
    made, rates = pairs(), lists.Rates()

    for field, rate in (("name", rates.name), ("born", rates.date), ("village", rates.place)):
        wrong = (made[field] != made[f"{field}_true"]).mean()
        assert wrong is not None
        assert 0.6 * rate < wrong < 1.6 * rate


def test_a_bare_list_has_neither_heads_nor_phones() -> None:
    bare = lists.make(persons=300, rows=50, seed=1, rates=lists.BARE)

    assert bare.rows["head"].null_count() == bare.rows["phone"].null_count() == 50


def test_a_copied_list_has_slips_of_its_own_kinds_and_villages_by_another_name() -> None:
    made = lists.make(persons=3_000, rows=1_000, seed=4, rates=lists.COPIED)
    both = made.rows.join(made.truth, on="row").join(made.register, on="person", suffix="_true")
    wrong = both.filter(pl.col("name") != pl.col("name_true"))
    villages = both.group_by("village_true").agg(
        elsewhere=(pl.col("village") != pl.col("village_true")).mean()
    )

    assert 0.6 < wrong.height / both.height / lists.COPIED.name < 1.6
    assert (villages["elsewhere"] > 0.9).sum() == round(lists.COPIED.merged * villages.height)


@pytest.mark.parametrize("name", ["王伟", "欧阳志华", "陈晓燕", "阿依古丽·买买提"])
def test_a_copying_slip_changes_a_name_and_leaves_some_of_it(name: str) -> None:
    chance = random.Random(1)
    slips = {copied.name(name, chance) for _ in range(200)}

    assert len(slips - {name}) > 5
    assert all(set(one) & set(name) for one in slips if name.isascii() or len(name) > 2)


def test_villages_have_namesakes() -> None:
    sizes = MADE.register.group_by("name", "village").len()["len"]

    assert (sizes > 1).sum() > 30


@pytest.mark.parametrize("name", ["王伟", "欧阳志华", "陈晓燕", "阿依古丽·买买提", "阿木拉且"])
def test_a_slip_changes_a_name_and_leaves_some_of_it(name: str) -> None:
    chance = random.Random(1)
    slips = {names.slip(name, chance) for _ in range(200)}

    assert len(slips - {name}) > 5
    assert all(slips)


def test_a_wrong_date_remains_one_or_says_that_it_is_not_known() -> None:
    chance = random.Random(2)

    for _ in range(500):
        year, month, day = values.parts(values.date(20000229, chance))
        assert 1900 < year <= 2023
        assert 0 <= month <= 12
        assert 0 <= day <= 31
