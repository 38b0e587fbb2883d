"""Whether somebody is entitled, from what is known: yes, no, or for a person to find out.

Plain Python. Unknown is never taken for yes or for no; a condition no register answers is unknown until
somebody confirms it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.benefits.models.claims import Eligibility
from anju.language import in_language
from anju.rules.entitlement import ELIGIBILITY, alternatives


class Answer(StrEnum):
    """What is known of a condition."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition with its answer. `asked` is the pack's text: codes, or a condition in words."""

    asked: str
    answer: Answer
    detail: str = ""

    def kept(self) -> dict[str, str]:
        """As JSON keeps it."""
        return {"asked": self.asked, "answer": self.answer.value, "detail": self.detail}


#: Conditions that follow from the claim itself, and not from the pack.
TWICE: Final = "not_twice"
WITHIN: Final = "within_register"
_OWN: Final = {
    TWICE: gettext_lazy("没有重复申领"),
    WITHIN: gettext_lazy("不高于台账数"),
}


def answer(asked: str, facts: Mapping[str, bool | None]) -> Check:
    """A condition of the pack by what registers say of its codes: one yes is enough."""
    found = [facts.get(code) for code in alternatives(asked)]
    if any(found):
        return Check(asked, Answer.YES)
    return Check(asked, Answer.UNKNOWN if None in found else Answer.NO)


def answers(
    eligibility: Sequence[str], conditions: Sequence[str], facts: Mapping[str, bool | None]
) -> tuple[Check, ...]:
    """All conditions of a scheme; those in words are unknown."""
    coded = tuple(answer(asked, facts) for asked in eligibility)
    return (*coded, *(Check(asked, Answer.UNKNOWN) for asked in conditions))


def verdict(checks: Iterable[Check], *, is_confirmed: bool = False) -> Eligibility:
    """What the checks come to. What a person confirmed stands for what was unknown, never for a no."""
    given = {each.answer for each in checks}
    if Answer.NO in given:
        return Eligibility.NOT_ELIGIBLE
    if given == {Answer.YES}:
        return Eligibility.ELIGIBLE
    return Eligibility.CONFIRMED if is_confirmed else Eligibility.TO_CHECK


def of_kept(kept: Iterable[Mapping[str, str]]) -> tuple[Check, ...]:
    """From what JSON kept."""
    return tuple(Check(each["asked"], Answer(each["answer"]), each["detail"]) for each in kept)


def words(asked: str) -> str:
    """A condition for people."""
    if asked in _OWN:
        return str(_OWN[asked])
    named = [ELIGIBILITY[code] for code in alternatives(asked) if code in ELIGIBILITY]
    if not named:
        return asked
    return _("或").join(in_language(each.name, each.name_en) for each in named)


def why(checks: Iterable[Check], wanted: Answer) -> str:
    """The conditions with one answer, for people."""
    told = (
        words(each.asked) + (f"({each.detail})" if each.detail else "")
        for each in checks
        if each.answer == wanted
    )
    return _("、").join(told)
