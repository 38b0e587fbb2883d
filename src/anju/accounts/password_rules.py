"""What a password must look like, beyond Django's own rules."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anju.accounts.models import User

_KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")


class CharacterKindsValidator:
    """So many of: small letters, capitals, digits, other signs."""

    def __init__(self, at_least: int = 2) -> None:
        self.at_least = at_least

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse a password with too few kinds of characters."""
        kinds = sum(bool(re.search(kind, password)) for kind in _KINDS)
        if kinds < self.at_least:
            raise ValidationError(
                self.get_help_text(), "password_too_plain", {"at_least": self.at_least}
            )

    def get_help_text(self) -> str:
        """The rule, for people."""
        return _("密码须含小写字母、大写字母、数字、符号中的至少 %(at_least)s 类。") % {
            "at_least": self.at_least
        }
