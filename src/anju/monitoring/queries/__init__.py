"""Reads of monitoring. Whatever is shown of households goes through a gate that takes the viewer."""

from anju.monitoring.queries.changes import keep as keep_comparison
from anju.monitoring.queries.comparing import Comparison, compare
from anju.monitoring.queries.explaining import Explained, Reading, findings_of_household
from anju.monitoring.queries.findings import (
    HIDDEN,
    findings_for,
    hidden,
    level_of,
    levels_for,
    levels_of,
    of_rule,
)
from anju.monitoring.queries.rulebook import Clause, Parameter, Rulebook
from anju.monitoring.queries.runs import (
    earlier_runs,
    folder_of,
    labour_ages,
    latest_run,
    run_for,
    runs_for,
    same_result,
    standing,
    standings,
)
from anju.monitoring.queries.tallies import (
    Count,
    counts_by_place,
    counts_by_rule,
    level_counts,
    levels_of_runs,
)

__all__ = [
    "HIDDEN",
    "hidden",
    "of_rule",
    "Clause",
    "Comparison",
    "Count",
    "Explained",
    "Parameter",
    "Reading",
    "Rulebook",
    "compare",
    "counts_by_place",
    "counts_by_rule",
    "earlier_runs",
    "findings_for",
    "findings_of_household",
    "folder_of",
    "keep_comparison",
    "labour_ages",
    "latest_run",
    "level_counts",
    "level_of",
    "levels_for",
    "levels_of",
    "levels_of_runs",
    "run_for",
    "runs_for",
    "same_result",
    "standing",
    "standings",
]
