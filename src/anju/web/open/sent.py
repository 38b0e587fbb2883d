"""What people send in: read from the form, with what is wrong said beside each field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

_PHONE = re.compile(r"\d{7,13}")
_BETWEEN = re.compile(r"[\s\-－—()（）+]")
NAME_LENGTH, TOLD_LENGTH = 60, 1_000


@dataclass
class Sent:
    """Values of a form by field, as typed, and what is wrong with them."""

    values: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    def require(self, name: str, problem: str) -> None:
        """Say this beside a field that was left empty."""
        if not self.values[name]:
            self.problems.setdefault(name, problem)

    def among(self, name: str, allowed: set[str], problem: str) -> None:
        """Say this beside a choice that is none of those offered."""
        if self.values[name] not in allowed:
            self.problems.setdefault(name, problem)

    @property
    def phone(self) -> str:
        """The digits of the telephone number."""
        return _BETWEEN.sub("", self.values["phone"])


def read(request: HttpRequest, *names: str) -> Sent:
    """The fields of a form, checked for length, signs that cannot be meant, and digits."""
    given: QueryDict = request.POST
    sent = Sent({name: given.get(name, "").replace("\r\n", "\n").strip() for name in names})
    for name, value in sent.values.items():
        most = TOLD_LENGTH if name == "told" else NAME_LENGTH
        if "\x00" in value or len(value) > most:
            sent.problems[name] = _("最多 %(most)s 个字。") % {"most": most}
            sent.values[name] = value.replace("\x00", "")[:most]
    if sent.values.get("phone") and not _PHONE.fullmatch(sent.phone):
        sent.problems.setdefault("phone", _("电话填 7 至 13 位数字。"))
    return sent
