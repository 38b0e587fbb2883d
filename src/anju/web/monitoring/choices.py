"""Drop-downs shared by the lists of findings and of differences."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from anju.accounts.viewer import Viewer
from anju.monitoring import queries
from anju.monitoring.models import Run, RunState, WarningLevel
from anju.web.lists import Ask, Choice, Filter
from anju.web.lists.declaration import Rows, Text
from anju.web.monitoring.runs import pack_name

RUNS_OFFERED = 60


def done_runs(viewer: Viewer) -> list[Run]:
    """The runs one can choose, the latest month first."""
    runs = queries.runs_for(viewer).filter(state=RunState.DONE).order_by("-month", "-id")
    return list(runs.defer("report")[:RUNS_OFFERED])


def chosen_run(runs: Sequence[Run], wanted: str) -> Run | None:
    """The run asked for by number, else of the latest month, the county's own pack first."""
    latest = [run for run in runs if run.month == runs[0].month]
    ours = [run for run in latest if run.pack == settings.POLICY_PACK]
    default = next(iter(ours or latest), None)
    return next((run for run in runs if str(run.pk) == wanted), default)


def run_choice(run: Run) -> Choice:
    """A run by month, pack and number."""
    return Choice(str(run.pk), f"{run.month}　{pack_name(run.pack)}　#{run.pk}")


def run_filter(id_: str, title: Text, unset: Text) -> Filter:
    """Which run; the view has read it already, so it changes nothing here."""
    return Filter(id_, title, _runs, _unchanged, unset)


def rule_filter() -> Filter:
    """A rule of the run, by its name then."""
    return Filter("rule", _("规则"), _rules, _by_rule)


def level_filter() -> Filter:
    """The level of the finding."""
    return Filter("level", _("等级"), _levels, _by_level)


def _runs(ask: Ask) -> Sequence[Choice]:
    return [run_choice(run) for run in ask.given["runs"]]


def _unchanged(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows


def _rules(ask: Ask) -> Sequence[Choice]:
    book = ask.given["book"]
    rules = book.shown_to(ask.viewer) if book else []
    return [Choice(rule, book.name(rule)) for rule in rules]


def _by_rule(rows: Rows, value: str, ask: Ask) -> Rows:
    return queries.of_rule(ask.viewer, rows, value)


def _levels(ask: Ask) -> Sequence[Choice]:
    return [Choice(level.value, level.label) for level in WarningLevel]


def _by_level(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows.filter(level=value)
