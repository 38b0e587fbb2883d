"""The auditor's pages: who did what, before and after, and whether the chain is whole."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.county import COUNTY
from tests.factories.intake import BatchFactory, RowFactory
from tests.web.conftest import SignedIn

from anju.audit.actions import record
from anju.audit.actor import SYSTEM, Actor
from anju.audit.models import Entry
from anju.intake.models import Batch, Row
from anju.intake.queries import rows_summary
from anju.jobs import worker
from anju.keeping import retention
from anju.privacy.retention import RULES
from anju.web.audit import words

pytestmark = pytest.mark.django_db
RULES_BY_ID = {rule.id: rule for rule in RULES}
BUREAU = Actor("bureau", "县局工作人员", "10.0.0.7")


@pytest.fixture
def auditor(cast: Any) -> Client:
    user = UserFactory(username="auditor", name="审计员")
    PostFactory(user=user, role="auditor", division_code=COUNTY)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trail() -> None:
    record(by=BUREAU, action="household.read", kind="household", ids=["H000000001"])
    record(
        by=BUREAU,
        action="household.change",
        kind="household",
        ids=["H000000002"],
        detail={"changes": {"relocated": [False, True], "head_name": ["*", "*"]}},
        place="529901101201",
    )
    record(by=SYSTEM, action="intake.done", kind="batch", ids=[12], place="529901102000")


def sequences(answer: Any) -> list[int]:
    return [row.sequence for row in answer.context["page"].rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [3, 2, 1]),
        ("?person=bureau", [2, 1]),
        ("?family=imports", [3]),
        ("?family=reads", [1]),
        ("?kind=household", [2, 1]),
        ("?q=H000000002", [2]),
        ("?q=12", [3]),
        ("?q=县局工作", [2, 1]),
        ("?town=529901101000", [2]),
        ("?town=529901102000", [3]),
        ("?period=1", [3, 2, 1]),
        ("?q=nobody", []),
    ],
)
def test_entries_are_found(auditor: Client, trail: None, query: str, found: list[int]) -> None:
    assert sequences(auditor.get(f"/audit/{query}")) == found


def test_looking_into_the_trail_is_in_the_trail(auditor: Client, trail: None) -> None:
    auditor.get("/audit/?kind=batch")

    entry = Entry.objects.latest("sequence")
    assert (entry.action, entry.kind, entry.ids) == ("register.read", "audit", [3])


@pytest.mark.parametrize("who", ["bureau", "north_town", "village", "grid"])
def test_nobody_else_looks_into_it(signed_in: SignedIn, trail: None, who: str) -> None:
    client = signed_in(who)

    answers = [client.get("/audit/"), client.get("/audit/1/"), client.post("/audit/check/")]

    assert {answer.status_code for answer in answers} == {403}
    assert "/audit/" not in client.get("/").text


def test_the_auditor_sees_no_household(auditor: Client) -> None:
    assert auditor.get("/households/").status_code == 403


def test_one_entry_shows_before_and_after(auditor: Client, trail: None) -> None:
    page = auditor.get("/audit/2/").text

    for told in (
        "农户：修改",
        "是否易地搬迁户",
        ">否<",
        ">是<",
        "（不显示）",
        "北枫镇北枫一村",
        "与内容相符",
    ):
        assert told in page
    assert auditor.get("/audit/99/").status_code == 404


def test_an_entry_tells_fields_and_codes_in_words(auditor: Client) -> None:
    record(
        by=SYSTEM,
        action="income.correct",
        kind="household",
        ids=["H000000001"],
        detail={"quarter": 20233, "changes": {"wage": [660000, None]}},
    )
    record(
        by=BUREAU,
        action="member.correct",
        kind="household",
        ids=["H000000001"],
        detail={"changes": {"relation": ["head", "spouse"], "sex": ["", "*"]}},
    )
    record(
        by=BUREAU, action="session.sign_in", kind="user", ids=[1], detail={"methods": ["password"]}
    )
    record(
        by=BUREAU, action="post.give", kind="post", ids=[1], detail={"role": "auditor", "grid": ""}
    )
    record(
        by=SYSTEM,
        action="retention.apply",
        kind="retention",
        ids=[],
        detail={"before": "2020-01-01"},
    )

    told = {1: ("系统", "工资性收入（元）", "6,600", "未掌握", "季度"), 2: ("与户主关系", "户主", "配偶", "性别", "（不显示）"),
            3: ("验证方式", "密码"), 4: ("角色", "审计管理员"), 5: ("早于", "2020-01-01")}  # fmt: skip
    for sequence, words_told in told.items():
        page = auditor.get(f"/audit/{sequence}/").text
        for word in words_told:
            assert word in page


def test_an_entry_that_was_touched_says_so(auditor: Client, trail: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE sequence = 1")

    assert "这一条与写入时不一致" in auditor.get("/audit/1/").text


def test_the_chain_is_checked_on_demand(
    auditor: Client, trail: None, settings: Any, tmp_path: Any
) -> None:
    settings.AUDIT_HEAD_DIR = tmp_path
    assert "还没有检查过" in auditor.get("/audit/").text
    auditor.post("/audit/check/")
    assert "正在检查" in auditor.get("/audit/").text
    worker.run(once=True)
    assert "条记录完整" in auditor.get("/audit/").text
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE sequence = 1")
    auditor.post("/audit/check/")
    worker.run(once=True)

    assert "第 1 条起与写入时不一致" in auditor.get("/audit/").text


def test_the_auditor_takes_entries_out(auditor: Client, trail: None) -> None:
    answer = auditor.get("/audit/?export=csv")

    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    answer.close()
    assert "导出人：审计员（auditor）" in lines[0][0]
    assert [line[0] for line in lines[2:]] == ["3", "2", "1"]


def test_words_of_actions() -> None:
    assert words.action("household.change") == "农户：修改"
    assert words.action("monitoring.run.start") == "研判：开始"
    assert words.action("something.new") == "something.new"


@pytest.fixture
def batch(county: Any) -> Batch:
    """A written file of three rows, with the entry about them."""
    made = BatchFactory(state="done", finished_at=datetime(2023, 10, 8, 1, tzinfo=UTC))
    for number in (2, 3, 4):
        RowFactory(batch=made, number=number)
    _note_rows(made)
    return made


def _note_rows(batch: Batch) -> None:
    detail = {"feed": batch.feed, "rows": rows_summary(batch)}
    record(by=BUREAU, action="intake.done", kind="batch", ids=[batch.pk], count=3, detail=detail)


def _proof(auditor: Client) -> str:
    entry = Entry.objects.filter(action="intake.done").earliest("sequence")
    before = auditor.get(f"/audit/{entry.sequence}/").text
    assert "核对逐行结果" in before
    assert "现在的行数" not in before
    return auditor.get(f"/audit/{entry.sequence}/?rows=1").text


def test_the_rows_of_a_batch_are_proven_by_its_entry(auditor: Client, batch: Batch) -> None:
    assert "现在的 3 行结果与本条记录的摘要相符" in _proof(auditor)


@pytest.mark.parametrize("changed", ["message", "outcome", "deleted", "added", "everything"])
def test_rows_changed_behind_the_systems_back_are_found(
    auditor: Client, batch: Batch, changed: str
) -> None:
    rows = Row.objects.filter(batch=batch)
    if changed == "message":
        rows.filter(number=3).update(message="改过")
    elif changed == "outcome":
        rows.filter(number=3).update(outcome="rejected")
    elif changed == "added":
        RowFactory(batch=batch, number=9)
    else:
        rows.filter(**({} if changed == "everything" else {"number": 4})).delete()

    assert "与本条记录的摘要不符" in _proof(auditor)


def test_rows_that_were_worked_on_again_are_proven_by_the_later_entry(
    auditor: Client, batch: Batch
) -> None:
    Row.objects.filter(batch=batch, number=3).update(outcome="updated")
    _note_rows(batch)
    later = Entry.objects.filter(action="intake.done").latest("sequence").sequence

    assert f"/audit/{later}/?rows=1" in _proof(auditor)
    assert "摘要相符" in auditor.get(f"/audit/{later}/?rows=1").text


def test_rows_that_went_by_rule_point_to_the_entry_of_the_rule(
    auditor: Client, batch: Batch
) -> None:
    retention.apply(by=SYSTEM, at=datetime(2026, 10, 8, tzinfo=UTC), rule=RULES_BY_ID["rows"])

    page = _proof(auditor)

    assert "已超过保存期限" in page
    assert f"/audit/{Entry.objects.get(action='retention.apply').sequence}/" in page


def test_what_an_entry_is_about_is_told_by_sign_in_names(auditor: Client, cast: Any) -> None:
    detail = {"from": cast.village.pk, "to": cast.bureau.pk, "moved": {}}
    record(by=BUREAU, action="user.deactivate", kind="user", ids=[cast.village.pk])
    record(by=BUREAU, action="post.hand_over", kind="post", ids=[1, 2], detail=detail)

    listed = auditor.get("/audit/?kind=user")
    found = auditor.get("/audit/?q=village")
    about_user, about_post = (auditor.get(f"/audit/{number}/").text for number in (1, 2))

    assert [row.about for row in listed.context["page"].rows] == [["village"]]
    assert sequences(found) == [1]
    assert ">village</a>" in about_user
    assert '<dt>交出人</dt><dd class="text-break">village</dd>' in about_post
    assert '<dt>接任人</dt><dd class="text-break">bureau</dd>' in about_post


def test_an_empty_education_is_not_known(auditor: Client) -> None:
    record(
        by=BUREAU,
        action="member.correct",
        kind="household",
        ids=["H1"],
        detail={"changes": {"education": ["", "primary"]}},
    )

    assert '<td data-label="改前">未掌握</td>' in auditor.get("/audit/1/").text
