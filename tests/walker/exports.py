"""Exports of one of the two towns, and a list of it that was checked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.factories.exports import ExportRequestFactory
from tests.factories.inspection import ListCheckFactory, ListProblemFactory

from anju.audit.keys import provider
from anju.exports import files
from anju.exports import queries as exports
from anju.exports.models import ExportState

if TYPE_CHECKING:
    from tests.walker.towns import Town

_AT = datetime(2023, 10, 1, 1, tzinfo=UTC)
_LATER = datetime(2099, 10, 1, 1, tzinfo=UTC)


def add_exports(town: Town) -> None:
    """Exports of the whole town: one to be approved, one that can be fetched."""
    given = {
        "title": f"{town.people}农户",
        "ranges": [[town.code, f"{town.code[:9]}999"]],
        "reason": f"{town.people}台账",
        "description": {"q": town.people},
    }
    waiting = ExportRequestFactory(asker=town.users["lead_bureau"], **given)
    ready = ExportRequestFactory(
        asker=town.users["town"], state=ExportState.READY, expires_at=_LATER, ready_at=_AT, **given
    )
    files.EXPORTS.store(ready.pk, f"{town.people}名单".encode())
    for request in (waiting, ready):
        request.address_sealed = provider().seal(
            f"/households/?q={town.people}", exports.ADDRESS, request.pk
        )
        request.save()
        town.add_sample("export", request.pk)
    checked = ListCheckFactory(ranges=given["ranges"])
    ListProblemFactory(run=checked, village_code=town.code, found=f"head_name={town.people}")
    town.add_sample("list_check", checked.pk)
