"""Every check names the household drawn for it and leaves the near miss alone."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.unit.quality import homes
from tests.unit.quality.drawn import DRAWN
from tests.unit.quality.homes import AS_OF, Home

from anju.quality import running
from anju.quality.checks import GROUPS, CheckError, checks, not_held, read
from anju.quality.conditions import condition

_ENTRY = {
    "codes": {"anyone": "x_1"}, "subject": "person", "shape": "required", "fields": ["labour"],
    "level": "must", "mend": "village", "zh": "字", "en": "words",
}  # fmt: skip


def _entries() -> dict[str, str]:
    """Each check's code with the code its entry is drawn under: the first of the entry."""
    first: dict[tuple, str] = {}
    return {
        check.code: first.setdefault((check.zh, check.subject, check.shape, check.en), check.code)
        for check in checks()
    }


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> dict[int, set[str]]:
    """The codes each drawn household is named under; twice the check's place, and one more."""
    folder = tmp_path_factory.mktemp("quality")
    drawn = []
    entries = _entries()
    for place, check in enumerate(checks()):
        trip, near = DRAWN[entries[check.code]]
        drawn.append(trip(Home(1000 + 2 * place, check.group)))
        drawn.append(near(Home(1001 + 2 * place, check.group)))
    drawn += [Home(place + 1, group) for place, group in enumerate(GROUPS)]
    running.run(homes.write(folder / "snapshot", drawn), folder / "out", AS_OF)
    found: dict[int, set[str]] = {}
    for row in pq.read_table(folder / "out" / "problems.parquet").to_pylist():
        found.setdefault(row["household_id"], set()).add(row["code"])
    return found


@pytest.mark.parametrize("place", range(len(checks())), ids=[check.code for check in checks()])
def test_a_check_names_what_is_wrong_and_not_what_is_nearly_wrong(
    place: int, named: dict[int, set[str]]
) -> None:
    code = checks()[place].code

    assert code in named.get(1000 + 2 * place, set())
    assert code not in named.get(1001 + 2 * place, set())


def test_a_sound_household_of_any_group_is_named_by_nothing(named: dict[int, set[str]]) -> None:
    assert [named.get(place + 1) for place in range(len(GROUPS))] == [None] * len(GROUPS)


def test_every_drawing_belongs_to_a_check() -> None:
    assert set(DRAWN) == set(_entries().values())


def test_the_inspectors_whole_list_is_expressed_or_explained() -> None:
    listed = Path("/work/shared/domain/quality-checks.tsv")
    if not listed.is_file():
        pytest.skip("the inspectors' list is not on this machine")
    asked = {line.split("\t")[0] for line in listed.read_text().splitlines()[1:] if line.strip()}
    expressed = {code for check in checks() for code in (check.code, *check.also)}
    explained = {code for reason in not_held() for code in reason.codes}

    assert {code for code in expressed if not code.startswith("anju_")} | explained == asked
    assert not expressed & explained


def test_codes_held_here_are_the_whole_of_the_list() -> None:
    expressed = {code for check in checks() for code in (check.code, *check.also)}
    explained = [code for reason in not_held() for code in reason.codes]

    assert len(explained) == len(set(explained))
    assert len({c for c in expressed if not c.startswith("anju_")}) + len(explained) == 263


def test_a_column_the_snapshot_lacks_leaves_its_checks_out_and_says_so(tmp_path: Path) -> None:
    snapshot = homes.write(
        tmp_path / "s", [Home(1, "lifted_out").graded(None)], without=["persons.health"]
    )
    report = running.run(snapshot, tmp_path / "out", AS_OF)

    assert report.not_run["1111_15"] == ("persons.health",)
    assert "1111_15" not in report.problems
    assert report.problems["3_02_009"] == 1
    assert json.loads((tmp_path / "out" / "quality.json").read_text())["not_run"]["1111_15"]


def test_results_are_the_same_bytes_however_often_and_by_how_many_threads(tmp_path: Path) -> None:
    made = [Home(n, "lifted_out").graded("D").change(1, labour=None) for n in range(1, 40)]
    snapshot = homes.write(tmp_path / "s", made)
    for number, threads in enumerate((1, 2, 1)):
        running.run(snapshot, tmp_path / str(number), AS_OF, threads=threads)

    for name in ("problems.parquet", "places.parquet", "quality.json"):
        assert len({(tmp_path / str(number) / name).read_bytes() for number in range(3)}) == 1


def test_counts_by_place_add_up(tmp_path: Path) -> None:
    made = [Home(n, "lifted_out").graded(None) for n in (1, 2, 3)]
    made[2].home(village_code="529901002001")
    running.run(homes.write(tmp_path / "s", made), tmp_path / "out", AS_OF)

    rows = pq.read_table(tmp_path / "out" / "places.parquet").to_pylist()
    counted = {row["place"]: row["households"] for row in rows if row["code"] == "3_02_009"}
    assert counted == {
        "529901": 3, "529901001": 2, "529901001001": 2, "529901002": 1, "529901002001": 1,
    }  # fmt: skip


def test_a_problem_says_what_it_found(tmp_path: Path) -> None:
    made = [Home(1, "lifted_out").child(homes.date(2000, 1, 1), "upper_secondary")]
    running.run(homes.write(tmp_path / "s", made), tmp_path / "out", AS_OF)

    rows = pq.read_table(tmp_path / "out" / "problems.parquet").to_pylist()
    (row,) = [row for row in rows if row["code"] == "5_17_004"]
    assert row["person_id"] == 103
    assert row["found"] == "age=23;schooling=upper_secondary"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"shape": "odd"}, "shape 'odd' is not known; allowed: allowed, bounds"),
        ({"fields": ["salary"]}, "field of a person 'salary' is not known"),
        ({"fields": ["heads"]}, "field of a person 'heads' is not known"),
        ({"codes": {"everyone": "x_1"}}, "group 'everyone' is not known"),
        ({"level": "maybe"}, "level 'maybe' is not known; allowed: look, must"),
        ({"mend": "nobody"}, "mend 'nobody' is not known"),
        ({"zh": ""}, "zh is missing"),
        ({"form": 1}, "key 'form' is not known"),
        ({"when": [{"field": "age", "over": 3}]}, "test 'over' is not known"),
    ],
)
def test_a_check_written_wrongly_is_refused_by_name(changed: dict, says: str) -> None:
    with pytest.raises(CheckError, match=says) as refused:
        read(_ENTRY | changed)

    assert "x_1" in str(refused.value)


def test_text_from_the_data_cannot_leave_its_quotes() -> None:
    (check,) = read(_ENTRY | {"when": [{"field": "labour", "in": ["a' OR TRUE --"]}]})

    assert "'a'' OR TRUE --'" in condition(check)


@pytest.mark.parametrize("broken", ["nothing", "no table", "no column"])
def test_a_snapshot_that_cannot_be_read_is_refused(tmp_path: Path, broken: str) -> None:
    folder = tmp_path / "s"
    if broken != "nothing":
        homes.write(
            folder, [Home(1, "anyone")], without=["statuses.kind"] * (broken == "no column")
        )
    if broken == "no table":
        (folder / "events.parquet").unlink()

    with pytest.raises(CheckError, match="table"):
        running.run(folder, tmp_path / "out", AS_OF)
    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
