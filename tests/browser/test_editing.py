"""Two clerks correct one person at the same time: by keyboard, on a phone, without scripts."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open
from tests.factories.county import County

from anju.registry.models import PersonRecord

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_clerks_edit_one_person_and_nothing_is_lost(
    signed_in: Open, county: County, scripts: bool
) -> None:
    first, second = signed_in("village"), signed_in("north_town", width=390, scripts=scripts)
    for page in (first, second):
        page.goto("/households/H000000001/")
        page.get_by_role("link", name="更正搬迁户主1").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("更正成员")

    first.get_by_label("劳动技能").select_option("weak")
    first.get_by_label("姓名").focus()
    first.keyboard.press("Enter")
    expect(first.get_by_role("status")).to_contain_text("已保存")
    second.get_by_label("劳动技能").select_option("lost")
    second.get_by_label("健康状况").fill("良好")
    second.get_by_role("button", name="保存").click()

    expect(second.get_by_role("alert")).to_contain_text("别人改了同一条")
    expect(second.get_by_text("北枫一村干部（village）页面填写")).to_be_visible()
    assert second.evaluate("document.documentElement.scrollWidth") <= 390
    second.get_by_role("button", name="按选定的保存").click()
    expect(second.get_by_role("alert")).to_be_visible()  # nothing is chosen for the person
    second.get_by_label("丧失劳动力").check()
    second.get_by_role("button", name="按选定的保存").click()
    expect(second.get_by_role("status")).to_contain_text("已保存")

    person = county.households[0].memberships.order_by("id").first().person
    record = PersonRecord.objects.get(person=person, known_to__isnull=True)
    assert (record.labour, record.health) == ("lost", "良好")
