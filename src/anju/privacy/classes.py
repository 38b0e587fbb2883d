"""What sort of information a column holds, and so how it is guarded.

The Personal Information Protection Law calls most of them sensitive (health, finance, children under
14). Who may see which class: `docs/security.md`.
"""

from enum import StrEnum


class Privacy(StrEnum):
    """The class of a column. The value is stable: the data dictionary and tests name it."""

    IDENTITY = "identity"
    """Who somebody is: name, number, birth date, codes that name a person or household."""
    CONTACT = "contact"
    """How or where to reach somebody: telephone, address, room."""
    HEALTH = "health"
    """Health and disability."""
    FINANCE = "finance"
    """Money and property: income, accounts, debts, things owned."""
    MINOR = "minor"
    """Known mostly of children: school."""
    CIRCUMSTANCES = "circumstances"
    """How somebody lives: family, work, housing, allowances, warnings."""
    NOTE = "note"
    """Text typed by people: anything may stand in it."""
    SECRET = "secret"  # noqa: S105
    """What lets somebody in, or opens what is sealed: passwords, sessions."""
    PUBLIC = "public"
    """Known to anybody: places, units, names of lists."""
    TECHNICAL = "technical"
    """Says nothing of a person by itself: internal numbers, states, moments, counts."""

    @property
    def name_zh(self) -> str:
        """What it is called in Chinese."""
        return _NAMES[self]

    @property
    def is_personal(self) -> bool:
        """Whether it must not leave the system in clear: hidden in the audit trail, scrubbed."""
        return self not in (Privacy.PUBLIC, Privacy.TECHNICAL)


_NAMES = {
    Privacy.IDENTITY: "身份",
    Privacy.CONTACT: "联系方式",
    Privacy.HEALTH: "健康",
    Privacy.FINANCE: "财产",
    Privacy.MINOR: "未成年人",
    Privacy.CIRCUMSTANCES: "家庭状况",
    Privacy.NOTE: "自由文本",
    Privacy.SECRET: "口令密钥",
    Privacy.PUBLIC: "公开",
    Privacy.TECHNICAL: "技术",
}

HEALTH_STATUSES = frozenset({"disabled", "chronic", "health_exempt_from_school"})
HEALTH_EVENTS = frozenset({"serious_illness", "medical_selfpaid"})
HEALTH_RISKS = frozenset({"medical", "disability"})
HEALTH_FACTS = frozenset(
    {"serious_illness_3m", "disability_new_3m", "medical_selfpaid_12m", "medical_selfpaid_max_12m"}
)
"""Kinds of statuses and events, risks of rules and facts that are about health: only whoever may see
health sees these."""
MINOR_BEFORE = 18
"""Years of age before which somebody is marked as a minor (未成年人保护法, clause 2)."""
CHILD_BEFORE = 14
"""Years of age before which everything about somebody is sensitive (个人信息保护法, clause 28)."""
