"""The table of handlers: each name leads to a function that can be called as the worker does."""

import inspect

import pytest
from django.utils.module_loading import import_string

from anju.jobs.handlers import HANDLERS
from anju.jobs.timetable import TIMETABLE

#: What such a job was for stands there without its result, and the next import makes it anew.
ASKED_AGAIN = {"intake.differences"}


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_a_handler_takes_progress_and_its_payload_by_name(kind: str) -> None:
    perform = inspect.signature(import_string(HANDLERS[kind].perform))

    assert "progress" in perform.parameters
    assert len(perform.parameters) <= 2
    assert {each.kind for each in perform.parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("kind", sorted(kind for kind in HANDLERS if HANDLERS[kind].closed))
def test_what_a_job_was_for_can_be_closed_with_the_same_payload(kind: str) -> None:
    handler = HANDLERS[kind]
    perform = inspect.signature(import_string(handler.perform))
    closed = inspect.signature(import_string(handler.closed or ""))

    payload = set(perform.parameters) - {"progress"}

    assert set(closed.parameters) == {"state", "message", "at"} | payload


def test_only_what_is_done_regularly_has_nothing_to_close() -> None:
    without = {kind for kind, handler in HANDLERS.items() if handler.closed is None}

    assert without - ASKED_AGAIN == {entry.kind for entry in TIMETABLE}
