"""Every form of the console that asks for something: counted on the page, or why it is not.

A form is a template under templates/web with a form that is sent and fields in it; where one template
serves several forms each of them is named behind a `#`. A test compares this with what there is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from anju.accounts.viewer import Viewer
from anju.intake.outgoing.coverage import Counted, Coverage
from anju.web.casework.forms import FORMS as OF_CASES
from anju.web.entering import of_cases, of_duties, of_registers, of_supervision, of_things
from anju.web.lists.declaration import Text
from anju.web.registers.editing.opening import ALL_FORMS as EDITING

RECORD: Final = "casework/record.html"
EDIT: Final = "registers/editing/form.html"
SHEET: Final = "supervision/form.html"


@dataclass(frozen=True)
class Group:
    """Forms that are counted together: their templates, and how."""

    title: Text
    forms: tuple[str, ...]
    coverages: Callable[[Viewer, Counted], Iterator[Coverage]]


COUNTED: Final = (
    Group(
        _("案件"),
        (
            *(f"{RECORD}#{id_}" for id_ in OF_CASES if id_ not in of_cases.NOT_COUNTED),
            "casework/clinic.html",
        ),
        of_cases.coverages,
    ),
    Group(_("任务和公开页"), ("tasks/report.html", "open/report.html"), of_duties.coverages),
    Group(_("督查和报告"), (f"{SHEET}#finding.new", "reports/edit.html"), of_supervision.coverages),
    Group(
        _("资产、项目和岗位"),
        ("assets/form.html", "projects/form.html", "labour/form.html"),
        of_things.coverages,
    ),
    Group(
        _("户档案更正"),
        tuple(f"{EDIT}#{id_}" for id_ in EDITING if id_ not in of_registers.NOT_COUNTED),
        of_registers.editing,
    ),
)

_SECRETS = "whoever signs in proves who they are: nothing the county knows may stand there"
_SETTING = "sets the system up: accounts, places, calendars, plans and their offices"
_DECIDING = "a decision, its reason or an opinion: it is made on this page and known nowhere before"
_ASKING = "asks for a list, a file or a run; nothing is entered"
_TOLD = "what somebody was told or saw today; whom it is about comes with the page"
_AGAIN = "shows again what stands in another form, after somebody else changed it"

EXEMPT: Final[Mapping[str, str]] = {
    **{f"{RECORD}#{id_}": why for id_, why in of_cases.NOT_COUNTED.items()},
    **{f"{EDIT}#{id_}": why for id_, why in of_registers.NOT_COUNTED.items()},
    **{f"account/{name}.html": _SECRETS for name in (
        "add_passkey", "confirm", "login", "password", "second_factor",
    )},
    **{f"people/{name}.html": _SETTING for name in (
        "hand_over", "locks", "new_token", "new_user", "unit", "user",
    )},
    "casework/assign.html": _DECIDING,
    "casework/deputies.html": _SETTING,
    "casework/holidays.html": _SETTING,
    "casework/_offers.html": _DECIDING,
    "casework/lead.html": _DECIDING,
    "casework/notice.html": _TOLD,
    "casework/notice_new.html": "the village's cases and its contact stand there; one only ticks",
    "casework/objection.html": _DECIDING,
    "casework/open_page.html": _SETTING,
    "casework/report.html": _TOLD,
    "community/form.html": "services and lines of a fund: entered here first, and known nowhere before",
    "community/fund.html": _DECIDING,
    "community/request.html": _DECIDING,
    "community/tell.html": _TOLD,
    "casework/self_report.html": _DECIDING,
    "open/objection.html": "the public asks to say who they are only as far as they want an answer",
    "open/status.html": "asks for the number of a receipt",
    "labour/posts/hire.html": "who they are and what the post pays stand there; asked is what only they say",
    "labour/posts/pay.html": "who is on the posts and what they got the month before stand there",
    "benefits/form.html": "a scheme comes filled in from the pack, a claim from the registers; asked is the rest",
    "benefits/scheme.html": _DECIDING,
    "benefits/roll.html": _DECIDING,
    "benefits/_publicity.html": _TOLD,
    "benefits/_claim_acts.html": _DECIDING,
    "benefits/draw_up.html": "what waits for money stands there; one only ticks",
    "benefits/decide.html": "the rolls stand there; one only ticks",
    "benefits/_batch.html": "results come back in the county's own list, with what finance added",
    "exports/ask.html": _ASKING,
    "exports/page.html": _DECIDING,
    "quality/overview.html": _ASKING,
    "monitoring/_start.html": _ASKING,
    "saved/save.html": _ASKING,
    "registers/_reveal.html": "the reason for which a number is shown, said each time",
    "registers/editing/overtaken.html": _AGAIN,
    "intake/_send.html": _ASKING,
    "intake/contradiction.html": _DECIDING,
    "intake/decisions.html": _DECIDING,
    "intake/mapping.html": "suggested with how sure it is; known again next month",
    "intake/outgoing.html": _ASKING,
    "intake/outgoing_ask.html": _ASKING,
    "intake/list_check.html": _ASKING,
    "indicators/_settings.html": _SETTING,
    "indicators/form.html": _SETTING,
    "indicators/list.html": _DECIDING,
    "indicators/many.html": "only what no register says; the last value stands beside as a hint",
    "indicators/references.html": "figures that the bureau of statistics publishes, entered once for all plans",
    "indicators/page.html": "a figure that can be worked out is; asked is only what no register says",
    "papers/page.html": _SETTING,
    "papers/_restore.html": _SETTING,
    "places/recodings.html": _SETTING,
    **{f"plans/{name}.html": _SETTING for name in (
        "about", "confirm", "many", "measure", "offices", "resettle", "upload",
    )},
    "assignments/form.html": _SETTING,
    "assignments/page.html": _DECIDING,
    "assignments/tell.html": _TOLD,
    "tasks/_due.html": _DECIDING,
    "tasks/arrange.html": _SETTING,
    "tasks/delegate.html": _SETTING,
    "reports/new.html": "which report; whose it is and which times there are stand there",
    "reports/issuer.html": _SETTING,
    "reports/report.html": _DECIDING,
    "reports/_replace.html": _DECIDING,
    f"{SHEET}#supervisions.new": _SETTING,
    f"{SHEET}#concluding.draw": _SETTING,
    f"{SHEET}#concluding.conclude": _DECIDING,
    f"{SHEET}#acceptance.stage": _DECIDING,
    f"{SHEET}#noticing._sheet": _DECIDING,
    "supervision/notice.html": _DECIDING,
    "supervision/item.html": _TOLD,
    "supervision/problem.html": _DECIDING,
    "supervision/village.html": _DECIDING,
}  # fmt: skip
