"""Loading what packs say of communities, checked whole: every problem with file, line and remedy.

An entry of a child replaces the parent's of the same kind and id.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from anju.community.book_model import (
    CONFIRMATION,
    SAME_MATTER,
    USE_OF_FUND,
    WARNING,
    CommunityBook,
    Named,
    RequestKind,
    ServiceKind,
    Span,
    VoteRule,
)
from anju.community.ledger import Rule
from anju.policies import files
from anju.policies.files import Problem
from anju.policies.tables import Table
from anju.procedures.calendars import Clock, Counting
from anju.procedures.model import Basis
from anju.procedures.shelves import homes

_KINDS: Final = ("request_kind", "unsettled", "service_kind", "span", "vote")
_NEEDED: Final = {"span": (CONFIRMATION, SAME_MATTER, WARNING), "vote": (USE_OF_FUND,)}
_Shelf = dict[str, dict[str, Table]]


class CommunityBookError(ValueError):
    """A pack that cannot be used; the text names every place."""


def own_book() -> CommunityBook:
    """What the county's own pack says."""
    return book_of(settings.POLICY_PACK)


@cache
def book_of(pack: str) -> CommunityBook:
    """What a pack says; `CommunityBookError` lists everything wrong with it."""
    return load(pack)


def load(pack: str, folder: Path | None = None) -> CommunityBook:
    """What a pack says, from `folder` (a folder of pack folders) before those shipped."""
    book, problems = _read(pack, folder)
    if problems:
        raise CommunityBookError("\n".join(problem.chinese for problem in problems))
    return book


def check(pack: str, folder: Path | None = None) -> list[Problem]:
    """Everything wrong with what a pack says of communities; an empty list is a sound pack."""
    return _read(pack, folder)[1]


def _read(pack: str, folder: Path | None) -> tuple[CommunityBook, list[Problem]]:
    problems: list[Problem] = []
    shelf: _Shelf = {kind: {} for kind in _KINDS}
    for home in homes(pack, folder, problems):
        for path in sorted((home / "community").glob("*.toml")):
            _take(path, f"{home.name}/community/{path.name}", shelf, problems)
    for kind, ids in _NEEDED.items():
        for lacking in sorted(set(ids) - shelf[kind].keys()):
            zh = f"缺少 [[{kind}]] {lacking}，请补上或继承 national。"
            en = f"[[{kind}]] {lacking} is missing: add it, or extend national."
            problems.append(Problem(f"{pack}/community", 1, lacking, zh, en))
    book = CommunityBook(
        pack,
        tuple(_request_kind(table) for table in shelf["request_kind"].values()),
        tuple(_closed(table, _named(table)) for table in shelf["unsettled"].values()),
        tuple(_service_kind(table) for table in shelf["service_kind"].values()),
        tuple(_span(table) for table in shelf["span"].values()),
        tuple(_vote(table) for table in shelf["vote"].values()),
    )
    return book, problems


def _take(path: Path, name: str, shelf: _Shelf, problems: list[Problem]) -> None:
    file = files.read(path, name, problems)
    if file is None:
        return
    for kind, entries in file.content.items():
        if kind not in _KINDS or not isinstance(entries, list):
            allowed = ", ".join(f"[[{each}]]" for each in _KINDS)
            zh, en = f"这里不能有“{kind}”，可用：{allowed}。", f"not allowed here; use {allowed}."
            problems.append(Problem(name, file.line_of((kind,)), kind, zh, en))
            continue
        for number, entry in enumerate(entries):
            table = Table(file, (kind, number), entry, f"{kind}[{number}]", problems)
            shelf[kind][table.identifier("id")] = table


def _named(table: Table) -> Named:
    return Named(table.identifier("id"), table.text("name"), table.text("name_en"))


def _closed(table: Table, found: Named) -> Named:
    table.close()
    return found


def _request_kind(table: Table) -> RequestKind:
    named = _named(table)
    counting = table.choice("counting", ("calendar", "working"))
    answer, settle = (
        Clock(max(1, table.whole(key, "天数", "days")), counting=_counting(counting))
        for key in ("answer_days", "settle_days")
    )
    found = RequestKind(named.id, named.zh, named.en, answer, settle, _basis(table))
    if answer.amount > settle.amount:
        table.note(
            "answer_days", "受理期限不能晚于办结期限。", "must not be later than settle_days."
        )
    table.close()
    return found


def _counting(said: str) -> Counting:
    return said if said == "working" else "calendar"


def _service_kind(table: Table) -> ServiceKind:
    named = _named(table)
    found = ServiceKind(named.id, named.zh, named.en, _basis(table))
    table.close()
    return found


def _span(table: Table) -> Span:
    named = _named(table)
    days = table.whole("days", "天数", "days")
    found = Span(named.id, named.zh, named.en, days, _basis(table))
    table.close()
    return found


def _vote(table: Table) -> VoteRule:
    named = _named(table)
    rule = Rule(_share(table, "present"), _share(table, "favour"))
    found = VoteRule(named.id, named.zh, named.en, rule, _basis(table))
    table.close()
    return found


def _share(table: Table, key: str) -> Fraction:
    """A part of all, written "2/3", so that a third stays a third."""
    said = table.text(key)
    try:
        share = Fraction(said)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        table.note(key, "写成分数，如 2/3。", 'must be a fraction between 0 and 1, like "2/3".')
        return Fraction(1)
    return share


def _basis(table: Table) -> Basis:
    inner = table.table("basis")
    if inner is None:
        return Basis()
    if "default" in inner:
        found = Basis(default=inner.text("default"), default_en=inner.text("default_en"))
    else:
        found = Basis(inner.text("doc"), inner.text("clause"))
    inner.close()
    return found
