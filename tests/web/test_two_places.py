"""两地共管: a relocated household is seen from both places, each with what is its business."""

import io
import zipfile

import pytest
from tests.factories.county import County
from tests.factories.employment import EmploymentFactory
from tests.factories.monitoring import FindingFactory, HouseholdLevelFactory, RunFactory
from tests.factories.registry import EventFactory, HoldingFactory, IncomeFactory, StatusFactory
from tests.web.conftest import SignedIn

from anju.audit.models import Entry
from anju.employment.models import Channel
from anju.registry.models import Household, Membership, PersonRecord
from anju.registry.sides import COLUMNS, TABS, Side
from anju.web.registers import households, tabs

pytestmark = pytest.mark.django_db
# In everything that is not the business of the place of origin.
HIDDEN = "𬭎"
PAGE = "/households/H000000001/"
FROM_HERE = "/households/?side=origin"


@pytest.fixture
def moved(county: County) -> Household:
    """A household of the north town's site that came from the south town, with much to hide."""
    home = county.households[0]
    head = Membership.objects.get(household=home, relation="户主").person
    PersonRecord.objects.filter(person=head).update(health=f"{HIDDEN}病", education=HIDDEN)
    StatusFactory(household=home, person=head, kind="disabled", reference=f"{HIDDEN}证")
    StatusFactory(household=home, kind="dibao", level=HIDDEN, reference=HIDDEN)
    StatusFactory(household=home, kind="help_measure", level="health", reference=f"{HIDDEN}签约")
    StatusFactory(household=home, kind="help_measure", level="industry", reference="油茶管护")
    EventFactory(household=home, reference=HIDDEN, amount=7_654_321)
    HoldingFactory(household=home, value=7_654_321, reference=HIDDEN)
    IncomeFactory(household=home, wage=7_654_321)
    EmploymentFactory(person=head, employer=f"{HIDDEN}厂")
    EmploymentFactory(
        person=head, channel=Channel.WELFARE_POST, employer="护林队", monthly_wage=7_654_321
    )
    home.monitored_kind = "unstable"
    home.save()
    run = RunFactory()
    FindingFactory(run=run, household=home, observed_text=HIDDEN)
    HouseholdLevelFactory(run=run, household=home)
    return home


def test_the_list_shows_one_side_at_a_time_so_that_none_counts_twice(
    moved: Household, signed_in: SignedIn
) -> None:
    south, north = signed_in("south_town"), signed_in("north_town")

    living, gone = south.get("/households/"), south.get(FROM_HERE)

    assert "H000000001" not in living.text
    assert living.context["count"].number == 4
    assert gone.context["count"].number == 2
    assert "H000000001" in gone.text
    assert "迁出" in gone.text
    assert north.get("/households/").context["count"].number == 4
    assert north.get(FROM_HERE).context["count"].number == 0


def test_the_county_finds_who_left_a_village(moved: Household, signed_in: SignedIn) -> None:
    bureau = signed_in("bureau")

    from_south = bureau.get(f"{FROM_HERE}&town=529901102000&village=529901102202")
    from_north = bureau.get(f"{FROM_HERE}&town=529901101000")

    assert from_south.context["count"].number == 2
    assert from_north.context["count"].number == 0
    assert bureau.get(f"{PAGE}income/").status_code == 200


def test_a_grid_has_nobody_who_came_from_it(moved: Household, signed_in: SignedIn) -> None:
    page = signed_in("grid").get("/households/")

    assert 'name="side"' not in page.text
    assert signed_in("grid").get(FROM_HERE).context["count"].number == 0


def test_the_page_of_the_origin_has_contacts_and_what_is_kept_there(
    moved: Household, signed_in: SignedIn
) -> None:
    south = signed_in("south_town")

    page, kept = south.get(PAGE), south.get(f"{PAGE}kept/")

    assert "这户已迁出" in page.text
    assert moved.head_name in page.text
    assert "北枫镇北枫一村" in page.text
    assert "油茶管护" in kept.text
    assert "护林队" in kept.text
    assert Entry.objects.filter(action="household.read").last().detail["side"] == "origin"


@pytest.mark.parametrize("who", ["south_town"])
def test_nothing_else_reaches_the_place_of_origin(
    moved: Household, signed_in: SignedIn, who: str
) -> None:
    client = signed_in(who)
    answers = {
        address: client.get(address)
        for address in (
            PAGE,
            *(f"{PAGE}{tab.id}/" for tab in tabs.TABS),
            FROM_HERE,
            *(f"{FROM_HERE}&col={column.id}" for column in households.HOUSEHOLDS.columns),
            f"{FROM_HERE}&level=red",
            f"{FROM_HERE}&monitored=any",
            f"{FROM_HERE}&q=H000000001",
            "/monitoring/findings/",
            "/sites/AZ0001/",
            "/",
        )
    }

    for address, answer in answers.items():
        assert HIDDEN not in answer.text, address
        assert "76,543" not in answer.text, address
        assert "安置点网格" not in answer.text, address
        assert "脱贫不稳定户" not in answer.text or address.startswith("/households/?"), address
    refused = {tab for tab in TABS if Side.ORIGIN not in TABS[tab]}
    assert all(answers[f"{PAGE}{tab}/"].status_code == 404 for tab in refused)
    assert answers["/sites/AZ0001/"].status_code == 404


def test_filters_of_the_place_of_living_do_not_narrow_the_list_of_the_origin(
    moved: Household, signed_in: SignedIn
) -> None:
    """Or somebody could learn a level by asking for each."""
    south = signed_in("south_town")

    counts = {
        south.get(f"{FROM_HERE}&{query}").context["count"].number
        for query in ("level=red", "level=hint", "monitored=any", "class=ordinary", "grid=WG0001")
    }

    assert counts == {2}


def test_numbers_are_neither_shown_nor_searched_at_the_origin(
    moved: Household, signed_in: SignedIn
) -> None:
    south = signed_in("south_town")
    person = Membership.objects.filter(household=moved).first().person

    assert south.post(f"{PAGE}people/{person.code}/reveal/", {"reason": "核对"}).status_code == 404
    assert "529999" not in south.get(f"{PAGE}contact/").text
    for text, number in (("H000000001", 1), (moved.head_name, 1), ("搬迁", 2), ("1234", 0)):
        assert south.get(f"{FROM_HERE}&q={text}").context["count"].number == number


def test_the_workbook_of_the_origin_has_its_columns_only(
    moved: Household, signed_in: SignedIn
) -> None:
    answer = signed_in("south_town").get(f"{FROM_HERE}&export=xlsx&col=level&col=monitored")
    content = b"".join(answer.streaming_content)
    answer.close()

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        cells = "".join(book.read(name).decode() for name in book.namelist() if "xl/" in name)
    assert "H000000001" in cells
    assert "预警等级" not in cells
    assert "监测对象" not in cells


def test_every_column_and_tab_says_who_sees_it() -> None:
    columns = {column.id for column in households.HOUSEHOLDS.columns}

    assert columns - set(COLUMNS) == set(), "add these to anju.registry.sides"
    assert {tab.id for tab in tabs.TABS} == set(TABS)
