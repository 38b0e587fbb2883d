"""The days of feasts: 春节前 is by the day before it."""

from datetime import date

#: Days of feasts by the moon, from 2020: the last day before one is what 春节前 means.
_MOVING = {
    feast: {
        year: date(year, *map(int, day.split("-"))) for year, day in enumerate(days.split(), 2020)
    }
    for feast, days in {
        "春节": "1-25 2-12 2-1 1-22 2-10 1-29 2-17 2-6 1-26 2-13 2-3 1-23",
        "端午": "6-25 6-14 6-3 6-22 6-10 5-31 6-19 6-9 5-28 6-16 6-5 6-24",
        "中秋": "10-1 9-21 9-10 9-29 9-17 10-6 9-25 9-15 10-3 9-22 9-12 10-1",
    }.items()
}
_FEASTS = {
    "元旦": (1, 1),
    "清明": (4, 4),
    "五一": (5, 1),
    "劳动": (5, 1),
    "国庆": (10, 1),
    "十一": (10, 1),
}


def day_of_feast(name: str, year: int) -> date | None:
    """The day of a feast (its first two signs) in a year; None where it goes by the moon and is not known."""
    return _MOVING[name].get(year) if name in _MOVING else date(year, *_FEASTS[name])
