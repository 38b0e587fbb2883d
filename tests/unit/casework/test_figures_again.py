"""Figures once more, by hand: plain loops over sixty made-up stories must say the same.

What they mean is written here a second time, from docs/figures.md alone: median and nine of ten by
nearest rank, a limit kept on its last day, a lead with several channels once in all.
"""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from tests.factories.county import NORTH, SOUTH, TODAY, Cast, County

from anju.casework.models import Case, CaseRisk, Channel, Lead, LeadSource, Move
from anju.casework.queries import figures
from anju.casework.queries.figures import Period

pytestmark = pytest.mark.django_db

STORIES = 60
FIRST, LAST = date(2023, 8, 10), date(2023, 10, 5)
PERIOD = Period(FIRST, LAST)
STEPS = ("authorisation", "home_check", "comparison", "review")
AT = datetime(2023, 10, 8, tzinfo=UTC)


def days(chance: Random, most: int = 12) -> timedelta:
    return timedelta(days=chance.randrange(most))


def told(county: County, chance: Random) -> None:
    """Sixty cases with moves there and back, and as many leads; written without any action."""
    homes = county.households
    for number in range(STORIES):
        home, since = chance.choice(homes), date(2023, 8, 1) + days(chance, 60)
        case = Case.objects.create(
            number=f"529901-2023-{number:06d}", household=home, village_code=home.village_code,
            pack="national", procedure="inclusion", opened_on=since, closed_on=since,
            state=chance.choice(("not_included", "included", "withdrawn")),
            decided_on=chance.choice((None, since + days(chance, 30))),
            papers_due_on=chance.choice((None, None, since + days(chance, 30))),
        )  # fmt: skip
        case.included_on = case.decided_on if case.state == "included" else None
        case.save()
        CaseRisk.objects.create(case=case, risk="income", found_on=since - days(chance))
        walked(case, chance, since)
        lead = Lead.objects.create(
            household=home, village_code=home.village_code, risk=f"r{number}", level="yellow",
            state=chance.choice(("case", "no_risk", "expired")), first_on=since, last_on=since,
            due_on=since + timedelta(days=15), expires_on=since + timedelta(days=90),
            ended_on=since + days(chance, 40),
        )  # fmt: skip
        if lead.state == "case":
            Lead.objects.filter(pk=lead.pk).update(case=case)
        for channel in chance.choices(Channel.values, k=chance.randrange(1, 4)):
            LeadSource.objects.create(lead=lead, channel=channel, raised_on=since)


def walked(case: Case, chance: Random, on: date) -> None:
    """On by a step, back by one, or on the spot, as it comes."""
    frm, place = "", 0
    for version in range(1, chance.randrange(2, 9)):
        to = STEPS[place]
        Move.objects.create(
            case=case, version=version, procedure="inclusion", from_step=frm, to_step=to, action="x",
            moved_on=on, at=AT, by="clerk",
            step_due_on=on + timedelta(days=chance.randrange(-3, 4)) if chance.random() < 0.8 else None,
        )  # fmt: skip
        frm, on = to, on + days(chance)
        place = min(max(place + chance.choice((-1, 0, 1, 1)), 0), len(STEPS) - 1)


def ranked(numbers: list[int], tenths: int) -> int:
    """The smallest number that at least so many tenths of all do not exceed."""
    for number in sorted(numbers):
        if 10 * sum(each <= number for each in numbers) >= tenths * len(numbers):
            return number
    return 0


def summed(took: list[tuple[int, bool | None]]) -> tuple[int, int, int, int, int]:
    numbers = [number for number, _kept in took]
    limited = [kept for _number, kept in took if kept is not None]
    return len(took), ranked(numbers, 5), ranked(numbers, 9), sum(limited), len(limited)


def steps_by_hand() -> dict[str, list[tuple[int, bool | None]]]:
    found: dict[str, list[tuple[int, bool | None]]] = defaultdict(list)
    for case in Case.objects.all():
        arrived: dict[str, date] = {}
        for move in case.moves.order_by("version"):
            if move.from_step == move.to_step:
                continue
            if move.from_step in arrived and FIRST <= move.moved_on <= LAST:
                due = move.step_due_on
                kept = None if due is None else move.moved_on <= due
                found[move.from_step].append(((move.moved_on - arrived[move.from_step]).days, kept))
            arrived[move.to_step] = move.moved_on
    return found


def span_of(span: figures.Span) -> tuple[int, int, int, int, int]:
    return span.count, span.half, span.most, span.within, span.limited


def test_plain_loops_say_the_same(county: County, cast: Cast) -> None:
    told(county, Random(31))
    bureau = cast.viewer("bureau")

    by_hand = {step: summed(took) for step, took in steps_by_hand().items()}
    assert {each.step: span_of(each.span) for each in figures.steps(bureau, PERIOD)} == by_hand
    assert len(by_hand) == len(STEPS)

    took: list[tuple[int, bool | None]] = []
    for case in Case.objects.filter(decided_on__isnull=False):
        since = min(each.found_on for each in case.risks.all())
        if FIRST <= case.decided_on <= LAST:  # type: ignore[operator]
            due = case.papers_due_on or since + timedelta(days=15)
            took.append(((case.decided_on - since).days, case.decided_on <= due))  # type: ignore[operator]
    assert span_of(figures.to_decision(bureau, PERIOD)) == summed(took)

    whole, *rows = figures.leads_by_channel(bureau, PERIOD)
    leads = [each for each in Lead.objects.all() if FIRST <= each.first_on <= LAST]
    channels = Counter(
        channel for each in leads for channel in {source.channel for source in each.sources.all()}
    )
    assert {row.channel: row.total for row in rows} == channels
    assert whole.total == len(leads)
    assert whole.late == sum(each.ended_on > each.due_on for each in leads)  # type: ignore[operator]
    assert whole.to_case == sum(each.state == "case" for each in leads)


def test_places_are_counted_as_by_hand(county: County, cast: Cast) -> None:
    told(county, Random(32))
    cases: list[Any] = list(Case.objects.all())

    rows = figures.by_place(cast.viewer("bureau", TODAY), PERIOD, by_village=False)

    for row in rows:
        here = [each for each in cases if each.village_code.startswith(row.code.rstrip("0"))]
        assert row.opened == sum(FIRST <= each.opened_on <= LAST for each in here)
        closed = [each for each in here if FIRST <= each.closed_on <= LAST]
        for state, number in (("not_included", row.not_included), ("withdrawn", row.withdrawn)):
            assert number == sum(each.state == state for each in closed)
        included = [each.included_on for each in here if each.included_on]
        assert row.included == sum(FIRST <= each <= LAST for each in included)
    assert {row.code for row in rows} == {"", NORTH, SOUTH}
