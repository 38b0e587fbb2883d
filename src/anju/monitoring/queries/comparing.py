"""Two runs side by side: what is new, what is still there, what is gone. Gaps are not compared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Substr

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.monitoring.models import Finding, Run
from anju.monitoring.queries import changes
from anju.monitoring.queries.changes import KINDS, Counts
from anju.monitoring.queries.findings import findings_for, may_see


@dataclass(frozen=True)
class Comparison:
    """The hits of a run against those of another, household by household and rule by rule.

    `new` and `still` are findings of the run, `gone` of the one it is compared with.
    """

    viewer: Viewer
    run: Run
    against: Run
    new: QuerySet[Finding]
    still: QuerySet[Finding]
    gone: QuerySet[Finding]

    def findings(self, kind: str) -> QuerySet[Finding]:
        """The findings of one of `KINDS`."""
        return {"new": self.new, "still": self.still, "gone": self.gone}[kind]

    def counts_by_rule(self) -> Counts:
        """Rule → kind → number."""
        return self._counts(0)

    def counts_by_place(self, *, digits: int = 9) -> Counts:
        """Town (9 digits) or village (12) → kind → number."""
        return self._counts(digits)

    def number(self, kind: str, rules: Collection[str] | None = None) -> int | None:
        """How many findings of a kind (of these rules); None where they must be counted."""
        counts = self._kept(0)
        if counts is None:
            return None
        return sum(counts[rule][kind] for rule in counts if rules is None or rule in rules)

    def _counts(self, digits: int) -> Counts:
        found = self._kept(digits)
        return self._counted(digits) if found is None else found

    def _kept(self, digits: int) -> Counts | None:
        """The counts worked out once for the pair; they know villages, and no grids."""
        scope = self.viewer.scope_for(Permission.VIEW_FINDINGS)
        if not self._may_see or scope.grid_codes or self.viewer.scope.grid_codes:
            return None
        return changes.counts(self.run, self.against, [scope, self.viewer.scope], digits=digits)

    @property
    def _may_see(self) -> bool:
        return may_see(self.viewer, self.run) and may_see(self.viewer, self.against)

    def _counted(self, digits: int) -> Counts:
        """Count the rows: for the few households of a grid, or where files are gone."""
        counts: Counts = {}
        for kind in KINDS:
            rows = self.findings(kind)
            key = "rule"
            if digits:
                rows, key = rows.annotate(at=Substr("village_code", 1, digits)), "at"
            for place, number in rows.order_by(key).values_list(key).annotate(n=Count("pk")):
                counts.setdefault(place, dict.fromkeys(KINDS, 0))[kind] = number
        return counts


def compare(viewer: Viewer, run: Run, against: Run) -> Comparison:
    """Compare two finished runs within the viewer's places."""
    now, before = findings_for(viewer, run).filter(status="hit"), findings_for(viewer, against)
    before = before.filter(status="hit")
    return Comparison(
        viewer=viewer,
        run=run,
        against=against,
        new=now.alias(other=_also_in(against)).filter(other__isnull=True),
        still=now.alias(other=_also_in(against)).filter(other__isnull=False),
        gone=before.alias(other=_also_in(run)).filter(other__isnull=True),
    )


def _also_in(run: Run) -> Subquery:
    """The same rule hit the same household in that run (wherever it lived then).

    Looked up row by row, as a value and not as EXISTS: PostgreSQL would join all hits of both runs
    before it shows the first page of them.
    """
    return Subquery(
        Finding.objects.filter(
            run=run, status="hit", household_id=OuterRef("household_id"), rule=OuterRef("rule")
        )
        .order_by()
        .values("pk")[:1]
    )
