"""A plan from its file to the day it is in force, and its next version."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.factories.accounts import UnitFactory
from tests.factories.county import TODAY, Cast
from tests.reader_scores import SEEDS
from tests.unit.duties.plan_texts import FIRST, SECOND

from anju.audit.marked_files import MarkedSecret
from anju.audit.models import Entry
from anju.duties.actions import changing, confirming, offices, plans
from anju.duties.actions.plans import About
from anju.duties.doubts import doubts_of
from anju.duties.marks import mark_of
from anju.duties.models import (
    Indicator,
    MeasureOffice,
    MeasureOrigin,
    MeasureState,
    Plan,
    PlanMeasure,
    PlanVersion,
    Task,
    UnitRole,
    VersionState,
)
from anju.duties.queries import plans as queries
from anju.duties.queries.offices import names_in_use
from anju.duties.refusals import AlreadyThere, DutyRefused

pytestmark = pytest.mark.django_db

Given = dict[str, object]


@pytest.fixture(autouse=True)
def _files(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def given(cast: Cast) -> Given:
    viewer = cast.viewer("bureau")
    return {"by": viewer.actor(), "viewer": viewer}


def uploaded(given: Given, text: str = FIRST, name: str = "方案.txt") -> PlanVersion:
    return plans.upload(
        **given, on=TODAY, file_name=name, content=text.encode(), about=About(pack="")
    )


def by_title(version: PlanVersion, title: str) -> PlanMeasure:
    return queries.measures_of(version).get(title=title)


def confirm_all(given: Given, version: PlanVersion) -> None:
    """Everything confirmed: the date that lacks its year filled in, the names settled."""
    for measure in queries.measures_of(version).filter(state=MeasureState.OPEN):
        measure.deadlines.filter(kind="by", due_on=None).update(due_on=date(2023, 9, 30))
        confirming.confirm(**given, on=TODAY, measure=measure)
    unit = UnitFactory()
    names = {each.name: [unit] for each in names_in_use() if each.settled is None}
    offices.settle(**given, on=TODAY, names=names)


def adopted(given: Given, version: PlanVersion) -> PlanVersion:
    confirm_all(given, version)
    return plans.adopt(**given, on=TODAY, version=version)


def test_a_file_becomes_a_plan_with_measures_that_wait(given: Given) -> None:
    version = uploaded(given)

    plan = version.plan
    assert (plan.number, plan.issuer) == ("云政办发〔2023〕12号", "云岭县人民政府办公室")
    assert plan.dated == date(2023, 3, 20)
    rows = list(queries.measures_of(version))
    assert [row.title for row in rows][:2] == ["开展技能培训", "开发公益性岗位"]
    assert {row.state for row in rows} == {MeasureState.OPEN}
    first = rows[0]
    assert [(each.name, each.role) for each in first.offices.all()] == [
        ("县人社局", "lead"),
        ("县农业农村局", "co-operating"),
        ("各镇", "co-operating"),
    ]
    assert [each.every for each in first.deadlines.all()] == ["quarter", ""]
    assert plans.fetch_file(by=given["by"], version=version) == FIRST.encode()
    assert not Task.objects.exists()


def test_the_same_file_is_not_taken_twice_and_it_is_said_where_it_is(given: Given) -> None:
    version = uploaded(given)

    with pytest.raises(AlreadyThere, match="第 1 版") as refused:
        uploaded(given, name="另一个名字.txt")

    assert (refused.value.plan_id, refused.value.sequence) == (version.plan_id, 1)
    plans.discard(**given, version=version)
    assert uploaded(given).plan_id != version.plan_id


def test_a_page_of_the_web_is_taken_as_text(given: Given) -> None:
    page = "".join(f"<p>{line}</p>" for line in FIRST.splitlines())

    version = uploaded(
        given, f"<html><script>var x</script><body>{page}</body></html>", "方案.html"
    )

    assert version.file_name == "方案.html"
    assert [each.title for each in queries.measures_of(version)][0] == "开展技能培训"
    assert "<p>" not in version.text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("方案.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为 docx"),
        ("方案.xlsx", b"PK\x03\x04", "docx、pdf"),
        ("方案.pdf", FIRST.encode(), "内容不是 pdf"),
        ("方案.docx", b"PK\x03\x04 broken", "不是完好的Word"),
        ("方案.txt", b" \n ", "没有文字"),
        ("方案.txt", b"", "是空的"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    given: Given, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(Exception, match=words) as refused:
        plans.upload(**given, on=TODAY, file_name=name, content=content, about=About())

    assert refused.value.zh
    assert not Plan.objects.exists()


def test_a_plan_marked_as_a_state_secret_is_not_kept_and_that_it_was_sent_is_on_record(
    given: Given, tmp_path: Path
) -> None:
    with pytest.raises(MarkedSecret, match="涉密设备"):
        uploaded(given, f"机密★1年\n{FIRST}", "云岭县绝密行动.txt")

    assert not Plan.objects.exists()
    assert not list((tmp_path / "files").rglob("*.*"))
    entry = Entry.objects.get(action="upload.refuse_marked")
    assert (entry.kind, entry.ids, entry.detail) == ("plan", [], {"ending": "txt"})


def test_a_town_may_not_touch_plans(cast: Cast, given: Given) -> None:
    version = uploaded(given)
    viewer = cast.viewer("north_town")
    town = {"by": viewer.actor(), "viewer": viewer}
    measure = by_title(version, "办好老年食堂")

    for refused in (
        lambda: uploaded(town, SECOND),
        lambda: confirming.confirm(**town, on=TODAY, measure=measure),
        lambda: confirming.confirm_many(**town, on=TODAY, version=version, measures=[measure.pk]),
        lambda: changing.split(**town, measure=measure, place=measure.start + 5),
        lambda: changing.add(**town, version=version, start=0, end=5),
        lambda: offices.settle(**town, on=TODAY, names={"县人社局": []}),
        lambda: plans.adopt(**town, on=TODAY, version=version),
        lambda: plans.discard(**town, version=version),
    ):
        with pytest.raises(DutyRefused, match="您的岗位"):
            refused()
    assert not MeasureOffice.objects.filter(measure__state=MeasureState.CONFIRMED).exists()


def test_a_date_without_its_year_is_filled_in_before_it_is_confirmed(given: Given) -> None:
    measure = by_title(uploaded(given), "健全物业服务")

    with pytest.raises(DutyRefused, match="9月底前"):
        confirming.confirm(**given, on=TODAY, measure=measure)

    deadline = measure.deadlines.get()
    deadline.due_on, deadline.flag = date(2023, 9, 30), ""
    wanted = changing.Wanted(
        title=" 检修电梯 ", offices=list(measure.offices.all()), deadlines=[deadline]
    )
    changing.change(**given, on=TODAY, measure=measure, wanted=wanted, confirms=True)
    measure.refresh_from_db()
    assert (measure.title, measure.state) == ("检修电梯", MeasureState.CONFIRMED)
    assert measure.confirmed_by == "bureau"


def test_without_an_office_nothing_is_confirmed(given: Given) -> None:
    measure = by_title(uploaded(given), "办好老年食堂")
    measure.offices.all().delete()

    with pytest.raises(DutyRefused, match="没有责任单位"):
        confirming.confirm(**given, on=TODAY, measure=measure)

    assert confirming.drop(**given, on=TODAY, measure=measure).state == MeasureState.DROPPED
    assert confirming.reopen(**given, measure=measure).state == MeasureState.OPEN


def test_of_many_only_those_without_doubt_are_confirmed(given: Given) -> None:
    version = uploaded(given)
    rows = list(queries.measures_of(version))
    doubts = doubts_of(version, rows)

    done = confirming.confirm_many(
        **given, on=TODAY, version=version, measures=[each.pk for each in rows]
    )

    odd = {each.title: [doubt.code for doubt in doubts.of(each)] for each in rows}
    assert odd["健全物业服务"] == ["date"]
    assert odd["加强领导"] == ["unsure"]
    confirmed = queries.measures_of(version).filter(state=MeasureState.CONFIRMED)
    assert {each.title for each in confirmed} == {
        "开展技能培训",
        "开发公益性岗位",
        "办好老年食堂",
    }
    assert done == 3


def test_what_somebody_changed_meanwhile_is_not_confirmed_unseen(given: Given) -> None:
    version = uploaded(given)
    training, posts = by_title(version, "开展技能培训"), by_title(version, "开发公益性岗位")
    seen = {each.pk: mark_of(each) for each in queries.measures_of(version)}
    training.deadlines.all().delete()
    training.targets.all().delete()

    done = confirming.confirm_many(
        **given, on=TODAY, version=version, measures=[training.pk, posts.pk], seen=seen
    )

    assert done == 1
    with pytest.raises(DutyRefused, match="刚刚被别人改过"):
        confirming.confirm(**given, on=TODAY, measure=training, seen=seen[training.pk])
    assert by_title(version, "开展技能培训").state == MeasureState.OPEN


def test_a_warning_of_the_text_stays_with_the_measure_it_stands_in(given: Given) -> None:
    version = uploaded(given, FIRST.replace("4.办好", "7.办好"))
    rows = list(queries.measures_of(version))

    doubts = doubts_of(version, rows)

    last = next(each for each in rows if each.title == "办好老年食堂")
    assert [doubt.code for doubt in doubts.of(last)] == ["number_missing"]
    assert not doubts.is_sure(last)


def test_one_measure_is_cut_in_two_and_joined_again(given: Given) -> None:
    version = uploaded(given)
    measure = by_title(version, "开展技能培训")
    place = version.text.index("培训合格率")

    second = changing.split(**given, measure=measure, place=place)
    halves = list(queries.measures_of(version))[:2]

    assert [each.key for each in halves] == ["二/(一)/1", "二/(一)/1#2"]
    assert [each.targets.count() for each in halves] == [1, 1]
    assert [each.deadlines.count() for each in halves] == [2, 0]
    assert [each.offices.count() for each in halves] == [3, 3]
    assert second.origin == MeasureOrigin.SPLIT
    assert second.title.startswith("培训合格率达到90%以上")

    joined = changing.merge(**given, measure=halves[0])

    assert (joined.start, joined.end) == (measure.start, measure.end)
    assert (joined.targets.count(), joined.offices.count()) == (2, 3)
    assert joined.origin == MeasureOrigin.MERGED
    assert queries.measures_of(version).count() == 5
    with pytest.raises(DutyRefused, match="中间"):
        changing.split(**given, measure=joined, place=joined.start)
    with pytest.raises(DutyRefused, match="后面没有"):
        changing.merge(**given, measure=list(queries.measures_of(version))[-1])


def test_a_measure_that_the_reader_missed_is_added_from_the_text(given: Given) -> None:
    version = uploaded(given)
    start = version.text.index("坚持因地制宜")

    made = changing.add(**given, version=version, start=start - 1, end=start + 13)

    assert (made.title, made.section) == ("坚持因地制宜，稳妥推进", "一")
    assert made.position == 1
    assert made.state == MeasureState.OPEN
    with pytest.raises(DutyRefused, match="已经是一条措施"):
        changing.add(**given, version=version, start=start, end=start + 12)


def test_a_version_is_adopted_when_all_is_decided_and_every_office_known(given: Given) -> None:
    version = uploaded(given)
    with pytest.raises(DutyRefused, match="还有 5 条措施没有确认"):
        plans.adopt(**given, on=TODAY, version=version)
    for measure in queries.measures_of(version):
        measure.deadlines.filter(kind="by", due_on=None).update(due_on=date(2023, 9, 30))
        confirming.confirm(**given, on=TODAY, measure=measure)
    with pytest.raises(DutyRefused, match="个单位名称没有对照到单位"):
        plans.adopt(**given, on=TODAY, version=version)
    assert not Task.objects.exists()

    live = adopted(given, version)

    assert (live.state, live.adopted_on, live.adopted_by) == (VersionState.LIVE, TODAY, "bureau")
    with pytest.raises(DutyRefused, match="已生效"):
        adopted(given, version)  # the second of two who adopt at once
    assert Task.objects.filter(parent=None).count() == 5
    assert Indicator.objects.filter(plan=live.plan).exists()
    with pytest.raises(DutyRefused, match="已生效，不能再改"):
        confirming.drop(**given, on=TODAY, measure=by_title(live, "加强领导"))
    assert Entry.objects.filter(action="plan.enact").count() == 1


def test_the_next_version_keeps_what_stayed_the_same_and_opens_what_changed(given: Given) -> None:
    first = adopted(given, uploaded(given))
    dropped = PlanMeasure.objects.filter(version=first, title="办好老年食堂")
    dropped.update(state=MeasureState.DROPPED)
    by_title(first, "开展技能培训").offices.filter(name="各镇").update(role=UnitRole.IMPLEMENTING)

    second = plans.upload_version(
        **given, on=TODAY, plan=first.plan, file_name="新版.txt", content=SECOND.encode()
    )

    states = {each.title: (each.state, each.origin) for each in queries.measures_of(second)}
    assert states == {
        "盘活闲置厂房": ("open", "read"),
        "开展技能培训": ("confirmed", "carried"),
        "开发公益性岗位": ("open", "read"),
        "办好老年食堂": ("dropped", "carried"),
        "加强领导": ("confirmed", "carried"),
    }
    trained = by_title(second, "开展技能培训")
    assert trained.key == "二/(一)/2"
    assert trained.carried_from.title == "开展技能培训"
    kept = {each.name: each for each in trained.offices.all()}
    assert kept["各镇"].role == UnitRole.IMPLEMENTING
    assert second.text[kept["各镇"].start : kept["各镇"].end] == "各镇"
    posts = by_title(second, "开发公益性岗位")
    assert posts.carried_from == by_title(first, "开发公益性岗位")
    with pytest.raises(DutyRefused, match="已有一版正在确认"):
        plans.upload_version(
            **given, on=TODAY, plan=first.plan, file_name="又一版.txt", content=b"\xe4\xb8\x80"
        )

    live = adopted(given, second)

    first.refresh_from_db()
    assert first.state == VersionState.REPLACED
    assert live.state == VersionState.LIVE
    gone = Task.objects.get(measure__title="健全物业服务")
    assert gone.state == "ended"
    assert Task.objects.get(parent=None, title="开展技能培训").measure.version == live


def test_what_a_person_cut_and_added_is_found_again_in_the_next_version(given: Given) -> None:
    first = uploaded(given)
    measure = by_title(first, "开展技能培训")
    changing.split(**given, measure=measure, place=first.text.index("培训合格率"))
    start = first.text.index("坚持因地制宜")
    made = changing.add(**given, version=first, start=start, end=start + 12)
    MeasureOffice.objects.create(measure=made, name="县发改局", role=UnitRole.LEAD)
    live = adopted(given, first)

    second = plans.upload_version(
        **given, on=TODAY, plan=live.plan, file_name="新版.txt", content=SECOND.encode()
    )

    confirmed = queries.measures_of(second).filter(state=MeasureState.CONFIRMED)
    assert [(each.origin, each.key) for each in confirmed][:3] == [
        ("added", "一"),
        ("split", "二/(一)/2"),
        ("split", "二/(一)/2#2"),
    ]
    assert [each.title for each in queries.measures_of(second).filter(state="open")] == [
        "盘活闲置厂房",
        "开发公益性岗位",
    ]


@pytest.mark.long
def test_real_plans_are_taken_and_every_span_lies_at_its_words(given: Given) -> None:
    files = sorted(SEEDS.glob("0*.txt")) if SEEDS.exists() else []
    if not files:
        pytest.skip("the plan documents (shared/seeds) are not beside the checkout")

    for file in files:
        version = uploaded(given, file.read_text("utf-8"), f"{file.stem}.txt")

        measures = list(queries.measures_of(version))
        assert len(measures) > 20
        sure = [each for each in measures if doubts_of(version, measures).is_sure(each)]
        done = confirming.confirm_many(
            **given, on=TODAY, version=version, measures=[each.pk for each in sure]
        )
        assert done == len(sure) > 10
        for measure in measures:
            for office in measure.offices.all():
                assert "".join(version.text[office.start : office.end].split()) == office.name
