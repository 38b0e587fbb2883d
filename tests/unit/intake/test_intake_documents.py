"""The page about imports says what the code does."""

import ast
import re
from pathlib import Path

from anju.intake import describing
from anju.intake.feeds import FEEDS
from anju.intake.messages import MESSAGES

ROOT = Path(__file__).resolve().parents[3]
#: Checks of projects, assets and work lie beside their actions, which forms ask too.
SOURCES = sorted(
    path
    for package in ("intake", "projects", "assets", "employment")
    for path in (ROOT / "src/anju" / package).rglob("*.py")
)


def _words() -> set[str]:
    return {
        node.value
        for path in SOURCES
        if path.name not in ("messages.py", "describing.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_the_page_is_current() -> None:
    page = (ROOT / "docs/imports.md").read_text()

    assert page.rstrip("\n") == describing.document().rstrip("\n"), "run `anju lists`"


def test_every_message_is_used_and_has_a_remedy() -> None:
    words = _words()

    # Two codes are put together from their field.
    unused = set(MESSAGES) - words - {"identity_birth", "identity_sex"}

    assert unused == set()
    assert all(message.text and message.remedy for message in MESSAGES.values())


def test_every_refusal_of_a_file_is_described() -> None:
    told = {code for code, _, _ in describing._FILES}
    raised = set()
    for path in SOURCES:
        raised |= set(re.findall(r'FileRefused\(\s*"(\w+)"', path.read_text()))

    assert raised == told


def test_lists_and_fields_are_named_once() -> None:
    assert len({feed.id for feed in FEEDS}) == len(FEEDS)
    for feed in FEEDS:
        for sheet in feed.sheets:
            fields = [column.field for column in sheet.columns]
            assert len(set(fields)) == len(fields), sheet.id
