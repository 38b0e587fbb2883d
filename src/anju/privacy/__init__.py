"""What of a person is private: the class of every column, and how numbers are masked.

Pure data and functions; pages, the audit trail, exports and copies for training read the same.
"""

from anju.privacy.classes import (
    CHILD_BEFORE,
    HEALTH_EVENTS,
    HEALTH_FACTS,
    HEALTH_RISKS,
    HEALTH_STATUSES,
    MINOR_BEFORE,
    Privacy,
)
from anju.privacy.fields import FIELDS, Unclassified, class_of

__all__ = [
    "CHILD_BEFORE",
    "FIELDS",
    "HEALTH_EVENTS",
    "HEALTH_FACTS",
    "HEALTH_RISKS",
    "HEALTH_STATUSES",
    "MINOR_BEFORE",
    "Privacy",
    "Unclassified",
    "class_of",
]
