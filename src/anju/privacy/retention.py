"""How long what is kept, as data. Months come from settings; a county writes its own into them.

Personal data are kept no longer than their purpose needs (个人信息保护法, clause 19), then deleted or made
anonymous (clause 47). The audit trail has its own rule: `anju audit archive`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One rule: after so many months (`setting`) something is done. `automatic`: by the timetable;
    the others only when somebody names them."""

    id: str
    what: str
    setting: str
    automatic: bool


RULES = (
    RetentionRule("uploads", "uploaded files whose import has ended", "KEEP_UPLOADS_MONTHS", True),
    RetentionRule("rows", "outcomes of single rows of imports", "KEEP_ROWS_MONTHS", True),
    RetentionRule(
        "runs",
        "monitoring runs with their files, and snapshots that no kept run uses",
        "KEEP_RUNS_MONTHS",
        True,
    ),
    RetentionRule("jobs", "background jobs that have ended", "KEEP_JOBS_MONTHS", True),
    RetentionRule(
        "open",
        "handled self-reports; names and telephones of answered objections",
        "KEEP_OPEN_MONTHS",
        True,
    ),
    RetentionRule("drafts", "drafts of forms that nobody went on with", "KEEP_DRAFTS_MONTHS", True),
    RetentionRule(
        "households",
        "households all of whose members left: made anonymous",
        "KEEP_LEFT_MONTHS",
        False,
    ),
)
