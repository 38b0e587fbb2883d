"""Before and after in a safe form; many rows proven by one digest."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import FieldDoesNotExist
from tests.factories.county import County

from anju.audit import changes, rows
from anju.registry.models import Household, Income, Person, PersonRecord, Status


def test_only_what_differs_is_told() -> None:
    before = {"relocated": False, "village_code": "529901101201", "size": 3}

    assert changes.between(Household, before, {**before, "relocated": True}) == {
        "relocated": [False, True]
    }


def test_who_somebody_is_and_their_health_are_hidden() -> None:
    assert changes.between(Person, {"name": "甲"}, {"name": "乙"}) == {"name": ["*", "*"]}
    assert changes.between(Person, {"phone_sealed": None}, {"phone_sealed": b"x"}) == {
        "phone_sealed": [None, "*"]
    }
    assert changes.between(PersonRecord, {"health": ""}, {"health": "慢病"}) == {
        "health": ["", "*"]
    }
    assert changes.between(Status, {"kind": "disabled"}, {"kind": "chronic"}) == {
        "kind": ["*", "*"]
    }


def test_sealed_bytes_are_hidden_whatever_their_class() -> None:
    assert changes.between(Person, {}, {"bank_account_sealed": b"x"}) == {
        "bank_account_sealed": [None, "*"]
    }


def test_money_and_days_are_told() -> None:
    assert changes.between(Income, {"wage": 100}, {"wage": None}) == {"wage": [100, None]}
    assert changes.between(
        Household, {"included_on": None}, {"included_on": date(2023, 10, 8)}
    ) == {"included_on": [None, "2023-10-08"]}


def test_a_site_is_told_by_its_code(county: County) -> None:
    assert changes.between(Household, {"site": None}, {"site": county.site}) == {
        "site": [None, "AZ0001"]
    }


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(FieldDoesNotExist):
        changes.between(Household, {}, {"nickname": "x"})


def test_the_digest_of_rows_is_that_of_their_lines() -> None:
    from anju.sealing.sm3 import sm3

    found = rows.summary([["a", 1, None, date(2023, 1, 2)], ["户", True, 2.5, Decimal("1.20")]])

    lines = '["a",1,null,"2023-01-02"]\n["户",true,"2.5","1.20"]\n'
    assert found == {"count": 2, "sm3": sm3(lines.encode()).hex()}


def test_another_order_is_another_digest() -> None:
    assert rows.summary([[1], [2]]) != rows.summary([[2], [1]])
    assert rows.summary([["a", "b"]]) != rows.summary([["a"], ["b"]])
