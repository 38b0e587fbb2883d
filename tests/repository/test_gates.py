"""One gate a kind: rows that belong to a place are read for a viewer, or for what a gate gave.

A manager of such rows may be touched in actions and in queries only; there, every function that does
must take a viewer or something that came through a gate. What works on the whole county is named
below with its reason (docs/decisions/0012).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from tests.repository.sources import PACKAGE, name_of, package_of, python_files, tree

#: Rows that belong to a place, by the packages that own them.
PLACED = {
    model.__name__: model._meta.db_table
    for app in (
        "registry",
        "projects",
        "employment",
        "assets",
        "monitoring",
        "intake",
        "exports",
        "casework",
        "benefits",
        "supervision",
    )
    if app in apps.app_configs
    for model in apps.get_app_config(app).get_models()
}
#: Belong to the county, not to a place of it.
COUNTY_WIDE = {
    "Acceptance", "AcceptanceProof", "CaseNumber", "Deputy", "Holiday", "OpenPage", "PaperTemplate",
    "Profile", "Run", "Scheme", "Snapshot", "SupervisionNumber", "Vacancy", "VillageAttainment",
    "VillageClass",
}  # fmt: skip
#: Parameters that say for whom, or that were given out by a gate.
GATED = {
    "viewer", "household", "households", "person", "person_ids", "memberships", "run", "batch",
    "lead", "case", "cases", "entry", "project", "projects", "asset", "assets", "claim", "roll",
    "rolls", "subjects", "workshop", "workshops", "post", "posts", "holding", "holdings",
}  # fmt: skip
#: Functions that read the whole county, and why they may.
WHOLE_COUNTY = {
    "assets.queries.known:held_by_code": "by numbers that an import or a gate gave",
    "assets.queries.known:by_code": "by numbers that an import or a gate gave",
    "assets.queries.known:by_number": "by numbers that an import gave, in its place",
    "intake.outgoing.of_assets:ledger": "of the scope that a list going out gave",
    "intake.outgoing.of_assets:yields": "of the scope that a list going out gave",
    "benefits.queries.boards:hanging": "public: what hangs on the board of one village",
    "benefits.queries.candidates:_new": "of villages in which the action lets the viewer claim",
    "benefits.queries.listing:_of_roll": "a condition on rolls of a gate",
    "benefits.queries.listing:of_rolls": "by ids of rolls that a gate gave",
    "benefits.queries.related:twice": "other claims of recipients that a gate gave; who may not see one gets its number",
    "benefits.queries.stories:last_contact": "what the board of one village said publicly",
    "casework.queries.clinic_cases:moves_since": "moves of a case that a gate gave",
    "casework.queries.clinics:_reports": "of the village of the row they stand beside",
    "casework.queries.clinics:_standing_so": "beside villages that a gate or a job gave",
    "registry.queries.clinics:latest": "by codes of villages that an import, a job or a gate gave",
    "casework.queries.clinics:seen_by": "beside villages that the figure gave",
    "casework.queries.clinics:without_case": "for the job that opens cases: codes of villages",
    "casework.queries.clinics:cases_without_village": "for the job that ends cases of merged villages",
    "casework.queries.needed_runs:needed_runs": "numbers of runs that must be kept, nothing of anybody",
    "casework.queries.open_pages:current_notices": "public: what hangs on the board of one village",
    "casework.queries.open_pages:receipt": "public: one receipt number, in the village it was given in",
    "casework.queries.paper_values:_case": "sources of leads of a case that a gate gave",
    "casework.queries.visits:last_visits": "by ids of cases that a gate gave",
    "projects.queries.known:held_by_code": "by codes that an import or a form gave",
    "projects.queries.known:held_by_id": "by ids that an import, a gate or a job gave",
    "projects.queries.known:ids_by_code": "by codes that an import gave",
    "projects.queries.known:reached": "by ids that an import gave",
    "projects.queries.known:payments_of": "by ids that an import gave",
    "intake.outgoing.lists:parts": "inside the scope in which the viewer may take lists out",
    "intake.outgoing.lists:_latest_quarter": "of the scope that a list going out gave",
    "registry.queries.homes:entrances_of": "numbers of entrances of buildings that a gate gave",
    "intake.outgoing.of_projects:library": "inside the scope in which the viewer may take lists out",
    "intake.outgoing.of_projects:payments": "inside the scope in which the viewer may take lists out",
    "registry.queries.searching:_with_tail": "narrowed by the search to the households it was given",
    "registry.queries.searching:_present": "narrowed by the search to the households it was given",
    "registry.queries.searching:_in_few": "looks at the ids of households a gate gave",
    "registry.queries.searching:_in_many": "narrowed by the search to the households it was given",
    "employment.queries.at_work:working": "a condition on rows that a gate gave",
    "employment.queries.known:workshops": "by names that an import gave",
    "employment.queries.known:counts": "by ids that an import gave",
    "employment.queries.offers:uncovered": "a condition on persons that a gate or a figure gave",
    "employment.queries.seekers:_holds": "a condition on rows that a gate gave",
    "employment.queries.seekers:_somebody_works": "a condition on rows that a gate gave",
    "employment.queries.seekers:_cannot_work": "a condition on rows that a gate gave",
    "employment.queries.seekers:_records": "of persons whose rows a gate gave",
    "employment.queries.vacancies:_told": "counts offers of public notices, and names nobody",
    "employment.queries.workshops:_at_work_in": "narrowed by its caller to members in the viewer's places",
    "intake.outgoing.of_work:workshops": "of the scope that a list going out gave",
    "jobs.demo_work:_without_work": "makes the demo county at the command line",
    "jobs.demo_work:_vacancies": "makes the demo county at the command line",
    "employment.queries.post_facts:_known": "of persons that a gate gave",
    "employment.queries.post_facts:_posts_held": "of persons that a gate gave, and of their households",
    "employment.queries.post_rolls:ids_by_key": "by places that an import gave",
    "employment.queries.post_rolls:posts_begun": "by persons that an import gave",
    "employment.queries.posts:to_leave": "conditions on rows that a gate gave",
    "employment.queries.posts:paid_in": "of rows that a gate gave",
    "employment.queries.posts:of_members_in": "a condition on rows that a gate gave",
    "employment.queries.posts:homes_of": "of persons that a gate gave",
    "employment.queries.posts:_now": "columns of posts that a gate gave",
    "jobs.demo_posts:_held": "the made-up county, before anybody has signed in",
    "employment.queries.trainings:latest": "a condition on rows that a gate gave",
    "employment.queries.trainings:present": "a condition on rows that a gate gave",
    "employment.queries.trainings:trained": "a condition on rows that a gate gave",
    "exports.handing_over:_to_decide": "counts requests inside the place of a post handed over",
    "exports.queries:to_produce": "for the worker, by number; the list itself passes its gates again",
    **dict.fromkeys(
        (
            f"jobs.demo_benefits:{name}"
            for name in ("_cocoons", "_pay", "_roll", "_villages", "count")
        ),
        "makes the demo county at the command line",
    ),
    "jobs.demo_cases:_households": "makes the demo county at the command line",
    "jobs.demo_community:_tell": "makes the demo county at the command line",
    "intake.decided:decided": "by keyed digests of rows that an import or a gate gave",
    "intake.left_behind:home_of": "of a decision that a gate gave; the page shows it through its own",
    "intake.left_behind:_files": "files of the feed of such a decision, for their numbers alone",
    "keeping.rotation:retire": "asks whether any file is being imported, and tells no more",
    "reporting.queries.annexes:_problems": "problems that the gate gave to who writes the report",
    "monitoring.queries.comparing:_also_in": "a condition on findings of a gate",
}
#: Modules that copy the whole county by design, for its administrator at the command line.
COPIES = {"keeping.scrub"}
#: Modules of numbers that name nobody, of the whole county or of the places the caller gives.
FIGURES = {"reporting.figures"}
#: Modules that name tables, beside actions: bulk work on the whole county, and the fence itself.
BULK = {
    "casework.phones", "employment.phones", "places.fences", "employment.ledger", "intake", "jobs", "keeping",
    "monitoring.snapshots", "places.conditions", "registry.columns", "registry.identity", "registry.ledgers",
    "registry.residents",
}  # fmt: skip
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _is(module: str, names: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def _touched(function: ast.AST) -> set[str]:
    """Models whose manager is touched: `Household.objects`."""
    return {
        node.value.id
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and node.attr in MANAGERS
        and isinstance(node.value, ast.Name)
    } & (set(PLACED) - COUNTY_WIDE)


def _functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """Functions, each without those inside it being counted twice."""
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def _ungated(path: Path) -> Iterator[str]:
    parsed, module = tree(path), _module(path)
    known = {node.name: _touched(node) for node in _functions(parsed)}
    if _touched(parsed) - set().union(*known.values(), set()):
        yield f"{module}: outside a function"
    for node in _functions(parsed):
        given = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
        if _touched(node) and not given & GATED and f"{module}:{node.name}" not in WHOLE_COUNTY:
            yield f"{module}:{node.name}"


def _readers() -> list[Path]:
    pure = {"config", "rules", "synth", "sealing", "policies"}
    return [
        path
        for path in python_files(PACKAGE)
        if path.parent != PACKAGE
        and package_of(path) not in pure
        and ".migrations." not in f".{_module(path)}."
        and ".actions" not in _module(path)
        and _module(path) not in COPIES
        and not _is(_module(path), FIGURES)
    ]


def test_rows_of_a_place_are_read_through_a_gate() -> None:
    ungated = [found for path in _readers() for found in _ungated(path)]

    assert len(PLACED) > 12
    assert ungated == [], (
        "take a `viewer` and begin at a gate (households_for, findings_for, batches_for …), or take"
        " the household or run a gate gave; what is truly for the whole county goes into"
        " WHOLE_COUNTY with its reason"
    )


def test_what_reads_the_whole_county_is_named_and_is_there() -> None:
    functions = {
        f"{_module(path)}:{node.name}" for path in _readers() for node in _functions(tree(path))
    }

    assert set(WHOLE_COUNTY) - functions == set()


def test_tables_of_a_place_are_named_in_bulk_modules_only() -> None:
    tables = re.compile(rf"\b({'|'.join(PLACED.values())})\b")
    naming = {
        f"{_module(path)}:{node.lineno}"
        for path in _readers()
        if not _is(_module(path), BULK)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and tables.search(node.value)
    }

    assert naming == set(), "read through the models and a gate"


def test_the_check_of_gates_sees_what_passes_them() -> None:
    code = "def all_of_them():\n    return Household.objects.all()\n"
    inside = "def some(viewer):\n    return Household.objects.filter(within(viewer))\n"

    assert _touched(ast.parse(code)) == {"Household"}
    assert [node.name for node in _functions(ast.parse(code + inside))] == ["all_of_them", "some"]
    assert _touched(ast.parse("Run.objects.all()")) == set()
    assert name_of(PACKAGE / "web") == "src/anju/web"
