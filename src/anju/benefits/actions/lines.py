"""What somebody claims, row by row: whose it is by the registers, and whether a row can be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from anju.accounts.scope import Scope
from anju.benefits.models import Claim, Recipient, Scheme
from anju.benefits.refusals import BenefitRefused, Problem, RowsRefused
from anju.benefits.states import DROPPED
from anju.benefits.terms import Terms
from anju.places.models import Division, Level
from anju.registry.models import Household, Membership

_MOST = 10**13  # fen and units stay far inside 64 bits when multiplied


@dataclass(frozen=True)
class Line:
    """One row: a household, a member of one, or an organisation of a village; how much, what for.

    `row` is its number for messages. A sum is fen.
    """

    row: int
    household_code: str = ""
    person_code: str = ""
    organisation: str = ""
    village_code: str = ""  # of organisations; the others live where they live
    quantity: Decimal | None = None
    base_fen: int | None = None
    item: str = ""
    note: str = ""


def read(*, scheme: Scheme, where: Scope, added: Sequence[Line]) -> list[Claim]:
    """Claims of these rows, not written yet; `RowsRefused` with everything that is wrong."""
    if not added:
        raise BenefitRefused(_("请至少登记一笔申领。"))
    terms = Terms.of_kept(scheme.terms)
    known = _Known(scheme, added)
    problems: dict[int, Problem] = {}
    claims = []
    seen: set[tuple[object, ...]] = set()
    for line in added:
        try:
            claim = known.claim(line, where)
            _measure(terms, line)
            key = (claim.household_id, claim.person_id, claim.organisation, claim.item)
            known.refuse_again(key, seen)
        except _Wrong as wrong:
            problems[line.row] = wrong.problem
            continue
        seen.add(key)
        claims.append(claim)
    if problems:
        raise RowsRefused(problems)
    return claims


def refuse_measure(terms: Terms, quantity: Decimal | None, base_fen: int | None) -> None:
    """A measure that is missing, or cannot be."""
    try:
        _measure(terms, Line(0, quantity=quantity, base_fen=base_fen))
    except _Wrong as wrong:
        raise BenefitRefused(wrong.problem.said) from wrong


def refuse_again(claim: Claim) -> None:
    """The same recipient claims the same thing in another line of the scheme."""
    others = Claim.objects.filter(
        scheme=claim.scheme_id,
        household=claim.household_id,
        person=claim.person_id,
        organisation=claim.organisation,
        item=claim.item,
    ).exclude(state__in=DROPPED)
    other = others.exclude(pk=claim.pk).first()
    if other is not None:
        raise BenefitRefused(_again(other.number))


class _Wrong(Exception):
    def __init__(self, column: str, said: str) -> None:
        self.problem = Problem(column, said)


class _Known:
    """The registers' households, members and villages that these rows name, and what is claimed already."""

    def __init__(self, scheme: Scheme, added: Sequence[Line]) -> None:
        self._scheme = scheme
        codes = {line.household_code for line in added}
        self._homes = {each.code: each for each in Household.objects.filter(code__in=codes)}
        members = Membership.objects.filter(
            household__code__in=codes, known_to__isnull=True
        ).select_related("person")
        self._members = {
            (row.household_id, row.person.code): row.person_id for row in members.order_by("pk")
        }
        places = {line.village_code for line in added if line.organisation}
        rows = Division.objects.filter(code__in=places, level=Level.VILLAGE)
        self._villages = set(rows.values_list("code", flat=True))
        live = Claim.objects.filter(scheme=scheme).exclude(state__in=DROPPED)
        keys = ("household", "person", "organisation", "item", "number")
        self._claimed = {tuple(row[:4]): row[4] for row in live.values_list(*keys)}

    def claim(self, line: Line, where: Scope) -> Claim:
        claim = Claim(
            item=line.item.strip()[:40],
            note=line.note.strip()[:200],
            quantity=line.quantity,
            base_fen=line.base_fen,
        )
        if self._scheme.recipient == Recipient.ORGANISATION:
            self._organisation(claim, line)
        else:
            self._home(claim, line)
        if not where.covers(claim.village_code):
            raise _Wrong(_("户编码"), _("不在您负责的村（社区），请由所在村编报。"))
        return claim

    def refuse_again(self, key: tuple[object, ...], seen: set[tuple[object, ...]]) -> None:
        if key in seen:
            raise _Wrong(_("事项"), _("同一份名单里重复，请合并成一行，或写明不同的事项。"))
        if key in self._claimed:
            raise _Wrong(_("事项"), _again(self._claimed[key]))

    def _home(self, claim: Claim, line: Line) -> None:
        home = self._homes.get(line.household_code)
        if home is None:
            raise _Wrong(
                _("户编码"),
                _("底册里没有户编码“%(code)s”，请核对。") % {"code": line.household_code},
            )
        claim.household, claim.village_code = home, home.village_code
        if self._scheme.recipient == Recipient.PERSON:
            person = self._members.get((home.pk, line.person_code))
            if person is None:
                raise _Wrong(
                    _("人员编码"),
                    _("户 %(household)s 没有人员编码“%(code)s”的成员，请核对。")
                    % {"household": home.code, "code": line.person_code},
                )
            claim.person_id = person

    def _organisation(self, claim: Claim, line: Line) -> None:
        name = line.organisation.strip()[:120]
        if not name:
            raise _Wrong(_("单位名称"), _("请填写单位全称。"))
        if line.village_code not in self._villages:
            raise _Wrong(_("所在村"), _("没有这个村（社区），请选择单位所在的村。"))
        claim.organisation, claim.village_code = name, line.village_code


def _measure(terms: Terms, line: Line) -> None:
    column = terms.measure or _("数量")
    value = line.quantity if terms.by_quantity else line.base_fen
    other = line.base_fen if terms.by_quantity else line.quantity
    if other is not None:
        wanted = _("数量") if terms.by_quantity else _("金额")
        raise _Wrong(column, _("这项补贴按%(wanted)s计算，请只填%(wanted)s。") % {"wanted": wanted})
    if value is None:
        return  # may be found out later; it has to be there when the roll is submitted
    if value <= 0:
        raise _Wrong(column, _("要大于 0，请核对。"))
    if value > _MOST:
        raise _Wrong(column, _("数字太大，请核对单位。"))


def _again(number: str) -> str:
    return _("已有相同的申领（%(number)s），请在那一笔里修改。") % {"number": number}
