"""One attempt at one job: call its handler, and end the attempt in exactly one way."""

import logging
import secrets
from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from anju.jobs.handlers import Handler
from anju.jobs.heartbeat import beating
from anju.privacy.faults import where
from anju.queue import work
from anju.queue.models import JobState
from anju.queue.progress import Cancelled, Claim, LeaseLost, ShuttingDown

log = logging.getLogger(__name__)


def perform(claim: Claim, handlers: dict[str, Handler]) -> None:
    """Do the job and end the attempt: done, given back, cancelled, tried again, or failed."""
    job = claim.job
    handler = handlers.get(job.kind)
    try:
        if handler is None:
            _fail(
                claim,
                None,
                _("没有能处理“%(kind)s”的程序，请升级后重新提交。") % {"kind": job.kind},
            )
        elif claim.is_cancelled:
            _cancel(claim, handler)
        elif work.is_worn_out(claim):
            _fail(claim, handler, work.INTERRUPTED)
        else:
            _attempt(claim, handler)
    except LeaseLost:
        log.warning("job %s %s: lease lost, attempt %s dropped", job.pk, job.kind, job.attempts)


def _attempt(claim: Claim, handler: Handler) -> None:
    """Call the handler; what it raises decides how the attempt ends."""
    try:
        with beating(claim):
            result = import_string(handler.perform)(progress=claim, **claim.job.payload)
        work.finish(claim, result)
    except Cancelled:
        _cancel(claim, handler)
    except ShuttingDown:
        work.give_back(claim)
    except LeaseLost:
        raise
    except Exception as error:  # a handler may raise anything, and the worker must live on
        _after_error(claim, handler, error)


def _after_error(claim: Claim, handler: Handler, error: Exception) -> None:
    """Refused work fails at once with its own message, other work is tried again."""
    job = claim.job
    refusal = getattr(error, "zh", None)
    if isinstance(refusal, str):
        log.info("job %s %s: refused: %s", job.pk, job.kind, type(error).__name__)
        _fail(claim, handler, refusal)
        return
    reference = secrets.token_hex(4)
    log.error(
        "job %s %s attempt %s failed, reference %s\n%s",
        *(job.pk, job.kind, job.attempts, reference, where(error)),
    )
    message = _("作业出错（错误编号 %(reference)s），请将编号告诉系统管理员。") % {
        "reference": reference
    }
    if not work.may_retry(claim):
        _fail(claim, handler, message)
    elif _was_cancelled(claim):
        _cancel(claim, handler)
    else:
        work.retry(claim, message=message)


def _was_cancelled(claim: Claim) -> bool:
    """Somebody asked for the end while the attempt failed: do not try again."""
    return claim.mine().filter(cancel_requested=True).exists()


def _cancel(claim: Claim, handler: Handler) -> None:
    """End as cancelled."""
    _end(claim, handler, partial(work.cancel, claim), JobState.CANCELLED, _("已取消。"))


def _fail(claim: Claim, handler: Handler | None, message: str) -> None:
    """End as failed, with a message for the page."""
    _end(claim, handler, partial(work.fail, claim, message=message), JobState.FAILED, message)


def _end(
    claim: Claim,
    handler: Handler | None,
    end: Callable[[], None],
    state: JobState,
    message: str,
) -> None:
    """End the job, and close what it was for in the same transaction."""
    if handler is None or handler.closed is None:
        end()
        return
    try:
        with transaction.atomic():
            end()
            import_string(handler.closed)(
                state=state.value, message=message, at=claim.clock(), **claim.job.payload
            )
    except LeaseLost:
        raise
    except Exception as error:
        # The job must end even so, or it would come back for ever.
        log.error("job %s: %s failed\n%s", claim.job.pk, handler.closed, where(error))
        end()
