"""Every step × action × level × requirement of every pack, against the plain text of its files."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import anju.policies
from anju import procedures
from anju.procedures import LEVELS, Calendar, ProcedureBook, ProcedureRefused, Standing

HERE = Path(__file__).parent / "packs"
SHIPPED = Path(anju.policies.__path__[0])
DAY = date(2025, 6, 3)
CALENDAR = Calendar()
Written = dict[str, Any]


def _entries(pack: str) -> tuple[dict[str, Written], dict[str, Written]]:
    """The procedures and after-tables as the files say, the parent's overlaid by the pack's own."""
    procedures_, after = {}, {}
    for folder in (SHIPPED / "national", HERE / pack):
        for path in sorted((folder / "procedures").glob("*.toml")):
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            procedures_ |= {entry["id"]: entry for entry in content.get("procedure", [])}
            after |= {entry["id"]: entry for entry in content.get("after", [])}
    return procedures_, after


def _cases(pack: str) -> Iterator[Any]:
    written, after = _entries(pack)
    for procedure in written.values():
        for step in procedure["step"]:
            for action in step["action"]:
                where = f"{pack}/{procedure['id']}/{step['id']}/{action['id']}"
                yield pytest.param(pack, procedure["id"], step["id"], "checking", action, id=where)
    for entry in after.values():
        first = next(found for found in written.values() if found["kind"] == entry["kind"])
        for action in entry["action"]:
            where = f"{pack}/{entry['id']}/{action['id']}"
            yield pytest.param(pack, first["id"], "", entry["state"], action, id=where)


ALL = [*_cases("national"), *_cases("island-2021")]
every_action = pytest.mark.parametrize(("pack", "procedure", "step", "state", "action"), ALL)


@lru_cache
def _book(pack: str) -> ProcedureBook:
    return procedures.load(pack, DAY, HERE)


def _standing(step: str, state: str, action: Written, **changes: Any) -> Standing:
    values: Written = {
        "present": dict.fromkeys(action.get("needs", ()), True),
        "levels": frozenset(action["by"]),
        "due_on": date(2025, 6, 15),
    }
    return Standing(step, DAY, state=state, **(values | changes))


def _said(book: ProcedureBook, action: Written) -> dict[str, str]:
    listed = book.reasons[action["reasons"]] if "reasons" in action else ()
    note = "已核实" if action.get("needs_note") else ""
    return {"reason": listed[0].id if listed else "", "note": note}


@every_action
def test_each_action_leads_where_the_file_says(
    pack: str, procedure: str, step: str, state: str, action: Written
) -> None:
    book = _book(pack)

    found = book.take(
        procedure, _standing(step, state, action), action["id"],
        calendar=CALENDAR, **_said(book, action),
    )  # fmt: skip

    assert found.state == action.get("state", state)
    assert found.is_return is action.get("is_return", False)
    if "begins" in action:
        begun = book.of(book.procedure(procedure).kind, action["begins"])
        assert (found.procedure, found.step) == (begun.id, begun.first)
    else:
        assert (found.procedure, found.step) == (procedure, action.get("to", ""))
    assert bool(found.holder) is bool(found.step)


@every_action
def test_each_level_is_offered_exactly_what_the_file_says(
    pack: str, procedure: str, step: str, state: str, action: Written
) -> None:
    book = _book(pack)

    for level in LEVELS:
        standing = _standing(step, state, action, levels=frozenset({level}))
        (offer,) = (
            offer
            for offer in book.procedure(procedure).offers(standing)
            if offer.action.id == action["id"]
        )
        assert offer.is_allowed is (level in action["by"])
        if level not in action["by"]:
            with pytest.raises(ProcedureRefused, match="is done by"):
                book.take(
                    procedure, standing, action["id"],
                    calendar=CALENDAR, **_said(book, action),
                )  # fmt: skip


@every_action
def test_each_need_holds_the_action_back_unless_the_green_channel_excuses_it(
    pack: str, procedure: str, step: str, state: str, action: Written
) -> None:
    book, needs = _book(pack), action.get("needs", ())

    for need in needs:
        for unmet in ({need: False}, {need: None}, {}):
            present = {other: True for other in needs if other != need} | unmet
            for is_green in (False, True):
                standing = _standing(step, state, action, present=present, is_green=is_green)
                excused = is_green and need in action.get("later", ())
                (offer,) = (
                    offer
                    for offer in book.procedure(procedure).offers(standing)
                    if offer.action.id == action["id"]
                )
                assert offer.missing == (() if excused else (need,))
                if not excused:
                    with pytest.raises(ProcedureRefused) as refused:
                        book.take(
                            procedure, standing, action["id"],
                            calendar=CALENDAR, **_said(book, action),
                        )  # fmt: skip
                    assert procedures.REQUIREMENTS[need].zh in refused.value.zh


@every_action
def test_each_action_asks_for_the_reason_and_note_of_the_file(
    pack: str, procedure: str, step: str, state: str, action: Written
) -> None:
    book, standing = _book(pack), _standing(step, state, action)
    said = _said(book, action)
    wrong = [said | {"reason": "no_such_reason"}]
    wrong += [said | {"reason": ""}] if said["reason"] else []
    wrong += [said | {"note": "  "}] if said["note"] else []

    for words in wrong:
        with pytest.raises(ProcedureRefused):
            book.take(procedure, standing, action["id"], calendar=CALENDAR, **words)


@every_action
def test_no_action_is_possible_at_another_step(
    pack: str, procedure: str, step: str, state: str, action: Written
) -> None:
    book = _book(pack)

    for other in book.procedure(procedure).steps:
        if other.id == step or action["id"] in {found.id for found in other.actions}:
            continue
        with pytest.raises(ProcedureRefused, match="cannot be done at step"):
            book.take(
                procedure, _standing(other.id, state, action), action["id"],
                calendar=CALENDAR, **_said(book, action),
            )  # fmt: skip


def test_a_case_nobody_holds_is_only_offered_what_its_state_allows() -> None:
    inclusion = _book("national").procedure("inclusion")
    offered = {
        state: [offer.action.id for offer in inclusion.offers(Standing("", DAY, state=state))]
        for state in ("checking", "included", "not_included", "removed", "withdrawn")
    }

    assert offered == {
        "checking": [],
        "included": ["start_removal", "start_natural_removal"],
        "not_included": ["appeal"],
        "removed": ["reopen"],
        "withdrawn": [],
    }
