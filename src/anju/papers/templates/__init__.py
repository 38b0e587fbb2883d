"""The templates that come with the product, built here so that a change can be read as text."""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from anju.papers.catalogue import PAPERS
from anju.papers.templates import forms, letters, plans
from anju.papers.templates.sheet import Sheet

_BUILDERS: Mapping[str, Callable[[Sheet], None]] = MappingProxyType(
    {
        "authorisation": letters.authorisation,
        "application": forms.application,
        "home_check": forms.home_check,
        "minutes": forms.minutes,
        "notice": letters.notice,
        "town_report": letters.town_report,
        "decision": letters.decision,
        "help_plan": plans.help_plan,
        "removal": plans.removal,
    }
)


@cache
def template(paper_id: str) -> bytes:
    """The docx template of a paper that comes with the product."""
    builder = _BUILDERS[paper_id]
    sheet = Sheet(PAPERS[paper_id].title, is_form=builder.__module__ != letters.__name__)
    builder(sheet)
    return sheet.content()
