"""The part of the form of a report or notice on what the document carries: urgency, 份号, 附件, 联署机关."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from anju.accounts.viewer import Viewer
from anju.reporting.actions import elements as actions
from anju.reporting.actions.elements import MOST_PARTNERS, Elements
from anju.reporting.attached import LIST_TITLES, LISTS, Attached, lists_of
from anju.reporting.replacing import Sent
from anju.supervision.models import Handling, Urgency

_OWN = 3
"""Attachments in the unit's own words that the form has room for at least."""


@dataclass(frozen=True)
class Listed:
    """A list that may be taken along."""

    id: str
    title: str | Promise
    is_chosen: bool


def asked(request: HttpRequest) -> Elements:
    """What the form says; what cannot be meant is refused by the action."""
    lists = [Attached(LISTS[each], source=each) for each in LISTS if each in _lists(request)]
    titles, texts = (request.POST.getlist(f"annex-{name}") for name in ("title", "words"))
    own = [
        Attached(" ".join(title.split()), words=text.replace("\r\n", "\n").strip())
        for title, text in zip(titles, texts, strict=False)
    ]
    return Elements(
        urgency=request.POST.get("urgency", ""),
        handling=request.POST.get("handling", ""),
        numbered=_count(request.POST.get("numbered", "")),
        attachments=[*lists, *(each for each in own if each.title or each.words)],
        partners=[int(each) for each in request.POST.getlist("partner") if _is_number(each)],
    )


def form(viewer: Viewer, row: Sent, typed: Elements | None) -> dict[str, Any]:
    """What the form shows: what was typed, else what is kept."""
    said = typed or actions.as_said(row)
    own = [each for each in said.attachments if not each.source]
    chosen = {each.source for each in said.attachments}
    return {
        "said": said,
        "urgencies": Urgency.choices,
        "handlings": Handling.choices,
        "lists": [Listed(each, LIST_TITLES[each], each in chosen) for each in lists_of(row)],
        "annexes": [*own, *[Attached("")] * (_OWN - len(own))],
        "places": [*said.partners, *[0] * (MOST_PARTNERS - len(said.partners))][:MOST_PARTNERS],
        "units": actions.units_of(viewer, row),
        "most_copies": actions.MOST_COPIES,
    }


def _lists(request: HttpRequest) -> set[str]:
    return set(request.POST.getlist("annex-list"))


def _count(text: str) -> int:
    """A number of copies; nothing is none, what is no number is refused as too many."""
    text = text.strip()
    if not text:
        return 0
    return int(text) if _is_number(text) else -1


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
