"""The catalogue of facts, the queries beside it, and the windows they are bound to."""

import re
from datetime import date

import pytest

from anju.rules import catalogue
from anju.rules.errors import RunError
from anju.rules.months import Month
from anju.rules.windows import windows

AGES = {
    "labour_age_from": 16,
    "labour_age_to": 64,
    "compulsory_age_from": 6,
    "compulsory_age_to": 15,
}


def test_every_fact_has_a_meaning_in_both_languages_a_type_and_sources():
    for fact in catalogue.load().values():
        assert re.search(r"[\u4e00-\u9fff]", fact.zh), fact.id
        assert fact.en, fact.id
        assert fact.type in catalogue.TYPES, fact.id
        assert fact.sources, fact.id
        assert fact.grain == "household"


def test_money_facts_have_a_unit_of_money_and_codes_have_their_values():
    for fact in catalogue.load().values():
        if fact.type in ("money", "per_head"):
            assert fact.unit.startswith("元"), fact.id
        if fact.type in ("grade", "text"):
            assert fact.values, fact.id


def test_every_query_file_is_a_step_and_every_step_a_file():
    files = {path.stem for path in catalogue.FOLDER.glob("*.sql")}

    assert files == set(catalogue.STEPS)


def test_every_column_the_catalogue_names_is_in_the_last_step():
    last = catalogue.query(catalogue.STEPS[-1])

    for fact in catalogue.load().values():
        column = fact.numerator if fact.is_fraction else fact.id
        assert re.search(rf"\b{column}\b", last), fact.id
        assert not fact.denominator or fact.denominator in last


def test_every_query_binds_without_a_name_left_over():
    bound = windows(Month(2023, 9), AGES)

    for step in catalogue.STEPS:
        assert not re.search(r":[a-z]", bound.bind(catalogue.query(step))), step


def test_windows_of_a_leap_february_end_on_the_right_days():
    names = windows(Month(2024, 2), AGES).names

    assert names["as_of"] == date(2024, 2, 29)
    assert names["year_before"] == date(2023, 2, 28)
    assert names["three_months_before"] == date(2023, 11, 30)
    assert names["three_months_from"] == date(2023, 12, 1)
    assert names["year_from"] == date(2023, 3, 1)
    assert names["quarters_ended"] == 0


def test_somebody_born_on_29_february_has_a_birthday_on_1_march():
    born = date(2008, 2, 29)

    on_28_february = windows(Month(2023, 2), AGES | {"labour_age_from": 15}).names
    on_31_march = windows(Month(2023, 3), AGES | {"labour_age_from": 15}).names

    assert born > on_28_february["labour_born_latest"]
    assert born <= on_31_march["labour_born_latest"]


def test_an_age_beyond_reason_is_refused():
    with pytest.raises(RunError, match="labour_age_to is 900"):
        windows(Month(2023, 9), AGES | {"labour_age_to": 900})
