"""Lists out as they came in: a round trip leaves every row as it is."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from tests.factories.county import COUNTY, NORTH, NORTH_2
from tests.factories.places import DivisionFactory
from tests.unit.intake.lists import CLERK, bring_in, member, workbook
from tests.unit.intake.test_intake_round_trip import MONTHS, _load

from anju.accounts.roles import ROLES
from anju.accounts.scope import Scope
from anju.accounts.viewer import Grant, Viewer
from anju.intake import storing
from anju.intake.actions import outgoing, processing
from anju.intake.columns import Column, Kind
from anju.intake.feeds import FEEDS
from anju.intake.layout import SheetLayout
from anju.intake.models import Batch
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.lists import NOT_OUT, Offer, is_of_places, offers, reach
from anju.intake.recognising import recognise
from anju.places.models import Division
from anju.synth import workbooks
from anju.synth.county import make

pytestmark = pytest.mark.django_db
AFTER = date(2023, 10, 31)
YEAR = (date(2022, 10, 1), AFTER)


def _viewer(role: str = "lead_bureau", code: str = "") -> Viewer:
    place = code or Division.objects.get(level=6).code
    grant = Grant(ROLES[role].permissions, Scope.of([place]))
    return Viewer.with_grants(user_id=1, username="county", name="县局", on=AFTER, grants=(grant,))


def _out(viewer: Viewer, offer: Offer, batch: Batch | None, *, in_full: bool = True) -> bytes:
    file = BytesIO()
    scope = reach(viewer, "", in_full=in_full)
    outgoing.take_out(
        by=CLERK,
        viewer=viewer,
        scope=scope,
        offer=offer,
        batch=batch,
        in_full=in_full,
        file=file,
        span=Span(*YEAR) if offer.tells_changes else None,
    )
    return file.getvalue()


def test_a_line_of_every_source_goes_out_and_comes_back_unchanged() -> None:
    """Also of sources that the made-up county has no file of; a new one is in it by being declared."""
    county = DivisionFactory(code=COUNTY, level=6, name="枫溪县", parent=None)
    town = DivisionFactory(code=NORTH, level=9, name="北枫镇", parent=county)
    DivisionFactory(code=NORTH_2, level=12, name="北枫二村", parent=town)
    refused: set[tuple[str, str]] = set()
    for feed in FEEDS:
        for sheet in feed.sheets:
            labels = {column.field: column.label for column in sheet.columns if not column.witness}
            row = {label: _cell(sheet, sheet.column(name)) for name, label in labels.items()}
            content = workbook(tuple(labels.values()), [row], sheet=sheet.name)
            told = bring_in(content, name=f"{feed.name}{sheet.name}.xlsx", on=AFTER)
            assert told.feed == feed.id
            bad = told.lines.filter(outcome__in=("rejected", "conflict", "waiting"))
            refused |= {(sheet.id, message) for message in bad.values_list("message", flat=True)}
    assert not refused
    viewer = _viewer()

    told = [(offer, batch) for offer in offers(viewer) for batch in offer.files[:1]]
    rows = {offer.feed.id: _back(viewer, offer, batch).rows for offer, batch in told}

    assert set(rows) == {feed.id for feed in FEEDS} - set(NOT_OUT)


def _cell(sheet: SheetLayout, column: Column) -> str | None:
    """A value for one column of a line about the head of household 1, or about one place or thing."""
    other = {"left": 2, "joined": 3}.get(sheet.id)
    who = member(other or 1, 户编号=member(1)["户编号"], 与户主关系="其他" if other else "户主")
    of_sheet = _SAID.get(sheet.id, {})
    if column.field in of_sheet:
        return of_sheet[column.field]
    if column.label in who:
        value = who[column.label]
        return None if value is None else str(value)
    if column.field in _SAID["any"]:
        return _SAID["any"][column.field]
    match column.kind:
        case Kind.DATE:
            return None if "end" in column.field or "removed" in column.field else "20230501"
        case Kind.MONEY:
            return "1200.5"
        case Kind.WHOLE:
            return "2023" if "year" in column.field else "3"
        case Kind.QUARTER:
            return "2023Q3"
        case Kind.CHOICE:
            return next(iter(column.choices or ()))
        case Kind.ACCOUNT:
            return "6222021234567890128"
        case Kind.CODE:
            return "A1"
        case _:
            return "甲"


_SAID: dict[str, dict[str, str | None]] = {
    "any": {
        "town": "北枫镇",
        "village": "北枫二村",
        "present_town": "北枫镇",
        "grid_code": None,
        "site_code": "AZ1",
        "head_name": str(member(1)["姓名"]),
        "village_code": NORTH_2,
        "household_code": str(member(1)["户编号"]),
        "name": str(member(1)["姓名"]),
        "identity": str(member(1)["证件号码"]),
        "county_code": "529901",
        "building": "1",
        "site_name": "枫安置点",
    },
    "divisions": {"code": NORTH, "name": "北枫镇", "level": "乡镇", "parent_code": COUNTY},
    "sites": {"code": "AZ1", "name": "枫安置点"},
    "buildings": {"number_": "1"},
    "projects": {"total": "8403.5", "dropped_on": None, "progress": "100"},
    "project_payments": {"workers": None, "relocated_workers": None},
    "assets": {
        "household_code": None,
        "head_name": None,
        "paper": None,
        "reason": None,
        "ends_on": "20260505",
        "kind": "经营性",
    },
    "vacancies": {
        "wage": "3000-4500",
        "ages": "18-50",
        "age_from": "18",
        "age_to": "50",
        "work_code": None,
    },
    "enrolment": {"schooling": "高中"},
    "dropout": {"occurred_on": "20230901"},
    "asset_yields": {"received": "9000"},
    "training": {"certificate": "技能等级证书"},
    "post_holders": {"post_town": "北枫镇", "post_village": "北枫二村", "end_reason": None},
    "grids": {"code": "WG1", "name": "网格一"},
}


@pytest.mark.slow
@pytest.mark.long
def test_every_list_that_goes_out_comes_back_unchanged(tmp_path: Path) -> None:
    """Files as offices make them, in the form they came in, title and header rows alike; the household
    list and those of places also without one."""
    workbooks.write(make(households=60, seed=4, months=MONTHS), tmp_path)
    _load(tmp_path)
    viewer = _viewer()
    seen, rows = set(), 0

    for offer in offers(viewer):
        without = (None,) if is_of_places(offer.feed) or offer.feed.id == "households" else ()
        for batch in (*offer.files, *without):
            seen.add(offer.feed.id)
            rows += _back(viewer, offer, batch).rows

    assert seen == set(Batch.objects.values_list("feed", flat=True))
    assert rows > 1_000


def _back(viewer: Viewer, offer: Offer, batch: Batch | None) -> Batch:
    """A list taken out and brought in again: with the same rows above the data, and nothing new."""
    content = _out(viewer, offer, batch)
    if batch is not None:
        came, went = _top(storing.fetch(batch.pk), offer), _top(content, offer)
        assert all(top in went for top in came), batch
    back = bring_in(content, name=f"{offer.feed.id}回.xlsx", on=AFTER, place="")
    if batch is None and not back.rows:
        return back  # of such things this county has none
    bad = back.lines.exclude(outcome="unchanged").values_list("number", "message", "changes")
    assert not list(bad[:3]), offer.feed.id
    assert back.feed == offer.feed.id
    assert back.counts.get("unchanged") == back.rows > 0, (offer.feed.id, back.problem)
    return back


def _top(content: bytes, offer: Offer) -> list[list[list[str]]]:
    """The rows above the data of every sheet of a list."""
    workbook = processing.opened(file_name="x.xlsx", content=content)
    found = recognise(workbook, offer.feed.id)
    return [
        [[cell or "" for cell in row] for row in workbook.sheet(name).cells.head(head.end).rows()]
        for name, head in found.sheets
    ]
