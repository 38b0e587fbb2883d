"""What must be there before a household is included: signature, visit, comparison, review, time.

After a return, and when a case is taken up again, it is done again: what is older does not count.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from anju.casework import books
from anju.casework.models import Authorisation, Case, Comparison, HomeCheck, Review
from anju.casework.queries import history, written
from anju.casework.requirements.evidence import Check, Evidence
from anju.procedures.refusals import BookError


def authorisation(case: Case, on: date) -> Evidence:
    """Signed by the household, and not taken back."""
    found = _authorisation(case, on)
    if found is None:
        return Evidence(False, _("尚未登记农户签字的承诺授权书，或授权已撤回。"))
    return Evidence(True, _("%(day)s 签字") % {"day": found.signed_on})


def home_check(case: Case, on: date) -> Evidence:
    """Somebody was at the home, in this procedure and since the last return."""
    found = latest_check(case)
    if found is None:
        return Evidence(False, _("尚未登记入户核查。"))
    if _is_before_return(case, "home_check", found.checked_on, found):
        return Evidence(
            False, _("%(day)s 的核查在退回之前，请重新核查。") % {"day": found.checked_on}
        )
    risk = _("存在风险") if found.has_risk else _("未发现风险")
    return Evidence(True, _("%(day)s 核查，%(risk)s") % {"day": found.checked_on, "risk": risk})


def comparison(case: Case, on: date) -> Evidence:
    """Data were compared, after the household had allowed it."""
    found = _comparison(case)
    if found is None:
        return Evidence(False, _("尚未登记数据比对。"))
    signed = _authorisation(case, on)
    if not case.is_green_channel and (signed is None or found.compared_on < signed.signed_on):
        return Evidence(False, _("数据比对应在农户签字授权之后进行，请补签授权后重新比对。"))
    if _is_before_return(case, "comparison", found.compared_on, found):
        return Evidence(
            False, _("%(day)s 的比对在退回之前，请重新比对。") % {"day": found.compared_on}
        )
    return Evidence(
        True,
        _("%(day)s 比对，%(count)s 条提示") % {"day": found.compared_on, "count": len(found.hints)},
    )


def hints_explained(case: Case, on: date) -> Evidence:
    """Each hint of means was asked about; a hint alone never excludes."""
    found = _comparison(case)
    if found is None:
        return Evidence(False, _("尚未登记数据比对。"))
    left = [hint for hint in found.hints if not str(hint.get("note", "")).strip()]
    if left:
        return Evidence(False, _("还有 %(count)s 条比对提示没有核实说明。") % {"count": len(left)})
    return Evidence(True, _("比对提示均已说明") if found.hints else _("没有比对提示"))


def monitored_kind(case: Case, on: date) -> Evidence:
    """The class is one that households of this kind may enter today."""
    if not case.monitored_kind:
        return Evidence(False, _("尚未确定监测对象类别。"))
    open_ones = {found.id: found for found in books.book_of(case, on).open_classes}
    found = open_ones.get(case.monitored_kind)
    if found is None:
        return Evidence(False, _("这一类别按现行政策不再纳入，请重新确定。"))
    if case.household.household_class not in found.household_classes:
        return Evidence(
            False,
            _("底册登记为“%(class)s”，不能认定为“%(kind)s”，请核对。")
            % {"class": case.household.get_household_class_display(), "kind": found.name},
        )
    return Evidence(True, case.get_monitored_kind_display())


def review(case: Case, on: date) -> Evidence:
    """The village met about this household, with minutes."""
    found = _review(case)
    if found is None:
        return Evidence(False, _("尚未登记民主评议。"))
    if _is_before_return(case, "review", found.held_on, found):
        return Evidence(False, _("%(day)s 的评议在退回之前，请重新评议。") % {"day": found.held_on})
    return Evidence(
        True,
        _("%(day)s 评议，应到 %(entitled)s 人，实到 %(present)s 人")
        % {"day": found.held_on, "entitled": found.entitled, "present": found.present},
    )


def review_in_favour(case: Case, on: date) -> Evidence:
    """More than half of those present were in favour."""
    found = _review(case)
    if found is None:
        return Evidence(False, _("尚未登记民主评议。"))
    votes = _("同意 %(in_favour)s 票，反对 %(against)s 票，实到 %(present)s 人") % {
        "in_favour": found.in_favour,
        "against": found.against,
        "present": found.present,
    }
    return Evidence(found.in_favour * 2 > found.present, votes)


def appeal_in_time(case: Case, on: date) -> Evidence:
    """The household may still ask for another look at a refusal."""
    return _in_time(case, "appeal_time", case.decided_on or case.closed_on, on)


def reopening_in_time(case: Case, on: date) -> Evidence:
    """The same case goes on, with its history, while the end is not long ago."""
    return _in_time(case, "reopening", case.removed_on or case.closed_on, on)


def latest_check(case: Case) -> HomeCheck | None:
    """The last home check of the procedure under way."""
    return written.last(
        each for each in written.home_checks(case) if each.procedure == case.procedure
    )


def _authorisation(case: Case, on: date) -> Authorisation | None:
    begun = history.begun_again_by(case)
    return written.last(
        each
        for each in written.authorisations(case)
        if each.withdrawn_on is None and each.signed_on <= on
        if history.counts(begun, each.signed_on, each.case_version)
    )


def _comparison(case: Case) -> Comparison | None:
    return written.last(written.comparisons(case))


def _review(case: Case) -> Review | None:
    return written.last(each for each in written.reviews(case) if each.procedure == case.procedure)


def _is_before_return(
    case: Case, requirement: str, day: date, row: HomeCheck | Comparison | Review
) -> bool:
    return not history.counts(history.counts_from(case, requirement), day, row.case_version)


def _in_time(case: Case, limit: str, since: date | None, on: date) -> Evidence:
    if since is None:
        return Evidence(False, _("案件尚未办结。"))
    try:
        clock = books.book_of(case, on).limit(limit)
    except BookError:
        return Evidence(True, _("政策没有规定期限"))
    last = books.calendar().add(clock, since)
    return Evidence(on <= last, _("截至 %(day)s") % {"day": last})


IDENTIFICATION: Final[dict[str, Check]] = {
    "authorisation": authorisation,
    "home_check": home_check,
    "comparison": comparison,
    "hints_explained": hints_explained,
    "monitored_kind": monitored_kind,
    "review": review,
    "review_in_favour": review_in_favour,
    "appeal_in_time": appeal_in_time,
    "reopening_in_time": reopening_in_time,
}
