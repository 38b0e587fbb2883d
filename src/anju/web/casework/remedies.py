"""Where what is missing is mended: the form that records it, or the part of the page that tells."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anju.casework.models import Case
from anju.web.lists.declaration import Text

#: Requirement → the label of the link, and the form (`record:…`), the tab of the household (`tab:…`)
#: or the section (`#…`) it leads to.
REMEDIES: Mapping[str, tuple[Text, str]] = {
    "authorisation": (_("登记授权"), "record:authorise"),
    "home_check": (_("登记入户核查"), "record:check"),
    "comparison": (_("登记数据比对"), "record:compare"),
    "hints_explained": (_("填写核实说明"), "record:explain"),
    "monitored_kind": (_("确定类别"), "record:kind"),
    "review": (_("登记民主评议"), "record:review"),
    "publicity_over": (_("查看公示"), "#notices"),
    "no_open_objection": (_("查看公示"), "#notices"),
    "review_in_favour": (_("查看评议"), "#review"),
    "first_measure": (_("登记帮扶措施"), "record:measure"),
    "fitting_measure": (_("登记帮扶措施"), "record:measure"),
    "removal_check": (_("登记消除核查"), "record:removal-check"),
    "acknowledged": (_("登记农户签字"), "record:acknowledge"),
    "income_above_line": (_("查看收入登记"), "tab:income"),
    "income_steady": (_("查看收入登记"), "tab:income"),
    "spending_solved": (_("查看登记的支出"), "tab:timeline"),
    "guarantees_sound": (_("查看保障登记"), "tab:guarantees"),
    "has_labour": (_("查看成员登记"), "tab:people"),
    "natural_cause": (_("查看成员登记"), "tab:people"),
    "someone_employed": (_("登记就业"), "record:work"),
    "all_in_school": (_("查看成员登记"), "tab:people"),
    "removal_wait": (_("查看消除条件"), "#removal"),
}


def remedy(case: Case, requirement: str) -> tuple[Text, str]:
    """The label and the address; two empty texts where time alone mends it."""
    label, target = REMEDIES.get(requirement, ("", ""))
    if target.startswith("record:"):
        return label, reverse("web:case-record", args=[case.number, target.partition(":")[2]])
    if target.startswith("tab:"):
        tab = target.partition(":")[2]
        return label, reverse("web:household-tab", args=[case.household.code, tab])
    return label, target
