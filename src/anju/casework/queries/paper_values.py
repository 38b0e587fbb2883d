"""What the papers of one case say: everything that is known, for whoever may see it.

Numbers are masked. Nothing of health is given where the viewer may not see health, and the public
notice is filled from what was published, never from the registers of other households.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from anju.accounts.queries import names_of
from anju.accounts.viewer import Viewer
from anju.casework.models import Case, CaseState, Channel, HomeCheck, LeadSource
from anju.casework.queries import help as helping
from anju.casework.queries import known, open_pages, paper_rows, publication
from anju.casework.queries.paper_rows import Words, choice, day, yuan
from anju.papers.values import NoticeRow, Values, without_health
from anju.places import queries as places
from anju.privacy import HEALTH_RISKS
from anju.privacy.masking import mask_name
from anju.registry.models.person import Schooling
from anju.registry.queries import homes
from anju.registry.queries.health import may_see_health
from anju.registry.queries.people import Member

_AT_SCHOOL = (Schooling.COMPULSORY, Schooling.UPPER_SECONDARY, Schooling.TERTIARY)


def of_case(viewer: Viewer, case: Case, *, on: date, words: Words) -> Values:
    """Everything known on a day; in Chinese, whatever language the viewer reads."""
    with translation.override(settings.LANGUAGE_CODE):
        asked = _Asked(viewer, case, on, words)
        parts: dict[str, Any] = {}
        for part in _PARTS:
            parts |= part(asked)
        values = Values(**parts)
    return values if asked.with_health else without_health(values)


def of_place(case: Case) -> Values:
    """Only where: for a form that is filled in by hand."""
    return Values(**_place(case))


class _Asked:
    """One case for one viewer, and what several parts ask of it."""

    def __init__(self, viewer: Viewer, case: Case, on: date, words: Words) -> None:
        self.case, self.on, self.words = case, on, words
        self.household = case.household
        self.with_health = may_see_health(viewer, case.household)
        self.risks = list(dict.fromkeys(case.risks.values_list("risk", flat=True)))
        self.people: list[Member] = known.people(case.household, on)
        self.known = known.shown_to(viewer, case.household, known.of(case.household, on))
        self.check = case.home_checks.order_by("-checked_on", "-id").first()
        self.review = case.reviews.order_by("-held_on", "-id").first()

    def note(self, text: str) -> str:
        """Free text: in a case about health it tells of illness."""
        is_shown = self.with_health or not any(risk in HEALTH_RISKS for risk in self.risks)
        return text if is_shown else ""

    def names(self, *usernames: str) -> str:
        """People by name; one query."""
        return "、".join(names_of(usernames).values())


def _place(case: Case) -> dict[str, Any]:
    code = case.village_code
    names = places.names([code, code[:6].ljust(12, "0")])
    levels = (
        ("county", code[:6].ljust(12, "0")),
        ("town", code[:9].ljust(12, "0")),
        ("village", code),
    )
    return {name: names.of(each) or "" for name, each in levels}


def _case(asked: _Asked) -> dict[str, Any]:
    case = asked.case
    leads = case.leads.order_by("first_on")
    channels = LeadSource.objects.filter(lead__in=leads).order_by("id")
    shown = [risk for risk in asked.risks if asked.with_health or risk not in HEALTH_RISKS]
    return _place(case) | {
        "today": day(asked.on),
        "case_number": case.number,
        "opened_on": day(case.opened_on),
        "found_on": day(leads.values_list("first_on", flat=True).first()),
        "sources": "、".join(
            dict.fromkeys(
                str(Channel(each).label) for each in channels.values_list("channel", flat=True)
            )
        ),
        "risks": "、".join(str(asked.words.risk(risk)) for risk in shown),
        "kind": str(case.get_monitored_kind_display() or ""),
    }


def _household(asked: _Asked) -> dict[str, Any]:
    household, people = asked.household, asked.people
    head = next((each for each in people if each.person.name == household.head_name), None)
    home = homes.housing_of(household).first()
    labour = asked.known["labour"].value
    return {
        "household_code": household.code,
        "head": household.head_name,
        "head_identity": (head.identity if head else "") or "",
        "phone": (head.phone if head else "") or "",
        "household_class": str(household.get_household_class_display()),
        "address": _address(home),
        "size": str(len(people) or household.size),
        "workers": "" if labour is None else str(labour),
        "students": str(sum(_is_at_school(each) for each in people)),
        "members": paper_rows.members(people, asked.words),
    }


def _address(home: Any) -> str:
    """Site, building, entrance and room, or the address as it was written."""
    if home is None:
        return ""
    if home.building is None:
        return str(home.address)
    entrance = _("%(entrance)s单元") % {"entrance": home.entrance} if home.entrance else ""
    building = _("%(number)s栋") % {"number": home.building.number}
    return f"{home.building.site.name}{building}{entrance}{home.room}"


def _is_at_school(each: Member) -> bool:
    return each.record is not None and each.record.schooling in _AT_SCHOOL


def _signed(asked: _Asked) -> dict[str, Any]:
    rows = asked.case.authorisations.filter(withdrawn_on__isnull=True)
    signed = rows.order_by("-signed_on", "-id").first()
    if signed is None:
        return {}
    return {"authorised_on": day(signed.signed_on), "authorised_by": signed.signed_by}


def _checked(asked: _Asked) -> dict[str, Any]:
    check = asked.check
    answers = _answers(check) if check else {}
    items = paper_rows.asked_at_home(asked.known, answers, asked.with_health)
    if check is None:
        return {"items": items}
    sound = {id_: choice(check.guarantees.get(id_)) for id_ in known.GUARANTEES}
    return {
        "items": items,
        "checked_on": day(check.checked_on),
        "checked_by": asked.names(check.checked_by),
        "met": check.met,
        "income": yuan(check.income_per_capita),
        "spending": yuan(check.rigid_spending),
        **{f"{id_}_safe": text for id_, text in sound.items()},
        "own_means": asked.note(check.own_means),
        "has_risk": choice(check.has_risk),
        "check_note": asked.note(check.note),
    }


def _answers(check: HomeCheck) -> dict[str, Any]:
    """What was found at home, by the item it is asked under."""
    return {
        **check.values,
        **check.guarantees,
        "net_income_per_capita": check.income_per_capita,
        "rigid_spending": check.rigid_spending,
    }


def _reviewed(asked: _Asked) -> dict[str, Any]:
    review = asked.review
    if review is None:
        return {}
    return {
        "reviewed_on": day(review.held_on),
        "review_place": review.place,
        "chair": review.chair,
        "entitled": str(review.entitled),
        "present": str(review.present),
        "in_favour": str(review.in_favour),
        "against": str(review.against),
        "minutes": asked.note(review.minutes),
    }


def _published(asked: _Asked) -> dict[str, Any]:
    """What hangs in the village; before that, how it would read of this household."""
    case = asked.case
    entry = publication.entry_of(case)
    is_inclusion = publication.kind_of(case) == publication.Kind.INCLUSION
    found: dict[str, Any] = {
        "notice_days": str(publication.clock_of(case).amount),
        "notice_matter": _("拟纳入监测对象") if is_inclusion else _("拟消除风险"),
    }
    if entry is None:
        row = NoticeRow(
            name=mask_name(case.household.head_name),
            members=str(len(asked.people) or case.household.size),
            proposed=publication.proposed(case),
        )
        page = open_pages.page_in(case.village_code)
        return found | {"notice": (row,), "notice_contact": page.contact if page else ""}
    notice = entry.notice
    return found | {
        "posted_on": day(notice.posted_on),
        "notice_ends_on": day(notice.ends_on),
        "notice_contact": notice.contact,
        "notice": tuple(
            NoticeRow(name=each.masked_name, members=str(each.members), proposed=each.proposed)
            for each in notice.entries.order_by("id")
        ),
        "objections": _objections(notice, asked.on),
    }


def _objections(notice: Any, on: date) -> str:
    """What came in against the notice; nothing is said while it hangs."""
    told = notice.objections.count()
    if told:
        answered = notice.objections.filter(answered_on__isnull=False).count()
        said = {"told": told, "answered": answered}
        return _("收到异议%(told)s件，已核实答复%(answered)s件") % said
    return _("公示期内没有收到异议") if on > notice.ends_on else ""


def _decided(asked: _Asked) -> dict[str, Any]:
    case = asked.case
    decision = ""
    if case.included_on:
        decision = _("纳入监测")
    elif case.state == CaseState.NOT_INCLUDED:
        decision = _("不予纳入")
    return {
        "decided_on": day(case.decided_on),
        "decision": decision,
        "included_on": day(case.included_on),
    }


def _helped(asked: _Asked) -> dict[str, Any]:
    case = asked.case
    visit = helping.next_follow_up(case)
    return {
        "measures": paper_rows.measures(
            case, case.measures.order_by("starts_on", "id"), asked.words, asked.with_health
        ),
        "next_visit_on": day(visit.due_on if visit else None),
    }


def _removed(asked: _Asked) -> dict[str, Any]:
    case = asked.case
    check = case.removal_checks.order_by("-checked_on", "-id").first()
    answers: Mapping[str, Any] = check.values if check else {}
    return {
        "removal_items": paper_rows.asked_at_removal(asked.known, answers, asked.with_health),
        "removal_checked_on": day(check.checked_on if check else None),
        "removal_kind": str(case.get_removal_kind_display() or ""),
        "acknowledged_by": check.acknowledged_by if check else "",
        "acknowledged_on": day(check.acknowledged_on if check else None),
    }


_PARTS = (
    *(_case, _household, _signed, _checked, _reviewed),
    *(_published, _decided, _helped, _removed),
)
