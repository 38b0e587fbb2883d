"""Openings and workers, put together in plain values: what fits, what does not, who comes first."""

from dataclasses import replace
from datetime import date

import pytest

from anju.employment import elsewhere, matching, trades, written
from anju.employment.matching import Barrier, Distance, Fit, Opening, Wish, Worker

ON = date(2023, 9, 30)
VILLAGE = "529901101200"
SEWING = Opening(1, "缝纫车工", "529901101000", 300_000, 450_000, 18, 50, needs_skill=False)
WORKER = Worker(
    1, VILLAGE, age=35, labour="ordinary", schooling="none", wants_work="yes", trade="缝纫工",
    wage=350_000, residence="here", owed=3,
)  # fmt: skip


def fits(opening: Opening = SEWING, worker: Worker = WORKER) -> dict[Wish, Fit]:
    return {point.wish: point.fit for point in matching.match(opening, worker).points}


def test_each_wish_is_compared_by_itself() -> None:
    found = matching.match(SEWING, WORKER)

    assert fits() == {
        Wish.TRADE: Fit.MET, Wish.WAGE: Fit.MET, Wish.PLACE: Fit.MET, Wish.AGE: Fit.MET,
        Wish.SKILL: Fit.FREE,
    }  # fmt: skip
    assert (found.distance, found.all(Fit.NOT)) == (Distance.TOWN, ())


def test_what_nobody_knows_is_told_as_not_known() -> None:
    silent = Worker(2, VILLAGE)
    vague = Opening(2, "缝纫工", "")

    assert set(fits(SEWING, silent).values()) == {Fit.UNKNOWN, Fit.FREE}
    assert fits(vague)[Wish.WAGE] is Fit.UNKNOWN
    assert fits(vague)[Wish.PLACE] is Fit.UNKNOWN
    assert matching.match(vague, WORKER).distance is Distance.UNKNOWN


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"age": 15}, Barrier.TOO_YOUNG),
        ({"age": 51}, Barrier.TOO_OLD),
        ({"schooling": "upper_secondary"}, Barrier.AT_SCHOOL),
        ({"labour": "lost"}, Barrier.NO_LABOUR),
        ({"labour": "none"}, Barrier.NO_LABOUR),
        ({"wants_work": "no"}, Barrier.DOES_NOT_WANT),
        ({"age": 18}, None),
        ({"age": 50}, None),
        ({"age": None, "labour": None, "schooling": None}, None),
    ],
)
def test_who_may_not_be_asked(changes: dict, why: Barrier | None) -> None:
    assert matching.barrier(SEWING, replace(WORKER, **changes), ON) is why


def test_nobody_is_sent_to_what_is_full_or_over() -> None:
    assert matching.barrier(replace(SEWING, free=0), WORKER, ON) is Barrier.FULL
    last = replace(SEWING, closes_on=ON)
    assert matching.barrier(last, WORKER, ON) is None
    assert matching.barrier(last, WORKER, date(2023, 10, 1)) is Barrier.OVER


def test_households_without_work_come_first_then_who_is_owed_openings() -> None:
    fitting = replace(WORKER, id=1, owed=0)
    owed = replace(WORKER, id=2, trade="焊工", wage=900_000)
    without = replace(WORKER, id=3, trade="焊工", is_household_without_work=True, owed=0)
    at_work = replace(WORKER, id=4, is_at_work=True)
    pupil = replace(WORKER, id=5, schooling="compulsory")

    found = matching.workers_for(SEWING, [at_work, fitting, owed, without, pupil], on=ON, most=9)

    assert [each.worker.id for each in found] == [3, 2, 1, 4]


def test_somebody_is_told_the_openings_that_suit_best_and_none_that_do_not() -> None:
    near = replace(SEWING, id=1, place=VILLAGE)
    far = replace(SEWING, id=2, place="440000000000")
    wrong = replace(SEWING, id=3, trade="焊工", wage_to=200_000, place="440000000000")
    better = replace(SEWING, id=4, place=VILLAGE, wage_to=600_000)
    full = replace(SEWING, id=5, free=0)

    found = matching.openings_for(WORKER, [far, wrong, near, better, full], on=ON, most=3)

    assert [each.opening.id for each in found] == [4, 1, 2]
    assert matching.suits_any(WORKER, [wrong, far], ON)
    assert not matching.suits_any(WORKER, [wrong, full], ON)


@pytest.mark.parametrize(
    ("place", "distance"),
    [
        (VILLAGE, Distance.VILLAGE),
        ("529901101201", Distance.TOWN),
        ("529901101000", Distance.TOWN),
        ("529901102200", Distance.COUNTY),
        ("529901000000", Distance.COUNTY),
        ("529901", Distance.COUNTY),
        ("529911000000", Distance.PROVINCE),
        ("520000000000", Distance.PROVINCE),
        ("440000000000", Distance.AWAY),
        ("", Distance.UNKNOWN),
    ],
)
def test_distances_follow_the_codes(place: str, distance: Distance) -> None:
    assert matching.distance_between(place, VILLAGE) is distance


def test_who_lives_here_wants_to_come_home_and_of_who_is_away_nothing_is_guessed() -> None:
    far = replace(SEWING, place="440000000000")
    away = replace(WORKER, residence="away")

    assert fits(far)[Wish.PLACE] is Fit.NOT
    assert fits(SEWING, away)[Wish.PLACE] is Fit.UNKNOWN
    assert fits(far, away)[Wish.PLACE] is Fit.MET


def test_a_wage_is_enough_where_the_most_reaches_the_wish() -> None:
    assert fits(worker=replace(WORKER, wage=450_000))[Wish.WAGE] is Fit.MET
    assert fits(worker=replace(WORKER, wage=450_001))[Wish.WAGE] is Fit.NOT
    only_least = replace(SEWING, wage_to=None)
    assert fits(only_least, replace(WORKER, wage=300_001))[Wish.WAGE] is Fit.NOT


def test_skill_is_asked_for_in_the_trade_of_the_opening() -> None:
    skilled = replace(SEWING, needs_skill=True)

    assert fits(skilled, replace(WORKER, skill="裁剪"))[Wish.SKILL] is Fit.MET
    assert fits(skilled, replace(WORKER, skill="焊工"))[Wish.SKILL] is Fit.NOT
    assert fits(skilled)[Wish.SKILL] is Fit.NOT
    assert fits(skilled, replace(WORKER, labour="skilled"))[Wish.SKILL] is Fit.UNKNOWN


def test_trades_are_alike_by_family_or_name_and_any_is_any() -> None:
    assert trades.alike("服装车工", "缝纫工")
    assert trades.alike("电焊工", "焊工")
    assert trades.alike("制陶工", "制陶")
    assert not trades.alike("焊工", "电工")
    assert not trades.alike("", "工")
    assert trades.is_any("普工")
    assert fits(worker=replace(WORKER, trade="都可以"))[Wish.TRADE] is Fit.FREE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3000-4500元/月", (3000, 4500)),
        ("3000～4500", (3000, 4500)),
        ("0.3-0.5万", (3000, 5000)),
        ("3,500元以上", (3500, None)),
        ("不超过50周岁", (None, 50)),
        ("18至50周岁", (18, 50)),
        ("4000", (4000, 4000)),
        ("面议", (None, None)),
        ("年龄不限", (None, None)),
        ("", (None, None)),
        ("看情况", None),
    ],
)
def test_wages_and_ages_are_read_from_one_cell(text: str, found: tuple | None) -> None:
    assert written.ends(text) == found


def test_a_province_is_told_by_how_an_address_begins() -> None:
    assert elsewhere.province_of("广东省东莞市长安镇") == "440000000000"
    assert elsewhere.province_of("内蒙古呼和浩特") == "150000000000"
    assert elsewhere.province_of("长安镇") == ""
    assert elsewhere.padded("4403") == "440300000000"
    assert elsewhere.padded("99") == elsewhere.padded("44030") == ""
