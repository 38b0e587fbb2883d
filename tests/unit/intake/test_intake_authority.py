"""Whose word counts: the pack's source order, and what a list may trigger."""

from datetime import date

import pytest

from anju.intake.authority import authority_on
from anju.intake.feeds import BY_ID, FEEDS
from anju.intake.feeds.facts import Facts
from anju.intake.touching import rules_over, touched
from anju.rules import catalogue, packs

DAY = date(2023, 7, 31)
OFFICES = {feed.office for feed in FEEDS}


@pytest.mark.parametrize("pack", packs.names())
def test_every_office_of_a_source_order_keeps_some_list_or_register(pack: str) -> None:
    named = {
        office
        for order in packs.load(pack).source_orders
        for value in order.values
        for office in value.offices
    }

    assert named <= OFFICES


def test_a_later_office_gives_way_to_an_earlier_one_and_not_the_other_way_round() -> None:
    authority = authority_on(DAY)

    assert authority.yields("schooling", "农业农村", "教育")
    assert authority.yields("schooling", "民政", "教育")
    assert not authority.yields("schooling", "教育", "农业农村")
    assert not authority.yields("schooling", "教育", "教育")
    assert not authority.yields("schooling", "农业农村", "民政")
    assert not authority.yields("employer", "农业农村", "人社")


def test_deciding_offices_of_several_fields_are_named_once() -> None:
    assert authority_on(DAY).all_deciding(["name", "sex", "schooling"]) == "公安、教育"


def test_every_fact_says_what_changes_it_in_the_tables_it_reads() -> None:
    for fact in catalogue.load().values():
        assert {token.partition(".")[0] for token in fact.reads} == set(fact.sources), fact.id


def test_what_lists_write_is_read_by_some_fact_but_for_kinds_that_no_rule_watches() -> None:
    read = {token for fact in catalogue.load().values() for token in fact.reads}
    unread = set()
    for feed in FEEDS:
        for sheet in feed.sheets:
            if isinstance(sheet.take, Facts) or feed.id not in ("places", "allowance"):
                unread |= touched(sheet, None, None) - read

    assert unread == {
        "events.dropout", "profiles", "statuses.chronic", "statuses.no_title",
        "statuses.pension_insured", "trainings",
    }  # fmt: skip


def test_a_change_of_a_field_triggers_only_the_rules_that_read_it() -> None:
    (layout,) = BY_ID["households"].sheets

    all_of_it = rules_over(touched(layout, None, None), DAY)
    of_schooling = rules_over(touched(layout, None, ["schooling"]), DAY)
    of_nation = rules_over(touched(layout, None, ["nation"]), DAY)

    assert "out_of_school" in of_schooling
    assert set(of_schooling) < set(all_of_it)
    assert of_nation == []


def test_an_allowance_that_ends_may_trigger_the_rule_of_stopped_allowances() -> None:
    (layout,) = BY_ID["allowance"].sheets

    assert "allowance_stopped_below_line" in rules_over(touched(layout, "dibao", None), DAY)
