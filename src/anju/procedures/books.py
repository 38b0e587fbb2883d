"""Loading the procedures of a pack, checked whole: every problem with file, line and remedy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from anju.policies.files import Problem
from anju.procedures import reading
from anju.procedures.book import ProcedureBook
from anju.procedures.checking import check_book
from anju.procedures.model import Action
from anju.procedures.reading import Known
from anju.procedures.refusals import BookError
from anju.procedures.shelves import Shelf, changes, fill


def load(pack: str, on: date, folder: Path | None = None) -> ProcedureBook:
    """The procedures of a pack with clocks as they hold on `on`.

    `folder` (a folder of pack folders) is looked in before the packs shipped. Raises `BookError`
    listing every problem with file, line, key and what is allowed.
    """
    if folder is not None:
        return _load(pack, on, folder)
    since = [day for day in _changes(pack) if day <= on]
    return replace(_shipped(pack, since[-1] if since else date.min), on=on)


def check(pack: str, on: date, folder: Path | None = None) -> list[Problem]:
    """Everything wrong with the procedures of a pack; an empty list is a sound pack."""
    return _read(pack, on, folder)[1]


@cache
def _changes(pack: str) -> tuple[date, ...]:
    return changes(pack)


@cache
def _shipped(pack: str, on: date) -> ProcedureBook:
    # Between two changes of limits every day has the same book: cases ask for hundreds of days.
    # What is shipped does not change while a process lives; a folder given by hand may.
    return _load(pack, on, None)


def _load(pack: str, on: date, folder: Path | None) -> ProcedureBook:
    book, problems = _read(pack, on, folder)
    if problems:
        raise BookError(
            f"政策包 {pack} 的办理程序有 {len(problems)} 处不对：\n"
            + "\n".join(problem.chinese for problem in problems),
            f"the procedures of pack {pack} have {len(problems)} problem(s):\n"
            + "\n".join(str(problem) for problem in problems),
        )
    return book


def _read(pack: str, on: date, folder: Path | None) -> tuple[ProcedureBook, list[Problem]]:
    shelf = fill(pack, on, folder)
    tables = shelf.tables
    reasons = {name: reading.reasons(table) for name, table in tables["reasons"].items()}
    known = Known(shelf.limits, reasons)
    after = _after(shelf, known)
    book = ProcedureBook(
        pack=pack,
        on=on,
        procedures=tuple(
            reading.procedure(table, known, after) for table in tables["procedure"].values()
        ),
        measures=tuple(reading.measure(table) for table in tables["measure"].values()),
        classes=tuple(reading.monitored_class(table) for table in tables["class"].values()),
        reasons=reasons,
        limits=shelf.limits,
    )
    if not shelf.problems:
        check_book(book, shelf)
    return book, shelf.problems


def _after(shelf: Shelf, known: Known) -> dict[str, dict[str, tuple[Action, ...]]]:
    found: dict[str, dict[str, tuple[Action, ...]]] = {}
    for table in shelf.tables["after"].values():
        kind, state, actions = reading.after(table, known)
        by_state = found.setdefault(kind, {})
        by_state[state] = by_state.get(state, ()) + actions
    return found
