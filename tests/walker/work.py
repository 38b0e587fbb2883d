"""What offices do in a town, each sort in a module of its own."""

from typing import TYPE_CHECKING

from tests.walker.assets import add_assets
from tests.walker.assignments import add_assignments
from tests.walker.benefits import add_benefits
from tests.walker.casework import add_casework
from tests.walker.community import add_community
from tests.walker.labour import add_labour
from tests.walker.posts import add_posts
from tests.walker.projects import add_projects
from tests.walker.reports import add_reports
from tests.walker.supervision import add_supervision
from tests.walker.tasks import add_tasks

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_work(town: "Town") -> None:
    """All sorts; each text carries the town's mark."""
    for add in (
        add_assets, add_benefits, add_casework, add_community, add_assignments, add_labour, add_posts, add_projects, add_reports,
        add_supervision, add_tasks,
    ):  # fmt: skip
        add(town)
