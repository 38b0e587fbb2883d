"""What the state of pay, the reasons to leave and the answers of hiring are called on screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.employment import post_words
from anju.employment.post_rules import Answer, Leaving, Reason
from anju.employment.queries.post_limits import stated
from anju.web.lists.declaration import Text
from anju.web.supervision.wording import basis

PAY: Final[Mapping[str, Text]] = {
    "untold": gettext_lazy("还没有登记"),
    "unpaid": gettext_lazy("应发未发"),
    "late": gettext_lazy("迟发"),
    "short": gettext_lazy("少发"),
    "paid": gettext_lazy("按时足额"),
}
#: Why somebody is to be looked at, in the order in which it is asked.
TO_LEAVE: Final[Mapping[str, Text]] = {
    Leaving.OVER: post_words.LEAVINGS[Leaving.OVER],
    Leaving.ENDING: post_words.LEAVINGS[Leaving.ENDING],
    Leaving.GONE: gettext_lazy("已去世或不在任何家庭"),
    Leaving.AGE: post_words.LEAVINGS[Leaving.AGE],
    Leaving.AGE_AHEAD: post_words.LEAVINGS[Leaving.AGE_AHEAD],
    Leaving.WORK: post_words.LEAVINGS[Leaving.WORK],
    Leaving.LICENCE: post_words.LEAVINGS[Leaving.LICENCE],
    Leaving.UNABLE: post_words.LEAVINGS[Leaving.UNABLE],
    Leaving.SCHOOL: post_words.LEAVINGS[Leaving.SCHOOL],
}


@dataclass(frozen=True)
class Told:
    """One condition as it is read: what, what was seen, held against what, by whose word."""

    rule: Text
    verdict: str
    verdict_word: Text
    seen: str
    bound: str
    basis: str


def told(answers: Sequence[Answer], on: date) -> list[Told]:
    """Every answer with the reason of its figure."""
    bases = stated(on).bases
    return [
        Told(
            post_words.RULES[each.rule],
            each.verdict,
            post_words.VERDICTS[each.verdict],
            post_words.seen(each),
            post_words.bound(each),
            basis(bases[each.rule]) if each.rule in bases else str(post_words.PRACTICE[each.rule]),
        )
        for each in answers
    ]


def reasons(found: Iterable[Reason]) -> str:
    """All reasons in one line."""
    return _("；").join(post_words.reason(each) for each in found)
