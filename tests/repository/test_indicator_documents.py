"""The page about indicators lists every figure there is, in its own words and unit."""

from pathlib import Path

from anju.reporting.figures import FIGURES

PAGE = Path(__file__).parents[2] / "docs" / "indicators.md"


def test_every_figure_is_in_the_table() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "| `" in line]
    listed = {row[0].strip("`"): (row[1], row[2]) for row in rows}
    assert listed == {each.id: (str(each.name), each.unit) for each in FIGURES.values()}
    assert all(row[3] and row[4] for row in rows)
