"""How a claim goes, as a table: which move leads from where to where, and at whose step it is made.

Plain data, no database. A roll has no state of its own: it stands where its claims stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a claim stands, in the order of the way to the money; then how it may end."""

    DRAFT = "draft", _("编制中")
    SUBMITTED = "submitted", _("待公示")
    PUBLISHED = "published", _("公示中")
    OBJECTED = "objected", _("有异议")
    CLEARED = "cleared", _("待乡镇审核")
    CHECKED = "checked", _("待县级审定")
    APPROVED = "approved", _("待发放")
    IN_PAYMENT = "in_payment", _("发放中")
    FAILED = "failed", _("发放失败")
    CORRECTED = "corrected", _("待重新发放")
    PAID = "paid", _("已发放")
    RECOVERED = "recovered", _("已追回")
    REFUSED = "refused", _("不予补贴")
    WITHDRAWN = "withdrawn", _("已撤回")


class Step(StrEnum):
    """Whose step a move belongs to."""

    VILLAGE = "village"
    TOWN = "town"
    COUNTY = "county"
    PAYER = "payer"


@dataclass(frozen=True, slots=True)
class Move:
    """One move: from which states, to which, at whose step, and whether it has to say why."""

    verb: str
    sources: frozenset[State]
    target: State
    step: Step
    needs_reason: bool = False


def _move(
    verb: str, sources: Iterable[State], target: State, step: Step, *, why: bool = False
) -> Move:
    return Move(verb, frozenset(sources), target, step, why)


_S = State
#: A verb may have several entries: the same word at several steps (a refusal, something sent back).
MOVES: Final[tuple[Move, ...]] = (
    _move("submit", [_S.DRAFT], _S.SUBMITTED, Step.VILLAGE),
    _move("publish", [_S.SUBMITTED], _S.PUBLISHED, Step.VILLAGE),
    _move("object", [_S.PUBLISHED, _S.CLEARED], _S.OBJECTED, Step.VILLAGE),
    _move("dismiss", [_S.OBJECTED], _S.PUBLISHED, Step.VILLAGE, why=True),
    _move("clear", [_S.PUBLISHED], _S.CLEARED, Step.VILLAGE),
    _move("check", [_S.CLEARED], _S.CHECKED, Step.TOWN),
    _move("approve", [_S.CHECKED], _S.APPROVED, Step.COUNTY),
    _move("draw_up", [_S.APPROVED, _S.CORRECTED], _S.IN_PAYMENT, Step.PAYER),
    _move("undraw", [_S.IN_PAYMENT], _S.APPROVED, Step.PAYER, why=True),
    _move("pay", [_S.IN_PAYMENT], _S.PAID, Step.PAYER),
    _move("fail", [_S.IN_PAYMENT], _S.FAILED, Step.PAYER),
    _move("correct", [_S.FAILED], _S.CORRECTED, Step.VILLAGE, why=True),
    _move("correct", [_S.FAILED], _S.CORRECTED, Step.TOWN, why=True),
    _move("recover", [_S.PAID], _S.RECOVERED, Step.PAYER, why=True),
    _move("send_back", [_S.SUBMITTED, _S.PUBLISHED, _S.CLEARED], _S.DRAFT, Step.TOWN, why=True),
    _move("send_back", [_S.SUBMITTED, _S.PUBLISHED, _S.CLEARED], _S.DRAFT, Step.VILLAGE, why=True),
    _move("send_back", [_S.CHECKED], _S.DRAFT, Step.COUNTY, why=True),
    _move("withdraw", [_S.DRAFT, _S.SUBMITTED, _S.PUBLISHED, _S.OBJECTED, _S.CLEARED],
          _S.WITHDRAWN, Step.VILLAGE, why=True),
    _move("refuse", [_S.DRAFT, _S.SUBMITTED, _S.PUBLISHED, _S.OBJECTED],
          _S.REFUSED, Step.VILLAGE, why=True),
    _move("refuse", [_S.SUBMITTED, _S.PUBLISHED, _S.OBJECTED, _S.CLEARED],
          _S.REFUSED, Step.TOWN, why=True),
    _move("refuse", [_S.CHECKED, _S.APPROVED, _S.FAILED, _S.CORRECTED],
          _S.REFUSED, Step.COUNTY, why=True),
)  # fmt: skip

#: A claim that ended without money: the same thing may be claimed again.
DROPPED: Final = frozenset({State.REFUSED, State.WITHDRAWN})
LIVE: Final = frozenset(State) - DROPPED
#: What may still be changed: nobody outside the village has relied on it.
OPEN_TO_CHANGE: Final = frozenset({State.DRAFT})
#: Where the county has said yes.
GRANTED: Final = frozenset(
    {
        State.APPROVED,
        State.IN_PAYMENT,
        State.FAILED,
        State.CORRECTED,
        State.PAID,
        State.RECOVERED,
    }
)
#: Whose turn it is: what waits at each step.
WAITING_AT: Final[dict[Step, frozenset[State]]] = {
    Step.VILLAGE: frozenset(
        {State.DRAFT, State.SUBMITTED, State.PUBLISHED, State.OBJECTED, State.FAILED}
    ),
    Step.TOWN: frozenset({State.CLEARED}),
    Step.COUNTY: frozenset({State.CHECKED}),
    Step.PAYER: frozenset({State.APPROVED, State.IN_PAYMENT, State.CORRECTED}),
}


def moves(verb: str, step: Step | None = None) -> tuple[Move, ...]:
    """The entries of a verb, of one step or of all."""
    return tuple(each for each in MOVES if each.verb == verb and step in (None, each.step))


def sources(verb: str, step: Step | None = None) -> frozenset[State]:
    """From which states a verb leads."""
    return frozenset().union(*(each.sources for each in moves(verb, step)))


def target(verb: str, state: str, step: Step | None = None) -> State | None:
    """Where a verb leads from a state; None where it may not be done."""
    found = (each for each in moves(verb, step) if state in each.sources)
    return next((each.target for each in found), None)


def verbs(state: str, steps: Iterable[Step] = tuple(Step)) -> frozenset[str]:
    """What may be done with a claim in a state, at these steps."""
    wanted = frozenset(steps)
    return frozenset(each.verb for each in MOVES if state in each.sources and each.step in wanted)


class Refused(TextChoices):
    """Why something is not paid, in words that can be counted."""

    NOT_ENTITLED = "not_entitled", _("不符合享受条件")
    TWICE = "twice", _("重复申领")
    NOT_TRUE = "not_true", _("申领的事项或数量不实")
    NO_PROOF = "no_proof", _("缺少凭据")
    TOO_LATE = "too_late", _("超过申领期限")
    OBJECTION = "objection", _("异议成立")
    GONE = "gone", _("已死亡或迁出")
    OTHER = "other", _("其他")


class Failure(TextChoices):
    """Why the bank or the card office did not pay a line."""

    NO_CARD = "no_card", _("没有一卡通账户")
    ACCOUNT = "account", _("账户信息有误")
    NAME = "name", _("户名不符")
    CLOSED = "closed", _("账户已销户或冻结")
    DEAD = "dead", _("收款人已死亡")
    OTHER = "other", _("其他")
