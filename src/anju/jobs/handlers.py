"""Which function does which kind of job.

A handler is called as `perform(progress=…, **payload)` and must be safe to repeat. `closed` is
called as `closed(state=…, message=…, at=…, **payload)` when a job ends as `failed` or `cancelled`
without its handler, so that what the job was for does not wait for ever; it must be safe to repeat
and must leave finished things alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Handler:
    """Dotted paths, imported when the first such job runs."""

    perform: str
    closed: str | None = None


HANDLERS: dict[str, Handler] = {
    "assignments.owe": Handler(perform="anju.jobs.assignments.owe"),
    "audit.head": Handler(perform="anju.audit.heads.keep_today"),
    "exports.expire": Handler(perform="anju.jobs.timetable.expire_exports"),
    "exports.produce": Handler(
        perform="anju.web.exports.producing.produce",
        closed="anju.exports.actions.closed",
    ),
    "intake.process": Handler(
        perform="anju.intake.actions.processing.process",
        closed="anju.intake.actions.batches.closed",
    ),
    "intake.differences": Handler(perform="anju.intake.actions.differences.perform"),
    "inspection.perform": Handler(
        perform="anju.inspection.actions.perform",
        closed="anju.inspection.actions.closed",
    ),
    "inspection.check_list": Handler(
        perform="anju.inspection.actions.list_checks.perform",
        closed="anju.inspection.actions.list_checks.closed",
    ),
    "community.lapse": Handler(perform="anju.jobs.community.lapse"),
    "casework.expire": Handler(perform="anju.jobs.casework.expire_leads"),
    "casework.follow": Handler(perform="anju.jobs.casework.follow"),
    "casework.open": Handler(
        perform="anju.jobs.casework.open_cases",
        closed="anju.casework.actions.from_run.closed",
    ),
    "casework.raise": Handler(perform="anju.jobs.casework.raise_leads"),
    "reporting.open": Handler(perform="anju.jobs.reporting.open_due"),
    "indicators.compute": Handler(perform="anju.jobs.indicators.compute"),
    "projects.link": Handler(perform="anju.jobs.linking.link"),
    "places.follow": Handler(perform="anju.jobs.recoding.follow"),
    "places.recode": Handler(
        perform="anju.jobs.recoding.recode",
        closed="anju.registry.actions.recoding.closed",
    ),
    "retention.apply": Handler(perform="anju.keeping.retention.apply_daily"),
    "tasks.lay_ahead": Handler(perform="anju.jobs.tasks.lay_ahead"),
    "monitoring.perform": Handler(
        perform="anju.monitoring.actions.runs.perform",
        closed="anju.monitoring.actions.runs.closed",
    ),
}
