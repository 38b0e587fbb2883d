"""Two runs side by side: what is new, what is still there, what is gone. Gaps are not compared."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Substr

from anju.accounts.viewer import Viewer
from anju.monitoring.models import Finding, Run
from anju.monitoring.queries.findings import findings_for

KINDS = ("new", "still", "gone")


@dataclass(frozen=True)
class Comparison:
    """The hits of a run against those of another, household by household and rule by rule.

    `new` and `still` are findings of the run, `gone` of the one it is compared with.
    """

    run: Run
    against: Run
    new: QuerySet[Finding]
    still: QuerySet[Finding]
    gone: QuerySet[Finding]

    def findings(self, kind: str) -> QuerySet[Finding]:
        """The findings of one of `KINDS`."""
        return {"new": self.new, "still": self.still, "gone": self.gone}[kind]

    def counts_by_rule(self) -> dict[str, dict[str, int]]:
        """Rule → kind → number."""
        return self._counts(0)

    def counts_by_place(self, *, digits: int = 9) -> dict[str, dict[str, int]]:
        """Town (9 digits) or village (12) → kind → number."""
        return self._counts(digits)

    def _counts(self, digits: int) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
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
        run=run,
        against=against,
        new=now.exclude(_also_in(against)),
        still=now.filter(_also_in(against)),
        gone=before.exclude(_also_in(run)),
    )


def _also_in(run: Run) -> Exists:
    """The same rule hit the same household in that run (wherever it lived then)."""
    return Exists(
        Finding.objects.filter(
            run=run, status="hit", household_id=OuterRef("household_id"), rule=OuterRef("rule")
        )
    )
