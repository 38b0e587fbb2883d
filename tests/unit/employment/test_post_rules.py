"""Who may be hired for a public-welfare post and who should leave it: rules without a database."""

from dataclasses import replace
from datetime import date

import pytest

from anju.employment.post_rules import (
    Applicant,
    Bounds,
    Held,
    Leaving,
    Rule,
    Verdict,
    broken,
    judge,
    leaving,
    reaches,
    unknown,
)

BOUNDS = Bounds(age_from=16, age_before=70, of_person=2, of_household=1)
FIT = Applicant(
    age=45, is_member=True, labour="weak", schooling="none", has_licence=False, has_official=False
)
HELD = Held(agreed_until=date(2024, 2, 29), born_on=date(1970, 5, 1), is_member=True,
            labour="weak", schooling="none")  # fmt: skip
ON = date(2023, 9, 30)


def test_whoever_meets_every_rule_is_hired_and_each_rule_says_what_it_saw() -> None:
    answers = judge(FIT, BOUNDS)

    assert [each.rule for each in answers] == list(Rule)
    assert {each.verdict for each in answers} == {Verdict.MET}
    assert [(each.seen, each.bound) for each in answers[:2]] == [(45, 16), (45, 70)]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"age": 15}, Rule.OLD_ENOUGH),
        ({"age": 70}, Rule.BELOW_AGE),
        ({"is_member": False}, Rule.LOCAL),
        ({"labour": "lost"}, Rule.ABLE),
        ({"labour": "none"}, Rule.ABLE),
        ({"schooling": "tertiary"}, Rule.NOT_AT_SCHOOL),
        ({"other_work": ("migrant",)}, Rule.NO_OTHER_WORK),
        ({"posts": 2}, Rule.POSTS_OF_PERSON),
        ({"posts_of_household": 1}, Rule.POSTS_OF_HOUSEHOLD),
        ({"has_licence": True}, Rule.NO_LICENCE),
        ({"has_company": True}, Rule.NO_LICENCE),
        ({"has_official": True}, Rule.NO_OFFICIAL),
    ],
)
def test_each_rule_alone_forbids_hiring(changes: dict, rule: Rule) -> None:
    assert [each.rule for each in broken(judge(replace(FIT, **changes), BOUNDS))] == [rule]


@pytest.mark.parametrize("age", [16, 69])
def test_the_ages_at_the_bounds_may_be_hired(age: int) -> None:
    assert not broken(judge(replace(FIT, age=age, posts=1), BOUNDS))


def test_what_is_unknown_is_said_and_never_taken_for_yes_or_no() -> None:
    nobody = Applicant(age=None, is_member=True, labour=None, schooling=None)
    answers = judge(nobody, BOUNDS)

    assert not broken(answers)
    assert {each.rule for each in unknown(answers)} == {
        Rule.OLD_ENOUGH, Rule.BELOW_AGE, Rule.ABLE, Rule.NOT_AT_SCHOOL, Rule.NO_LICENCE,
        Rule.NO_OFFICIAL,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "why", "day"),
    [
        ({}, [], None),
        ({"agreed_until": date(2023, 9, 29)}, [Leaving.OVER], date(2023, 9, 29)),
        ({"agreed_until": ON}, [Leaving.ENDING], ON),
        ({"agreed_until": date(2023, 10, 30)}, [Leaving.ENDING], date(2023, 10, 30)),
        ({"agreed_until": date(2023, 10, 31)}, [], None),
        ({"agreed_until": None}, [], None),
        ({"born_on": date(1953, 9, 30)}, [Leaving.AGE], ON),
        ({"born_on": date(1953, 10, 1)}, [Leaving.AGE_AHEAD], date(2023, 10, 1)),
        ({"born_on": None}, [], None),
        ({"is_member": False, "left_reason": "death"}, [Leaving.DIED], None),
        ({"is_member": False, "left_reason": "move"}, [Leaving.GONE], None),
        ({"other_work": ("migrant",)}, [Leaving.WORK], None),
        ({"other_work": ("migrant",), "is_part_time": True}, [], None),
        ({"has_company": True}, [Leaving.LICENCE], None),
        ({"labour": "none"}, [Leaving.UNABLE], None),
        ({"labour": None, "schooling": None}, [], None),
        ({"schooling": "tertiary"}, [Leaving.SCHOOL], None),
    ],
)
def test_why_somebody_should_leave_is_told_with_its_day(
    changes: dict, why: list[Leaving], day: date | None
) -> None:
    found = leaving(replace(HELD, **changes), ON, age_before=70, ahead=30)

    assert [each.why for each in found] == why
    assert [each.day for each in found] == ([day] if why else [])


def test_who_was_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    assert reaches(date(1952, 2, 29), 70) == date(2022, 3, 1)
    assert reaches(date(1952, 2, 29), 72) == date(2024, 2, 29)
