"""`anju plan read`: what it prints, and that its JSON keeps to the published form."""

import json
from pathlib import Path

import jsonschema
import pytest

from anju.jobs.cli import main

PLAN = Path(__file__).parent / "made_up_plan.txt"
SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "plan.schema.json"


def test_the_json_keeps_to_the_published_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(PLAN), "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(plan, schema)
    assert plan["measures"][0]["units"][0]["role"] == "lead"


def test_the_listing_shows_offices_and_dates(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(PLAN)]) == 0
    printed = capsys.readouterr().out
    assert "lead: 县人力资源和社会保障局" in printed
    assert "2024-06-30" in printed
    assert "date_without_year" in printed


def test_an_unreadable_file_ends_with_two_and_a_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "read", str(tmp_path / "a.doc")]) == 2
    assert "无法打开" in capsys.readouterr().err
