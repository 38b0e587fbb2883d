"""One scheme: what it pays and by which clause, its days, where each place stands, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.benefits import amounts
from anju.benefits.models import Scheme
from anju.benefits.queries import batches_for, listing, may, rolls_for, scheme_for
from anju.benefits.queries.listing import NOTHING, Tally
from anju.benefits.states import State, Step
from anju.benefits.terms import Terms
from anju.places import queries as places
from anju.web import words as figures
from anju.web.access import requires
from anju.web.benefits import lights, words
from anju.web.benefits.claims import STEPS
from anju.web.lists.declaration import Text


@dataclass
class Place:
    """A town or village: what stands where, and its rolls."""

    code: str
    name: str
    tally: Tally = NOTHING
    rolls: list[tuple[int, str]] = field(default_factory=list)
    query: str = ""
    may_begin: bool = False

    def counts(self) -> list[tuple[Text, int, str]]:
        """State, how many, and the list of just these."""
        base = f"{reverse('web:benefit-claims')}?{self.query}&state="
        return [(each.state.label, each.count, base + each.state) for each in self.tally.live]


@dataclass(frozen=True)
class Next:
    """Something for the viewer to do, and where."""

    said: str
    address: str


@requires(Permission.VIEW_BENEFITS)
@require_GET
def page(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """The page of a scheme."""
    return shown(request, scheme_or_404(request, scheme_id))


def shown(request: HttpRequest, scheme: Scheme, problem: str = "") -> HttpResponse:
    """The page; with a problem after something that was refused."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    terms = Terms.of_kept(scheme.terms)
    rows, is_by_town = _places(viewer, scheme)
    tally = reduce(add, (each.tally for each in rows), NOTHING)
    verbs = may.on_scheme(viewer, scheme)
    context = {
        "scheme": scheme,
        "period": words.period(scheme),
        "light": lights.of(scheme, tally, viewer.on),
        "terms": terms,
        "figure": amounts.figure(terms),
        "cap": amounts.capped(terms),
        "conditions": words.conditions(terms),
        "places": rows,
        "is_by_town": is_by_town,
        "tally": tally,
        "states": [
            (each, f"{reverse('web:benefit-claims')}?scheme={scheme.pk}&state={each.state}")
            for each in tally.parts
        ],
        "batches": list(batches_for(viewer).filter(scheme=scheme)[:20]),
        "nexts": list(_nexts(viewer, scheme, tally, verbs)),
        "verbs": verbs,
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "web/benefits/scheme.html", context, status=422 if problem else 200)


def scheme_or_404(request: HttpRequest, scheme_id: int) -> Scheme:
    """A scheme of the viewer's county."""
    try:
        return scheme_for(request.viewer, scheme_id)  # type: ignore[attr-defined]
    except Scheme.DoesNotExist:
        raise Http404 from None


def _places(viewer: Viewer, scheme: Scheme) -> tuple[list[Place], bool]:
    """Towns, for who sees several; else villages with their rolls."""
    scope = viewer.scope_for(Permission.VIEW_BENEFITS)
    tallies = listing.by_village(viewer, scheme)
    towns = list(places.towns_in(scope))
    of_scheme = {"scheme": scheme.pk}
    if len(towns) > 1:
        found = [Place(each.code, each.name, query=urlencode({**of_scheme, "town": each.code}))
                 for each in towns]  # fmt: skip
        by_town = {each.code[:9]: each for each in found}
        for code, tally in tallies.items():
            if code[:9] in by_town:
                by_town[code[:9]].tally += tally
        return found, True
    begins = viewer.scope_for(Permission.CLAIM_BENEFITS) if scheme.is_open else None
    rows = [
        Place(
            each.code,
            each.name,
            tallies.get(each.code, NOTHING),
            query=urlencode({**of_scheme, "village": each.code}),
            may_begin=begins is not None and begins.covers(each.code),
        )
        for each in places.villages_in(scope)
    ]
    by_village = {each.code: each for each in rows}
    for roll in rolls_for(viewer).filter(scheme=scheme).order_by("sequence"):
        if roll.village_code in by_village:
            said = _("第 %(n)s 册") % {"n": roll.sequence}
            by_village[roll.village_code].rolls.append((roll.pk, said))
    return rows, False


def _nexts(viewer: Viewer, scheme: Scheme, tally: Tally, verbs: frozenset[str]) -> Iterator[Next]:
    """What waits for the viewer: at their steps, and money to be drawn up."""
    steps = frozenset(step for step in Step if _acts(viewer, scheme, step))
    for step in (Step.VILLAGE, Step.TOWN, Step.COUNTY):
        waiting = tally.at(step)
        if step in steps and waiting.count:
            said = ngettext(
                "%(count)s 笔在%(whose)s环节", "%(count)s 笔在%(whose)s环节", waiting.count
            )
            yield Next(
                said % {"count": f"{waiting.count:,}", "whose": STEPS[step]},
                f"{reverse('web:benefit-rolls')}?scheme={scheme.pk}&waiting={step}",
            )
    ready = tally.of([State.APPROVED, State.CORRECTED])
    if "draw_up" in verbs and ready.count:
        said = _("%(count)s 笔、%(sum)s 元待发放：编制发放批次") % {
            "count": f"{ready.count:,}",
            "sum": figures.yuan(ready.amount),
        }
        yield Next(said, reverse("web:benefit-batch-new", args=[scheme.pk]))


def _acts(viewer: Viewer, scheme: Scheme, step: Step) -> bool:
    """Whether the viewer acts at a step somewhere."""
    if step in (Step.VILLAGE, Step.TOWN):
        return viewer.may(may.PERMISSION[step])
    return step in may.steps(viewer, scheme, scheme.county_code)
