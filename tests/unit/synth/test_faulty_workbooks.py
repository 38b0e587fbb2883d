"""Broken files are broken in exactly the way they say."""

import json
from pathlib import Path

import fastexcel
import pytest
from tests.unit.synth.test_identity_numbers import is_valid

from anju.synth import faults
from anju.synth.county import County
from anju.synth.faults import Fault


@pytest.fixture(scope="session")
def broken(hamlet: County, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Fault]]:
    folder = tmp_path_factory.mktemp("faults")
    return folder, faults.write(hamlet, folder)


def cell(folder: Path, fault: Fault) -> str | None:
    """The cell a fault points at, by the row numbers of a spreadsheet."""
    table = (
        fastexcel.read_excel(folder / fault.file)
        .load_sheet(fault.sheet, header_row=None, dtypes="string")
        .to_polars()
        .rows()
    )
    column = next(row.index(fault.column) for row in table[2:5] if fault.column in row)
    return table[fault.row - 1][column]


def find(broken: tuple[Path, list[Fault]], problem: str) -> list[tuple[Fault, str | None]]:
    folder, listed = broken
    return [(f, cell(folder, f) if f.row else None) for f in listed if f.problem == problem]


def test_the_list_beside_the_files_says_what_is_wrong(broken: tuple[Path, list[Fault]]) -> None:
    folder, listed = broken
    written = json.loads((folder / "faults.json").read_text(encoding="utf-8"))

    assert [Fault(**entry) for entry in written] == listed
    assert {fault.file for fault in listed} == {path.name for path in folder.glob("*.xlsx")}


def test_the_spoilt_number_has_a_wrong_check_digit(broken: tuple[Path, list[Fault]]) -> None:
    ((_, number),) = find(broken, "check_digit")
    assert number is not None
    assert len(number) == 18
    assert not is_valid(number)


@pytest.mark.parametrize(
    ("problem", "values"),
    [
        ("scientific_notation", {"5.29901E+17"}),
        ("impossible_date", {"20230231", "2023年13月5日"}),
        ("unknown_label", {"之朋友", "打零工", "五级"}),
        ("unknown_household", {"5299019999990001"}),
        ("not_a_number", {"约三千"}),
        ("end_before_start", {"1999-01-01"}),
        ("totals_row", {None}),
    ],
)
def test_the_cell_named_holds_the_broken_value(
    broken: tuple[Path, list[Fault]], problem: str, values: set[str | None]
) -> None:
    assert {value for _, value in find(broken, problem)} == values


def test_the_unknown_person_has_a_valid_number_that_nobody_has(
    broken: tuple[Path, list[Fault]],
) -> None:
    ((_, number),) = find(broken, "unknown_person")
    assert number is not None
    assert is_valid(number)


def test_the_repeated_row_repeats_a_person(broken: tuple[Path, list[Fault]]) -> None:
    ((fault, number),) = find(broken, "duplicate_in_file")
    earlier = Fault(fault.file, fault.feed, fault.problem, fault.sheet, 6 + 4, fault.column)
    assert cell(broken[0], earlier) == number


def test_the_missing_column_is_missing(broken: tuple[Path, list[Fault]]) -> None:
    ((fault, _),) = find(broken, "missing_column")
    header = fastexcel.read_excel(broken[0] / fault.file).load_sheet(
        fault.sheet, header_row=2, dtypes="string"
    )
    assert fault.column not in header.to_polars().columns


@pytest.mark.parametrize("problem", ["encrypted", "torn", "empty", "not_a_workbook"])
def test_files_of_broken_bytes_cannot_be_read(
    broken: tuple[Path, list[Fault]], problem: str
) -> None:
    ((fault, _),) = find(broken, problem)
    with pytest.raises(fastexcel.FastExcelError):
        fastexcel.read_excel(broken[0] / fault.file)
    assert not fault.rest_is_good
