"""For every check: what is changed in a sound household so that it is named, and what nearly is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.unit.quality.homes import HEAD, SPOUSE, Home

Change = Callable[[Home], Home]

AT = date(2023, 9, 30)


def born(years: int) -> date:
    """Somebody who has been so many years old since today."""
    return date(AT.year - years, AT.month, AT.day)


def almost(years: int) -> date:
    """Somebody who will be so many years old tomorrow."""
    return date(AT.year - years, 10, 1)


def no_measures(home: Home) -> Home:
    return home.without("help_measure")


def unable(home: Home) -> Home:
    return home.everybody(labour="none")


def post(home: Home, **more: object) -> Home:
    return home.job(channel="welfare_post", **more)


def four(home: Home) -> Home:
    """Two children more: half of the four are able."""
    return home.child(born(9)).child(born(10), labour="ordinary")


# The first code of each entry of the file of checks.
DRAWN: dict[str, tuple[Change, Change]] = {
    "2_01_003": (lambda h: h.change(HEAD, labour=None), lambda h: h.change(HEAD, labour="none")),
    "3_01_001": (lambda h: h.change(SPOUSE, relation=None), lambda h: h.change(SPOUSE, relation="other")),
    "3_01_002": (lambda h: h.change(HEAD, education=None, schooling=None), lambda h: h.change(HEAD, education=None)),
    "1_02_005": (lambda h: h.child(born(6), None), lambda h: h.child(almost(6), None)),
    "4_01_003": (lambda h: h.change(HEAD, has_identity=False), lambda h: h.change(HEAD, has_identity=True)),
    "4_01_002": (lambda h: h.change(HEAD, health="残疾、长期慢性病"), lambda h: h.change(HEAD, health="残疾").status("disabled", HEAD, level="3")),
    "2_01_008": (lambda h: h.without("medical_insured", HEAD), lambda h: h.without("medical_insured", HEAD).status("medical_insured")),
    "5_19_001": (lambda h: h.without("pension_insured", HEAD), lambda h: h.without("pension_insured", HEAD).change(HEAD, schooling="tertiary")),
    "anju_001": (lambda h: h.change(HEAD, born_on=None), lambda h: h.change(HEAD, born_on=born(40))),
    "anju_002": (lambda h: h.person(person_id=h.number * 100 + HEAD), lambda h: h.person(person_id=h.number * 100 + HEAD, left_on=date(2023, 9, 30))),
    "anju_003": (lambda h: h.change(HEAD, born_on=born(111)), lambda h: h.change(HEAD, born_on=almost(111))),
    "2_01_004": (lambda h: h.person(relation="daughter_in_law", sex="M"), lambda h: h.person(relation="daughter_in_law", sex="F")),
    "2_01_011": (lambda h: h.child(almost(16), labour="weak"), lambda h: h.child(born(16), "none", labour="weak")),
    "1111_07": (lambda h: h.child(born(16), "upper_secondary", labour="ordinary"), lambda h: h.child(born(16), "none", labour="ordinary")),
    "2_12_017": (lambda h: h.change(HEAD, born_on=born(60)), lambda h: h.change(HEAD, born_on=almost(60))),
    "1111_15": (lambda h: h.change(HEAD, labour="weak"), lambda h: h.change(HEAD, labour="weak", health="长期慢性病")),
    "5_12_008": (lambda h: h.change(HEAD, labour="lost"), lambda h: h.change(HEAD, labour="lost", born_on=born(60))),
    "2_01_015": (lambda h: h.change(HEAD, labour="none").job(channel="migrant"), lambda h: h.change(HEAD, labour="none").job(channel="migrant", ended_on=AT)),
    "2_01_012": (lambda h: h.child(born(8), "none").status("health_exempt_from_school", 3), lambda h: h.child(born(8), "none", health="残疾").status("health_exempt_from_school", 3)),
    "4_01_007": (lambda h: h.status("disabled", HEAD, level="2", category="4"), lambda h: h.status("disabled", HEAD, level="3", category="4")),
    "3_01_003": (lambda h: h.child(born(9), education="primary"), lambda h: h.child(born(9))),
    "5_17_001": (lambda h: h.child(born(7), "preschool"), lambda h: h.child(almost(7), "preschool")),
    "5_17_003": (lambda h: h.child(born(18)), lambda h: h.child(almost(18))),
    "5_17_004": (lambda h: h.child(almost(15), "upper_secondary"), lambda h: h.child(born(15), "upper_secondary")),
    "5_17_005": (lambda h: h.child(almost(18), "tertiary"), lambda h: h.child(born(18), "tertiary")),
    "5_17_007": (lambda h: h.change(HEAD, born_on=almost(23), education="primary"), lambda h: h.change(HEAD, born_on=born(23), education="primary")),
    "5_15_016": (lambda h: h.child(almost(16), "none"), lambda h: h.child(almost(16), "none").status("health_exempt_from_school", 3)),
    "4_01_006": (lambda h: h.change(HEAD, schooling="upper_secondary").job(channel="migrant"), lambda h: h.change(HEAD, schooling="tertiary").job(channel="migrant")),
    "5_01_004": (lambda h: h.status("tekun", HEAD).job(channel="migrant"), lambda h: h.status("tekun", SPOUSE).job(channel="migrant")),
    "5_15_018": (lambda h: h.status("tekun", HEAD), lambda h: h.status("tekun", HEAD).change(HEAD, born_on=born(60))),
    "3_01_010": (lambda h: post(h).work(HEAD, channel="welfare_post").work(HEAD, channel="welfare_post"), lambda h: post(h).work(HEAD, channel="welfare_post")),
    "5_15_006": (lambda h: post(h).change(HEAD, labour="lost"), lambda h: post(h).change(HEAD, labour="weak")),
    "5_15_007": (lambda h: h.status("help_measure", HEAD, level="employment").change(HEAD, labour="lost"), lambda h: h.status("help_measure", SPOUSE, level="employment").change(HEAD, labour="lost")),
    "5_20_030": (lambda h: h.change(HEAD, education="college").idle(HEAD), lambda h: h.change(HEAD, education="college")),
    "5_20_031": (lambda h: h.change(HEAD, labour="skilled").idle(HEAD), lambda h: h.change(HEAD, labour="skilled")),
    "3_12_001": (lambda h: h.job(started_on=None), lambda h: h.job(started_on=date(2030, 1, 1))),
    "3_01_006": (lambda h: post(h, started_on=None), lambda h: h.job(started_on=None)),
    "anju_004": (lambda h: h.job(ended_on=date(2021, 12, 31)), lambda h: h.job(ended_on=date(2022, 1, 1))),
    "5_12_001": (lambda h: h.job(ended_on=date(2023, 3, 2)).work(HEAD, started_on=date(2023, 3, 1)), lambda h: h.job(ended_on=date(2023, 3, 1)).work(HEAD, started_on=date(2023, 3, 1))),
    "1111_12": (lambda h: h.job(monthly_wage=39_999), lambda h: h.job(monthly_wage=40_000)),
    "5_16_002": (lambda h: h.job(monthly_wage=3_000_001), lambda h: h.job(monthly_wage=3_000_000)),
    "5_01_007": (lambda h: h.job(has_employer=False), lambda h: h.job(has_employer=False, ended_on=AT)),
    "4_12_001": (lambda h: h.job(channel="migrant", county_code="520000"), lambda h: h.job(channel="migrant", county_code="529902")),
    "5_01_003": (lambda h: post(h, county_code="529902"), lambda h: post(h, county_code="529901")),
    "3_01_008": (lambda h: post(h).change(HEAD, born_on=almost(16)), lambda h: post(h).change(HEAD, born_on=born(16))),
    "5_01_006": (lambda h: post(h).change(HEAD, born_on=born(70)), lambda h: post(h).change(HEAD, born_on=almost(70))),
    "5_16_010": (lambda h: h.change(HEAD, born_on=date(2006, 1, 2)), lambda h: h.change(HEAD, born_on=date(2006, 1, 1))),
    "1111_08": (lambda h: h.job(channel="migrant", started_on=date(2020, 12, 31)), lambda h: h.job(channel="migrant", started_on=date(2021, 1, 1))),
    "3_02_011": (lambda h: h.person(relation="head"), lambda h: h.person(relation="head", left_on=AT)),
    "3_02_012": (lambda h: h.change(HEAD, relation="other"), lambda h: h.everybody(relation="other", left_on=AT)),
    "2_02_001": (lambda h: h.change(SPOUSE, sex="M"), lambda h: h.change(SPOUSE, sex=None)),
    "4_02_001": (lambda h: h.everybody(has_phone=False), lambda h: h.change(HEAD, has_phone=False)),
    "3_02_008": (lambda h: h.home(area_dm2=None), lambda h: h.home(area_dm2=1)),
    "3_02_009": (lambda h: h.graded(None), lambda h: h.graded("D")),
    "1_02_001": (lambda h: h.graded("C"), lambda h: h.graded("C", date(2019, 1, 1))),
    "1_02_002": (lambda h: h.status("unsafe_water"), lambda h: h.status("unsafe_water", ended_on=AT)),
    "1_02_006": (lambda h: h.income(wage=270_000, business=100_000, business_cost=5_001, transfer=0), lambda h: h.income(wage=270_000, business=100_000, business_cost=5_000, transfer=0)),
    "1_02_007": (lambda h: h.without("medical_insured", HEAD).child(born(8), "none").graded("D"), lambda h: h.without("medical_insured", HEAD).graded("D")),
    "1_11_002": (lambda h: h.home(included_on=None), lambda h: h.home(included_on=AT)),
    "anju_005": (lambda h: h.home(risk_removed_on=date(2022, 1, 9)), lambda h: h.home(risk_removed_on=date(2022, 1, 10))),
    "2_11_002": (lambda h: h.home(included_on=date(2022, 9, 2)), lambda h: h.home(included_on=date(2022, 9, 1))),
    "5_18_009": (lambda h: h.home(risk_removed_on=date(2023, 9, 1)), lambda h: h.home(risk_removed_on=date(2023, 8, 31))),
    "1_02_008": (lambda h: h.graded("D"), lambda h: h.graded("B")),
    "1_11_006": (lambda h: h.graded("C"), lambda h: h.graded(None)),
    "1_02_009": (lambda h: h.status("unsafe_water", HEAD), lambda h: h.status("unsafe_water", HEAD, ended_on=AT)),
    "1_11_007": (lambda h: h.status("unsafe_water"), lambda h: h.status("unsafe_water", started_on=date(2023, 10, 1))),
    "1_11_005": (lambda h: h.child(born(8), "preschool"), lambda h: h.child(born(8))),
    "1_11_008": (lambda h: h.without("medical_insured", SPOUSE), lambda h: h.without("medical_insured", SPOUSE).change(SPOUSE, left_on=AT)),
    "4_11_011": (unable, lambda h: unable(h).change(SPOUSE, labour="weak")),
    "4_11_012": (lambda h: h.status("help_measure", level="employment").income(wage=0), lambda h: h.status("help_measure", level="employment").income(wage=1)),
    "4_11_013": (lambda h: h.status("dibao").income(transfer=0), lambda h: h.status("dibao", ended_on=AT).income(transfer=0)),
    "5_11_013": (lambda h: h.income(business=0), lambda h: no_measures(h).income(business=0)),
    "1_11_010": (lambda h: no_measures(h).home(included_on=date(2023, 8, 30)), lambda h: no_measures(h).home(included_on=date(2023, 9, 1))),
    "5_12_007": (lambda h: h.without("help_measure", level="industry"), lambda h: unable(h).without("help_measure", level="industry")),
    "5_11_032": (lambda h: no_measures(h).status("help_measure", level="safety_net"), lambda h: no_measures(h).status("help_measure", level="safety_net").status("help_measure", level="social")),
    "1111_3": (lambda h: h.status("help_measure", level="employment").idle(HEAD, SPOUSE), lambda h: h.status("help_measure", level="employment").idle(SPOUSE).job(ended_on=date(2022, 1, 11))),
    "4_11_014": (lambda h: h.status("help_measure", level="public_post").idle(HEAD, SPOUSE), lambda h: h.status("help_measure", level="public_post").idle(SPOUSE)),
    "1111_4": (lambda h: h.home(included_on=date(2023, 1, 1)).status("help_measure", level="relocation"), lambda h: h.home(included_on=date(2022, 12, 31)).status("help_measure", level="relocation")),
    "5_16_003": (lambda h: h.without("help_measure", level="safety_net").status("dibao", HEAD), lambda h: h.status("dibao", HEAD)),
    "5_16_004": (lambda h: h.without("help_measure", level="safety_net").status("tekun"), lambda h: h.status("tekun")),
    "5_16_008": (lambda h: h.without("help_measure", level="safety_net").status("disabled", HEAD, level="2"), lambda h: h.without("help_measure", level="safety_net").status("disabled", HEAD, level="3")),
    "5_18_005": (lambda h: h.child(born(8), "none"), lambda h: h.child(born(8), "none").status("help_measure", level="compulsory_schooling")),
    "5_18_007": (lambda h: h.without("help_measure", level="health").without("medical_insured", HEAD), lambda h: h.without("medical_insured", HEAD)),
    "5_19_003": (unable, lambda h: unable(h).status("dibao", SPOUSE)),
    "3_11_010": (lambda h: h.income(wage=100_000, business=99_999, business_cost=0, transfer=0), lambda h: h.income(wage=100_000, business=100_000, business_cost=0, transfer=0)),
    "1_01_001": (lambda h: h.numbers(HEAD, identity_twice=True), lambda h: h.numbers(HEAD, identity_twice=None)),
    "1_12_002": (lambda h: h.numbers(HEAD, identity_length=15), lambda h: h.numbers(HEAD, identity_length=20)),
    "1_01_003": (lambda h: h.numbers(HEAD, identity_valid=False), lambda h: h.numbers(HEAD, identity_valid=None)),
    "1_01_004": (lambda h: h.numbers(HEAD, card_valid=False), lambda h: h.numbers(HEAD, card_valid=True)),
    "2_01_013": (lambda h: h.job(channel="migrant").numbers(HEAD, phone_digits=8), lambda h: h.numbers(HEAD, phone_digits=8)),
    "2_01_014": (lambda h: h.numbers(HEAD, phone_valid=False), lambda h: h.numbers(HEAD, phone_valid=False).idle(HEAD)),
    "5_15_022": (lambda h: h.numbers(HEAD, phone_group=h.number).twin(), lambda h: h.numbers(HEAD, phone_group=h.number).twin().idle(HEAD)),
    "5_15_021": (lambda h: h.phones("529901", "529902"), lambda h: h.phones("529901", "529901")),
    "5_15_003": (lambda h: post(h, ended_on=date(2022, 1, 1)), lambda h: post(h, started_on=AT)),
    "5_15_011": (lambda h: h.child(born(9)).status("help_measure", 3, level="education", category="yulu", started_on=date(2023, 3, 1)), lambda h: h.child(born(16), "upper_secondary").status("help_measure", 3, level="education", category="yulu", started_on=date(2023, 3, 1))),
    "1111_09": (no_measures, lambda h: no_measures(h).home(included_on=date(2023, 4, 1))),
    "1111_13": (lambda h: h.home(included_on=date(2022, 4, 1)).help("health", "premium", started_on=date(2022, 5, 1)), lambda h: h.help("health", "premium", started_on=date(2022, 5, 1))),
    "4_11_015": (lambda h: h.help("safety_net", "tekun"), lambda h: h.help("safety_net", "tekun").status("dibao")),
    "5_16_005": (lambda h: h.help("safety_net", "dibao").status("tekun"), lambda h: h.help("safety_net", "dibao").status("dibao", HEAD)),
    "5_16_006": (lambda h: h.help("safety_net", "tekun").status("dibao"), lambda h: h.help("safety_net", "tekun").status("tekun")),
    "4_11_016": (lambda h: h.help("safety_net", "disability_subsidy"), lambda h: h.help("safety_net", "disability_subsidy").status("disabled", HEAD, level="4")),
    "5_11_030": (lambda h: h.planned("industry", "planned"), lambda h: h.planned("industry", "planned").planned("finance", "running")),
    "5_12_011": (lambda h: no_measures(h).help("employment", "training").help("finance", "other"), lambda h: no_measures(h).help("industry", "training")),
    "5_17_011": (lambda h: h.help("employment", "labour_export"), lambda h: h.help("employment", "labour_export").job(county_code="529902")),
    "5_17_012": (lambda h: h.help("employment", "migrant_subsidy").job(county_code="529902", ended_on=date(2022, 1, 10)), lambda h: h.help("employment", "migrant_subsidy").job(county_code="529902", ended_on=date(2022, 1, 11))),
    "5_17_013": (lambda h: h.help("employment", "labour_export").job(county_code="529902"), lambda h: h.help("employment", "labour_export").job(county_code="529902", started_on=date(2022, 1, 10))),
    "1_11_001": (lambda h: h.risk(), lambda h: h),
    "2_11_001": (lambda h: h.risk("disability"), lambda h: h.risk("disability").status("disabled", HEAD, level="4")),
    "2_11_005": (lambda h: h.risk("disaster"), lambda h: h.risk("disaster").event("disaster")),
    "4_11_009": (lambda h: h.risk("labour"), lambda h: h.risk("labour").change(HEAD, labour="lost")),
    "5_11_029": (lambda h: four(h).risk("labour"), lambda h: four(h).change(HEAD, labour="weak").risk("labour")),
    "5_18_008": (lambda h: four(h).change(HEAD, labour="weak").risk("labour"), lambda h: four(h).change(HEAD, labour="weak").change(SPOUSE, labour="weak").risk("labour")),
    "4_11_006": (lambda h: h.status("unsafe_water"), lambda h: h.status("unsafe_water").risk("water")),
    "4_11_007": (lambda h: h.without("medical_insured", HEAD), lambda h: h.without("medical_insured", HEAD).risk("insurance")),
    "5_15_013": (lambda h: unable(h).risk("employment"), lambda h: unable(h).change(HEAD, labour="weak").risk("employment")),
    "5_15_014": (lambda h: h.risk("employment").idle(HEAD, SPOUSE), lambda h: h.risk("employment").idle(SPOUSE).job(ended_on=date(2022, 1, 2))),
    "5_15_015": (lambda h: h.risk("medical"), lambda h: h.risk("medical").event("serious_illness", HEAD)),
    "5_15_020": (lambda h: h.risk("medical").case(checked_spending=0), lambda h: h.risk("medical").case(checked_spending=None)),
    "5_18_001": (lambda h: no_measures(h).risk("medical"), lambda h: no_measures(h).risk("medical").help("social")),
    "5_18_002": (lambda h: h.risk("education"), lambda h: h.risk("education").help("education")),
    "5_18_003": (lambda h: no_measures(h).risk("disability"), lambda h: no_measures(h).risk("disability").help("safety_net")),
    "5_18_004": (lambda h: h.risk("housing"), lambda h: h.risk("housing").help("relocation")),
    "5_18_006": (lambda h: h.risk("water"), lambda h: h.risk("water").help("water")),
    "1111_18": (lambda h: h.home(included_on=date(2023, 1, 1)).case(checked_income=2_000_001), lambda h: h.home(included_on=date(2023, 1, 1)).case(checked_income=2_000_000)),
    "4_11_008": (lambda h: h.home(included_on=date(2023, 1, 1)).case(told_out_of_school=True), lambda h: h.home(included_on=date(2023, 1, 1)).case(told_out_of_school=True).child(born(9), "none")),
    "1_11_004": (lambda h: h.case(indicators=12), lambda h: h.case(indicators=13)),
    "1_11_009": (no_measures, lambda h: no_measures(h).case(removal_kind="natural")),
    "4_11_010": (lambda h: h.case(removal_income=729_999), lambda h: h.case(removal_income=730_000)),
    "3_11_003": (lambda h: no_measures(h).help("social").risk("medical"), lambda h: no_measures(h).help("health").risk("medical")),
    "3_11_004": (lambda h: h.risk("education"), lambda h: h.risk("education").case(removal_kind="natural")),
    "3_11_005": (lambda h: no_measures(h).risk("disability"), lambda h: no_measures(h).help("social").risk("disability")),
    "3_11_006": (lambda h: h.risk("housing").help("relocation"), lambda h: h.risk("housing").help("housing")),
    "3_11_007": (lambda h: h.case(told_out_of_school=True), lambda h: h.case(told_out_of_school=True).help("compulsory_schooling")),
    "3_11_008": (lambda h: h.risk("water"), lambda h: h.risk("water").help("water")),
    "3_11_009": (lambda h: no_measures(h).risk("insurance"), lambda h: no_measures(h).risk("insurance").help("social")),
}  # fmt: skip
