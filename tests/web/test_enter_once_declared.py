"""No form of the console is left out: each is counted on the page 一次填报, or says why not."""

import ast
import re
from collections import Counter
from pathlib import Path

from anju.web.casework.forms import FORMS as OF_CASES
from anju.web.entering.declared import COUNTED, EDIT, EXEMPT, RECORD, SHEET
from anju.web.registers.editing.opening import ALL_FORMS as EDITING

WEB = Path(__file__).resolve().parents[2] / "src/anju/web"
TEMPLATES = WEB / "templates/web"
_FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
_FIELD = re.compile(
    r'<textarea|<select|{% include "[^"]*_(?:field|box|input)\.html"'
    r'|<input(?![^>]*type="(?:hidden|submit)")'
)


def _templates() -> set[str]:
    """Templates with a form that is sent and has a field in it."""
    return {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if any(_FIELD.search(form) for form in _FORM.findall(path.read_text()))
    }


def _sheets() -> set[str]:
    """Views of supervision that ask by the shared sheet."""
    found = set()
    for path in (WEB / "supervision").glob("*.py"):
        for view in ast.walk(ast.parse(path.read_text())):
            if isinstance(view, ast.FunctionDef) and any(
                isinstance(each, ast.Call) and getattr(each.func, "id", "") == "Sheet"
                for each in ast.walk(view)
            ):
                found.add(f"{SHEET}#{path.stem}.{view.name}")
    return found


def _forms() -> set[str]:
    shared = {RECORD, EDIT, SHEET}
    assert shared <= _templates()
    return (
        (_templates() - shared)
        | {f"{RECORD}#{each}" for each in OF_CASES}
        | {f"{EDIT}#{each}" for each in EDITING}
        | _sheets()
    )


def test_every_form_is_counted_or_says_why_not() -> None:
    declared = Counter([*(form for group in COUNTED for form in group.forms), *EXEMPT])

    assert {form for form, times in declared.items() if times > 1} == set()
    assert set(declared) == _forms()
    assert all(len(why) > 20 for why in EXEMPT.values())


def test_the_search_for_forms_finds_them() -> None:
    found = _templates()

    assert {"casework/clinic.html", "reports/edit.html", "tasks/report.html"} <= found
    assert "intake/batch.html" not in found  # only buttons are sent
    assert f"{SHEET}#finding.new" in _sheets()
