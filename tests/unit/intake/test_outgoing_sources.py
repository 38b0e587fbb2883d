"""Every list that comes in goes out again, or there is a written reason why not."""

from datetime import date

import polars as pl

from anju.intake.columns import Column, Kind
from anju.intake.feeds import BY_ID, FEEDS
from anju.intake.layout import SheetLayout
from anju.intake.outgoing import lists, of_places
from anju.intake.outgoing.forms import Form
from anju.intake.outgoing.spelling import texts


def test_every_sheet_that_comes_in_goes_out_or_has_a_reason() -> None:
    lacking = {
        f"{feed.id}: {sheet.id}"
        for feed in FEEDS
        for sheet in feed.sheets
        if feed.id not in lists.NOT_OUT and not lists.goes_out(sheet)
    }

    assert lacking == set(), "see intake/outgoing/of_places.py and filling.py"
    assert set(lists.NOT_OUT) <= set(BY_ID)
    assert all(len(reason) > 20 for reason in lists.NOT_OUT.values())


def test_lines_of_places_are_told_apart() -> None:
    of_places_alone = [
        sheet for feed in FEEDS for sheet in feed.sheets if sheet.id in of_places.LINES
    ]

    assert all(sheet.key for sheet in of_places_alone)
    assert all(
        set(sheet.key) <= {column.field for column in sheet.columns} for sheet in of_places_alone
    )


def test_amounts_are_written_in_the_unit_of_the_form() -> None:
    column = Column("amount", "金额", Kind.MONEY)
    layout = SheetLayout("x", "x", (column,), lambda rows, context: rows)  # type: ignore[arg-type,return-value]
    empty = pl.DataFrame()
    yuan = Form("x", layout, [["金额"]], [], {"amount": 0}, [], empty, empty)
    ten_thousands = Form(
        "x", layout, [["金额"]], [], {"amount": 0}, [], empty, empty, factors={"amount": 10_000}
    )
    values = pl.Series("amount", [None, 0, 5, -150, 120_000, 123_456_700], dtype=pl.Int64)

    assert texts(yuan, column, values).to_list() == ["", "0", "0.05", "-1.5", "1200", "1234567"]
    assert texts(ten_thousands, column, values).to_list() == [
        "", "0", "0.000005", "-0.00015", "0.12", "123.4567",
    ]  # fmt: skip


def test_of_the_official_form_risks_go_out_by_month_and_all_else_by_day() -> None:
    """Where no file says otherwise; a file's own way of writing days comes first."""
    day = pl.Series("day", [date(2023, 6, 15), None])
    official = BY_ID["households"].sheets[0]
    empty = pl.DataFrame()
    plain = Form("x", official, [["x"]], [], {}, [], empty, empty)
    theirs = Form(
        "x", official, [["x"]], [], {}, [], empty, empty, styles={"included_on": "%Y-%m-%d"}
    )

    told = {
        column.label: texts(plain, column, day).to_list()
        for column in official.columns
        if column.kind is Kind.DATE
    }

    assert told == {
        "出生日期": ["20230615", ""],
        "人员识别时间": ["20230615", ""],
        "风险识别时间": ["202306", ""],
        "风险消除时间": ["202306", ""],
    }
    assert texts(theirs, official.column("included_on"), day).to_list() == ["2023-06-15", ""]
