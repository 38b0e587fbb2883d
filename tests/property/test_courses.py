"""Where an indicator stands against its target, for values and days nobody thought of."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from anju.duties.courses import Course, Point, Target, course, forecast, gap, is_met, window

START, DUE = date(2023, 1, 31), date(2023, 12, 31)
NUMBERS = st.decimals(-1000, 1000, places=2)
DAYS = st.dates(START, DUE - timedelta(days=1))
OPERATORS = st.sampled_from([">=", "<=", ">", "<", "=", "between"])


@st.composite
def targets(draw):
    operator, value = draw(OPERATORS), draw(NUMBERS)
    upper = value + draw(st.decimals(1, 50, places=1)) if operator == "between" else None
    return Target(DUE, operator, value, upper)


POINTS = st.lists(st.tuples(DAYS, NUMBERS), max_size=8, unique_by=lambda pair: pair[0]).map(
    lambda pairs: [Point(*pair) for pair in sorted(pairs)]
)


@given(POINTS, targets(), st.dates(START, DUE + timedelta(days=90)))
def test_a_value_that_meets_the_target_has_reached_it_and_no_other_has(points, target, on):
    known = [point for point in points if point.on <= on]
    found = course(points, target, on)
    if not known:
        assert found == Course.UNKNOWN
    else:
        assert (found == Course.REACHED) == is_met(known[-1].value, target)


@given(POINTS, targets(), st.dates(START, DUE))
def test_nothing_is_missed_before_its_day(points, target, on):
    assert course(points, target, on) != Course.MISSED


@given(POINTS, targets(), st.dates(DUE + timedelta(days=1), DUE + timedelta(days=900)))
def test_after_the_day_it_is_reached_or_missed_or_nobody_knows(points, target, on):
    assert course(points, target, on) in (Course.REACHED, Course.MISSED, Course.UNKNOWN)


@given(targets(), NUMBERS)
def test_the_gap_is_none_where_it_is_met_and_never_below_nothing(target, value):
    assert gap(value, target) >= 0
    assert not is_met(value, target) or gap(value, target) == 0


@given(NUMBERS, st.decimals(-5, 5, places=2), st.integers(3, 9), st.integers(0, 700))
def test_the_forecast_of_a_straight_line_is_that_line(begin, step, count, ahead):
    points = [
        Point(START + timedelta(days=10 * n), begin + 1000 + step * 10 * n) for n in range(count)
    ]
    on = START + timedelta(days=ahead)
    expected = begin + 1000 + step * ahead
    found = forecast(points, on)
    lowest = min(point.value for point in points)
    if lowest >= 0 > expected:
        assert found == 0
    else:
        assert abs(found - expected) <= Decimal("0.0001")


@given(POINTS.filter(lambda points: len(points) < 3), DAYS)
def test_fewer_than_three_values_foretell_nothing(points, on):
    assert forecast(points, on) is None


def test_two_values_keep_pace_with_the_time_that_has_passed():
    target = Target(date(2023, 12, 27), ">=", Decimal(100))
    first = Point(date(2023, 1, 1), Decimal(0))  # 360 days ahead
    half = date(2023, 6, 30)
    assert course([first, Point(half, Decimal(50))], target, half) == Course.ON_COURSE
    assert course([first, Point(half, Decimal(49))], target, half) == Course.BEHIND
    assert course([first], target, half) == Course.OPEN
    assert course([], None, half) == Course.NO_TARGET


def test_a_falling_number_is_on_course_to_nothing():
    target = Target(DUE, "<=", Decimal(0))
    days = (date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30))
    falling = [Point(day, Decimal(value)) for day, value in zip(days, (90, 60, 25), strict=True)]
    slower = [Point(day, Decimal(value)) for day, value in zip(days, (90, 80, 75), strict=True)]
    assert course(falling, target, DUE) == Course.ON_COURSE
    assert course(slower, target, DUE) == Course.BEHIND
    assert course(falling, target, DUE + timedelta(days=1)) == Course.MISSED


def test_only_values_after_the_due_day_before_count():
    points = [Point(date(2022, 12, 31), Decimal(1)), Point(date(2023, 6, 30), Decimal(2))]
    assert window(points, [date(2022, 12, 31), DUE], DUE) == points[1:]
    assert window(points, [DUE], DUE) == points
