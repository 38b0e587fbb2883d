"""Reports of an office of one of the two towns: one that is written, one that was issued."""

from datetime import date
from typing import TYPE_CHECKING

from tests.factories.accounts import UnitFactory
from tests.factories.reporting import IssuerFactory, ReportFactory

from anju.accounts.models import UnitKind
from anju.reporting.models import ReportState

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_reports(town: "Town") -> None:
    """The office of the town, its draft of September and its report of August."""
    number = len(town.samples.get("official_report", ()))
    unit = UnitFactory(
        name=f"{town.people}镇政府{number}", kind=UnitKind.TOWN, division_code=town.code
    )
    IssuerFactory(unit=unit, mark=f"{town.people}发{number}", head=f"{town.people}文件")
    draft = ReportFactory(
        unit=unit, title=f"{town.people}九月报告", words={"next": f"{town.people}打算"}
    )
    issued = ReportFactory(
        unit=unit,
        period="2023-08",
        first_day=date(2023, 8, 1),
        last_day=date(2023, 8, 31),
        title=f"{town.people}八月报告",
        state=ReportState.ISSUED,
        number=f"{town.people}发{number}〔2023〕1号",
        issued_on=date(2023, 9, 3),
        frozen_on=date(2023, 9, 2),
    )
    town.add_sample("official_report", draft.pk)
    town.add_sample("official_report", issued.pk)
    town.add_sample("unit_with_reports", unit.pk)
