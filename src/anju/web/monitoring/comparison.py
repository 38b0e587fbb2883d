"""Two runs side by side: what is new, what is still there, what is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.monitoring import queries
from anju.monitoring.models import Run
from anju.places import queries as places
from anju.web import lists
from anju.web.access import requires
from anju.web.lists import Ask, Choice, Filter, Register, Search, Sort
from anju.web.lists.declaration import Rows
from anju.web.lists.places import town, village
from anju.web.monitoring import choices, columns
from anju.web.monitoring.run import TOWNS_SHOWN

KINDS = (Choice("new", _("新增")), Choice("still", _("仍在")), Choice("gone", _("消失")))


@requires(Permission.VIEW_FINDINGS)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The comparison asked for; by default the latest run with the month before it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    runs = choices.done_runs(viewer)
    run, against = _pair(runs, request.GET.get("run", ""), request.GET.get("against", ""))
    compared = queries.compare(viewer, run, against) if run and against else None
    books = {each.pk: queries.Rulebook(each) for each in (run, against) if each}
    given: dict[str, Any] = {
        "runs": runs,
        "compared": compared,
        "books": books,
        "book": books[run.pk] if run else None,
    }
    context = {
        "run": run,
        "against": against,
        "compared": compared,
        "by_rule": SimpleLazyObject(lambda: _by_rule(viewer, compared, books)),
        "by_town": SimpleLazyObject(lambda: _by_town(compared)),
    }
    return lists.show(
        request, COMPARED, template="web/monitoring/compare.html", given=given, context=context
    )


@dataclass(frozen=True)
class Row:
    """Counts of one rule, one town, or all."""

    name: str
    new: int
    still: int
    gone: int
    key: str = ""
    level: str = ""


def _pair(runs: Sequence[Run], wanted: str, other: str) -> tuple[Run | None, Run | None]:
    """The two runs: those asked for, else the latest and the latest of an earlier month."""
    run = next((each for each in runs if str(each.pk) == wanted), runs[0] if runs else None)
    if run is None:
        return None, None
    chosen = next((each for each in runs if str(each.pk) == other), None)
    if chosen is None:
        same_pack = [each for each in runs if each.pack == run.pack and each.month < run.month]
        chosen = next(iter(same_pack), None)
    return run, chosen


def _by_rule(viewer: Viewer, compared: Any, books: dict[int, Any]) -> list[Row]:
    counts = compared.counts_by_rule()
    book, before = books[compared.run.pk], books[compared.against.pk]
    order = [*book.in_order(), *(rule for rule in before.in_order() if rule not in book.rules)]
    rows = [
        Row(
            (book if rule in book.rules else before).name(rule),
            **counts[rule],
            key=rule,
            level=(book if rule in book.rules else before).level(rule),
        )
        for rule in order
        if rule in counts
    ]
    hidden = {rule for each in books.values() for rule in each.rules} - {
        rule for each in books.values() for rule in each.shown_to(viewer)
    }
    shown = [row for row in rows if row.key not in hidden]
    return [*shown, _total(rows)] if rows else []


def _by_town(compared: Any) -> list[Row]:
    counts = compared.counts_by_place()
    if len(counts) > TOWNS_SHOWN:
        return []
    codes = {town: town.ljust(12, "0") for town in sorted(counts)}
    names = places.names(codes.values())
    return [Row(names.of(code) or town, **counts[town], key=code) for town, code in codes.items()]


def _total(rows: Sequence[Row]) -> Row:
    return Row(
        str(_("合计")),
        sum(row.new for row in rows),
        sum(row.still for row in rows),
        sum(row.gone for row in rows),
    )


def _compared(ask: Ask) -> queries.Comparison | None:
    """The comparison in the places asked for."""
    compared = ask.given["compared"]
    if compared is None:
        return None
    return queries.compare(ask.viewer, compared.run, compared.against)


def _kind(ask: Ask) -> str:
    kind = ask.chosen("kind")
    return kind if kind in ("still", "gone") else "new"


def _rows(ask: Ask) -> Rows:
    compared = _compared(ask)
    if compared is None:
        return queries.findings_for(ask.viewer, None)
    return compared.findings(_kind(ask)).select_related("household")


def _known(chosen: Mapping[str, str], ask: Ask) -> int | None:
    """How many, from the counts kept beside the run; the place is in the viewer's scope already."""
    compared = _compared(ask)
    if compared is None:
        return None
    book = ask.given["books"][(compared.against if _kind(ask) == "gone" else compared.run).pk]
    rules = {
        rule
        for rule in book.rules
        if chosen.get("rule") in (None, rule) and chosen.get("level") in (None, book.level(rule))
    }
    return compared.number(_kind(ask), rules)


def _kinds(ask: Ask) -> Sequence[Choice]:
    return KINDS[1:]


def _as_asked(rows: Rows, value: str, ask: Ask) -> Rows:
    return rows  # `_rows` has read it


COMPARED = Register(
    id="compared",
    title=_("比较"),
    noun=_("条"),
    rows=_rows,
    known=_known,
    prepare=columns.prepare,
    audit_kind="household",
    row_id=lambda row: row.household.code,
    empty=_("两次研判之间没有这类变化。"),
    search=Search(_("户编码、姓名、姓名首字母、证件号后四位"), columns.search),
    filters=(
        choices.run_filter("run", _("研判"), _("最近")),
        choices.run_filter("against", _("与哪次比"), _("上月")),
        Filter("kind", _("变化"), _kinds, _as_asked, KINDS[0].label),
        choices.rule_filter(),
        choices.level_filter(),
        town(),
        village(),
    ),
    sorts=(Sort("place", _("按村"), ("village_code", "id")),),
    columns=columns.COLUMNS,
)
