"""How long desks and lists take at 100 000 open cases, and how long 10 000 cases take to open.

    python benchmarks/casework.py [--cases 100000] [--open 10000] [--explain]    on SQLite
    python tests/postgresql.py -- python benchmarks/casework.py                  on PostgreSQL

A made-up county of 20 towns with 20 villages each. Prints for each reading processor time of this
process and, on PostgreSQL, of the server's process that works for it (ticks of 10 ms, so of ten
readings together), and the quickest of ten by the clock. The aims: every reading under 150 ms of
processor time, 10 000 cases from a run under 10 s, and none twice. Exits with 1 where one is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

READING_SECONDS, OPENING_SECONDS = 0.15, 10.0
ON, AT = date(2023, 10, 9), datetime(2023, 10, 9, 1, tzinfo=UTC)
TOWNS = VILLAGES = 20
STEPS = (
    ("authorisation", "village", 1),
    ("home_check", "village", 2),
    ("comparison", "county", 2),
    ("review", "village", 1),
    ("publicity", "village", 6),
    ("town_check", "town", 2),
    ("decision", "county", 2),
)


def main() -> int:
    """Fill a county, read and open, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--open", type=int, default=10_000)
    parser.add_argument("--explain", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        from django.db import connection

        fill(arguments.cases, arguments.open)
        late = [read(name, *given) for name, *given in readings(arguments.explain)]
        late.append(open_run(arguments.open))
        connection.close()
    return 1 if any(late) else 0


def set_up(folder: str) -> None:
    """Django with a database of its own."""
    os.environ["ANJU_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "anju.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def village(number: int) -> str:
    """The village a household lives in: as many in each."""
    town, place = divmod(number % (TOWNS * VILLAGES), VILLAGES)
    return f"529901{101 + town:03d}{201 + place:03d}"


def fill(cases: int, fresh: int) -> None:
    """Households with an open case at some step, and households that a run found."""
    from django.db import connection

    from anju.casework.models import Case, Lead
    from anju.monitoring.models import Finding, Run, RunState
    from anju.registry.models import Household

    homes = Household.objects.bulk_create(
        (
            Household(
                code=f"H{number:09d}", head_name="户主", size=3, village_code=village(number),
                household_class="ordinary",
            )
            for number in range(cases + fresh)
        ),
        batch_size=5_000,
    )  # fmt: skip
    Case.objects.bulk_create(map(_case, range(cases), homes), batch_size=5_000)
    Lead.objects.bulk_create(map(_lead, range(cases), homes), batch_size=5_000)
    run = Run.objects.create(
        month="2023-09", pack="national", known_on=ON, state=RunState.DONE, created_at=AT
    )
    Finding.objects.bulk_create(
        (
            Finding(
                run=run, household=home, village_code=home.village_code, rule="income_below_line",
                status="hit", level="red", risk="income",
            )
            for home in homes[cases:]
        ),
        batch_size=5_000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _case(number: int, home: object) -> object:
    from anju.casework.models import Case

    step, holder, days = STEPS[number % len(STEPS)]
    since = ON - timedelta(days=number % 9)
    return Case(
        number=f"529901-2023-{number:07d}", household=home, village_code=home.village_code,
        pack="national", procedure="inclusion", step=step, holder=holder, step_since=since,
        step_due_on=since + timedelta(days=days), due_on=since + timedelta(days=15), opened_on=since,
        version=1,
    )  # fmt: skip


def _lead(number: int, home: object) -> object:
    from anju.casework.models import Lead

    since = ON - timedelta(days=number % 60)
    return Lead(
        household=home, village_code=home.village_code, risk="housing", level="orange",
        first_on=since, last_on=since, due_on=since + timedelta(days=15),
        expires_on=since + timedelta(days=90),
    )  # fmt: skip


def viewer(role: str, place: str) -> object:
    """Somebody with a post."""
    from anju.accounts.roles import ROLES
    from anju.accounts.scope import Scope
    from anju.accounts.viewer import Grant, Viewer

    given = Grant(ROLES[role].permissions, Scope.of([place]))
    return Viewer.with_grants(user_id=0, username=role, name="", on=ON, grants=(given,))


def readings(explain: bool) -> list[tuple[object, ...]]:
    """What pages read first, for a village, a town and the county."""
    from anju.casework import queries

    posts = {
        "village": viewer("village", "529901101201"),
        "town": viewer("town", "529901101000"),
        "county": viewer("lead_bureau", "529901000000"),
    }
    found: list[tuple[object, ...]] = []
    for name, who in posts.items():
        cases, leads = queries.cases_for(who), queries.leads_for(who)
        pages = {
            "desk": queries.on_desk(who),
            "leads on the desk": queries.leads_on_desk(who),
            "cases by village": cases.order_by("village_code", "id"),
            "cases by days left": cases.exclude(step="").order_by("step_due_on", "id"),
            "cases, the newest": cases.order_by("-id"),
            "cases of a step": cases.filter(step="town_check").order_by("village_code", "id"),
            "leads by days left": leads.filter(state="open").order_by("due_on", "id"),
            "leads of a risk": leads.filter(state="open", risk="housing").order_by(
                "village_code", "id"
            ),
        }
        for title, rows in pages.items():
            page = rows.select_related("household")[:41]
            found.append((f"{name}: {title}", page, explain))
        found.append(
            (f"{name}: counts of the desk", lambda who=who: queries.counts(who, ON), False)
        )
        found.append((f"{name}: number of cases", lambda cases=cases: cases.count(), False))
    return found


def read(name: str, rows: object, explain: bool) -> bool:
    """Read once for the plan and ten times by the clock; whether the quickest was too slow."""
    work: Callable[[], object] = rows if callable(rows) else lambda: list(rows.all())  # type: ignore[attr-defined]
    work()
    walls, cpu = [], spent()
    for _time in range(10):
        begin = time.perf_counter()
        work()
        walls.append(time.perf_counter() - begin)
    cpu = (spent() - cpu) / 10
    is_late = cpu > READING_SECONDS
    print(f"{name:30} {min(walls) * 1000:6.1f} ms, CPU {cpu * 1000:6.1f} ms{'  LATE' * is_late}")
    if explain and not callable(rows):
        print(rows.explain())  # type: ignore[attr-defined]
    return is_late


def spent() -> float:
    """Processor seconds of this process and of the PostgreSQL process it talks to."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time()
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def open_run(wanted: int) -> bool:
    """Open a case for every household of the run, twice; whether it was too slow or any was doubled."""
    from anju.accounts.models import Post, User
    from anju.casework.actions import from_run
    from anju.casework.models import Case
    from anju.monitoring.models import Run
    from anju.queue.progress import Unattended

    user = User.objects.create(username="bureau", name="", created_on=ON, password_set_on=ON)
    Post.objects.create(
        user=user, role="lead_bureau", division_code="529901000000", valid_from=date(2023, 1, 1)
    )
    before, run = Case.objects.count(), Run.objects.get()
    is_late = False
    for expected in (wanted, 0):
        cpu, wall = spent(), time.perf_counter()
        done = from_run.perform(progress=Unattended(), at=AT, on=ON, asked=[run.pk, user.pk])
        cpu, wall = spent() - cpu, time.perf_counter() - wall
        is_late |= cpu > OPENING_SECONDS or done["cases"] != expected
        print(f"opened {done['cases']:,} cases in {wall:.1f} s, CPU {cpu:.1f} s")
    return is_late or Case.objects.count() != before + wanted


if __name__ == "__main__":
    sys.exit(main())
