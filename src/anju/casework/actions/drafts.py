"""Drafts of long forms: kept while somebody types, gone once the form is handed in.

A draft says nothing about the household to anybody but its writer; the audit trail tells that one was
begun or thrown away, not each time it was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework.models import Case, Draft
from anju.casework.queries import drafts
from anju.casework.refusals import CaseRefused

MOST_SIGNS = 30_000


@transaction.atomic
def keep(*, by: Actor, at: datetime, case: Case, form: str, texts: Mapping[str, str]) -> Draft:
    """Keep what was typed so far, instead of what was kept before.

    The caller has found that the form is open to whoever types. Refused: more than `MOST_SIGNS`.
    """
    if sum(map(len, texts.values())) > MOST_SIGNS:
        raise CaseRefused(_("内容太长，草稿没有保存。请删减后再试。"))
    draft, is_new = Draft.objects.update_or_create(
        case=case,
        form=form,
        written_by=by.username,
        defaults={"texts": dict(texts), "saved_at": at},
    )
    if is_new:
        _tell(by, case, "case.draft", form)
    return draft


@transaction.atomic
def end(*, by: Actor, case: Case, form: str, is_handed_in: bool) -> None:
    """The draft goes: its form was handed in, or its writer threw it away. Nothing where there is none."""
    if drafts.own(by.username, case, form).delete()[0]:
        _tell(by, case, "case.end_draft", form, handed_in=is_handed_in)


def _tell(by: Actor, case: Case, action: str, form: str, **told: bool) -> None:
    record(
        by=by,
        action=action,
        kind="household",
        ids=[case.household.code],
        detail={"case": case.number, "form": form, **told},
        place=case.village_code,
    )
