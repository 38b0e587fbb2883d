"""Lists out as they came in: a round trip leaves every row as it is."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from tests.unit.intake.lists import CLERK, bring_in
from tests.unit.intake.test_intake_round_trip import MONTHS, _load

from anju.accounts.roles import ROLES
from anju.accounts.scope import Scope
from anju.accounts.viewer import Grant, Viewer
from anju.intake import storing
from anju.intake.actions import outgoing, processing
from anju.intake.models import Batch
from anju.intake.outgoing.changes import Span
from anju.intake.outgoing.lists import Offer, offers, reach
from anju.intake.recognising import recognise
from anju.places.models import Division
from anju.synth import county, workbooks

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


@pytest.mark.slow
def test_every_list_that_goes_out_comes_back_unchanged(tmp_path: Path) -> None:
    """In the form it came in, title and header rows alike; the household list also without one."""
    made = county.make(households=60, seed=4, months=MONTHS)
    workbooks.write(made, tmp_path)
    _load(tmp_path)
    viewer = _viewer()
    seen, rows = set(), 0

    for offer in offers(viewer):
        plain = (None,) if offer.feed.id == "households" else ()
        for batch in (*offer.files, *plain):
            content = _out(viewer, offer, batch)
            if batch is not None:
                assert _top(content, offer) == _top(storing.fetch(batch.pk), offer), batch
            back = bring_in(content, name=f"{offer.feed.id}回.xlsx", on=AFTER, place="")
            bad = back.lines.exclude(outcome="unchanged").values_list(
                "number", "message", "changes"
            )
            assert not list(bad[:3]), offer.feed.id
            assert back.feed == offer.feed.id
            assert back.counts["unchanged"] == back.rows > 0
            seen.add(offer.feed.id)
            rows += back.rows

    known = set(Batch.objects.values_list("feed", flat=True))
    assert seen == known
    assert rows > 1_000


def _top(content: bytes, offer: Offer) -> list[list[list[str]]]:
    """The rows above the data of every sheet of a list."""
    workbook = processing.opened(file_name="x.xlsx", content=content)
    found = recognise(workbook, offer.feed.id)
    return [
        [[cell or "" for cell in row] for row in workbook.sheet(name).cells.head(head.end).rows()]
        for name, head in found.sheets
    ]
