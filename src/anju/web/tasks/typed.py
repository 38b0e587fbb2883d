"""What was typed into a form about a task: read field by field, and shown again with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from anju.web.lists.declaration import Choice
from anju.web.registers.editing.fields import Field, Input, Shown, Wrong


@dataclass
class Typed:
    """Fields with what stands in them. `problems` is empty when all of it could be read."""

    fields: Sequence[Field]
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def shown(self) -> list[Shown]:
        """The fields as the page writes them."""
        return [
            Shown(
                each,
                self.texts.get(each.name, ""),
                choices_of(each),
                self.problems.get(each.name, ""),
            )
            for each in self.fields
        ]


def known(fields: Sequence[Field], values: Mapping[str, Any]) -> Typed:
    """A form that nobody typed in yet."""
    return Typed(fields, {each.name: each.write(values.get(each.name)) for each in fields})


def read(fields: Sequence[Field], sent: QueryDict) -> Typed:
    """What was sent."""
    typed = Typed(fields, {each.name: sent.get(each.name, "")[:5000] for each in fields})
    for each in fields:
        text = typed.texts[each.name]
        try:
            typed.values[each.name] = each.read(text)
            offered = [choice.value for choice in choices_of(each)]
            if each.input is Input.CHOICE and text.strip() and text.strip() not in offered:
                raise Wrong(_("请从列表中选择。"))
        except Wrong as wrong:
            typed.problems[each.name] = str(wrong)
    return typed


def choices_of(each: Field) -> Sequence[Choice]:
    """What a field offers."""
    return each.choices(None) if each.choices else ()


def seen(request: HttpRequest) -> int:
    """The version of the task that the page was made from; of none that was sent, one there never is."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def numbers(sent: Sequence[str]) -> list[int]:
    """Ids that were sent; anything else is left out."""
    return [int(each) for each in sent if each.isascii() and each.isdigit() and len(each) < 19]
