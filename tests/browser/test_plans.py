"""Confirming a plan by keyboard, with a selection of the document, and on a phone without scripts."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.factories.county import County
from tests.unit.duties.plan_texts import FIRST

from anju.duties.models import PlanMeasure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]

PLAN = {"name": "方案.txt", "mimeType": "text/plain", "buffer": FIRST.encode()}
# As a mouse would, which cannot aim at words.
SELECT = """(words) => {
  const nodes = document.createTreeWalker(document.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const at = nodes.currentNode.textContent.indexOf(words);
    if (at < 0) continue;
    document.getSelection().setBaseAndExtent(nodes.currentNode, at, nodes.currentNode, at + words.length);
    nodes.currentNode.parentElement.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    return;
  }
}"""


@pytest.fixture(autouse=True)
def _files(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


def upload(page: Page) -> None:
    page.goto("/plans/new/")
    page.set_input_files("#upload-file", PLAN)
    page.get_by_role("button", name="上传并识别").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第 1 版")


def states() -> dict[str, str]:
    return dict(PlanMeasure.objects.values_list("title", "state"))


def test_measures_are_confirmed_dropped_cut_and_added_by_keyboard(
    signed_in: Open, county: County
) -> None:
    page = signed_in("bureau")
    upload(page)
    progress = page.locator("#plan-progress")

    page.keyboard.press("j")
    expect(page.locator(".plan-item.is-current")).to_contain_text("开展技能培训")
    page.keyboard.press("Enter")
    expect(progress).to_contain_text("已确认 1 条")
    expect(page.locator(".plan-item.is-current")).to_be_focused()
    expect(page.locator(".plan-item.is-current")).to_contain_text("开发公益性岗位")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("没有完整日期")
    page.keyboard.press("x")
    expect(progress).to_contain_text("不采用 1 条")
    assert states()["开展技能培训"] == "confirmed"
    assert states()["健全物业服务"] == "dropped"

    page.locator(".mark-measure", has_text="新增公益性岗位").first.click()
    expect(page.locator(".plan-item.is-current")).to_contain_text("开发公益性岗位")
    page.evaluate(SELECT, "2023年10月底前")
    page.keyboard.press("s")
    expect(page.locator(".plan-item.is-current")).to_contain_text("拆分而来")
    halves = PlanMeasure.objects.filter(origin="split")
    assert sorted(FIRST[each.start : each.end][:8] for each in halves) == [
        "2.开发公益性岗",
        "2023年10月",
    ]

    page.evaluate(SELECT, "坚持因地制宜，稳妥推进。")
    page.keyboard.press("a")
    expect(page).to_have_url(re.compile(r"/measures/\d+/$"))
    made = PlanMeasure.objects.get(origin="added")
    assert FIRST[made.start : made.end] == "坚持因地制宜，稳妥推进。"


def test_a_phone_without_scripts_reads_and_confirms(signed_in: Open, county: County) -> None:
    page = signed_in("bureau", width=390, scripts=False)
    upload(page)

    page.get_by_role("link", name="跳到措施清单").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".plan-item").first.get_by_role("button", name="确认").click()

    expect(page.locator("#plan-progress")).to_contain_text("已确认 1 条")
    expect(page).to_have_url(re.compile(r"#item-\d+$"))
