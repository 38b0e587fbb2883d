"""The rule commands: exit codes, one-line refusals, and what is printed."""

import argparse
import json

import pytest
from tests.unit.rules.drawn_snapshots import draw, household, last_four, person

from anju.rules import cli


def call(*words: object) -> int:
    parser = argparse.ArgumentParser(prog="anju")
    cli.register(parser.add_subparsers())
    arguments = parser.parse_args(["rules", *[str(word) for word in words]])
    return arguments.func(arguments)


@pytest.fixture
def small(tmp_path):
    return draw(
        tmp_path / "snapshot",
        {
            "households": [household(1)],
            "persons": [person(1, 1)],
            "incomes": last_four(1, 500000) + [{"household_id": 5, "quarter": 20231}],
        },
    )


def run(small, out, month="2023-09"):
    return call("run", "--snapshot", small, "--pack", "national", "--month", month, "--out", out)


def test_a_run_prints_its_counts_and_what_was_left_out(small, tmp_path, capsys):
    assert run(small, tmp_path / "out", month="2023-02") == 0

    printed = capsys.readouterr().out
    assert "1 households, national, 2023-02, duckdb" in printed
    assert "income_fell_sharply            not applicable" in printed.replace("  ", "  ")
    assert "1 row(s) of incomes name nobody in the snapshot and were left out" in printed


def test_a_refusal_is_one_english_line_and_code_2(tmp_path, capsys):
    assert run(tmp_path / "nowhere", tmp_path / "out") == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("anju rules: there is no snapshot folder")
    assert printed.err.isascii()


@pytest.mark.parametrize("month", ["2023", "2023-13", "September"])
def test_a_month_that_is_none_is_refused(small, tmp_path, capsys, month):
    assert run(small, tmp_path / "out", month=month) == 2
    assert "is not a month" in capsys.readouterr().err


def test_progress_is_told_on_the_error_stream(small, tmp_path, capsys):
    words = ("--pack", "national", "--month", "2023-09", "--out", tmp_path / "out", "--progress")

    call("run", "--snapshot", small, *words)

    assert capsys.readouterr().err.splitlines()[0] == "[1/9] snapshot"


def test_explain_prints_rule_value_threshold_clause_and_what_clears_it(small, tmp_path, capsys):
    run(small, tmp_path / "out")
    capsys.readouterr()

    assert call("explain", "--out", tmp_path / "out", "--household", "H0001") == 0

    printed = capsys.readouterr().out
    for part in (
        "[RED] Net income per head below the monitoring line",
        "value:      5,000.00 yuan a person and year",
        "threshold:  7,300.00 yuan a person and year",
        "[default, to be confirmed]",
        "clause:     《",
        "clears:     ",
        "- members = 1 person(s)",
    ):
        assert part in printed


def test_explain_and_diff_write_json_on_request(small, tmp_path, capsys):
    run(small, tmp_path / "out")
    capsys.readouterr()

    call("explain", "--out", tmp_path / "out", "--household", "1", "--json")
    explained = json.loads(capsys.readouterr().out)
    call("diff", "--out", tmp_path / "out", "--against", tmp_path / "out", "--json")
    compared = json.loads(capsys.readouterr().out)

    assert explained["household_id"] == 1
    assert compared["new"] == []
    assert compared["rules"]["income_below_line"] == [0, 1, 0]


def test_diff_prints_counts_and_lists_rows_on_request(small, tmp_path, capsys):
    run(small, tmp_path / "out")
    capsys.readouterr()

    words = ("--out", tmp_path / "out", "--against", tmp_path / "out", "--list", 1)
    assert call("diff", *words) == 0

    printed = capsys.readouterr().out
    assert printed.startswith("0 new, ")
    assert "still: household_id=1, rule=" in printed


def test_show_and_check_speak_of_the_pack(capsys):
    assert call("show", "--pack", "national", "--month", "2023-09") == 0
    assert "monitoring_line" in capsys.readouterr().out
    assert call("check", "--pack", "national") == 0
    assert capsys.readouterr().out == "national: sound\n"


def test_an_unknown_pack_is_refused(capsys):
    assert call("show", "--pack", "atlantis") == 2
    assert "atlantis" in capsys.readouterr().err
