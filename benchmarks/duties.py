"""How long the desk and the pages of tasks take at 100 000 tasks.

    python benchmarks/duties.py [--tasks 100000] [--only lights] [--explain]    on SQLite
    python tests/postgresql.py -- python benchmarks/duties.py                   on PostgreSQL

A made-up county of 20 plans and 120 units; every task is of three units and has three days, and half of
all tasks are one town's too. Each page is asked for as a browser does, by the lead bureau, by that
town and by a department. Prints for each the processor time of this process and, on PostgreSQL, of the
server's process that works for it, and the quickest by the clock. The aim: every page under 100 ms of
processor time. Exits with 1 where one is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

PAGE_SECONDS, ROUNDS = 0.1, 10
PLANS, TOWNS, BUREAUS = 20, 20, 99
ROLES = ("lead", "co-operating", "implementing")
RHYTHMS = ("", "", "month", "quarter")


def main() -> int:
    """Fill a county, ask for its pages and say how long they took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--explain", action="store_true", help="the slowest statement of each page")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from django.db import connection

        fill(arguments.tasks)
        late = [
            ask(name, client, address, arguments.explain)
            for name, client, address in pages()
            if arguments.only in name
        ]
        connection.close()
    return 1 if any(late) else 0


def set_up(folder: str) -> None:
    """Django with a database of its own."""
    os.environ["ANJU_DATA"] = folder
    os.environ["ANJU_SEARCHES_PER_MINUTE"] = "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = "anju.config.settings"
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def fill(tasks: int) -> None:
    """Units and people, plans, and tasks at all stages."""
    from django.db import connection
    from django.utils import timezone

    on = timezone.localdate()
    units = _units(on)
    plans = _plans(on)
    _tasks(tasks, plans, on)
    _units_of_tasks(tasks, units)
    _dues_and_reports(tasks, units, on)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "SELECT 1")


def _units(on: date) -> list[Any]:
    """The lead bureau, other bureaus and towns, and somebody in the first of each."""
    from anju.accounts.models import Post, Unit, UnitKind, User
    from anju.places.models import Division

    county = Division.objects.create(code="529901000000", name="云岭县", level=6)
    towns = [
        Division(code=f"529901{101 + n}000", name=f"第{n}镇", level=9, parent=county)
        for n in range(TOWNS)
    ]
    Division.objects.bulk_create(towns)
    units = [
        Unit(name=f"县第{n}局", kind=UnitKind.BUREAU, division_code=county.code)
        for n in range(BUREAUS + 1)
    ]
    units += [Unit(name=f"{each.name}政府", kind="town", division_code=each.code) for each in towns]
    Unit.objects.bulk_create(units)
    for role, unit in (("lead_bureau", units[0]), ("department", units[1]), ("town", units[100])):
        user = User.objects.create(
            username=role, name=role, created_on=on, password_set_on=on, unit=unit
        )
        Post.objects.create(
            user=user, role=role, division_code=unit.division_code, valid_from=date(2023, 1, 1)
        )
    return units


def _plans(on: date) -> list[Any]:
    from anju.duties.models import Plan, PlanVersion, VersionState

    plans = Plan.objects.bulk_create(
        Plan(title=f"第{n}个实施方案", short_title=f"方案{n}", created_on=on) for n in range(PLANS)
    )
    PlanVersion.objects.bulk_create(
        PlanVersion(
            plan=plan, sequence=1, file_name="方案.docx", digest=f"{plan.pk:064d}", text="正文",
            state=VersionState.LIVE, uploaded_on=on, uploaded_by="lead_bureau", adopted_on=on,
            adopted_by="lead_bureau",
        )
        for plan in plans
    )  # fmt: skip
    return plans


def _tasks(number: int, plans: list[Any], on: date) -> None:
    """A tenth is done, a hundredth has no date, the rest is due from half a year ago to a year ahead."""
    from anju.duties.models import NEVER, Task, TaskKind, TaskState

    def task(n: int) -> Task:
        is_done, due_on = n % 10 == 9, _due_on(n, on)
        return Task(
            number=f"RW-{n:06d}", plan=plans[n * PLANS // number], kind=TaskKind.ADDED,
            clause=f"{n % 40}", title=f"第{n}项任务 {'培训' if n % 50 == 0 else '帮扶'}",
            starts_on=on - timedelta(days=200), due_on=due_on, every=RHYTHMS[n % 4],
            state=TaskState.DONE if is_done else TaskState.OPEN,
            closed_on=on if is_done else None,
            next_due_on=NEVER if is_done or due_on is None else due_on,
            next_reported_on=on if n % 20 == 3 and due_on is not None else None,
            units_named=3,
        )  # fmt: skip

    Task.objects.bulk_create(map(task, range(number)), batch_size=5_000)


def _due_on(n: int, on: date) -> date | None:
    return None if n % 100 == 7 else on + timedelta(days=n * 37 % 540 - 30 + n % 7)


def _units_of_tasks(number: int, units: list[Any]) -> None:
    """Three units of each task, in three roles; the first town's stand in every other task."""
    from anju.duties.models import Task, TaskUnit

    def rows() -> Iterator[TaskUnit]:
        for n, pk in enumerate(Task.objects.order_by("pk").values_list("pk", flat=True)):
            of_town = units[BUREAUS + 1] if n % 2 else units[BUREAUS + 2 + n // 2 % (TOWNS - 1)]
            chosen = (units[n % (BUREAUS + 1)], units[(n // 7 + 3) % (BUREAUS + 1)], of_town)
            for role, unit in zip(ROLES, chosen, strict=True):
                yield TaskUnit(task_id=pk, unit=unit, role=role)

    TaskUnit.objects.bulk_create(rows(), batch_size=5_000)


def _dues_and_reports(number: int, units: list[Any], on: date) -> None:
    """Two days in the past, of which one was reported on and accepted, and the day still due."""
    from anju.duties.models import NEVER, DueState, Progress, ProgressState, Task, TaskDue

    def dues() -> Iterator[TaskDue]:
        for n, pk in enumerate(Task.objects.order_by("pk").values_list("pk", flat=True)):
            due_on = _due_on(n, on) or NEVER
            for past in (120, 60):
                day = on - timedelta(days=past + 31)
                yield TaskDue(
                    task_id=pk, due_on=day, state=DueState.ACCEPTED, reported_on=day, settled_on=day
                )
            waits = n % 20 == 3 and due_on != NEVER
            state = DueState.SUBMITTED if waits else DueState.WAITING
            state = DueState.ACCEPTED if n % 10 == 9 else state
            yield TaskDue(task_id=pk, due_on=due_on, state=state, reported_on=on if waits else None)

    TaskDue.objects.bulk_create(dues(), batch_size=5_000)

    def reports() -> Iterator[Progress]:
        for place, (pk, due_on, state) in enumerate(
            TaskDue.objects.order_by("pk").values_list("pk", "due_on", "state").iterator()
        ):
            if place % 3 == 1 and state == DueState.ACCEPTED or state == DueState.SUBMITTED:
                yield Progress(
                    due_id=pk, unit=units[place // 3 % (BUREAUS + 1)], words="按进度推进",
                    percent=50, is_complete=True, reported_on=min(due_on, on),
                    reported_by="somebody",
                    state=ProgressState.SUBMITTED if state == DueState.SUBMITTED
                    else ProgressState.ACCEPTED,
                )  # fmt: skip

    Progress.objects.bulk_create(reports(), batch_size=5_000)


def pages() -> Iterator[tuple[str, Any, str]]:
    """Whose page, and its address."""
    from django.test import Client

    from anju.accounts.models import Unit, User
    from anju.duties.models import Plan

    plan = Plan.objects.order_by("pk")[PLANS // 2].pk
    for role in ("lead_bureau", "town", "department"):
        client, user = Client(), User.objects.get(username=role)
        client.force_login(user)
        unit = Unit.objects.get(name="县第5局").pk if role == "lead_bureau" else user.unit_id
        addresses = {
            "desk": "/",
            "ledger": "/tasks/",
            "ledger, red": "/tasks/?light=red",
            "ledger, green": "/tasks/?light=green",
            "ledger, done": "/tasks/?light=done",
            "ledger, one plan": f"/tasks/?plan={plan}",
            "ledger, one unit in a role": f"/tasks/?unit={unit}&role=implementing",
            "ledger, red of one unit": f"/tasks/?unit={unit}&light=red",
            "ledger, words": "/tasks/?q=培训",
            "ledger, words that few have": "/tasks/?q=第4321项",
            "ledger, what lacks": "/tasks/?lack=1",
            "ledger, newest first": "/tasks/?sort=latest",
            "ledger, by plan": "/tasks/?sort=plan",
            "lights": "/tasks/standing/",
            "responsibility list": f"/tasks/plans/{plan}/",
            "one task": "/tasks/RW-050001/",
            "one plan": f"/plans/{plan}/",
        }
        for name, address in addresses.items():
            yield f"{role}: {name}", client, address


def ask(name: str, client: Any, address: str, explain: bool) -> bool:
    """Ask once to warm up and ten times by the clock; whether it took too long."""
    answer = client.get(address)
    if answer.status_code == 404:  # not the viewer's
        return False
    assert answer.status_code == 200, (address, answer.status_code)
    walls, cpu = [], spent()
    for _time in range(ROUNDS):
        begin = time.perf_counter()
        client.get(address)
        walls.append(time.perf_counter() - begin)
    cpu = (spent() - cpu) / ROUNDS
    is_late = cpu > PAGE_SECONDS
    said = f"{name:40} {min(walls) * 1000:6.1f} ms, CPU {cpu * 1000:6.1f} ms{'  LATE' * is_late}"
    print(said, flush=True)
    if explain:
        _explain(client, address)
    return is_late


def _explain(client: Any, address: str) -> None:
    """The statements of a page that took longest."""
    from django.db import connection, reset_queries

    connection.force_debug_cursor = True
    reset_queries()
    client.get(address)
    connection.force_debug_cursor = False
    for query in sorted(connection.queries, key=lambda each: -float(each["time"]))[:2]:
        print(f"    {query['time']} s {query['sql'][:1500]}")


def spent() -> float:
    """Processor seconds of this process and of the PostgreSQL process it talks to."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time()
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
