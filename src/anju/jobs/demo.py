"""`anju demo`: a made-up county, imported from its workbooks, monitored for three months.

Everything goes the way a county's own data would go: workbooks are read and checked by the import,
the registers are filled by it, each month is monitored from the registers. The data lie in their
own folder (ANJU_DATA, by default ./data/demo), are made once for each size and seed, and appear
there whole or not at all.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from anju.jobs import (
    demo_benefits,
    demo_cases,
    demo_community,
    demo_duties,
    demo_people,
    demo_posts,
    demo_reports,
    demo_work,
)

PACK = "shiquan-2023"
MONTHS = ("2023-07", "2023-08", "2023-09")


def register(subparsers: Any) -> None:
    """Declare `anju demo`."""
    command = subparsers.add_parser("demo", help="make and open a made-up county")
    command.add_argument("--households", type=int, default=20_000)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--no-serve", action="store_true", help="prepare only")
    command.add_argument("--port", type=int, default=8000)
    command.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the county if it is not there yet, print who can sign in, and serve it."""
    from django.conf import settings

    from anju.jobs import up

    if arguments.households < 200:
        print("A demo county needs at least 200 households.", file=sys.stderr)
        return 2
    if not arguments.no_serve and not up.port_is_free(up.LOCAL, arguments.port):
        print(f"Port {arguments.port} is taken: choose another with --port.", file=sys.stderr)
        return 2
    wanted = {"households": arguments.households, "seed": arguments.seed, "months": list(MONTHS)}
    if not _is_made(settings.DATA_DIR, wanted):
        make(households=arguments.households, seed=arguments.seed)
        _seal_as_made(settings.DATA_DIR, wanted)
    _print_sign_ins(settings.DATA_DIR, arguments.port)
    if arguments.no_serve:
        return 0
    return up.serve(up.Serving(port=arguments.port))


def make(*, households: int, seed: int) -> None:
    """Write the workbooks, import them, make users, monitor the months. Prints each step's time."""
    from django.conf import settings

    from anju.jobs import linking, upkeep

    folder = settings.DATA_DIR
    _clear(folder)
    with _step("preparing the database"):
        upkeep.prepare()
    with _step(f"making up a county of {households:,} households and its workbooks"):
        files, plan = _write_county(folder / "county", households=households, seed=seed)
    with _step("importing the workbooks"):
        for path, known_on in _lists(files / "workbooks"):
            with _step(f"  {path.relative_to(files / 'workbooks')}", quiet=True):
                _import(path, known_on)
    with _step("making users"):
        sign_ins = demo_people.make(date.today())
    for month in MONTHS:
        with _step(f"monitoring {month} under {PACK}"):
            _monitor(month)
    with _step("checking the registers as an inspector would"):
        _inspect()
    with _step("raising leads and opening cases"):
        demo_cases.make(pack=PACK, month=MONTHS[-1], today=date.today(), at=datetime.now(UTC))
    with _step("writing down services, funds and what people asked for"):
        demo_community.make(today=date.today())
    with _step("confirming a plan, reporting on its tasks, assigning leaders"):
        demo_duties.make(
            plan=plan, folder=files, pack=PACK, today=date.today(), documents=settings.DEMO_PLANS
        )
    with _step("asking who wants work, telling of vacancies, offering some"):
        demo_work.make(today=date.today())
    with _step("paying those on public-welfare posts"):
        demo_posts.make(today=date.today())
    with _step("paying subsidies"):
        demo_benefits.make(pack=PACK, today=date.today())
    linking.link_now(on=date.today())
    with _step("writing reports of last month"):
        demo_reports.make(today=date.today())
    path = folder / "sign-ins.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps([vars(each) for each in sign_ins], ensure_ascii=False, indent=1))


def _write_county(folder: Path, *, households: int, seed: int) -> tuple[Path, Any]:
    """The county's workbooks and its plan, whose three years began before today."""
    from anju.synth import county, plans, workbooks

    made = county.make(households=households, seed=seed, months=MONTHS)
    workbooks.write(made, folder / "workbooks")
    plan = plans.make(made, first_year=demo_duties.first_year(date.today()))
    plans.write(plan, folder / plans.FILE_NAME)
    return folder, plan


def _lists(workbooks: Path) -> Iterator[tuple[Path, date]]:
    """The county's files in the order it would get them, each with the day it was known."""
    from anju.intake.loading import in_order

    first = date.fromisoformat(f"{MONTHS[0]}-01")
    yield workbooks / "places.xlsx", first
    for path in in_order(sorted((workbooks / "base").glob("*.xlsx"))):
        yield path, first
    for month in MONTHS:
        for path in in_order(sorted((workbooks / month).glob("*.xlsx"))):
            yield path, _last_day(month)


def _print_sign_ins(folder: Path, port: int) -> None:
    rows = [
        demo_people.SignIn(**each) for each in json.loads((folder / "sign-ins.json").read_text())
    ]
    print(f"\nhttp://{_local()}:{port}/ — sign in as one of")
    for row in rows:
        print(f"  {row.username:10}  {row.password:14}  {row.name} ({row.place})")
    print("stop with Ctrl-C", flush=True)


def _local() -> str:
    from anju.jobs import up

    return up.LOCAL


def _last_day(month: str) -> date:
    from anju.rules.months import Month

    return Month.parse(month).last_day


def _import(path: Path, known_on: date) -> None:
    from anju.audit.actor import SYSTEM
    from anju.intake.loading import load_file

    batch = load_file(path, by=SYSTEM, at=datetime.now(UTC), known_on=known_on, division_code="")
    if batch.problem:
        raise SystemExit(f"{path.name}: {batch.problem}")


def _monitor(month: str) -> None:
    from anju.audit.actor import SYSTEM
    from anju.monitoring.actions import runs

    runs.perform_now(
        by=SYSTEM, at=datetime.now(UTC), month=month, pack=PACK, known_on=_last_day(month)
    )


def _inspect() -> None:
    from anju.audit.actor import SYSTEM
    from anju.inspection.actions import inspections

    inspections.perform_now(by=SYSTEM, at=datetime.now(UTC), as_of=_last_day(MONTHS[-1]))


def _is_made(folder: Path, wanted: dict[str, Any]) -> bool:
    path = folder / "demo.json"
    return path.exists() and json.loads(path.read_text()) == wanted


def _seal_as_made(folder: Path, wanted: dict[str, Any]) -> None:
    """Mark the county as complete: the last thing written, so that a killed start begins anew."""
    (folder / "demo.json").write_text(json.dumps(wanted))
    (folder / "demo.making").unlink()


def _clear(folder: Path) -> None:
    """Empty the demo's folder; refuse to touch a folder that holds anything but a demo."""
    ours = (folder / "demo.json").exists() or (folder / "demo.making").exists()
    rest = [path for path in folder.glob("*") if path.name != "keys"] if folder.exists() else []
    if rest and not ours:
        raise SystemExit(
            f"{folder} holds data that are not a demo county: set ANJU_DATA to another folder."
        )
    for path in rest:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demo.making").touch()


@contextmanager
def _step(text: str, *, quiet: bool = False) -> Iterator[None]:
    start = time.monotonic()
    yield
    if not quiet or time.monotonic() - start > 1:
        print(f"  {text}: {time.monotonic() - start:.1f} s", flush=True)
