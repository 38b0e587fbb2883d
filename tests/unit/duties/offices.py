"""Units with their people, for tests of tasks: the lead bureau, two bureaus, two towns, a village."""

from datetime import date

from tests.factories.accounts import PostFactory, UnitFactory, UserFactory
from tests.factories.county import COUNTY, NORTH, NORTH_1, SOUTH
from tests.factories.duties import PlanVersionFactory, TaskFactory, TaskUnitFactory

from anju.accounts.models import Unit, User
from anju.accounts.queries import viewer_of
from anju.accounts.viewer import Viewer
from anju.duties.actions import dues
from anju.duties.models import Task

ON = date(2023, 6, 20)
_PEOPLE = {
    "lead": ("县乡村振兴局", "lead_bureau", COUNTY, "bureau"),
    "work": ("县人社局", "department", COUNTY, "bureau"),
    "money": ("县财政局", "department", COUNTY, "bureau"),
    "north": ("北枫镇人民政府", "town", NORTH, "town"),
    "south": ("南枫镇人民政府", "town", SOUTH, "town"),
    "village": ("北枫一村村委会", "village", NORTH_1, "village"),
}


class Offices:
    """Units by a short name, each with a user; the lead bureau has two."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {}
        self.users: dict[str, User] = {}
        for key, (name, role, code, kind) in _PEOPLE.items():
            self.units[key] = UnitFactory(name=name, division_code=code, kind=kind)
            self.users[key] = self._user(key, key, role, code)
        self.users["checker"] = self._user("checker", "lead", "lead_bureau", COUNTY)

    def _user(self, username: str, unit: str, role: str, code: str) -> User:
        user = UserFactory(username=f"t-{username}", unit=self.units[unit])
        PostFactory(user=user, role=role, division_code=code)
        return user

    def viewer(self, who: str, on: date = ON) -> Viewer:
        """Somebody of a unit on a day."""
        return viewer_of(self.users[who], on=on)

    def task(
        self, *units: tuple[str, str], starts_on: date = date(2023, 1, 1), **said: object
    ) -> Task:
        """A task of some units (name and role) with its days laid."""
        if "plan" not in said:
            said["plan"] = PlanVersionFactory().plan
        task = TaskFactory(starts_on=starts_on, **said)
        for unit, role in units:
            TaskUnitFactory(task=task, unit=self.units[unit], role=role)
        if not task.is_whole:
            dues.lay([task], on=ON)
        task.refresh_from_db()
        return task
