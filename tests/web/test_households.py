"""The list of households: by place, filters, search, pages, columns, workbook."""

import io
from dataclasses import replace

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.county import County
from tests.factories.monitoring import HouseholdLevelFactory, LevelTallyFactory, RunFactory
from tests.factories.registry import HouseholdFactory, MembershipFactory, PersonFactory
from tests.web.conftest import SignedIn

from anju.audit.keys import provider
from anju.audit.models import Entry
from anju.registry.identity import TAIL_PURPOSE
from anju.web.registers.households import HOUSEHOLDS

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


def _codes(response) -> list[str]:
    return [row.code for row in response.context["page"].rows]


@pytest.mark.parametrize(
    ("who", "count"),
    [("bureau", 8), ("north_town", 4), ("south_town", 4), ("village", 2), ("grid", 2)],
)
def test_everyone_sees_and_counts_the_households_of_their_places(
    signed_in: SignedIn, county: County, who: str, count: int
) -> None:
    response = signed_in(who).get("/households/")

    assert len(_codes(response)) == count
    assert f"共 {count} 户" in response.text


def test_drop_downs_offer_only_places_of_the_viewer(signed_in: SignedIn) -> None:
    bureau = signed_in("bureau").get("/households/").text
    town = signed_in("north_town").get("/households/").text
    village = signed_in("village").get("/households/").text

    assert "南枫镇" in bureau
    assert "北枫二村" in town
    assert "南枫镇" not in town
    assert "北枫二村" not in village
    assert "北枫安置点" in village


def test_a_place_outside_the_viewers_own_is_refused_not_shown(signed_in: SignedIn) -> None:
    response = signed_in("village").get("/households/?village=529901102201")

    assert len(_codes(response)) == 2
    assert all(row.village_code == "529901101201" for row in response.context["page"].rows)


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("town=529901101000", ["H000000001", "H000000002", "H000000003", "H000000004"]),
        ("town=529901102000&village=529901102201", ["H000000005", "H000000006"]),
        ("relocated=1", ["H000000001", "H000000002"]),
        ("class=lifted_out&relocated=0", []),
        ("site=AZ0001", ["H000000001", "H000000002"]),
        ("village=529901102202&town=529901102000&grid=WG0002", ["H000000007", "H000000008"]),
        ("monitored=any", []),
    ],
)
def test_filters_stand_in_the_address(signed_in: SignedIn, address: str, codes: list[str]) -> None:
    assert _codes(signed_in("bureau").get(f"/households/?{address}")) == codes


def test_a_filter_value_nobody_offers_is_named_and_ignored(signed_in: SignedIn) -> None:
    response = signed_in("bureau").get("/households/?class=nobles")

    assert len(_codes(response)) == 8
    assert "筛选项“户类型”没有这个值" in response.text


def test_levels_come_from_the_latest_run(signed_in: SignedIn, county: County) -> None:
    old, new = RunFactory(month="2023-08"), RunFactory(month="2023-09")
    HouseholdLevelFactory(run=old, household=county.households[0])
    HouseholdLevelFactory(run=new, household=county.households[4], level="yellow")

    client = signed_in("bureau")

    assert _codes(client.get("/households/?level=red")) == []
    assert _codes(client.get("/households/?level=any")) == ["H000000005"]
    assert "level-yellow" in client.get("/households/?level=yellow").text
    assert _codes(signed_in("north_town").get("/households/?level=any")) == []


def test_search_finds_by_code_name_initials_and_the_last_four(
    signed_in: SignedIn, county: County
) -> None:
    household = county.households[2]
    household.head_name, household.head_initials = "柯明远", "kmy"
    household.save()
    member = PersonFactory(name="柯小满", initials="kxm")
    member.identity_tail_digest = provider().digest("203X", TAIL_PURPOSE)
    member.save()
    MembershipFactory(household=household, person=member)
    client = signed_in("bureau")

    for text in ("H000000003", "柯明", "km", "KM", "柯小满", "kxm", "203x"):
        assert _codes(client.get("/households/", {"q": text})) == ["H000000003"], text
    for text in ("明远", "9999", "zzz", "%", "'"):
        assert _codes(client.get("/households/", {"q": text})) == [], text
    assert _codes(signed_in("south_town").get("/households/", {"q": "柯明"})) == []


def test_a_whole_identity_number_does_not_stay_in_the_address(signed_in: SignedIn) -> None:
    response = signed_in("bureau").get("/households/?relocated=1&q=52990119800305123X")

    assert response.status_code == 302
    assert response["Location"] == "?relocated=1&q=123X"


def test_a_search_that_fits_too_many_says_so(signed_in: SignedIn, monkeypatch) -> None:
    monkeypatch.setattr("anju.registry.queries.searching.TOO_MANY", 3)

    response = signed_in("bureau").get("/households/?q=H0")

    assert len(_codes(response)) == 3
    assert "请多输几个字" in response.text


def test_pages_follow_each_other_without_gaps_or_repeats(
    signed_in: SignedIn, county: County
) -> None:
    HouseholdFactory.create_batch(112, village_code="529901101201")
    client = signed_in("bureau")
    seen, address = [], "/households/"

    while address:
        page = client.get(address).context["page"]
        seen += [row.code for row in page.rows]
        address = f"/households/?after={page.following}" if page.following else ""

    assert len(seen) == len(set(seen)) == 120
    back = client.get(f"/households/?before={page.previous}").context["page"]
    assert [row.code for row in back.rows] == seen[50:100]
    first = client.get(f"/households/?before={back.previous}").context["page"]
    assert [row.code for row in first.rows] == seen[:50]
    assert first.previous == ""


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "W10", "WzEsIDJd", "%FF", "W251bGwsIG51bGxd"])
def test_a_position_changed_by_hand_shows_the_first_page(signed_in: SignedIn, cursor: str) -> None:
    response = signed_in("bureau").get(f"/households/?after={cursor}")

    assert response.status_code == 200


def test_counts_stop_at_the_cap(signed_in: SignedIn, monkeypatch) -> None:
    monkeypatch.setattr("anju.web.lists.keyset.COUNT_CAP", 5)

    assert "5+ 户" in signed_in("bureau").get("/households/").text


def test_of_very_many_with_a_level_only_so_many_are_counted(
    signed_in: SignedIn, county: County, monkeypatch
) -> None:
    run = RunFactory()
    for household in county.households[:6]:
        HouseholdLevelFactory(run=run, household=household, level="red")
    LevelTallyFactory(run=run, households=6)
    counted = signed_in("bureau").get("/households/?level=red").text
    monkeypatch.setattr("anju.web.registers.levels._MANY", 4)
    monkeypatch.setattr("anju.web.registers.levels._FEW", 2)

    by_run = signed_in("bureau").get("/households/?level=red")
    some = signed_in("bureau").get("/households/?level=red&relocated=0")

    assert "共 6 户" in counted
    assert "共 6 户" in by_run.text
    assert "2+ 户" in some.text
    assert len(_codes(by_run)) == 6


@pytest.mark.parametrize("sort", ["", "code"])
@pytest.mark.parametrize("who", ["bureau", "north_town", "grid"])
def test_pages_in_every_order_and_place_hold_the_same_households(
    signed_in: SignedIn, county: County, monkeypatch, who: str, sort: str
) -> None:
    monkeypatch.setattr(
        "anju.web.registers.households.HOUSEHOLDS", replace(HOUSEHOLDS, page_size=1)
    )
    client = signed_in(who)
    forth, address = [], f"/households/?sort={sort}"
    while address:
        page = client.get(address).context["page"]
        forth += [row.code for row in page.rows]
        address = f"/households/?sort={sort}&after={page.following}" if page.following else ""
    back = list(forth[-1:])
    while page.previous:
        page = client.get(f"/households/?sort={sort}&before={page.previous}").context["page"]
        back[:0] = [row.code for row in page.rows]

    assert forth == back
    assert len(forth) == len(set(forth)) == {"bureau": 8, "north_town": 4, "grid": 2}[who]


def test_columns_are_chosen_in_the_address_and_the_code_always_stays(
    signed_in: SignedIn,
) -> None:
    response = signed_in("bureau").get("/households/?col=origin&col=grid")

    assert [column.id for column in response.context["state"].columns] == ["code", "grid", "origin"]
    assert "南枫镇南枫二村" in response.text


def test_the_fragment_is_that_part_of_the_page(signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    page = client.get("/households/?relocated=1").text
    fragment = client.get("/households/?relocated=1", headers=FRAGMENT).text

    assert fragment.strip() in page
    assert fragment.strip().startswith('<section id="register"')
    assert "<html" not in fragment


def test_the_number_of_queries_does_not_grow_with_the_rows(
    signed_in: SignedIn, county: County
) -> None:
    client = signed_in("bureau")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/households/")
    HouseholdFactory.create_batch(40, village_code="529901101201")

    with CaptureQueriesContext(connection) as many:
        client.get("/households/")

    assert len(many) == len(few) <= 16


def test_one_audit_entry_a_page_names_the_households_shown(signed_in: SignedIn) -> None:
    signed_in("village").get("/households/?q=H")

    entry = Entry.objects.get(action="register.read")
    assert entry.actor == "village"
    assert entry.ids == ["H000000001", "H000000002"]
    assert entry.detail == {"register": "households"}


def test_an_empty_list_says_what_to_do_next(signed_in: SignedIn, county: County) -> None:
    client = signed_in("bureau")

    assert "请放宽筛选条件" in client.get("/households/?monitored=any").text


def _workbook(response) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["农户"]
    return list(book.active.iter_rows(values_only=True))


def test_the_workbook_holds_what_is_filtered_marked_and_audited(
    signed_in: SignedIn, county: County
) -> None:
    response = signed_in("north_town").get("/households/?relocated=1&col=head&col=size&export=xlsx")

    mark, heading, *rows = _workbook(response)
    assert "北枫镇工作人员（north）" in mark[0]
    assert "共 2 户" in mark[0]
    assert heading == ("户编码", "户主", "人口（人）")
    assert [row[:2] for row in rows] == [("H000000001", "搬迁户主1"), ("H000000002", "搬迁户主2")]
    entry = Entry.objects.get(action="register.export")
    assert entry.count == 2
    assert entry.detail["filters"] == {"relocated": "1"}


def test_no_cell_of_a_workbook_begins_like_a_formula(signed_in: SignedIn, county: County) -> None:
    household = county.households[0]
    household.head_name = '=HYPERLINK("http://x.example")'
    household.save()

    response = signed_in("bureau").get("/households/?col=head&export=xlsx")

    cells = [cell for row in _workbook(response)[2:] for cell in row]
    assert '\'=HYPERLINK("http://x.example")' in cells
    assert not [cell for cell in cells if isinstance(cell, str) and cell[0] in "=+-@"]


@pytest.mark.parametrize("who", ["village", "grid"])
def test_who_may_not_export_gets_neither_button_nor_file(signed_in: SignedIn, who: str) -> None:
    client = signed_in(who)

    assert "export=xlsx" not in client.get("/households/").text
    assert client.get("/households/?export=xlsx").status_code == 403
    assert not Entry.objects.filter(action="register.export").exists()


def test_too_many_rows_for_one_workbook_say_how_to_go_on(signed_in: SignedIn, monkeypatch) -> None:
    monkeypatch.setattr("anju.web.lists.export.ROW_LIMIT", 3)

    response = signed_in("bureau").get("/households/?export=xlsx")

    assert response.status_code == 422
    assert "一次最多导出 3 行" in response.text


def test_every_order_ends_with_a_unique_field() -> None:
    for sort in HOUSEHOLDS.sorts:
        assert sort.fields[-1] in ("code", "pk", "id")
