"""Figures, times and clauses of packs in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from anju.language import in_language
from anju.monitoring.readings import reading
from anju.rules.pack_model import SHARE, Basis, Document


@dataclass(frozen=True)
class Clause:
    """What something rests on; `is_default` where no document states it."""

    text: str
    is_default: bool


def clause(basis: Basis, documents: Mapping[str, Document]) -> Clause:
    """A clause as it is cited, or the reason of a default that somebody must confirm."""
    if basis.is_default:
        return Clause(in_language(basis.default, basis.default_en or basis.default), True)
    document = documents.get(basis.doc)
    title = document.title if document else basis.doc
    return Clause(f"《{title}》{basis.clause}", False)


def clauses(bases: Iterable[Basis], documents: Mapping[str, Document]) -> list[Clause]:
    """Each of several."""
    return [clause(each, documents) for each in bases]


def figure(value: int | Fraction, unit: str) -> str:
    """A value with its unit: fen as yuan, shares as per cent."""
    exact = Fraction(value)
    if unit == SHARE:
        return reading(int(exact * 10_000), unit)
    if exact.denominator == 1:
        return reading(exact.numerator, unit)
    return f"{float(exact):,g} {reading(0, unit).partition(' ')[2]}".strip()


def time(from_: date | None, until: date | None) -> str:
    """自 2023-01-01 起，至 2024-01-01 前; empty for always."""
    if from_ and until:
        return _("%(first)s 起，%(until)s 前") % {"first": from_, "until": until}
    if from_:
        return _("%(first)s 起") % {"first": from_}
    return _("%(until)s 前") % {"until": until} if until else ""
