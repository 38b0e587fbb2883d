"""Cases: the list, the page as one story, what is written down, acting, and acting too late."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.factories.casework import CaseFactory, CaseRiskFactory
from tests.factories.county import SOUTH, Cast, County
from tests.factories.registry import HoldingFactory, IncomeFactory
from tests.unit.casework.story import Story
from tests.web.conftest import SignedIn
from tests.web.forms import filled

from anju.audit.models import Entry
from anju.casework.models import Case, HomeCheck

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def story(cast: Cast, today: date) -> Story:
    return Story(cast, today)


@pytest.fixture
def case(story: Story, county: County) -> Case:
    """Of the first household, at its first step."""
    return story.opened(county.households[0])


def many(county: County, today: date, **columns: object) -> list[Case]:
    """A case at the review of each household, each a day later due, the first late."""
    return [
        CaseFactory(
            household=household, step="review", step_due_on=today + timedelta(days=place - 1),
            **columns,
        )
        for place, household in enumerate(county.households)
    ]  # fmt: skip


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/cases/{query}")
    assert answer.status_code == 200
    return [row.number for row in answer.context["page"].rows]


def address(case: Case, rest: str = "") -> str:
    return f"/cases/{case.number}/{rest}"


@pytest.mark.parametrize(
    ("who", "number"),
    [("bureau", 8), ("north_town", 4), ("south_town", 4), ("village", 2), ("grid", 2)],
)
def test_everybody_lists_the_cases_of_their_own_places(
    county: County, today: date, signed_in: SignedIn, who: str, number: int
) -> None:
    many(county, today)

    assert len(listed(signed_in(who))) == number


@pytest.mark.parametrize(
    ("query", "number"),
    [
        (f"?town={SOUTH}", 4),
        ("?step=inclusion:review", 8),
        ("?step=inclusion:decision", 0),
        ("?due=late", 1),
        ("?due=3", 4),
        ("?kind=zero_employment", 0),
        ("?risk=housing", 1),
        ("?assigned=none", 8),
        ("?standing=closed", 0),
        ("?standing=all", 8),
        ("?sort=due", 8),
        ("?green=1", 0),
    ],
)
def test_the_address_filters(
    county: County, today: date, signed_in: SignedIn, query: str, number: int
) -> None:
    cases = many(county, today)
    CaseRiskFactory(case=cases[0], risk="housing")

    assert len(listed(signed_in("bureau"), query)) == number


def test_a_case_is_found_by_its_number(county: County, today: date, signed_in: SignedIn) -> None:
    cases = many(county, today)

    assert listed(signed_in("bureau"), f"?q={cases[4].number}") == [cases[4].number]


def test_what_is_mine_is_what_my_level_holds(
    county: County, today: date, signed_in: SignedIn
) -> None:
    cases = many(county, today)
    Case.objects.filter(pk=cases[0].pk).update(holder="town", step="town_check")

    assert listed(signed_in("village"), "?standing=mine&sort=due") == [cases[1].number]
    assert listed(signed_in("north_town"), "?standing=mine") == [cases[0].number]
    assert listed(signed_in("bureau"), "?standing=mine") == []


def test_a_longer_list_asks_no_more_of_the_database(
    county: County, cast: Cast, today: date, signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for each in many(county, today, assigned_to=cast.village):
        CaseRiskFactory(case=each)
    client = signed_in("bureau")
    client.get("/cases/")

    with django_assert_max_num_queries(26):
        client.get("/cases/")


def test_the_page_tells_what_is_missing_and_where_to_mend_it(
    case: Case, signed_in: SignedIn
) -> None:
    text = signed_in("village").get(address(case)).text

    assert "还不能办，缺：" in text
    assert f'href="{address(case, "record/authorise/")}"' in text
    assert Entry.objects.filter(action="case.read").get().ids == ["H000000001"]


def test_who_does_not_hold_the_step_reads_who_does(case: Case, signed_in: SignedIn) -> None:
    text = signed_in("bureau").get(address(case)).text

    assert "由村（社区）" in text
    assert 'name="action" value="to_home_check"' not in text


def test_a_case_of_another_place_is_not_there(case: Case, signed_in: SignedIn) -> None:
    client = signed_in("south_town")

    for path in (address(case), address(case, "record/authorise/")):
        assert client.get(path).status_code == 404
    assert client.post(address(case, "move/"), {"action": "withdraw"}).status_code == 404


def test_the_whole_story_asks_a_limited_number_of_questions(
    case: Case, story: Story, signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    story.to_publicity(case)
    client = signed_in("village")
    client.get(address(case))

    with django_assert_max_num_queries(39):
        text = client.get(address(case)).text
    for said in ("大家同意推荐", "无存款，亲友难以相助", "脱贫不稳定户", "村级公示"):
        assert said in text


def test_the_authorisation_is_written_down_and_the_case_goes_on(
    case: Case, today: date, signed_in: SignedIn
) -> None:
    client = signed_in("village")
    form = filled(client, address(case, "record/authorise/"), signed_by="搬迁户主1")

    assert form["signed_on"] == today.isoformat()
    saved = client.post(address(case, "record/authorise/"), form)
    moved = client.post(address(case, "move/"), {"action": "to_home_check", "seen": case.version})

    case.refresh_from_db()
    assert saved["Location"] == f"{address(case)}#authorisation"
    assert (moved.status_code, case.step) == (302, "home_check")


def test_somebody_unknown_does_not_sign(case: Case, signed_in: SignedIn) -> None:
    client = signed_in("village")
    form = filled(client, address(case, "record/authorise/"), signed_by="别人")

    answer = client.post(address(case, "record/authorise/"), form)

    assert answer.status_code == 422
    assert "请从列表中选择" in answer.text


def test_a_home_check_is_prefilled_with_source_and_asks_only_what_is_missing(
    case: Case, story: Story, today: date, signed_in: SignedIn
) -> None:
    ended = today.year * 4 + (today.month - 1) // 3
    for place in range(ended - 4, ended):
        IncomeFactory(
            household=case.household, quarter=place // 4 * 10 + place % 4 + 1, business=0,
            business_cost=0, property=0, transfer=0, source="务工月报",
        )  # fmt: skip
    story.authorised(case)
    story.move(case, "to_home_check")
    client, form = signed_in("village"), address(case, "record/check/")

    answer = client.get(form)

    to_ask = {shown.field.name for shown in answer.context["to_ask"]}
    known = {shown.field.name: shown for shown in answer.context["known"]}
    assert {"met", "own_means", "has_risk"} <= to_ask
    assert "务工月报" in known["income_per_capita"].source
    assert 'maxlength="1000"' in answer.text  # not 1,000, of which a browser takes the 1
    assert known["income_per_capita"].text
    sent = filled(client, form, met="户主", own_means="无存款", has_risk="1", housing="1")
    assert client.post(form, sent).status_code == 302
    check = HomeCheck.objects.get()
    assert (check.met, check.own_means, check.has_risk) == ("户主", "无存款", True)
    assert check.known["net_income_per_capita"]["value"] == check.income_per_capita


def test_what_is_wrong_is_said_beside_the_field_and_at_the_top_and_nothing_typed_is_lost(
    case: Case, story: Story, signed_in: SignedIn
) -> None:
    story.authorised(case)
    story.move(case, "to_home_check")
    client, form = signed_in("village"), address(case, "record/check/")

    answer = client.post(form, filled(client, form, own_means="靠亲友接济", rigid_spending="一万"))

    assert answer.status_code == 422
    assert answer.text.count("请填数字") == 2
    assert "靠亲友接济" in answer.text
    assert not HomeCheck.objects.exists()


def test_hints_come_from_the_registers_and_each_is_explained(
    case: Case, story: Story, signed_in: SignedIn
) -> None:
    HoldingFactory(
        household=case.household, kind="vehicle", reference="小型客车", source="车管名单"
    )
    story.authorised(case)
    story.move(case, "to_home_check")
    story.checked(case)
    story.move(case, "to_comparison")
    client, form = signed_in("bureau"), address(case, "record/compare/")
    assert "车管名单" in client.get(form).text
    sent = filled(client, form, what_extra="邻居说有货车", note_extra="租来的")
    key = next(name for name in sent if name.startswith("note_") and name != "note_extra")

    client.post(form, {**sent, key: "跑运输的旧车，不影响"})

    hints = case.comparisons.get().hints
    assert [(each["what"], each["note"]) for each in hints] == [
        ("小型客车", "跑运输的旧车，不影响"),
        ("邻居说有货车", "租来的"),
    ]


def test_only_classes_that_fit_the_household_are_offered(
    case: Case, story: Story, signed_in: SignedIn
) -> None:
    story.authorised(case)
    story.move(case, "to_home_check")
    story.checked(case)
    story.move(case, "to_comparison")
    story.compared(case)
    story.move(case, "to_review", "bureau")
    form = address(case, "record/kind/")

    (field,) = signed_in("village").get(form).context["to_ask"]

    offered = {choice.value for choice in field.choices}
    assert "unstable" in offered
    assert "marginal" not in offered  # the household was lifted out of poverty


def test_a_form_that_the_step_does_not_ask_for_is_closed(case: Case, signed_in: SignedIn) -> None:
    assert signed_in("village").get(address(case, "record/review/")).status_code == 403
    assert signed_in("village").get(address(case, "record/unheard-of/")).status_code == 404


def test_who_acts_too_late_reads_what_the_other_did_and_keeps_the_note(
    case: Case, story: Story, signed_in: SignedIn
) -> None:
    seen = case.version
    story.authorised(case)
    story.move(case, "to_home_check")

    answer = signed_in("village").post(
        address(case, "move/"),
        {"action": "withdraw", "seen": seen, "reason": "", "note": "农户不愿意了"},
    )

    assert answer.status_code == 409
    assert "转入户核查" in answer.text
    assert "农户不愿意了" in answer.text
    case.refresh_from_db()
    assert case.step == "home_check"


def test_a_refused_action_stays_open_with_what_was_typed(case: Case, signed_in: SignedIn) -> None:
    answer = signed_in("village").post(
        address(case, "move/"),
        {"action": "withdraw", "seen": case.version, "reason": "", "note": "农户不愿意了"},
    )

    assert answer.status_code == 422
    assert "<details open>" in answer.text
    assert "农户不愿意了" in answer.text


def test_free_text_of_a_case_about_health_is_kept_from_who_may_not_see_health(
    story: Story, county: County, signed_in: SignedIn
) -> None:
    lead = story.raised(county.households[0], risk="medical")
    signed_in("village").post(f"/leads/{lead.pk}/open/")
    case = Case.objects.get()
    story.authorised(case)
    story.move(case, "to_home_check")
    story.checked(case)

    assert "亲友难以相助" not in signed_in("grid").get(address(case)).text
    assert "因病" not in signed_in("grid").get(address(case)).text
    assert "亲友难以相助" in signed_in("village").get(address(case)).text


def test_the_page_of_the_household_has_its_leads_and_cases_and_its_timeline_their_moves(
    case: Case, signed_in: SignedIn
) -> None:
    client, code = signed_in("village"), case.household.code

    tab = client.get(f"/households/{code}/help/").text
    timeline = client.get(f"/households/{code}/timeline/").text

    assert address(case) in tab
    assert "已立案" in tab
    assert "案件：立案" in timeline
    assert case.number in timeline


@pytest.mark.parametrize(
    ("state", "said"), [("checking", "办理中"), ("not_included", "核实不属清零对象")]
)
def test_a_case_of_a_list_is_not_told_in_words_of_monitored_households(
    case: Case, signed_in: SignedIn, state: str, said: str
) -> None:
    Case.objects.filter(pk=case.pk).update(kind="zero_employment", state=state)

    tab = signed_in("village").get(f"/households/{case.household.code}/help/").text

    assert said in tab
    assert "识别中" not in tab
    assert "不纳入" not in tab


def test_the_place_of_origin_sees_no_case(case: Case, signed_in: SignedIn) -> None:
    code = case.household.code

    assert signed_in("south_town").get(f"/households/{code}/help/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "said"),
    [("", "识别中／办理中"), ("relapse", "识别中"), ("zero_employment", "办理中")],
)
def test_results_are_offered_in_the_words_of_the_kind(
    signed_in: SignedIn, kind: str, said: str
) -> None:
    page = signed_in("bureau").get(f"/cases/?standing=all&kind={kind}").text

    offered = re.search(r'<option value="checking"[^>]*>\s*([^<]*?)\s*</option>', page)
    assert offered is not None
    assert offered[1] == said
