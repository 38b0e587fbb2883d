"""One number, written twice: by the pack and by the plan."""

from datetime import date
from decimal import Decimal

from anju.duties.matching import Number, best, in_unit, likeness

END = date(2025, 12, 31)
CERTIFIED = Number("培训持证率", "比例", Decimal("0.9"), "三(二)6", END)
TRAINED = Number("当年职业技能和创业就业培训", "人次", Decimal(2000), "三(二)6", END)


def said(name, value, unit, clause="三(二)6", due_on=END):
    return Number(name, unit, Decimal(value), clause, due_on)


def test_clause_number_and_unit_make_two_writings_one():
    assert best(said("持有职业证书的达到", 90, "%", "三/(二)/6"), [TRAINED, CERTIFIED]) is CERTIFIED
    assert best(said("开展培训", 2000, "人次", due_on=None), [CERTIFIED, TRAINED]) is TRAINED


def test_equal_names_are_one_even_where_the_number_was_changed():
    assert best(said("培训持证率", 95, "%", "四/1"), [TRAINED, CERTIFIED]) is CERTIFIED


def test_another_unit_another_number_or_another_clause_stays_apart():
    assert best(said("培训持证率", 90, "人"), [CERTIFIED]) is None
    assert best(said("开展培训", 300, "人次"), [TRAINED]) is None
    assert best(said("参加考察", 2000, "人次", "五"), [TRAINED]) is None
    assert best(said("大学生持证率", 95, "%"), [CERTIFIED]) is None
    assert best(said("持证", 90, "%", due_on=date(2023, 12, 31)), [CERTIFIED]) is None


def test_units_that_mean_the_same_agree():
    assert in_unit(Decimal(15), "%", "比例") == Decimal("0.15")
    assert in_unit(Decimal(2), "名", "人") == 2
    assert in_unit(Decimal(2), "名", "个") is None


def test_names_are_alike_by_what_they_share():
    assert likeness("零就业家庭", "零就业家庭") == 1
    assert likeness("零就业家庭户数", "零就业家庭") > 0.7
    assert likeness("", "零就业家庭") == likeness("奶牛", "肉牛") == 0
