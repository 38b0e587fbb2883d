"""Each requirement a pack may name, and how it is found out for a case.

The ids are those of `anju.procedures.requirements`; a module a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from anju.casework.models import Case
from anju.casework.requirements.clearing import CLEARING
from anju.casework.requirements.evidence import Check, Evidence
from anju.casework.requirements.identification import IDENTIFICATION
from anju.casework.requirements.publicity import PUBLICITY
from anju.casework.requirements.removal import REMOVAL
from anju.memory import remembered

CHECKS: Final[Mapping[str, Check]] = {**IDENTIFICATION, **PUBLICITY, **REMOVAL, **CLEARING}


def evidence(case: Case, ids: Iterable[str], on: date) -> dict[str, Evidence]:
    """What is known of each of these requirements, by id."""
    return {id_: _evidence(id_, case, on) for id_ in ids}


@remembered
def _evidence(id_: str, case: Case, on: date) -> Evidence:
    return CHECKS[id_](case, on)
