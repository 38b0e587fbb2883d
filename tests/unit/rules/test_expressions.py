"""Rule expressions: what is allowed, what is refused and how it says so, and exact comparison."""

import dataclasses
from collections.abc import Mapping
from fractions import Fraction

import duckdb
import pytest
from tests.unit.rules.drawn_snapshots import national

from anju.rules import expressions
from anju.rules.compiling import Compiler
from anju.rules.dialects import DUCKDB, SPARK
from anju.rules.errors import ExpressionError

TYPES = {"line": "money", "share": "share", "months": "count", "days": "days"}


def compiled(text: str, values: Mapping[str, Fraction] | None = None, quarters: int = 3) -> str:
    node = expressions.parse(text, TYPES, rule="r")
    return Compiler(DUCKDB, values or {}, quarters).condition(node)


def asked(condition: str, **columns: object) -> bool | None:
    """The condition over one row of columns."""
    listed = ", ".join(f"CAST({value} AS BIGINT) AS {name}" for name, value in columns.items())
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT {condition} FROM (SELECT {listed})").fetchone()[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("net_income < :line", "names net_income, no fact, did you mean net_income_12m"),
        ("net_income_per_capita < :lime", "names :lime, no parameter, did you mean :line"),
        ("net_income_per_capita < 730000", "compares per_head with number"),
        ("net_income_per_capita < members", "compares per_head with count"),
        ("members < :line", "compares count with money"),
        ("income_ytd / members < :line", "divides"),
        ("labour IS NULL", "asks for NULL"),
        ("labour = NULL", "asks for NULL"),
        ("ABS(net_income_12m) < :line", "not allowed"),
        ("(SELECT 1) > 0", "not allowed"),
        ("members > 1; DROP TABLE facts", "not allowed"),
        ("members > 1 -- always", "comment"),
        ("members >", "cannot be read"),
        ("", "cannot be read"),
        ("members + 1", "is no condition"),
        ("class = 'poor'", "has the code 'poor'; allowed are lifted_out, ordinary"),
        ("class < 'ordinary'", "orders text"),
        ("housing_grade = class", "compares"),
        ("housing_grade IN ('C', 'E')", "has the code 'E'"),
        ("members IN (1, 2)", "needs a fact with codes"),
        ("on_dibao > 1", "compares boolean with number"),
        ("NOT members", "NOT over count"),
        ("on_dibao AND members", "AND over count"),
        ("members * labour > 1", "count * count, which means nothing"),
        ("net_income_12m * net_income_12m > :line", "which means nothing"),
        ("facts.members > 1", "must name the fact"),
        ('"members" > 1', "must name the fact"),
        ("CASE WHEN on_dibao THEN TRUE END", "not allowed"),
        ("members > 1 COLLATE x", "not allowed"),
        ("CAST(members AS INT) > 1", "not allowed"),
    ],
)
def test_what_is_not_allowed_is_refused_with_rule_part_and_remedy(text, says):
    rule = dataclasses.replace(national().rules[0], id="mine", when=text, threshold="")

    problems = expressions.check_rule(
        rule, {name: parameter(name, kind) for name, kind in TYPES.items()}
    )

    assert problems
    assert says in problems[0].en
    assert problems[0].en.startswith("rule mine: when ")
    assert problems[0].zh.startswith("规则 mine 的 when")


def parameter(name: str, kind: str):
    """A parameter of the kind."""
    units = {"money": "元", "share": "比例", "count": "人", "days": "天"}
    some = next(iter(national().parameters.values()))
    return dataclasses.replace(some, id=name, unit=units[kind])


def test_deep_nesting_is_refused_instead_of_breaking_the_reader():
    text = "(" * 300 + "members > 1" + ")" * 300

    with pytest.raises(ExpressionError, match="nested too deeply"):
        expressions.parse(text, TYPES)


def test_a_threshold_of_another_kind_than_the_observed_value_is_refused():
    rule = dataclasses.replace(national().rules[0], observe="members", threshold=":monitoring_line")

    problems = expressions.check_rule(rule, national().parameters)

    assert "threshold ':monitoring_line' is money" in problems[0].en


def test_a_fact_to_show_must_exist():
    rule = dataclasses.replace(national().rules[0], show=("memberz",))

    problems = expressions.check_rule(rule, national().parameters)

    assert "show 'memberz' names memberz, no fact, did you mean members" in problems[0].en


def test_only_households_can_be_a_subject():
    rule = dataclasses.replace(national().rules[0], subject="person")

    assert "subject is 'person'" in expressions.check_rule(rule, national().parameters)[0].en


def test_a_checked_rule_names_its_facts_and_parameters():
    rule = national().rule("income_fell_sharply")

    checked = expressions.check(rule, national().parameters)

    assert checked.facts == (
        "income_ytd_last_year",
        "income_ytd_per_capita",
        "income_ytd_per_capita_last_year",
    )
    assert checked.parameters == ("income_fall_share",)


def test_money_per_head_is_compared_without_dividing():
    condition = compiled("net_income_per_capita < :line", {"line": Fraction(730000)})

    assert "/" not in condition
    assert asked(condition, net_income_12m=2189999, members_denominator=3) is True
    assert asked(condition, net_income_12m=2190000, members_denominator=3) is False


def test_a_fall_of_exactly_the_share_is_met_and_a_fen_less_is_not():
    condition = compiled(
        "income_ytd_per_capita <= income_ytd_per_capita_last_year * (1 - :share)",
        {"share": Fraction(3, 10)},
    )
    before = {"income_ytd_last_year": 1000003, "members_last_year_denominator": 3}

    # 1000003 / 3 × 0.7 = 700002.1 / 3: of three people 700002 fen are below, 700003 above.
    assert asked(condition, income_ytd=700002, members_denominator=3, **before) is True
    assert asked(condition, income_ytd=700003, members_denominator=3, **before) is False
    exact = {"income_ytd_last_year": 1000000, "members_last_year_denominator": 4}
    assert asked(condition, income_ytd=700000, members_denominator=4, **exact) is True


def test_heads_that_differ_are_compared_crosswise():
    condition = compiled("income_ytd_per_capita < income_ytd_per_capita_last_year")

    third_against_half = {"income_ytd": 100, "members_denominator": 3}
    assert asked(
        condition, **third_against_half, income_ytd_last_year=67, members_last_year_denominator=2
    )
    assert not asked(
        condition, **third_against_half, income_ytd_last_year=66, members_last_year_denominator=2
    )


def test_the_year_estimate_counts_the_quarters_ended():
    condition = compiled("income_estimate < :line", {"line": Fraction(100)}, quarters=3)

    assert asked(condition, income_estimate_scaled=299) is True
    assert asked(condition, income_estimate_scaled=300) is False


def test_nobody_at_home_makes_money_per_head_unknown():
    condition = compiled("net_income_per_capita > 0")

    assert asked(condition, net_income_12m=1, members_denominator="NULL") is None


def test_amounts_near_64_bits_are_compared_without_overflow():
    condition = compiled("income_ytd_per_capita < income_ytd_per_capita_last_year")

    huge = 9 * 10**18
    assert asked(
        condition,
        income_ytd=huge,
        members_denominator=9,
        income_ytd_last_year=huge,
        members_last_year_denominator=8,
    )


def test_an_expression_that_could_leave_38_digits_is_refused():
    text = "net_income_per_capita * 0.123456789012345678901234567 < :line"

    with pytest.raises(ExpressionError, match="38 digits"):
        compiled(text, {"line": Fraction(1)})


def test_amounts_by_the_same_heads_are_added_exactly_and_compared_with_others():
    condition = compiled(
        "net_income_per_capita + income_ytd_per_capita < income_ytd_per_capita_last_year"
    )
    heads = {"members_denominator": 3, "members_last_year_denominator": 3}

    assert asked(condition, net_income_12m=1, income_ytd=1, income_ytd_last_year=3, **heads) is True
    assert (
        asked(condition, net_income_12m=1, income_ytd=2, income_ytd_last_year=3, **heads) is False
    )
    heads["members_denominator"] = "NULL"
    assert asked(condition, net_income_12m=1, income_ytd=1, income_ytd_last_year=3, **heads) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("labour >= 1 AND on_dibao", None),
        ("labour >= 1 OR on_dibao", True),
        ("labour = 0 AND on_dibao", False),
        ("NOT on_dibao", None),
        ("labour BETWEEN 2 AND 4", True),
        ("labour NOT BETWEEN 2 AND 4", False),
        ("members - labour = 1", True),
        ("-labour < 0", True),
        ("2 * labour > 3 * members", False),
        ("months_monitored >= :months", None),
        ("relocated = TRUE", True),
        ("relocated <> FALSE", True),
    ],
)
def test_conditions_keep_three_values(text, expected):
    condition = compiled(text, {"months": Fraction(6)})
    row = (
        "SELECT 2 AS labour, 3 AS members, CAST(NULL AS BOOLEAN) AS on_dibao, TRUE AS relocated, "
        "CAST(NULL AS BIGINT) AS months_monitored"
    )
    with duckdb.connect() as connection:
        answer = connection.execute(f"SELECT {condition} FROM ({row})").fetchone()[0]

    assert answer is expected


@pytest.mark.parametrize(
    ("top", "below", "expected"),
    [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (-4, 3, -1), (1, 3, 0), (7, 7, 1), (0, 9, 0), (-1, 2, -1)],
)
def test_shown_values_are_half_up_away_from_zero(top, below, expected):
    node = expressions.parse("net_income_per_capita", TYPES)
    shown = Compiler(DUCKDB, {}, 3).shown(node)

    assert asked(shown.number, net_income_12m=top, members_denominator=below) == expected


def test_rounding_does_not_overflow_on_the_largest_amounts():
    node = expressions.parse("net_income_per_capita", TYPES)
    shown = Compiler(DUCKDB, {}, 3).shown(node)

    assert asked(shown.number, net_income_12m=2**63 - 1, members_denominator=1) == 2**63 - 1


def test_shares_are_shown_in_basis_points_and_codes_as_text():
    compiler = Compiler(DUCKDB, {"share": Fraction(1, 3)}, 3)

    share = compiler.shown(expressions.parse(":share", TYPES))
    code = compiler.shown(expressions.parse("'C'", TYPES))
    truth = compiler.shown(expressions.parse("TRUE", TYPES))

    assert share.number == "CAST(3333 AS BIGINT)"
    assert code.text == "CAST('C' AS VARCHAR)"
    assert (truth.number, truth.text) == ("CAST(NULL AS BIGINT)", "CAST(NULL AS VARCHAR)")


def test_spark_differs_only_in_the_names_of_types_and_the_quotient():
    node = expressions.parse("income_ytd_per_capita < income_ytd_per_capita_last_year", TYPES)

    here, there = (Compiler(dialect, {}, 3).condition(node) for dialect in (DUCKDB, SPARK))

    assert here.replace("HUGEINT", "DECIMAL(38, 0)") == there
