"""Deciding whose rows without a number are, by keyboard, on a wide screen and a phone."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open
from tests.factories.county import County
from tests.unit.intake.doubtful_lists import doubtful_batch, newcomer_batch

from anju.intake.actions import processing
from anju.intake.models import Decision
from anju.registry.models import Person, Status

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_decide_doubtful_pairs_by_keyboard_and_write_them(signed_in: Open, county: County) -> None:
    batch = doubtful_batch("谭小燕", "陆文芳")
    page = signed_in("bureau")
    page.goto(f"/imports/{batch.pk}/")
    page.get_by_role("link", name="去认定").click()
    expect(page.get_by_role("status").first).to_contain_text("还有 2 行没有认定")
    expect(page.get_by_role("table")).to_contain_text("谭小燕")

    page.keyboard.press("s")
    expect(page.get_by_role("table")).to_contain_text("陆文芳")
    page.keyboard.press("b")
    expect(page.get_by_role("table")).to_contain_text("谭小燕")
    page.keyboard.press("2")
    expect(page.get_by_role("status").first).to_contain_text("还有 1 行没有认定")
    expect(page.get_by_role("table")).to_contain_text("陆文芳")
    page.keyboard.press("0")
    expect(page.get_by_role("status").first).to_contain_text("还有 0 行没有认定")

    page.goto(f"/imports/{batch.pk}/decisions/?row={batch.lines.order_by('number').last().pk}")
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="就是此人").first).to_be_visible()
    page.get_by_label("理由").fill("1 组长认得")  # digits typed in a field decide nothing
    page.get_by_role("button", name="就是此人").first.click()
    expect(page.get_by_role("button", name="撤回")).to_be_visible()
    page.get_by_role("button", name="写入已认定的行").click()
    expect(page).to_have_url(re.compile(rf"/imports/{batch.pk}/$"))

    processing.commit_now(batch_id=batch.pk)
    chosen = Decision.objects.filter(revoked_at__isnull=True).values_list("person_id", flat=True)
    assert set(Status.objects.values_list("person_id", flat=True)) == set(chosen)
    assert Person.objects.filter(pk__in=chosen).count() == 2
    assert Decision.objects.filter(reason="1 组长认得").exists()

    row = newcomer_batch().lines.get()
    page.goto(f"/imports/{row.batch_id}/decisions/")
    expect(page.get_by_text("该户现有成员中没有此人")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_label("姓名")).to_have_value("谭小宝")
    page.get_by_label("加入本户日期").fill("2022-04-06")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("还有 0 行没有认定")).to_be_visible()
    page.get_by_role("button", name="写入已认定的行").click()
    expect(page).to_have_url(re.compile(rf"/imports/{row.batch_id}/$"))
    processing.commit_now(batch_id=row.batch_id)
    assert row.batch.lines.get().person_id == Person.objects.get(name="谭小宝").pk


def test_the_page_fits_a_phone(signed_in: Open, county: County) -> None:
    batch = doubtful_batch(
        "谭晓燕"
    )  # differs: what is said to screen readers must not widen the page
    page = signed_in("bureau", width=390)
    page.goto(f"/imports/{batch.pk}/decisions/")

    expect(page.get_by_role("button", name="就是此人").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="都不是").click()
    expect(page.get_by_text("认定不是底册中的人")).to_be_visible()
