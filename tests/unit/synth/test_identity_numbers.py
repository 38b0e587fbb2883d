"""Numbers that look real and can belong to nobody."""

import numpy as np
import pytest

from anju.synth import identity
from anju.synth.county import County
from anju.synth.workbooks.register import Register

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_valid(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return len(number) == 18 and "10X98765432"[total % 11] == number[17]


def test_the_check_digit_of_a_number_known_from_the_standard_is_found() -> None:
    assert identity.check_digit("11010519491231002") == "X"
    assert identity.check_digit("44052418800101001") == "4"


def test_everybody_has_a_number_of_their_own_with_a_valid_check_digit(hamlet: County) -> None:
    numbers = Register(hamlet).identity.to_pylist()

    assert len(set(numbers)) == len(numbers)
    assert all(is_valid(number) for number in numbers)


def test_numbers_begin_with_an_area_that_does_not_exist(hamlet: County) -> None:
    assert {number[:4] for number in Register(hamlet).identity.to_pylist()} == {"5299"}


def test_numbers_fit_sex_and_birth_date(hamlet: County) -> None:
    register = Register(hamlet)
    sexes = register.persons["sex"].tolist()
    births = identity.dates8(register.persons["born_on"]).tolist()

    for number, sex, born in zip(register.identity.to_pylist(), sexes, births, strict=True):
        assert number[6:14] == str(born)
        assert int(number[16]) % 2 == (1 if sex == 0 else 0)


def test_a_thousand_births_on_one_day_spill_into_further_areas() -> None:
    numbers = identity.numbers(np.full(1200, 7_000, dtype=np.int32), np.zeros(1200, dtype=bool))

    assert len(set(numbers.tolist())) == 1200
    assert {number[:6] for number in numbers.tolist()} == {"529901", "529902", "529903"}


def test_more_births_on_a_day_than_there_are_numbers_are_refused() -> None:
    size = 500 * 99 + 1

    with pytest.raises(ValueError, match="more births on one day"):
        identity.numbers(np.full(size, 7_000, dtype=np.int32), np.zeros(size, dtype=bool))


def test_a_disability_card_is_the_number_with_category_and_grade(hamlet: County) -> None:
    register = Register(hamlet)
    grades = register.persons["disabled"].tolist()
    cards = register.card.to_pylist()
    held = [card for card in cards if card is not None]

    assert held
    assert all(len(card) == 20 and card[18] in "1234567" and card[19] in "1234" for card in held)
    assert [card is not None for card in cards] == [grade > 0 for grade in grades]


def test_telephones_are_distinct_and_outside_the_ranges_of_subscribers() -> None:
    phones = identity.telephones(np.arange(1, 20_001)).tolist()

    assert len(set(phones)) == 20_000
    assert all(len(phone) == 11 and phone.startswith("100") for phone in phones)
