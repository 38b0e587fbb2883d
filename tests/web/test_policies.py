"""The page of a policy pack: rules in words, values of a month, what is paid, and the clauses."""

import pytest
from django.conf import settings
from django.test import Client, override_settings
from tests.factories.county import County
from tests.factories.monitoring import RunFactory
from tests.web.conftest import SignedIn

from anju.rules import packs

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(county: County, signed_in: SignedIn) -> Client:
    return signed_in("village")


def test_it_opens_the_countys_own_pack(client: Client) -> None:
    with override_settings(POLICY_PACK="langao-2021"):
        answer = client.get("/policies/")

    assert answer.url == "/policies/langao-2021/"


def test_rules_stand_in_words_with_their_values_and_clauses(client: Client) -> None:
    answer = client.get("/policies/shiquan-2023/?month=2023-09")

    (below,) = (each for each in answer.context["rules"] if each.id == "income_below_line")
    assert below.condition.startswith("近四个季度人均纯收入低于防返贫监测线（")
    assert (below.level, below.clauses[0].is_default) == ("red", False)
    assert "《石泉县2023年脱贫群众增收方案》" in below.clauses[0].text
    assert 'id="rule-income_below_line"' in answer.text
    levels = [each.level for each in answer.context["rules"]]
    assert levels == sorted(levels, key=["red", "orange", "yellow", "hint"].index)


def test_it_tells_what_is_paid_to_whom(client: Client) -> None:
    answer = client.get("/policies/shiquan-2023/?month=2023-09")

    paid = {each.name: each for each in answer.context["benefits"]}
    award = paid["种植养殖奖扶"]
    assert "按底册核对：脱贫户或风险未消除的监测户、" in award.about
    assert award.says == "当年种植、养殖实际收入的 10%，每户·年最多 5,000 元"
    assert (award.time, award.clause.text[-5:]) == ("2023-01-01 起，2024-01-01 前", "二(一)1")
    assert paid["蚕种补助"].says.startswith("35 元")


def test_a_month_outside_a_value_says_that_the_rule_does_not_run(client: Client) -> None:
    answer = client.get("/policies/shiquan-2023/?month=2020-01")

    rules = [*answer.context["rules"], *answer.context["other_rules"]]
    assert any("年度预计收入关注线" in each.lacks for each in rules)
    assert answer.context["benefits"] == []


def test_without_a_month_that_of_the_last_run_is_shown(client: Client) -> None:
    RunFactory(month="2023-08", pack="shiquan-2023")

    assert client.get("/policies/shiquan-2023/").context["month"] == "2023-08"


def test_what_is_no_month_is_said(client: Client) -> None:
    answer = client.get("/policies/shiquan-2023/?month=九月")

    assert answer.status_code == 422
    assert "月份请写成 2023-09 的样子" in answer.text


@pytest.mark.parametrize("pack_id", packs.names())
def test_every_pack_shows_in_both_languages(client: Client, pack_id: str) -> None:
    pack = packs.load(pack_id)
    for language, name in (("zh-hans", pack.name), ("en", pack.name_en)):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = client.get(f"/policies/{pack_id}/?month=2023-09")
        assert answer.status_code == 200
        assert name in answer.text


def test_a_pack_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/policies/nowhere-1999/").status_code == 404
