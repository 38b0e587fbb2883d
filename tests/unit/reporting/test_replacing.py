"""Correcting and withdrawing what is issued: by a new document that says which one it replaces."""

from datetime import date

import pytest
from tests.factories.reporting import IssuerFactory, ReportFactory
from tests.unit.reporting.test_reports import ON, Offices, issue, offices, submit, write

from anju.audit.models import Entry
from anju.papers.official import Paragraph
from anju.reporting.actions import issuing, opening, writing
from anju.reporting.actions.replacing import replace
from anju.reporting.models import Report, ReportKind, ReportPartner
from anju.reporting.queries import composed, parts_of
from anju.reporting.queries.parts.units import of_units
from anju.reporting.refusals import ReportChanged, ReportRefused
from anju.reporting.spans import period_on

__all__ = ["offices"]
pytestmark = pytest.mark.django_db
LATER = date(2023, 10, 12)


@pytest.fixture
def issued(offices: Offices) -> Report:
    IssuerFactory(
        unit=offices.bureau, mark="枫水发", head="枫溪县水利局文件", signer="枫溪县水利局"
    )
    report = write(offices, "bureau", ReportFactory(unit=offices.bureau), difficulties="水价未定。")
    return issue(offices, "leader", submit(offices, "bureau", report))


def replaced(offices: Offices, report: Report, how: str, reason: str = "漏报一个村") -> Report:
    viewer = offices.of("bureau")
    return replace(
        by=viewer.actor(), on=LATER, viewer=viewer, report=report, how=how, reason=reason
    )


def sent(offices: Offices, report: Report) -> Report:
    return issue(offices, "leader", submit(offices, "bureau", report, on=LATER), on=LATER)


def said(offices: Offices, report: Report) -> list[str]:
    viewer = offices.of("bureau")
    body = composed(viewer, report, parts_of(viewer, report, LATER), LATER).body
    return [each.text for each in body if isinstance(each, Paragraph)]


def test_a_correction_is_the_next_document_and_holds_from_the_day_it_is_issued(
    offices: Offices, issued: Report
) -> None:
    whole = ReportFactory(unit=offices.lead, is_whole=True)
    ReportPartner.objects.create(report=issued, unit=offices.town, position=1)

    draft = replaced(offices, issued, "correction")

    assert (draft.title, draft.edition) == ("关于2023年9月工作情况的报告（更正）", 1)
    assert draft.words == {"difficulties": "水价未定。"}
    assert [each.unit for each in draft.partners.all()] == [offices.town]
    assert replaced(offices, issued, "correction") == draft  # once, however often it is asked for
    with pytest.raises(ReportChanged, match="正在办理|已经在办理"):
        replaced(offices, issued, "withdrawal")
    assert of_units(whole)[offices.bureau.pk] == issued
    draft.partners.all().delete()
    new = sent(offices, draft)

    assert new.number.endswith("2号")
    assert issued.number.endswith("1号")
    assert of_units(whole)[offices.bureau.pk] == new
    assert said(offices, new)[1] == (
        f"本文更正并替代《{issued.title}》（{issued.number}），原文自本文印发之日起作废。"
        "更正原因：漏报一个村。"
    )
    issued.refresh_from_db()
    assert said(offices, issued)[-2:] == ["水价未定。", "特此报告。"]  # the old one as it was
    found = opening.begin(
        by=offices.of("bureau").actor(), on=LATER, viewer=offices.of("bureau"),
        kind=ReportKind.MONTHLY, period=period_on(ReportKind.MONTHLY, ON.replace(month=9)),
        is_whole=False,
    )  # fmt: skip
    assert found == new
    entry = Entry.objects.get(action="report.replace")
    assert (entry.reason, entry.detail["replaces"]) == ("漏报一个村", issued.number)


def test_a_withdrawal_says_so_without_figures_and_may_be_followed_by_a_new_report(
    offices: Offices, issued: Report
) -> None:
    whole = ReportFactory(unit=offices.lead, is_whole=True)

    withdrawal = sent(offices, replaced(offices, issued, "withdrawal", "数字有误。"))

    assert withdrawal.parts == []
    assert said(offices, withdrawal) == [
        f"2023年10月2日印发的《{issued.title}》（{issued.number}），因数字有误，现予撤回。"
        "原文自本文印发之日起作废，所列数字和文字请勿引用。",
        "特此报告。",
    ]
    assert offices.bureau.pk not in of_units(whole)
    with pytest.raises(ReportRefused, match="本身就是撤回"):
        replaced(offices, withdrawal, "withdrawal")
    again = replaced(offices, withdrawal, "correction")
    assert (again.title, again.words) == (issued.title + "（更正）", issued.words)


def test_what_is_not_issued_or_not_ones_own_or_without_a_reason_is_not_replaced(
    offices: Offices, issued: Report
) -> None:
    draft = ReportFactory(unit=offices.bureau, period="2023-08")
    town = offices.of("town")
    with pytest.raises(ReportRefused, match="还没有签发"):
        replaced(offices, draft, "correction")
    with pytest.raises(ReportRefused, match="原因"):
        replaced(offices, issued, "correction", " ")
    with pytest.raises(ReportRefused, match="编写单位"):
        replace(
            by=town.actor(), on=LATER, viewer=town, report=issued, how="correction", reason="误"
        )
    begun = replaced(offices, issued, "correction")
    bureau = offices.of("bureau")
    writing.discard(by=bureau.actor(), viewer=bureau, report=begun, version=begun.version)
    assert not Report.objects.filter(replaces=issued).exists()
    assert issuing.next_number(offices.bureau.pk, 2023) == 2  # nothing was counted for the draft
