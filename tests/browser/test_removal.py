"""From the first help to the risk removed through Chromium, by the village, the town and the county."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.browser.test_casework import act, fits, mend, save
from tests.factories.casework import FollowUpFactory, NoticeEntryFactory, NoticeFactory
from tests.factories.county import County
from tests.unit.casework import helped

from anju.casework.models import Case, FollowUp, Move, RemovalCheck, Review
from anju.registry.models import Household

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def case(county: County) -> Case:
    """Included ten months ago; its visit is late."""
    today = timezone.localdate()
    begun = today - timedelta(days=300)
    case = helped.included(
        helped.household(wage=600_000, on=today),
        included_on=begun, opened_on=begun, decided_on=begun,
    )  # fmt: skip
    FollowUpFactory(case=case, due_on=today - timedelta(days=2))
    return case


def help_and_visit(page: Page, case: Case) -> None:
    """A measure that began half a year ago, and the visit from the desk."""
    page.goto("/")
    page.get_by_role("link", name=f"回访：{case.household.head_name}户").click()
    page.get_by_role("link", name="登记回访").click()
    page.get_by_label("是否稳定向好").select_option("1")
    page.get_by_label("回访情况").fill("在县城务工，收入稳定")
    save(page)
    page.get_by_role("link", name="登记帮扶措施").click()
    page.get_by_label("措施类别").select_option("employment")
    for label, text in (
        ("措施内容", "推荐到县城务工"), ("实施单位", "县人社局"), ("预期成效", "每月增收两千元"),
    ):  # fmt: skip
        page.get_by_label(label).fill(text)
    began = timezone.localdate() - timedelta(days=200)
    page.get_by_label("开始日期").fill(began.isoformat())
    save(page)
    expect(page.get_by_text("推荐到县城务工")).to_be_visible()


def check_and_sign(page: Page, case: Case) -> None:
    """Eleven indicators, ten of them prefilled; then the signature."""
    mend(page, "登记消除核查")
    expect(page.get_by_label("工资性收入")).to_have_value("24000")
    page.get_by_label("理赔收入").fill("0")
    save(page)
    mend(page, "登记农户签字")
    page.get_by_label("签字人").fill(case.household.head_name)
    save(page)


def review_and_publish(page: Page, case: Case) -> None:
    """The village met and read of it eight days ago."""
    mend(page, "登记民主评议")
    for label, text in (("应到", "30"), ("实到", "25"), ("同意", "24"), ("反对", "1")):
        page.get_by_label(label).fill(text)
    page.get_by_label("评议记录").fill("大家同意消除")
    save(page)
    act(page, case, "评议通过，转公示")
    ago = timezone.localdate() - timedelta(days=8)
    Review.objects.update(held_on=ago)
    Move.objects.update(moved_on=ago)
    RemovalCheck.objects.update(checked_on=ago)
    notice = NoticeFactory(
        village_code=case.village_code, kind="removal", posted_on=ago,
        ends_on=ago + timedelta(days=6),
    )  # fmt: skip
    NoticeEntryFactory(notice=notice, case=case)


@pytest.mark.parametrize("width", [pytest.param(1440, marks=pytest.mark.long), 390])
def test_help_leads_to_the_risk_removed(signed_in: Open, case: Case, width: int) -> None:
    village, town, county = (
        signed_in(who, width=width) for who in ("village", "north_town", "bureau")
    )

    help_and_visit(village, case)
    assert fits(village, width)
    act(village, case, "启动风险消除")
    check_and_sign(village, case)
    assert fits(village, width)
    act(village, case, "达到消除条件，转村级评议")
    review_and_publish(village, case)
    act(village, case, "公示期满，报乡镇审核")
    act(town, case, "审核同意，报县级审定")
    act(county, case, "审定消除风险")

    today = timezone.localdate()
    assert Case.objects.get().removed_on == today
    assert Household.objects.get(pk=case.household_id).risk_removed_on == today
    # Of visits, only those that go on after the removal are left.
    assert not FollowUp.objects.filter(done_on=None, due_on__lte=today).exists()
