"""From a scheme to the money: proposed, published, checked, approved, paid, failed and paid again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories.county import NORTH_1, NORTH_2, County
from tests.factories.registry import IncomeFactory
from tests.unit.benefits.conftest import AUTUMN, People, opened, roll_of

from anju.audit.models import Entry
from anju.benefits.actions import claims, payouts, rolls
from anju.benefits.actions.lines import Line
from anju.benefits.actions.payouts import Result
from anju.benefits.models import Batch, Claim, Eligibility, PayoutLine, PublicationEntry, Scheme
from anju.benefits.refusals import BenefitRefused, ChangedMeanwhile, RowsRefused
from anju.benefits.states import State

pytestmark = pytest.mark.django_db
ENDED = AUTUMN + timedelta(days=8)


def eggs(people: People, county: County, **more: object) -> Scheme:
    """Both relocated households of the north town's first village claim silkworm eggs."""
    scheme = opened(people, "silkworm_eggs")
    added = [
        Line(row, household_code=home.code, quantity=Decimal(row))
        for row, home in enumerate(county.households[:2], start=1)
    ]
    claims.add(**people.act("village"), scheme=scheme, added=added)
    return scheme


def to_the_town(people: People, scheme: Scheme) -> None:
    roll = roll_of(scheme)
    rolls.submit(**people.act("village"), roll=roll, seen=roll.version)
    roll = roll_of(scheme)
    rolls.publish(**people.act("village"), roll=roll, seen=roll.version, contact="村委会 主任")
    roll = roll_of(scheme)
    rolls.clear(**people.act("village", ENDED), roll=roll, seen=roll.version)


def approved(people: People, scheme: Scheme) -> None:
    to_the_town(people, scheme)
    roll = roll_of(scheme)
    rolls.check(**people.act("north_town", ENDED), rolls={roll.pk: roll.version})
    roll = roll_of(scheme)
    rolls.approve(**people.act("bureau", ENDED), rolls={roll.pk: roll.version})


def sent(people: People, scheme: Scheme) -> Batch:
    approved(people, scheme)
    batch = payouts.draw_up(**people.act("payer", ENDED), scheme=scheme)
    return payouts.send(**people.act("payer", ENDED), batch=batch, seen=batch.version)


def states(scheme: Scheme) -> list[str]:
    return list(Claim.objects.filter(scheme=scheme).order_by("pk").values_list("state", flat=True))


def test_a_failed_line_is_corrected_and_paid_again_and_nothing_is_paid_twice(
    people: People, county: County
) -> None:
    scheme = eggs(people, county)
    batch = sent(people, scheme)
    first, second = (line.claim for line in batch.lines.order_by("claim__number"))
    assert (batch.claims, batch.total_fen) == (2, 3_500 + 7_000)
    assert [entry.masked_name for entry in PublicationEntry.objects.order_by("pk")] == [
        "搬*",
        "搬*",
    ]
    given = [
        Result(2, first.number, 3_500, is_paid=True, paid_on=ENDED),
        Result(3, second.number, 7_000, is_paid=False, failure="name", note="户名不符"),
    ]

    done = payouts.record_results(**people.act("payer", ENDED), batch=batch, given=given)

    assert (done.paid_fen, done.failed) == (3_500, 1)
    assert states(scheme) == [State.PAID, State.FAILED]
    entries = Entry.objects.count()
    payouts.record_results(**people.act("payer", ENDED), batch=batch, given=given[::-1])
    assert Entry.objects.count() == entries  # the same results again: nothing
    with pytest.raises(BenefitRefused, match="没有等待发放的申领"):
        payouts.draw_up(**people.act("payer", ENDED), scheme=scheme)

    claims.correct(**people.act("village", ENDED), numbers=[second.number], note="已更正户名")
    again = payouts.draw_up(**people.act("payer", ENDED), scheme=scheme)

    assert [line.claim.number for line in again.lines.all()] == [second.number]
    assert PayoutLine.objects.filter(result__in=["waiting", "paid"]).count() == 2
    with pytest.raises(BenefitRefused, match="没有发放"):
        recover(people, second.number, 7_000)


def recover(people: People, number: str, amount: int, voucher: str = "SK01") -> None:
    payouts.recover(
        **people.act("payer", ENDED),
        number=number,
        amount_fen=amount,
        received_on=ENDED,
        voucher=voucher,
        note="多报一张，退回",
    )


def test_results_that_do_not_fit_are_refused_as_a_whole_naming_each_row(
    people: People, county: County
) -> None:
    scheme = eggs(people, county)
    batch = sent(people, scheme)
    first = batch.lines.order_by("claim__number").first().claim

    with pytest.raises(RowsRefused) as refused:
        payouts.record_results(
            **people.act("payer", ENDED),
            batch=batch,
            given=[
                Result(2, first.number, 3_600, is_paid=True, paid_on=ENDED),
                Result(3, "BT0000-1", 1, is_paid=True, paid_on=ENDED),
                Result(4, first.number, 3_500, is_paid=False),
                Result(5, first.number, 3_500, is_paid=True, paid_on=date(2023, 1, 1)),
            ],
        )

    assert {row: problem.column for row, problem in refused.value.problems.items()} == {
        0: "申领号",
        2: "金额",
        3: "申领号",
        4: "失败原因",
        5: "支付日期",
    }
    assert states(scheme) == [State.IN_PAYMENT, State.IN_PAYMENT]


def test_who_approved_does_not_record_what_was_paid(people: People, county: County) -> None:
    """Also where the same unit approves and pays."""
    scheme = eggs(people, county)
    Scheme.objects.filter(pk=scheme.pk).update(payer=people.farming)
    approved(people, scheme)
    batch = payouts.draw_up(**people.act("bureau", ENDED), scheme=scheme)
    batch = payouts.send(**people.act("bureau", ENDED), batch=batch, seen=batch.version)

    with pytest.raises(BenefitRefused, match="另一位同事"):
        payouts.record_results(**people.act("bureau", ENDED), batch=batch, given=[])
    with pytest.raises(BenefitRefused, match="县农业农村局"):
        payouts.cancel(
            **people.act("payer", ENDED), batch=batch, seen=batch.version, reason="重新编制"
        )
    payouts.cancel(
        **people.act("bureau", ENDED), batch=batch, seen=batch.version, reason="重新编制"
    )
    assert states(scheme) == [State.APPROVED, State.APPROVED]


def test_part_of_the_money_comes_back_then_the_rest(people: People, county: County) -> None:
    scheme = eggs(people, county)
    batch = sent(people, scheme)
    given = [
        Result(row, line.claim.number, line.amount_fen, is_paid=True, paid_on=ENDED)
        for row, line in enumerate(batch.lines.select_related("claim"), start=2)
    ]
    payouts.record_results(**people.act("payer", ENDED), batch=batch, given=given)
    number = given[1].number

    recover(people, number, 3_500)
    with pytest.raises(BenefitRefused, match="凭证号"):
        recover(people, number, 3_500)
    with pytest.raises(BenefitRefused, match=r"35\.00"):
        recover(people, number, 3_501, "SK02")
    recover(people, number, 3_500, "SK02")

    assert states(scheme) == [State.PAID, State.RECOVERED]


def test_nothing_that_was_not_seen_is_approved(people: People, county: County) -> None:
    scheme = eggs(people, county)
    to_the_town(people, scheme)
    seen = roll_of(scheme)
    one = Claim.objects.filter(scheme=scheme).first()
    claims.refuse(
        **people.act("north_town", ENDED), numbers=[one.number], reason="twice", note="与上年重复"
    )

    with pytest.raises(ChangedMeanwhile, match="北枫一村第1批花名册"):
        rolls.check(**people.act("north_town", ENDED), rolls={seen.pk: seen.version})
    with pytest.raises(BenefitRefused, match="岗位不能"):
        rolls.check(**people.act("village", ENDED), rolls={seen.pk: seen.version + 1})


def test_an_objection_holds_its_claim_back_and_the_others_go_on(
    people: People, county: County
) -> None:
    scheme = eggs(people, county)
    roll = roll_of(scheme)
    rolls.submit(**people.act("village"), roll=roll, seen=roll.version)
    rolls.publish(
        **people.act("village"), roll=roll_of(scheme), seen=roll.version + 1, contact="村委会"
    )
    held, other = Claim.objects.filter(scheme=scheme).order_by("pk")
    told = rolls.object_to(
        **people.act("village"),
        roll=roll,
        told="今年没有养蚕",
        received_on=AUTUMN,
        number=held.number,
    )

    with pytest.raises(BenefitRefused, match="期满"):
        rolls.clear(
            **people.act("village", AUTUMN + timedelta(days=7)),
            roll=roll,
            seen=roll_of(scheme).version,
        )
    rolls.clear(**people.act("village", ENDED), roll=roll, seen=roll_of(scheme).version)
    assert states(scheme) == [State.OBJECTED, State.CLEARED]
    rolls.settle(
        **people.act("village", ENDED), objection=told, is_upheld=True, answer="入户核实确未养蚕"
    )

    assert states(scheme) == [State.REFUSED, State.CLEARED]
    rolls.send_back(
        **people.act("north_town", ENDED),
        roll=roll,
        seen=roll_of(scheme).version,
        reason="张数与台账不符",
    )
    assert states(scheme) == [State.REFUSED, State.DRAFT]
    assert roll_of(scheme).published_on is None
    other.refresh_from_db()
    assert [move.verb for move in other.moves.order_by("pk")] == [
        "add", "submit", "publish", "clear", "send_back",
    ]  # fmt: skip


def test_registers_propose_with_their_sums_and_ask_a_person_where_they_do_not_know(
    people: People, county: County
) -> None:
    scheme = opened(people, "planting_breeding_award")
    rich, poor = county.households[:2]
    IncomeFactory(household=rich, quarter=20232, business=7_000_000)
    IncomeFactory(household=poor, quarter=20232, business=1_000_000)
    IncomeFactory(household=poor, quarter=20221, business=9_000_000)
    IncomeFactory(household=county.households[2], quarter=20232, business=5_000_000)

    made = claims.propose(**people.act("village"), scheme=scheme, villages=[NORTH_1])
    again = claims.propose(**people.act("village"), scheme=scheme, villages=[NORTH_1])

    assert (made.claims, made.to_check, again.claims) == (2, 0, 0)
    assert list(Claim.objects.order_by("pk").values_list("household", "raw_fen", "amount_fen")) == [
        (rich.pk, 700_000, 500_000),
        (poor.pk, 100_000, 100_000),
    ]
    with pytest.raises(BenefitRefused, match="岗位不能"):
        claims.propose(**people.act("village"), scheme=scheme, villages=[NORTH_2])
    claim = Claim.objects.get(household=poor)
    claims.change(
        **people.act("village"), claim=claim, seen=roll_of(scheme).version, base_fen=1_200_000
    )
    claim.refresh_from_db()
    assert (claim.amount_fen, claim.eligibility) == (120_000, Eligibility.TO_CHECK)
    roll = roll_of(scheme)
    with pytest.raises(BenefitRefused, match="还没有人工核实.*台账"):
        rolls.submit(**people.act("village"), roll=roll, seen=roll.version)
    claims.confirm(
        **people.act("village"), numbers=[claim.number], confirmation="看过四季度销售单据"
    )
    roll = roll_of(scheme)
    rolls.submit(**people.act("village"), roll=roll, seen=roll.version)
    assert states(scheme) == [State.SUBMITTED, State.SUBMITTED]
