"""A form about subsidies on its page: fields in groups, what is known already, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anju.benefits.amounts import Line
from anju.web.lists.declaration import Text
from anju.web.registers.editing.fields import Field
from anju.web.tasks.typed import Typed


@dataclass(frozen=True)
class Sheet:
    """What a form is called, where it leads back to, and its fields in groups with a heading."""

    title: Text
    back: str
    back_title: Text
    submit: Text
    groups: Sequence[tuple[Text, Sequence[Field]]]
    facts: Sequence[Line] = ()
    note: Text = ""
    hidden: dict[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> list[Field]:
        """All fields in their order."""
        return [each for _title, fields in self.groups for each in fields]


def shown(
    request: HttpRequest, sheet: Sheet, given: Typed, problem: str = "", status: int = 0
) -> HttpResponse:
    """The form with what stands in it; 422 where something of it is wrong."""
    fields = {each.field.name: each for each in given.shown()}
    context = {
        "sheet": sheet,
        "groups": [
            (title, [fields[each.name] for each in listed]) for title, listed in sheet.groups
        ],
        "problems": [each for each in fields.values() if each.problem],
        "problem": problem,
    }
    found = status or (422 if problem or given.problems else 200)
    return render(request, "web/benefits/form.html", context, status=found)
