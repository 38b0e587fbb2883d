"""Row-level security: the database itself shows the viewer's places only. PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from tests.factories.accounts import UserFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, SOUTH, SOUTH_2, TODAY, Cast, County
from tests.factories.exports import ExportRequestFactory
from tests.factories.intake import BatchFactory, DecisionFactory
from tests.factories.registry import (
    HouseholdFactory,
    StatusFactory,
)
from tests.factories.supervision import (
    FoundProblemFactory,
)
from tests.fenced import fenced_tables
from tests.unit.accounts.fenced_rows import add_rows

from anju.accounts import row_security
from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope, range_of
from anju.accounts.viewer import Grant, Viewer
from anju.audit.actor import Actor
from anju.audit.models import Entry
from anju.exports.models import ExportRequest
from anju.intake.models import Decision
from anju.jobs.database import grant
from anju.monitoring.models import LevelTally, Tally
from anju.registry.models import Household
from anju.registry.queries import households_for
from anju.supervision.models import FoundProblem

pytestmark = [
    pytest.mark.django_db,
]
FENCED = sorted(fenced_tables())


@contextmanager
def as_web_role() -> Iterator[None]:
    """Inside, the connection is that of pages: a role that owns nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'anju_web'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE ROLE anju_web")
        grant()
        cursor.execute("SET LOCAL ROLE anju_web")
        yield
        cursor.execute("RESET ROLE")


def _counts() -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for table in FENCED:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def _viewer(*places: str, grids: tuple[str, ...] = (), username: str = "x") -> Viewer:
    given = Grant(frozenset({Permission.VIEW_HOUSEHOLDS}), Scope.of(places, grids))
    return Viewer.with_grants(user_id=0, username=username, name="", on=TODAY, grants=(given,))


@pytest.fixture
def full(county: County) -> County:
    """Rows in every fenced table, for a household of either town."""
    add_rows(county)
    return county


def test_without_a_setting_every_fenced_table_is_empty(full: County) -> None:
    with as_web_role():
        assert set(_counts().values()) == {0}
    assert 0 not in _counts().values()


def test_each_town_is_shown_its_own_rows_only(full: County) -> None:
    with as_web_role():
        row_security.enter(_viewer(SOUTH))
        with connection.cursor() as cursor:
            cursor.execute("SELECT village_code, origin_village_code FROM registry_household")
            places = cursor.fetchall()
            cursor.execute("SELECT DISTINCT village_code FROM monitoring_finding")
            findings = {code for (code,) in cursor.fetchall()}
        counts = _counts()

    assert len(places) == 6
    assert all(SOUTH[:9] in (living[:9], origin[:9]) for living, origin in places)
    assert findings == {SOUTH_2}
    assert counts["registry_income"] == counts["intake_batch"] == counts["intake_row"] == 1
    assert counts["employment_employment"] == counts["registry_holding"] == 1
    assert counts["employment_training"] == counts["employment_labourprofile"] == 1


def test_behind_the_fence_statements_are_carried_out_at_once_by_one_process() -> None:
    names = ("jit", "max_parallel_workers_per_gather")
    asked = "SELECT " + ", ".join(f"current_setting('{name}')" for name in names)
    with as_web_role(), connection.cursor() as cursor:
        row_security.enter(_viewer(SOUTH))
        cursor.execute(asked)
        assert cursor.fetchone() == ("off", "0")


def test_the_place_of_origin_is_shown_members_but_no_records_of_them(full: County) -> None:
    gone = full.households[0]
    StatusFactory(household=gone, kind="dibao")
    StatusFactory(household=gone, kind="help_measure", level="industry")
    with as_web_role():
        row_security.enter(_viewer(SOUTH))
        with connection.cursor() as cursor:
            cursor.execute("SELECT kind FROM registry_status WHERE household_id = %s", [gone.pk])
            kinds = [kind for (kind,) in cursor.fetchall()]
            cursor.execute(
                "SELECT count(*) FROM registry_personrecord r JOIN registry_membership m"
                " USING (person_id) WHERE m.household_id = %s",
                [gone.pk],
            )
            records = cursor.fetchone()[0]

    assert kinds == ["help_measure"]
    assert records == 0


def test_several_places_do_not_open_what_lies_between_them(full: County) -> None:
    HouseholdFactory(village_code="529901101300")
    with as_web_role():
        row_security.enter(_viewer(NORTH_1, SOUTH))
        codes = set(Household.objects.values_list("village_code", flat=True))

    assert codes == {NORTH_1, "529901102201", SOUTH_2}


def test_a_grid_is_shown_its_own_households(full: County) -> None:
    with as_web_role():
        row_security.enter(_viewer(grids=(full.site_grid.code,)))
        codes = set(Household.objects.values_list("code", flat=True))

    assert codes == {"H000000001", "H000000002"}


def test_the_setting_ends_with_the_transaction(full: County) -> None:
    with as_web_role():
        with transaction.atomic():
            row_security.enter(_viewer(NORTH))
        # A savepoint is no transaction: only the end of the whole one takes the scope away.
        assert Household.objects.exists()
        row_security.enter(_viewer())
        assert not Household.objects.exists()


def test_rows_of_another_town_cannot_be_changed_or_deleted(full: County) -> None:
    with as_web_role():
        row_security.enter(_viewer(NORTH))
        changed = Household.objects.filter(village_code__startswith=SOUTH[:9]).update(size=9)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM monitoring_finding WHERE village_code >= %s", [SOUTH])
            deleted = cursor.rowcount

    assert (changed, deleted) == (0, 0)


def test_the_whole_county_is_opened_with_a_reason_and_for_a_while(full: County) -> None:
    with as_web_role():
        row_security.enter(_viewer(NORTH))
        before = Household.objects.count()
        with row_security.everything(by=Actor("x"), reason="查重"):
            inside = Household.objects.count()
        after = Household.objects.count()

    assert (before, inside, after) == (4, 8, 4)
    assert Entry.objects.get(action="scope.everything").reason == "查重"


def test_the_role_of_pages_adds_audit_entries_but_changes_none(full: County) -> None:
    with as_web_role(), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('anju_web', 'audit_entry', 'INSERT')")
        may_add = cursor.fetchone()[0]
        cursor.execute(
            "SELECT has_table_privilege('anju_web', 'audit_entry', 'UPDATE, DELETE, TRUNCATE')"
        )
        may_change = cursor.fetchone()[0]

    assert (may_add, may_change) == (True, False)


def test_counts_are_those_of_places_that_are_wholly_the_viewers(full: County) -> None:
    seen = {}
    with as_web_role():
        for place in (COUNTY, SOUTH, SOUTH_2, NORTH_1):
            row_security.enter(_viewer(place))
            seen[place] = {*Tally.objects.values_list("place", flat=True)}
            assert seen[place] == {*LevelTally.objects.values_list("place", flat=True)}

    assert seen[SOUTH] == {SOUTH[:9], SOUTH_2}
    assert seen[SOUTH_2] == {SOUTH_2}
    assert seen[NORTH_1] == set()
    assert COUNTY[:6] in seen[COUNTY]


def test_an_export_is_seen_by_who_asked_and_by_who_answers_for_all_of_it(full: County) -> None:
    towns = [list(range_of(NORTH)), list(range_of(SOUTH))]
    asker = UserFactory(username="asker")
    ExportRequestFactory(asker=asker, ranges=towns, reason="两镇名单")
    ExportRequestFactory(asker=asker, ranges=[], reason="网格名单")
    seen = {}
    with as_web_role():
        for name, viewer in {
            "asker": _viewer(username="asker"),
            "county": _viewer(COUNTY),
            "both": _viewer(NORTH, SOUTH),
            "north": _viewer(NORTH),
            "around": _viewer(NORTH_1, "529901103000"),
        }.items():
            row_security.enter(viewer)
            asked = ExportRequest.objects.filter(asker__username="asker")
            seen[name] = sorted(asked.values_list("reason", flat=True))

    assert seen == {
        "asker": ["两镇名单", "网格名单"],
        "county": ["两镇名单"],
        "both": ["两镇名单"],
        "north": [],
        "around": [],
    }


def test_a_decision_is_seen_with_its_file_or_its_person(full: County) -> None:
    file = BatchFactory(division_code=NORTH)
    nobody = DecisionFactory(person_id=None, batch_id=file.pk)
    person = full.households[6].memberships.first().person
    with as_web_role():
        row_security.enter(_viewer(NORTH))
        north = Decision.objects.filter(person_id=None)
        shown = [each.pk for each in north]
        foreign = Decision.objects.filter(person_id=person.pk).exists()
        row_security.enter(_viewer(SOUTH))
        theirs = Decision.objects.filter(person_id=person.pk).exists()
        kept = Decision.objects.filter(person_id=None).exists()

    assert (shown, foreign, theirs, kept) == ([nobody.pk], False, True, False)


def test_the_whole_county_lies_between_the_bounds_in_every_collation(full: County) -> None:
    """Databases of offices sort as in Chinese or English, where signs come before digits."""
    low, high = row_security._LOWEST, row_security._HIGHEST
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT %s <= code COLLATE "zh-x-icu" AND code < %s COLLATE "zh-x-icu"'
            " FROM (VALUES ('000000000000'), ('529901101201'), ('999999999999')) codes (code)",
            [low, high],
        )
        inside = {answer for (answer,) in cursor.fetchall()}

    assert inside == {True}


def test_a_page_of_a_list_is_planned_as_without_the_fence(full: County, cast: Cast) -> None:
    """In the order of the index and no further than the page: nothing is sorted."""
    viewer = cast.viewer("north_town")
    page = households_for(viewer).order_by("village_code", "code")[:41]
    with as_web_role(), connection.cursor() as cursor:
        # Eight rows are quicker read than looked up; what is asked is whether they could be.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        row_security.enter(viewer)
        plan = page.explain(verbose=True)

    assert "Index Cond" in plan
    assert "registry_hh_place" in plan
    assert "Sort Key" not in plan
    assert "current_setting" not in plan.partition("Filter:")[2].partition("\n")[0]


def test_problems_that_name_no_household_are_the_work_of_offices(full: County) -> None:
    plain = FoundProblemFactory(number="WT-plain")
    homely = FoundProblem.objects.exclude(pk=plain.pk)
    with as_web_role():
        row_security.enter(_viewer(NORTH, username="north"))
        seen = set(FoundProblem.objects.values_list("number", flat=True))
        row_security.enter(_viewer())
        nobody = FoundProblem.objects.count() - homely.count()

    assert plain.number in seen
    assert len(seen) == 2
    assert nobody == 1  # signed in, but in no place: offices' work only
