"""The workbooks say everything the snapshot says, month by month."""

from collections import Counter
from pathlib import Path

import fastexcel
import openpyxl
import pytest
from tests.unit.synth import reading_workbooks as reading
from tests.unit.synth.reading_workbooks import Facts

from anju.synth import county, workbooks
from anju.synth.county import County
from anju.synth.periods import day
from anju.synth.workbooks import layouts
from anju.synth.workbooks.register import Register


@pytest.fixture(scope="session")
def facts(hamlet_books: Path) -> Facts:
    """All folders read in order."""
    made = Facts()
    reading.read_places(made, hamlet_books / "places.xlsx")
    for folder in reading.in_order(hamlet_books):
        reading.read_folder(made, folder)
    return made


def test_households_read_back_are_those_of_the_snapshot(hamlet: County, facts: Facts) -> None:
    sites = hamlet.places.sites.code
    grids = hamlet.places.grids.code.tolist()
    wanted = [
        (
            row["code"], row["village_code"], row["class"], row["relocated"], row["self_moved"],
            row["monitored_kind"], _text(row["included_on"]), _text(row["risk_removed_on"]),
            sites[row["site_id"] - 1] if row["site_id"] else None, str(grids[row["grid_id"] - 1]),
        )
        for row in hamlet.table("households").to_pylist()
    ]  # fmt: skip
    found = [
        (
            code, home["village"], home["class"], home.get("relocated", False),
            home.get("self_moved", False), home["monitored"], home["included"], home["removed"],
            home.get("site"), home["grid"],
        )
        for code, home in facts.households.items()
    ]  # fmt: skip
    assert sorted(found) == sorted(wanted)


def test_members_read_back_are_those_of_the_snapshot(hamlet: County, facts: Facts) -> None:
    numbers, codes = _numbers(hamlet), _codes(hamlet)
    wanted = {
        (codes[row["household_id"]], numbers[row["person_id"]], _text(row["joined_on"])): {
            "sex": row["sex"], "born": _text(row["born_on"]), "relation": row["relation"],
            "education": row["education"], "schooling": row["schooling"], "labour": row["labour"],
            "left": _text(row["left_on"]),
        }
        for row in hamlet.table("persons").to_pylist()
    }  # fmt: skip
    assert facts.members == wanted


def test_incomes_read_back_are_those_of_the_snapshot(hamlet: County, facts: Facts) -> None:
    codes = _codes(hamlet)
    names = ("wage", "business", "business_cost", "property", "transfer")
    assert facts.incomes == {
        (codes[row["household_id"]], str(row["quarter"])): tuple(row[name] for name in names)
        for row in hamlet.table("incomes").to_pylist()
    }


def test_work_read_back_is_that_of_the_snapshot(hamlet: County, facts: Facts) -> None:
    numbers = _numbers(hamlet)
    assert facts.work == {
        (numbers[row["person_id"]], _text(row["started_on"]), row["channel"]): (
            _text(row["ended_on"]), row["county_code"], row["monthly_wage"],
        )
        for row in hamlet.table("employments").to_pylist()
    }  # fmt: skip


def test_statuses_read_back_are_those_of_the_snapshot(hamlet: County, facts: Facts) -> None:
    numbers, codes = _numbers(hamlet), _codes(hamlet)
    rows = hamlet.table("statuses").to_pylist()
    wanted = {
        (
            numbers.get(row["person_id"]) or codes[row["household_id"]],
            row["kind"], row["level"], _text(row["started_on"]),
        ): (_text(row["ended_on"]),)
        for row in rows
    }  # fmt: skip
    assert len(wanted) == len(rows)
    assert facts.statuses == wanted


def test_events_read_back_are_those_of_the_snapshot(hamlet: County, facts: Facts) -> None:
    numbers, codes = _numbers(hamlet), _codes(hamlet)
    assert Counter(facts.events) == Counter(
        (
            numbers.get(row["person_id"]) or codes[row["household_id"]],
            row["kind"], _text(row["occurred_on"]), row["amount"], row["level"],
        )
        for row in hamlet.table("events").to_pylist()
    )  # fmt: skip


def test_an_event_of_a_person_names_the_household_of_that_day(hamlet: County) -> None:
    homes: dict[int, list[tuple[int, int, int | None]]] = {}
    for row in hamlet.table("persons").to_pylist():
        homes.setdefault(row["person_id"], []).append(
            (row["household_id"], row["joined_on"], row["left_on"])
        )
    for row in hamlet.table("events").to_pylist():
        if row["person_id"] is not None:
            on = row["occurred_on"]
            assert any(
                home == row["household_id"]
                and joined <= on
                and (left is None or on < left or (row["kind"] == "death" and on == left))
                for home, joined, left in homes[row["person_id"]]
            )


def test_holdings_read_back_are_those_of_the_snapshot(hamlet: County, facts: Facts) -> None:
    numbers = _numbers(hamlet)
    assert Counter(facts.holdings.values()) == Counter(
        (
            numbers[row["person_id"]], row["kind"], row["value"], _text(row["started_on"]),
            _text(row["ended_on"]),
        )
        for row in hamlet.table("holdings").to_pylist()
    )  # fmt: skip


@pytest.mark.slow
def test_after_each_month_the_files_tell_what_had_happened_by_then(
    hamlet: County, hamlet_books: Path
) -> None:
    made = Facts()
    reading.read_places(made, hamlet_books / "places.xlsx")
    for folder in reading.in_order(hamlet_books):
        reading.read_folder(made, folder)
        year, month = (2023, 6) if folder.name == "base" else map(int, folder.name.split("-"))
        end = str(_date(day(year, month + 1)))

        events = hamlet.table("events").to_pylist()
        assert len(made.events) == sum(str(row["occurred_on"]) < end for row in events)
        for name, known in (
            ("statuses", made.statuses), ("employments", made.work), ("holdings", made.holdings),
        ):  # fmt: skip
            rows = hamlet.table(name).to_pylist()
            assert len(known) == sum(str(row["started_on"]) < end for row in rows)
        persons = hamlet.table("persons").to_pylist()
        assert len(made.members) == sum(str(row["joined_on"]) < end for row in persons)
        ended = [work for work in made.work.values() if work[0]]
        rows = hamlet.table("employments").to_pylist()
        assert len(ended) == sum(str(row["ended_on"] or "9") < end for row in rows)


def test_month_files_hold_only_what_is_new(hamlet: County, hamlet_books: Path) -> None:
    base = sum(path.stat().st_size for path in (hamlet_books / "base").iterdir())
    july = sum(path.stat().st_size for path in (hamlet_books / "2023-07").iterdir())

    assert july < base / 2


def test_every_file_follows_its_layout(hamlet_books: Path) -> None:
    by_file: dict[str, list[layouts.Layout]] = {}
    for layout in layouts.LAYOUTS:
        by_file.setdefault(layout.file.partition("_")[0].removesuffix(".xlsx"), []).append(layout)

    seen = set()
    for path in hamlet_books.rglob("*.xlsx"):
        wanted = by_file[path.stem.partition("_")[0]]
        book = fastexcel.read_excel(path)
        assert book.sheet_names == [layout.sheet for layout in wanted]
        for layout in wanted:
            seen.add(layout)
            table = book.load_sheet(layout.sheet, header_row=None, dtypes="string").to_polars()
            top = table.row(0)
            assert top[0] == f"云岭县{layout.title}"
            assert table.row(1)[0].startswith(f"填报单位：云岭县{layout.office}")
            header = [table.row(2 + i) for i in range(layout.header_rows)]
            lowest = [
                next(cells[c] for cells in reversed(header) if cells[c])
                for c in range(len(layout.columns))
            ]
            assert tuple(lowest) == layout.headings
            assert table.row(-2)[0].startswith("注：")
            assert table.row(-1)[0].startswith("填表人：")
            assert all(cell is None for cell in table.row(-3))
    assert seen == set(layouts.LAYOUTS)


def test_the_documentation_names_every_file_sheet_column_and_feed() -> None:
    page = (Path(__file__).parents[3] / "docs" / "workbooks.md").read_text(encoding="utf-8")

    for layout in layouts.LAYOUTS:
        assert layout.feed in page
        assert layout.sheet in page
        assert layout.file.partition("_{")[0] in page
        for heading in layout.headings:
            assert heading in page


def test_the_member_list_has_the_thirty_three_columns_of_the_official_one() -> None:
    assert len(layouts.LIFTED_OUT.columns) == 33
    assert layouts.LIFTED_OUT.header_rows == 3
    assert layouts.LIFTED_OUT.columns == layouts.ORDINARY.columns


def test_every_cell_is_text_and_headers_are_merged(tiny_books: Path) -> None:
    page = openpyxl.load_workbook(tiny_books / "base" / "脱贫人口名单.xlsx")["名单"]

    areas = {str(area) for area in page.merged_cells.ranges}
    assert {"A1:AG1", "A3:E3", "H3:T3", "AC3:AC5"} <= areas
    for row in page.iter_rows(min_row=6, max_row=30):
        for cell in row:
            assert cell.value is None or (cell.data_type == "s" and cell.number_format == "@")
    number = page.cell(6, layouts.LIFTED_OUT.headings.index("证件号码") + 1).value
    assert len(number) in (18, 20)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_workbooks_byte_for_byte(
    tiny_books: Path, tmp_path: Path
) -> None:
    workbooks.write(county.make(households=40, seed=2), tmp_path / "again")

    one, two = (
        {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.xlsx")}
        for folder in (tiny_books, tmp_path / "again")
    )
    assert one == two


def test_a_county_too_large_for_sheets_is_refused() -> None:
    with pytest.raises(ValueError, match="--no-workbooks"):
        workbooks.check(county.make(households=250_001, seed=1))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _date(days: int) -> object:
    from anju.synth.periods import as_date

    return as_date(days)


def _numbers(made: County) -> dict[int, str]:
    return dict(enumerate(Register(made).identity.to_pylist(), start=1))


def _codes(made: County) -> dict[int, str]:
    return dict(enumerate(map(str, made.places.codes.tolist()), start=1))
