"""Who may claim what: schemes opened, caps shared, nothing claimed twice, unknown left to people."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from tests.factories.benefits import (
    ClaimFactory,
    PaymentBatchFactory,
    PayoutLineFactory,
    RollFactory,
)
from tests.factories.county import NORTH_1, NORTH_2, SOUTH_1, County
from tests.factories.employment import EmploymentFactory, TrainingFactory
from tests.factories.registry import StatusFactory
from tests.unit.benefits.conftest import AUTUMN, SPRING, People, opened, roll_of

from anju.audit.actor import SYSTEM
from anju.benefits import queries
from anju.benefits.actions import claims, following, rolls, schemes
from anju.benefits.actions.lines import Line
from anju.benefits.actions.schemes import About, Figures, Own
from anju.benefits.models import Claim, Roll, Scheme
from anju.benefits.queries import may, offers, standing
from anju.benefits.queries.entitlement import facts_of
from anju.benefits.refusals import BenefitRefused, ChangedMeanwhile, RowsRefused
from anju.benefits.spans import Span
from anju.benefits.states import State, Step
from anju.benefits.subjects import Subject
from anju.benefits.terms import Terms
from anju.places.changes import Change
from anju.places.models import Recoding
from anju.registry.models import Membership

pytestmark = pytest.mark.django_db
YEAR = Span(date(2023, 1, 1), date(2023, 12, 31))


def own(people: People, title: str, terms: Terms, recipient: str = "household", **about) -> Scheme:
    given = {
        "title": title, "every": "year", "period": "2023", "unit": people.farming,
        "opens_on": SPRING, "closes_on": date(2023, 12, 20), "document_title": "庭院经济奖补办法",
        "document_number": "枫农发〔2023〕8号", "document_date": date(2023, 3, 1),
    }  # fmt: skip
    return schemes.set_up(
        **people.act("bureau", SPRING),
        county_code="529901",
        about=About(**{**given, **about}),
        own=Own(recipient, terms),
    )


def add(people: People, scheme: Scheme, *added: Line) -> list[Claim]:
    return claims.add(**people.act("village"), scheme=scheme, added=added)


def test_a_scheme_keeps_what_the_pack_says_on_its_day(people: People) -> None:
    scheme = opened(people, "silk_machines")

    terms = Terms.of_kept(scheme.terms)
    assert (scheme.number, scheme.pay_by, scheme.publicity_days) == (
        "BT2023-001",
        date(2023, 9, 30),
        7,
    )
    assert (terms.rate, terms.cap, terms.basis.clause) == (Fraction(1, 2), 100_000, "二(一)1")
    assert [each.benefit for each in offers.offers(date(2025, 1, 1), pack="shiquan-2023")] == []
    with pytest.raises(BenefitRefused, match="已经设立"):
        opened(people, "silk_machines")
    with pytest.raises(BenefitRefused, match="没有在 2024-12-31"):
        opened(people, "silk_machines", period="2024")
    with pytest.raises(BenefitRefused, match="不能另填"):
        schemes.set_up(
            **people.act("bureau", SPRING), county_code="529901", benefit="silkworm_eggs",
            pack="shiquan-2023", figures=Figures(amount=4_000), about=About(
                "蚕种", "year", "2023", people.farming, SPRING, AUTUMN),
        )  # fmt: skip


def test_a_figure_the_plan_leaves_open_stands_on_a_paper_of_the_office(people: People) -> None:
    about = {"title": "职业介绍补贴", "every": "year", "period": "2023", "unit": people.farming,
             "opens_on": SPRING, "closes_on": AUTUMN}  # fmt: skip
    given = {**people.act("bureau", SPRING), "county_code": "529901", "pack": "shiquan-2023",
             "benefit": "job_introduction"}  # fmt: skip
    with pytest.raises(BenefitRefused, match="没有载明"):
        schemes.set_up(**given, about=About(**about))
    with pytest.raises(BenefitRefused, match="文号"):
        schemes.set_up(**given, about=About(**about), figures=Figures(amount=30_000))

    paper = {"document_title": "实施细则", "document_number": "枫人社发〔2023〕3号",
             "document_date": SPRING}  # fmt: skip
    scheme = schemes.set_up(**given, about=About(**about, **paper), figures=Figures(amount=30_000))

    firm = Line(2, organisation="北枫劳务有限公司", village_code=NORTH_1, quantity=Decimal(4))
    made = add(people, scheme, firm)
    assert (made[0].amount_fen, made[0].eligibility) == (120_000, "to_check")


def test_amending_needs_what_was_seen_and_closing_that_all_is_done(
    people: People, county: County
) -> None:
    scheme = opened(people, "silkworm_eggs")
    about = About("蚕种·2023", "year", "2023", people.farming, SPRING, AUTUMN)
    changed = schemes.amend(**people.now("bureau"), scheme=scheme, seen=1, about=about)
    assert (changed.title, changed.closes_on, changed.version) == ("蚕种·2023", AUTUMN, 2)
    with pytest.raises(ChangedMeanwhile):
        schemes.amend(**people.now("bureau"), scheme=scheme, seen=1, about=about)
    made = add(people, scheme, Line(1, household_code="H000000001", quantity=Decimal(1)))

    with pytest.raises(BenefitRefused, match="还有 1 笔"):
        schemes.close(**people.act("bureau"), scheme=scheme, seen=2, reason="年度工作完成")
    claims.withdraw(**people.act("village"), numbers=[made[0].number], reason="本户放弃")
    schemes.close(**people.act("bureau"), scheme=scheme, seen=2, reason="年度工作完成")

    with pytest.raises(BenefitRefused, match="已结束"):
        add(people, scheme, Line(1, household_code="H000000001", quantity=Decimal(1)))


def test_lines_of_one_household_share_the_cap_and_who_ends_frees_it(
    people: People, county: County
) -> None:
    terms = Terms(measure="投入", per="户·年", rate=Fraction(1, 2), cap=100_000)
    scheme = own(people, "庭院经济", terms)
    lines = [Line(row, household_code="H000000001", item=item, base_fen=120_000)
             for row, item in enumerate(["养蜂", "花椒", "养鸡"], start=2)]  # fmt: skip

    made = add(people, scheme, *lines)
    assert [each.amount_fen for each in made] == [60_000, 40_000, 0]
    roll = roll_of(scheme)
    with pytest.raises(BenefitRefused, match="0 元"):
        rolls.submit(**people.act("village"), roll=roll, seen=roll.version)
    claims.withdraw(**people.act("village"), numbers=[made[0].number], reason="本户放弃养蜂")

    assert list(Claim.objects.order_by("pk").values_list("amount_fen", flat=True)) == [
        60_000, 60_000, 40_000,
    ]  # fmt: skip


def test_a_cap_that_others_reached_meanwhile_is_seen_by_who_approves(
    people: People, county: County
) -> None:
    """Money granted to the same household out of the village's sight."""
    terms = Terms(measure="投入", per="户·年", rate=Fraction(1, 2), cap=100_000)
    scheme = own(people, "庭院经济", terms)
    (made,) = add(people, scheme, Line(2, household_code="H000000001", base_fen=120_000))
    Claim.objects.filter(pk=made.pk).update(
        state=State.CHECKED, eligibility="confirmed", confirmed_by="village"
    )
    ClaimFactory(
        roll=RollFactory(scheme=scheme, village_code=SOUTH_1), household=made.household,
        item="养蜂", state=State.PAID, amount_fen=60_000, raw_fen=60_000,
    )  # fmt: skip
    roll = roll_of(scheme)

    with pytest.raises(BenefitRefused, match=r"合计 1,200.00元，超过每户·年最多 1,000.00元"):
        rolls.approve(**people.act("bureau"), rolls={roll.pk: roll.version})


def test_rows_that_do_not_fit_are_named_and_none_is_taken(people: People, county: County) -> None:
    scheme = opened(people, "silkworm_eggs")
    add(people, scheme, Line(1, household_code="H000000002", quantity=Decimal(1)))

    with pytest.raises(RowsRefused) as refused:
        add(
            people,
            scheme,
            Line(2, household_code="H000000001", quantity=Decimal(1)),
            Line(3, household_code="H999", quantity=Decimal(1)),
            Line(4, household_code="H000000003", quantity=Decimal(1)),
            Line(5, household_code="H000000001", quantity=Decimal(2)),
            Line(6, household_code="H000000002", quantity=Decimal(2)),
            Line(7, household_code="H000000001", item="夏蚕", quantity=Decimal(-1)),
            Line(8, household_code="H000000001", item="秋蚕", base_fen=100),
        )

    assert {row: each.column for row, each in refused.value.problems.items()} == {
        3: "户编码", 4: "户编码", 5: "事项", 6: "事项", 7: "蚕种张数", 8: "蚕种张数",
    }  # fmt: skip
    assert Claim.objects.count() == 1


def test_the_same_thing_of_another_scheme_is_found_and_named(
    people: People, county: County
) -> None:
    first = opened(people, "silkworm_eggs")
    made = add(people, first, Line(1, household_code="H000000001", quantity=Decimal(1)))
    second = opened(people, "silkworm_eggs", title="蚕种·补报")

    again = add(people, second, Line(1, household_code="H000000001", quantity=Decimal(1)))

    assert again[0].eligibility == "not_eligible"
    assert made[0].number in again[0].checks[-1]["detail"]
    with pytest.raises(BenefitRefused, match="不能核实通过"):
        claims.confirm(
            **people.act("village"), numbers=[again[0].number], confirmation="看过，情况属实"
        )
    roll = roll_of(second)
    with pytest.raises(BenefitRefused, match=f"没有重复申领.*{made[0].number}"):
        rolls.submit(**people.act("village"), roll=roll, seen=roll.version)


def test_registers_answer_for_persons_yes_no_or_unknown(county: County) -> None:
    home = county.households[0]
    head, child = (row.person for row in home.memberships.order_by("pk"))
    TrainingFactory(
        household=home, person=head, started_on=SPRING, ended_on=AUTUMN, certificate="special",
        subsidy=None,
    )  # fmt: skip
    EmploymentFactory(person=head, started_on=date(2023, 1, 1), ended_on=date(2023, 8, 1))
    StatusFactory(household=county.households[1], kind="dibao")
    Membership.objects.filter(person=child).update(left_on=date(2023, 5, 1))
    one, two = (Subject(home.pk, each.pk, "", NORTH_1) for each in (head, child))
    whole = Subject(county.households[1].pk, None, "", NORTH_2)
    codes = ["living", "labour", "certificate", "employed_6_months", "employed_12_months", "dibao",
             "tekun", "resident", "lifted_out"]  # fmt: skip

    found = facts_of([one, two, whole], codes, on=AUTUMN, span=YEAR)

    assert found[one] == {
        "living": True, "labour": True, "certificate": True, "employed_6_months": True,
        "employed_12_months": False, "dibao": False, "tekun": None, "resident": True,
        "lifted_out": True, "monitored": False, "open_risk": False, "relocated": True,
    }  # fmt: skip
    assert (found[two]["living"], found[two]["employed_6_months"]) == (False, None)
    assert (found[whole]["dibao"], found[whole]["resident"]) == (True, None)


def test_what_waits_comes_to_whose_step_it_is_with_its_day(people: People, county: County) -> None:
    scheme = opened(people, "silkworm_eggs")
    add(people, scheme, Line(1, household_code="H000000001", quantity=Decimal(2)))
    claim = Claim.objects.get()

    (mine,) = standing.waiting(people.act("village")["viewer"])
    assert (mine.step, mine.claims, mine.fen, mine.due_on) == (
        Step.VILLAGE, 1, 7_000, scheme.closes_on,
    )  # fmt: skip
    assert not standing.waiting(people.act("north_town")["viewer"])
    Claim.objects.update(state=State.CHECKED, state_on=AUTUMN)
    (mine,) = standing.waiting(people.act("bureau")["viewer"])
    assert mine.due_on == date(2023, 9, 11)
    assert not standing.waiting(people.act("payer")["viewer"])
    Claim.objects.update(state=State.PAID, paid_on=AUTUMN)

    done = standing.progress(people.act("bureau")["viewer"], scheme)
    assert (done.claimed, done.paid_fen, done.share_in_time) == (1, 7_000, 1.0)
    assert standing.progress(people.act("south_town")["viewer"], scheme).claimed == 0
    assert set(standing.progress_by_place(people.act("bureau")["viewer"], scheme, digits=9)) == {
        NORTH_1[:9]
    }
    assert may.on_claim(people.act("village")["viewer"], claim) >= {"change", "submit", "refuse"}
    assert standing.progress_of_year(people.act("bureau")["viewer"], 2023)[scheme.pk] == done


def test_everybody_sees_the_claims_of_their_places_and_batches_only_the_county(
    people: People, county: County
) -> None:
    roll = RollFactory(village_code=NORTH_1)
    claim = ClaimFactory(roll=roll, household=county.households[0])
    ClaimFactory(roll=RollFactory(scheme=roll.scheme, village_code=SOUTH_1),
                 household=county.households[4])  # fmt: skip
    batch = PaymentBatchFactory(scheme=roll.scheme)
    viewers = {
        who: people.act(who)["viewer"] for who in ("bureau", "north_town", "village", "grid")
    }

    seen = {who: queries.claims_for(viewer).count() for who, viewer in viewers.items()}
    assert seen == {"bureau": 2, "north_town": 1, "village": 1, "grid": 0}
    assert queries.claim_for(viewers["village"], claim.number) == claim
    assert queries.batch_for(viewers["bureau"], batch.number) == batch
    assert not queries.batches_for(viewers["north_town"]).exists()
    assert not queries.schemes_for(viewers["grid"]).exists()


def test_a_claim_is_never_paid_twice_whoever_writes_it() -> None:
    line = PayoutLineFactory(result="paid", paid_on=AUTUMN)

    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutLineFactory(claim=line.claim, batch=PaymentBatchFactory(scheme=line.claim.scheme))
    PayoutLineFactory(
        claim=line.claim, batch=PaymentBatchFactory(scheme=line.claim.scheme), result="failed"
    )


def test_a_roll_on_its_way_goes_with_its_village(people: People, county: County) -> None:
    scheme = opened(people, "silkworm_eggs")
    add(people, scheme, Line(1, household_code="H000000001", quantity=Decimal(2)))
    RollFactory(scheme=scheme, village_code=NORTH_2)
    ended = ClaimFactory(
        roll=RollFactory(village_code=NORTH_1), household=county.households[1], state=State.PAID
    )
    recoding = Recoding.objects.create(
        effective_on=AUTUMN, basis="并村文件", created_by="bureau",
        created_at="2023-09-01T00:00:00Z",
        changes=[Change("village", NORTH_1, NORTH_2, "北枫二村").stored()],
    )  # fmt: skip

    assert following.follow(by=SYSTEM, recoding_id=recoding.pk) == 1
    assert following.follow(by=SYSTEM, recoding_id=recoding.pk) == 0
    moved = Roll.objects.get(scheme=scheme, claims__isnull=False)
    assert (moved.village_code, moved.sequence, moved.claims.get().village_code) == (
        NORTH_2, 2, NORTH_2,
    )  # fmt: skip
    ended.refresh_from_db()
    assert ended.village_code == NORTH_1
