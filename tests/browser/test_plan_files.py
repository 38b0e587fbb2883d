"""A plan printed to PDF by a browser is read like its text."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from anju.reader import read
from anju.reader.files import text_of_bytes

PLAN = Path(__file__).resolve().parents[1] / "unit" / "reader" / "made_up_plan.txt"

pytestmark = pytest.mark.browser


def test_a_printed_plan_gives_the_same_measures_offices_and_dates(browser: Browser) -> None:
    text = PLAN.read_text(encoding="utf-8")
    page = browser.new_page()
    style = "font: 16pt/28pt 'Noto Serif CJK SC'; text-indent: 2em; margin: 0"
    lines = "".join(f'<p style="{style}">{line}</p>' for line in text.splitlines())
    page.set_content(f"<meta charset='utf-8'>{lines}")
    printed = page.pdf(format="A4", margin={"top": "37mm", "left": "28mm", "right": "26mm"})
    page.close()
    wanted, found = read(text), read(text_of_bytes(printed, "plan.pdf"))
    assert [measure.key for measure in found.measures] == [m.key for m in wanted.measures]
    for one, other in zip(found.measures, wanted.measures, strict=True):
        assert [(unit.name, unit.role) for unit in one.units] == [
            (unit.name, unit.role) for unit in other.units
        ]
        assert [each.date for each in one.deadlines] == [each.date for each in other.deadlines]
