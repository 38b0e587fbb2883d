"""Clocks over any day, any length, and any holidays a county may write."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from anju.procedures import Calendar, Clock, add_months

DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))
CALENDARS = st.builds(
    Calendar,
    st.dictionaries(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.booleans(), max_size=40),
)
NEAR = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(calendar=CALENDARS, since=NEAR, amount=st.integers(0, 40))
def test_working_days_added_are_the_working_days_counted(
    calendar: Calendar, since: date, amount: int
) -> None:
    due = calendar.add(Clock(amount, counting="working"), since)

    assert calendar.days_between(since, due, "working") == amount
    assert amount == 0 or calendar.is_workday(due)


@given(calendar=CALENDARS, since=NEAR, amount=st.integers(0, 40))
def test_a_longer_clock_never_ends_earlier(calendar: Calendar, since: date, amount: int) -> None:
    for counting in ("calendar", "working"):
        shorter = calendar.add(Clock(amount, counting=counting), since)
        longer = calendar.add(Clock(amount + 1, counting=counting), since)
        assert shorter < longer


@given(since=DAYS, first=st.integers(0, 60), then=st.integers(0, 60))
def test_calendar_days_add_up(since: date, first: int, then: int) -> None:
    calendar = Calendar()

    halfway = calendar.add(Clock(first), since)

    assert calendar.add(Clock(then), halfway) == calendar.add(Clock(first + then), since)
    assert calendar.days_between(since, halfway) == first


@given(calendar=CALENDARS, start=NEAR, length=st.integers(0, 60))
def test_days_between_are_the_same_backwards(calendar: Calendar, start: date, length: int) -> None:
    end = start + timedelta(days=length)

    assert calendar.days_between(end, start, "working") == -calendar.days_between(
        start, end, "working"
    )
    assert calendar.days_between(start, end, "working") <= length


@given(since=DAYS, months=st.integers(0, 60))
def test_months_land_in_the_month_counted_and_never_past_the_day(since: date, months: int) -> None:
    due = add_months(since, months)

    assert (due.year - since.year) * 12 + due.month - since.month == months
    assert due.day == since.day or (due + timedelta(days=1)).day == 1
