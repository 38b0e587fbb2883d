"""Open pages of villages, self-reports that come by them, and what a receipt number tells."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.casework import (
    NoticeFactory,
    ObjectionFactory,
    OpenPageFactory,
    SelfReportFactory,
)
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, TODAY, Cast, County
from tests.factories.places import CodeChangeFactory

from anju.audit.actor import PUBLIC
from anju.audit.models import Entry
from anju.casework import phones
from anju.casework.actions import following, forgetting, open_pages, self_reports
from anju.casework.models import Channel, LeadSource, Notice, Objection, OpenPage, SelfReport
from anju.casework.queries import open_pages as queries
from anju.casework.queries.self_reports import candidates, self_reports_for, waiting
from anju.casework.refusals import CaseRefused

pytestmark = pytest.mark.django_db
AT = datetime(2023, 10, 8, 2, tzinfo=UTC)
PHONE = "10000000017"


def _opened(cast: Cast, village: str = NORTH_1, who: str = "village") -> OpenPage:
    viewer = cast.viewer(who)
    return open_pages.start(
        by=viewer.actor(), on=TODAY, viewer=viewer, village_code=village, contact="村委会 0000-1"
    )


def _sent(told: str = "老人住院花了三万", **changes: str) -> SelfReport:
    given = {"name": "搬迁户主1", "phone": PHONE, "risk": "medical", "told": told, **changes}
    return self_reports.receive(by=PUBLIC, at=AT, village_code=NORTH_1, **given)


def _who(cast: Cast, who: str = "village") -> dict[str, object]:
    viewer = cast.viewer(who)
    return {"by": viewer.actor(), "viewer": viewer}


def test_a_page_is_found_by_its_address_until_it_is_given_up(cast: Cast) -> None:
    page = _opened(cast)
    found = queries.village_at(page.token)

    assert (found.code, found.name, found.contact) == (NORTH_1, "北枫镇北枫一村", "村委会 0000-1")
    renewed = open_pages.renew(on=TODAY, village_code=NORTH_1, **_who(cast))
    assert queries.village_at(page.token) is None
    assert renewed.token != page.token
    assert queries.village_at(renewed.token).contact == "村委会 0000-1"
    open_pages.close(on=TODAY, village_code=NORTH_1, **_who(cast))
    assert queries.village_at(renewed.token) is None
    with pytest.raises(CaseRefused, match="没有开通"):
        open_pages.close(on=TODAY, village_code=NORTH_1, **_who(cast))


def test_opening_again_changes_whom_people_turn_to_and_keeps_the_address(cast: Cast) -> None:
    page = _opened(cast)
    viewer = cast.viewer("bureau")
    again = open_pages.start(
        by=viewer.actor(), on=TODAY, viewer=viewer, village_code=NORTH_1, contact="新电话"
    )

    assert again.token == page.token
    assert queries.village_at(page.token).contact == "新电话"


@pytest.mark.parametrize(("who", "village"), [("village", NORTH_2), ("south_town", NORTH_1)])
def test_nobody_opens_the_page_of_a_village_elsewhere(cast: Cast, who: str, village: str) -> None:
    with pytest.raises(CaseRefused, match="不在您负责的区域"):
        _opened(cast, village, who)
    assert not OpenPage.objects.exists()


def test_nobody_who_does_not_act_on_cases_opens_a_page(cast: Cast) -> None:
    with pytest.raises(CaseRefused):
        _opened(cast, NORTH_1, "grid")


def test_addresses_do_not_follow_one_another(cast: Cast) -> None:
    tokens = {_opened(cast, village, "bureau").token for village in (NORTH_1, NORTH_2, SOUTH_1)}

    assert len(tokens) == 3
    assert all(len(token) == 10 for token in tokens)
    assert len({token[:4] for token in tokens}) == 3


def test_a_sheet_printed_before_a_merger_leads_to_the_village_of_today(cast: Cast) -> None:
    old, new = _opened(cast, NORTH_2, "bureau"), _opened(cast, NORTH_1)
    SelfReportFactory(village_code=NORTH_2)
    NoticeFactory(village_code=NORTH_2)
    CodeChangeFactory(old_code=NORTH_2, new_code=NORTH_1)
    OpenPage.objects.filter(pk=new.pk).update(contact="合并后的村委会")

    following.follow(by=PUBLIC)

    found = queries.village_at(old.token)
    assert (found.code, found.contact) == (NORTH_1, "合并后的村委会")
    assert SelfReport.objects.get().village_code == NORTH_1
    assert Notice.objects.get().village_code == NORTH_1


def test_a_report_keeps_its_telephone_sealed_and_masks_numbers_in_the_text(cast: Cast) -> None:
    report = _sent(f"我的电话 {PHONE[:3]}0{PHONE[3:]} 是 13800000017，请尽快联系")

    assert "13800000017" not in report.told
    assert "138****0017" in report.told
    assert PHONE.encode() not in bytes(report.phone_sealed)
    assert phones.opened(report) == PHONE
    entry = Entry.objects.get(action="self_report.submit")
    assert (entry.actor, entry.place, entry.ids) == ("public", NORTH_1, [report.reference])


def test_a_form_sent_twice_is_one_report(cast: Cast) -> None:
    first, second, other = _sent(), _sent(), _sent("另外一件事也有困难")

    assert first.pk == second.pk != other.pk
    assert SelfReport.objects.count() == 2
    later = self_reports.receive(
        by=PUBLIC,
        at=AT + timedelta(days=2),
        village_code=NORTH_1,
        name="搬迁户主1",
        phone=PHONE,
        risk="medical",
        told="老人住院花了三万",
    )
    assert later.pk != first.pk


def test_the_village_finds_the_household_and_makes_a_lead_of_the_report(
    cast: Cast, county: County
) -> None:
    report, viewer = _sent(), cast.viewer("village")
    fitting = candidates(viewer, report, "")

    assert [each.code for each in fitting.households] == [county.households[0].code]
    lead = self_reports.take_up(
        on=TODAY, report=report, household=county.households[0], risk="medical", **_who(cast)
    )
    source = LeadSource.objects.get(lead=lead)
    assert (source.channel, source.reference) == (Channel.HOUSEHOLD, report.reference)
    assert source.told == report.told
    assert lead.risk == "medical"
    report.refresh_from_db()
    assert (report.lead, report.handled_by) == (lead, "village")
    assert not waiting(viewer).exists()
    with pytest.raises(CaseRefused, match="已由他人处理"):
        self_reports.refuse(on=TODAY, report=report, reason="重复", **_who(cast))


def test_a_report_is_not_of_a_household_that_lives_elsewhere(cast: Cast, county: County) -> None:
    elsewhere = next(each for each in county.households if each.village_code == NORTH_2)

    with pytest.raises(CaseRefused, match="不住在收到申报的村"):
        self_reports.take_up(
            on=TODAY, report=_sent(), household=elsewhere, risk="income", **_who(cast, "bureau")
        )
    assert not LeadSource.objects.exists()


def test_what_cannot_become_a_lead_leaves_the_report_waiting(cast: Cast, county: County) -> None:
    report = _sent()

    with pytest.raises(CaseRefused, match="请选择风险类别"):
        self_reports.take_up(
            on=TODAY, report=report, household=county.households[0], risk="", **_who(cast)
        )
    assert waiting(cast.viewer("village")).get() == report


def test_a_report_is_refused_with_a_reason_only(cast: Cast) -> None:
    report = _sent()

    with pytest.raises(CaseRefused, match="理由"):
        self_reports.refuse(on=TODAY, report=report, reason="  ", **_who(cast))
    self_reports.refuse(on=TODAY, report=report, reason="不住在本村", **_who(cast))

    report.refresh_from_db()
    assert (report.refused_reason, report.handled_on) == ("不住在本村", TODAY)


def test_reports_are_read_by_who_may_see_health_there(cast: Cast) -> None:
    report = _sent()
    seen = {
        who: list(self_reports_for(cast.viewer(who)))
        for who in ("village", "north_town", "bureau", "south_town", "grid")
    }

    assert [who for who, rows in seen.items() if rows == [report]] == [
        "village",
        "north_town",
        "bureau",
    ]
    with pytest.raises(CaseRefused):
        self_reports.phone_of(report=report, **_who(cast, "south_town"))


def test_every_look_at_a_number_is_in_the_trail(cast: Cast) -> None:
    report = _sent()

    assert self_reports.phone_of(report=report, **_who(cast)) == PHONE
    assert Entry.objects.filter(action="self_report.phone", actor="village").count() == 1


def test_a_receipt_tells_how_far_it_stands_and_nothing_else(cast: Cast, county: County) -> None:
    village = queries.village_at(_opened(cast).token)
    waits, taken, refused = _sent(), _sent("没有活干了，工资没着落"), _sent("房子漏雨住不了人")
    self_reports.take_up(
        on=TODAY, report=taken, household=county.households[0], risk="income", **_who(cast)
    )
    self_reports.refuse(on=TODAY, report=refused, reason="已在办理", **_who(cast))
    typed = f" {taken.reference[:4].lower()}-{taken.reference[4:]} "

    assert queries.receipt(village, waits.reference).handled_on is None
    assert queries.receipt(village, typed).is_taken_up is True
    assert queries.receipt(village, refused.reference).reason == "已在办理"
    told = repr([queries.receipt(village, each.reference) for each in (waits, taken)])
    assert not any(word in told for word in ("搬迁户主", "住院", "工资", "medical", "H0000"))


def test_a_receipt_of_another_village_is_unknown(cast: Cast) -> None:
    village = queries.village_at(_opened(cast).token)
    report = SelfReportFactory(village_code=NORTH_2)
    objection = ObjectionFactory(notice__village_code=NORTH_2)

    assert queries.receipt(village, report.reference) is None
    assert queries.receipt(village, objection.reference) is None
    assert queries.receipt(village, "SB00000000") is None


def test_what_was_handled_long_ago_is_let_go(cast: Cast) -> None:
    for days, handled in ((1, None), (2, date(2022, 1, 1)), (3, date(2023, 9, 1))):
        SelfReportFactory(handled_on=handled, refused_reason="x" if handled else "", name=str(days))
    old = ObjectionFactory(
        name="邻居", answered_on=date(2022, 1, 1), is_upheld=False, answer="核实过"
    )
    fresh = ObjectionFactory(name="邻居")

    assert forgetting.forget(before=date(2023, 1, 1)) == 2
    assert set(SelfReport.objects.values_list("name", flat=True)) == {"1", "3"}
    names = dict(Objection.objects.values_list("pk", "name"))
    assert names == {old.pk: "", fresh.pk: "邻居"}
    assert forgetting.forget(before=date(2023, 1, 1)) == 0


def test_an_open_page_holds_nothing_of_a_household() -> None:
    assert {field.name for field in OpenPage._meta.get_fields()} == {
        "id",
        "village",
        "token",
        "contact",
        "opened_on",
        "opened_by",
        "closed_on",
    }
    assert OpenPageFactory().village.level == 12
