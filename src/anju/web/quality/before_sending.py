"""Which problems of the latest inspection belong to a list that is to go out."""

from anju.accounts.viewer import Viewer
from anju.inspection import lists, queries
from anju.quality.checks import checks

FIELDS = lists.FIELDS
codes_of = lists.mended_in


def must_mend(viewer: Viewer, feed: str) -> int:
    """How many problems the latest inspection has in the viewer's places that must be mended."""
    must = {each.code for each in checks() if each.level == "must"}
    codes = [code for code in codes_of(feed) if code in must]
    return queries.problems_for(viewer, queries.latest()).filter(code__in=codes).count()
