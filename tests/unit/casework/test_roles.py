"""Every step × action × role of the county's procedures: allowed or refused exactly as the pack says."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.casework import CaseFactory, ClinicCaseFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, SOUTH, SOUTH_1, TODAY, County

import anju.policies
from anju.accounts.queries import viewer_of
from anju.accounts.roles import ROLES, Reach
from anju.accounts.viewer import Viewer
from anju.casework import queries, requirements
from anju.casework.actions import clinic_cases as clinics
from anju.casework.actions import moves, registers
from anju.casework.models import Case, ClinicCase, ClinicMove, Move
from anju.casework.queries import clinic_cases
from anju.casework.refusals import CaseRefused
from anju.casework.requirements import clinics as of_villages
from anju.casework.requirements.evidence import Evidence
from anju.procedures import LEVELS, load

pytestmark = pytest.mark.django_db

AT = datetime(2023, 10, 8, 2, tzinfo=UTC)
FOLDER = Path(anju.policies.__path__[0]) / "national" / "procedures"
#: The levels each role acts for where its post is; a role that is not named acts for none.
ACTS_FOR = {
    "lead_bureau": {"county"},
    "town": {"town"},
    "village": {"grid", "village"},
    "grid_worker": {"grid"},
    "resident_helper": {"grid"},
}
#: Where a case of a state that nobody holds has come from.
CAME_FROM = {"included": "inclusion", "not_included": "inclusion", "removed": "removal"}
BOOK = load("national", TODAY)
Written = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """One step, or one state of a case nobody holds, with the actions the files say of it."""

    kind: str
    procedure: str
    step: str
    state: str
    actions: list[Written]


def _written() -> Iterator[Any]:
    """Each procedure with its steps as the files say; cases nobody holds at the end."""
    held: list[Place] = []
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for each in content.get("procedure", []):
            places = [
                Place(each["kind"], each["id"], step["id"], "", step["action"])
                for step in each["step"]
            ]
            yield pytest.param(places, id=each["id"])
        for after in content.get("after", []):
            state = after["state"]
            held.append(Place(after["kind"], CAME_FROM[state], "", state, after["action"]))
    yield pytest.param(held, id="nobody")


def _posts(village: str, town: str, grid: str) -> dict[str, Viewer]:
    """Somebody in each role, as near to a place as the role reaches."""
    viewers = {}
    for role in ROLES.values():
        place = {Reach.COUNTY: COUNTY, Reach.TOWN: town}.get(role.reach, village)
        user = UserFactory()
        PostFactory(
            user=user, role=role.id, division_code=place,
            grid_code=grid if role.reach == Reach.GRID else "",
        )  # fmt: skip
        viewers[role.id] = viewer_of(user, on=TODAY)
    return viewers


@pytest.fixture
def everything_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every requirement is met, and the registers take what is written back."""
    met = dict.fromkeys(requirements.CHECKS, lambda case, on: Evidence(True, ""))
    monkeypatch.setattr(requirements, "CHECKS", met)
    of_clinics = dict.fromkeys(of_villages.CLINICS, lambda last: Evidence(True, ""))
    monkeypatch.setattr(of_villages, "CLINICS", of_clinics)
    for name in ("include", "remove"):
        monkeypatch.setattr(registers, name, lambda **given: {})


def _case(county: County, place: Place) -> Case | ClinicCase:
    holder = BOOK.procedure(place.procedure).step(place.step).holder if place.step else ""
    if place.kind == clinic_cases.KIND:
        of_a_village: ClinicCase = ClinicCaseFactory(
            village_code=NORTH_1, step=place.step, holder=holder
        )
        return of_a_village
    closed = place.state in ("not_included", "removed")
    is_included = place.procedure in ("removal", "natural_removal")
    found: Case = CaseFactory(
        household=county.households[0], kind=place.kind, procedure=place.procedure,
        step=place.step, holder=holder, closed_on=TODAY if closed else None,
        state=place.state or ("included" if is_included else "checking"),
        number="529901-2022-000001",
        included_on=date(2023, 1, 1) if is_included or place.state == "removed" else None,
    )  # fmt: skip
    return found


def _take(viewer: Viewer, case: Case | ClinicCase, action: Written) -> str:
    """What became of it; nothing stays."""
    reasons = BOOK.reasons[action["reasons"]] if "reasons" in action else ()
    case.refresh_from_db()
    try:
        with transaction.atomic():
            take = moves.take if isinstance(case, Case) else clinics.take
            take(
                by=viewer.actor(), at=AT, on=TODAY, viewer=viewer, case=case, action=action["id"],
                seen=case.version, reason=reasons[0].id if reasons else "",
                note="经核实" if action.get("needs_note") else "",
            )  # fmt: skip
            transaction.set_rollback(True)
    except (CaseRefused, Case.DoesNotExist, ClinicCase.DoesNotExist):
        return "refused"
    return "allowed"


@pytest.mark.slow
@pytest.mark.parametrize("places", list(_written()))
def test_each_role_may_do_exactly_what_the_pack_says_and_only_where_it_has_its_post(
    county: County, everything_is_there: None, places: list[Place]
) -> None:
    near = _posts(NORTH_1, NORTH, county.site_grid.code)
    far = _posts(SOUTH_1, SOUTH, county.village_grid.code)

    for place in places:
        case = _case(county, place)
        for action in place.actions:
            for role, levels in ACTS_FOR.items():
                acts = bool(levels & set(action["by"]))
                told = f"{place.procedure}/{place.step}/{action['id']} by {role}"
                assert _take(near[role], case, action) == ("allowed" if acts else "refused"), told
                if acts and levels != {"county"}:
                    assert _take(far[role], case, action) == "refused", f"{told} of elsewhere"
        for role in set(ROLES) - set(ACTS_FOR):
            assert _take(near[role], case, place.actions[0]) == "refused", role
        case.delete()

    assert not Move.objects.exists()
    assert not ClinicMove.objects.exists()


@pytest.mark.parametrize("places", list(_written()))
def test_each_role_is_offered_exactly_what_it_may_do(
    county: County, everything_is_there: None, places: list[Place]
) -> None:
    viewers = _posts(NORTH_1, NORTH, county.site_grid.code)

    for place in places:
        case = _case(county, place)
        for role, viewer in viewers.items():
            offers = queries.offers if isinstance(case, Case) else clinic_cases.offers
            offered = {each.action.id for each in offers(viewer, case, TODAY) if each.is_allowed}
            mine = ACTS_FOR.get(role, set())
            wanted = {each["id"] for each in place.actions if mine & set(each["by"])}
            assert offered == wanted, f"{place.procedure}/{place.step} by {role}"
        case.delete()


def test_every_level_of_the_procedures_is_acted_for_by_some_role() -> None:
    assert set().union(*ACTS_FOR.values()) == set(LEVELS)
