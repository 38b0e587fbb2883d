"""One item of the confirming page as HTML, for the page and for what is swapped in alone.

A long plan has hundreds of items with dozens of values each. A template spends two milliseconds on one
of them, text joined here a fifth of that; `label` of a choice is much quicker than `get_…_display`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from anju.duties.marks import mark_of
from anju.duties.models import (
    Comparison,
    MeasureKind,
    MeasureOrigin,
    MeasureState,
    MeasureTarget,
    PlanMeasure,
    UnitRole,
)
from anju.web.plans.items import Item
from anju.web.templatetags.anju import decimal


def markup(item: Item, *, may_change: bool) -> SafeString:
    """The item with what can be done with it. Every value is escaped here."""
    measure = item.measure
    classes = f"plan-item plan-{measure.state}"
    if item.doubts and item.is_open:
        classes += " plan-odd"
    parts = [
        f'<li class="{classes}" id="item-{measure.pk}" data-item="{measure.pk}"'
        f' data-state="{measure.state}" tabindex="-1">',
        *_head(measure),
    ]
    if item.problem:
        parts.append(f'<p class="alert alert-danger" role="alert">{escape(item.problem)}</p>')
    if item.doubts and item.is_open:
        told = "".join(f"<li>{escape(doubt.text)}</li>" for doubt in item.doubts)
        parts.append(f'<ul class="plan-doubts">{told}</ul>')
    if not item.is_dropped:
        parts += _was(item)
        parts += _facts(item)
    if may_change:
        parts += ['<div class="plan-acts">', *_acts(item), "</div>"]
    parts.append("</li>")
    return mark_safe("".join(parts))  # noqa: S308 - put together of escaped values


def words(differences: Iterable[tuple[str, str]]) -> SafeString:
    """Old words struck out, new ones underlined."""
    tags = {"gone": "del", "new": "ins"}
    parts = (
        f"<{tags[kind]}>{escape(text)}</{tags[kind]}>" if kind in tags else escape(text)
        for kind, text in differences
    )
    return mark_safe("".join(parts))  # noqa: S308 - escaped above


def _head(measure: PlanMeasure) -> Iterator[str]:
    done = " tag-done" if measure.state == "confirmed" else ""
    yield (
        f'<div class="plan-item-head"><a class="plan-key" href="#m-{measure.pk}">'
        f"{escape(measure.key)}</a> <strong>{escape(measure.title)}</strong>"
        f' <span class="tag">{MeasureKind(measure.kind).label}</span>'
        f' <span class="tag{done}">{MeasureState(measure.state).label}</span>'
    )
    if measure.origin != MeasureOrigin.READ:
        yield f' <span class="tag">{MeasureOrigin(measure.origin).label}</span>'
    yield "</div>"


def _was(item: Item) -> Iterator[str]:
    if item.was:
        is_open = " open" if item.is_open else ""
        yield f'<details class="plan-was"{is_open}><summary>{_("与上一版对照")}</summary>'
        yield f'<p class="plan-words">{words(item.was)}</p></details>'


def _facts(item: Item) -> Iterator[str]:
    measure = item.measure
    offices = [("office", each.name, UnitRole(each.role).label) for each in measure.offices.all()]
    targets = [("target", each.indicator, _goal(each)) for each in measure.targets.all()]
    amounts = [
        ("amount", each.what, f"{decimal(each.value)}{each.unit}") for each in measure.amounts.all()
    ]
    yield '<dl class="plan-facts">'
    yield _fact(_("单位"), offices) if offices else f"<dt>{_('单位')}</dt><dd>{_('无')}</dd>"
    for title, rows in (
        (_("时限"), [("deadline", text, date) for text, date in item.dates]),
        (_("目标"), targets),
        (_("补助"), amounts),
    ):
        if rows:
            yield _fact(title, rows)
    yield "</dl>"


def _fact(title: str, rows: Sequence[tuple[str, str, object]]) -> str:
    parts = "".join(
        f'<span class="plan-part"><span class="mark-{kind}">{escape(text)}</span>'
        f" <small>{escape(str(more))}</small></span>"
        for kind, text, more in rows
    )
    return f"<dt>{title}</dt><dd>{parts}</dd>"


def _goal(target: MeasureTarget) -> str:
    upper, due_on = target.upper, target.due_on
    number = decimal(target.value) + (f"–{decimal(upper)}" if upper is not None else "")
    day = f"，{due_on.isoformat()}" if due_on else ""
    return f"{Comparison(target.operator).label} {number}{target.unit}{day}"


def _acts(item: Item) -> Iterator[str]:
    if item.is_open:
        seen = f"?seen={mark_of(item.measure)}"
        yield _button(item, "confirm", _("确认"), " btn-primary", more=seen)
        yield _button(item, "drop", _("不采用"))
    else:
        yield _button(item, "reopen", _("重新打开"))
    if item.is_dropped:
        return
    address = escape(item.address)
    yield f'<a class="btn btn-sm" href="{address}" data-do="edit">{_("修改")}</a> '
    yield f'<a class="btn btn-sm" href="{address}#split" data-do="split">{_("拆分")}</a> '
    yield _button(item, "merge", _("与下一条合并"), in_place=False)


def _button(
    item: Item, act: str, label: str, look: str = "", *, in_place: bool = True, more: str = ""
) -> str:
    """A button of the page's form; with scripts the item alone is swapped."""
    address = f"{escape(item.address)}{act}/{more}"
    swap = f' hx-post="{address}"' if in_place else ""
    return (
        f'<button class="btn btn-sm{look}" form="plan-act" formaction="{address}"{swap}'
        f' data-do="{act}">{label}</button> '
    )
