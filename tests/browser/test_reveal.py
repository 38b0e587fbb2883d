"""Full numbers in Chromium: a reason first, shown once, nowhere kept, and not too often."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.factories.county import County

from anju.audit.models import Entry
from anju.registry.actions import numbers
from anju.registry.identity import BANK_ACCOUNT, IDENTITY
from anju.registry.models import Membership, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
NUMBER, ACCOUNT = "529901198003051234", "6229990000001234567"
KEPT = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"


@pytest.fixture
def person(county: County) -> Person:
    found = Membership.objects.filter(household=county.households[0]).first().person
    numbers.set_one(person=found, numbers={IDENTITY: NUMBER, BANK_ACCOUNT: ACCOUNT})
    return found


def _ask(page: Page, person: Person, reason: str) -> None:
    place = page.locator(f"#reveal-{person.code}")
    if not place.get_by_role("textbox").is_visible():
        place.locator("summary").click()
    place.get_by_role("textbox").fill(reason)
    place.get_by_role("button").click()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_number_is_shown_once_after_a_reason_and_kept_nowhere(
    signed_in: Open, person: Person, width: int
) -> None:
    page = signed_in("bureau", width=width)
    page.goto("/households/H000000001/people/")
    expect(page.get_by_text("529901********1234")).to_be_visible()
    _ask(page, person, "看看")
    expect(page.get_by_role("alert")).to_contain_text("请写明查看理由")

    _ask(page, person, "办理医保报销核对")

    expect(page.get_by_text(NUMBER)).to_be_visible()
    expect(page.get_by_text(ACCOUNT)).to_be_visible()
    assert NUMBER not in page.evaluate(KEPT)
    page.reload()
    expect(page.get_by_text("529901********1234")).to_be_visible()
    expect(page.get_by_text(NUMBER)).to_have_count(0)
    assert Entry.objects.filter(action="person.reveal").count() == 1


def test_somebody_who_looks_too_often_reads_when_again(
    signed_in: Open, person: Person, settings: object
) -> None:
    settings.REVEALS_PER_HOUR = 1
    page = signed_in("bureau")
    for _ in range(2):
        page.goto("/households/H000000001/people/")
        _ask(page, person, "办理医保报销核对")
        page.wait_for_load_state("networkidle")

    expect(page.get_by_role("alert")).to_contain_text("一小时内最多查看 1 人")
    expect(page.get_by_text(NUMBER)).to_have_count(0)
