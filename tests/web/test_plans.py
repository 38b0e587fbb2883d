"""Plans on screen: upload, confirm, settle offices, adopt, compare."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.factories.accounts import UnitFactory
from tests.factories.county import NORTH, Cast
from tests.factories.duties import MeasureOfficeFactory, PlanMeasureFactory
from tests.unit.duties.plan_texts import FIRST, SECOND
from tests.web.conftest import SignedIn

from anju.accounts.models import UnitKind
from anju.audit.models import Entry
from anju.duties.models import MeasureState, OfficeName, Plan, PlanMeasure, PlanVersion, Task
from anju.web.audit import words
from anju.web.plans import acting
from anju.web.plans.marking import Mark, marked

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _files(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def bureau(signed_in: SignedIn) -> Client:
    return signed_in("bureau")


def sent(text: str = FIRST, name: str = "方案.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def uploaded(client: Client) -> PlanVersion:
    answer = client.post("/plans/new/", {"file": sent(), "short_title": "后扶方案", "pack": ""})
    version = PlanVersion.objects.get()
    assert answer.url == f"/plans/{version.plan_id}/1/"
    return version


def measure(title: str) -> PlanMeasure:
    return PlanMeasure.objects.filter(title=title).latest("pk")


def act(client: Client, title: str, what: str, **given: object) -> object:
    found = measure(title)
    version = found.version
    address = f"/plans/{version.plan_id}/{version.sequence}/measures/{found.pk}/{what}/"
    return client.post(address, **given)


def test_from_the_file_to_tasks(bureau: Client, signed_in: SignedIn) -> None:
    version = uploaded(bureau)
    home = f"/plans/{version.plan_id}/1/"
    page = bureau.get(home).text
    assert "时限“9月底前”：原文没有写年份" in page
    assert re.search(r'<span class="mark-measure mark-office" data-in="\d+">县人社局</span>', page)

    sure = bureau.get(f"{home}many/").context["sure"]
    assert "没有选中任何措施" in bureau.post(f"{home}many/", follow=True).text
    bureau.post(f"{home}many/", {"measure": [f"{each.pk}:{each.mark}" for each in sure]})
    assert "已确认 3 条，不采用 0 条，还有 2 条待确认" in bureau.get(home).text

    edit = f"{home}measures/{measure('健全物业服务').pk}/"
    form = {
        "title": "健全物业服务", "kind": "measure", "then": "confirm",
        "offices-0-name": "县住建局", "offices-0-role": "responsible", "offices-0-row": "",
        "deadlines-0-words": "9月底前", "deadlines-0-kind": "by", "deadlines-0-every": "",
        "deadlines-0-due_on": "2023-09-30", "deadlines-0-row": "",
    }  # fmt: skip
    assert bureau.post(edit, form).status_code == 302
    act(bureau, "加强领导", "confirm")

    town = UnitFactory(name="北枫镇人民政府", kind=UnitKind.TOWN, division_code=NORTH)
    others = [UnitFactory(name=name) for name in ("县人力资源和社会保障局", "县发展和改革局")]
    page = bureau.get("/plans/offices/").context["waiting"]
    typed = {line.used.name: line.typed for line in page}
    assert typed["各镇"] == "全部乡镇"
    assert typed["各有关部门"] == "不针对具体单位"
    assert typed["县人社局"] == "县人力资源和社会保障局"
    assert typed["县发改局"] == "县发展和改革局"
    assert typed["县财政局"] == ""
    refused = bureau.post("/plans/offices/", {"name": ["县财政局"], "units": ["县财务局"]})
    assert refused.status_code == 422
    assert "没有叫“县财务局”的单位" in refused.text
    assert "还有 8 个单位名称没有对照到单位" in bureau.post(f"{home}adopt/", follow=True).text

    filled = {name: words or others[0].name for name, words in typed.items()}
    bureau.post("/plans/offices/", {"name": list(filled), "units": list(filled.values())})
    assert list(OfficeName.objects.get(name="各镇").units.all()) == [town]
    assert not OfficeName.objects.get(name="各有关部门").units.exists()
    answer = bureau.post(f"{home}adopt/", follow=True)

    assert "任务和指标已按确认的措施生成" in answer.text
    assert Task.objects.filter(parent=None).count() == 5
    seen = signed_in("north_town").get(f"/plans/{version.plan_id}/").text
    assert "开展技能培训" in seen
    assert "上传新版" not in seen
    text = signed_in("north_town").get(home).text
    assert "mark-office" in text
    assert 'data-do="reopen"' not in text
    own = Entry.objects.filter(kind__in=["plan", "office_name"]).values_list("action", flat=True)
    assert [each for each in own if not words.has_words(each)] == []


def test_the_next_version_shows_what_changed(bureau: Client) -> None:
    version = uploaded(bureau)
    PlanMeasure.objects.update(state=MeasureState.CONFIRMED)
    PlanVersion.objects.update(state="live")

    answer = bureau.post(f"/plans/{version.plan_id}/new/", {"file": sent(SECOND)}, follow=True)

    assert "<del>3</del><ins>4</ins>" in answer.text
    assert "<del>5</del><ins>8</ins>" in answer.text
    assert "上一版有、这一版不再提：二/(二)/3 健全物业服务" in answer.text
    compared = bureau.get(f"/plans/{version.plan_id}/2/compare/")
    assert {change: len(rows) for change, _title, rows in compared.context["groups"]} == {
        "new": 1,
        "changed": 1,
        "gone": 1,
        "moved": 1,
        "same": 2,
    }
    assert bureau.get(f"/plans/{version.plan_id}/1/compare/?with=2").status_code == 200


def test_a_measure_is_confirmed_in_place(bureau: Client) -> None:
    version = uploaded(bureau)

    answer = act(bureau, "办好老年食堂", "confirm", **HTMX)
    refused = act(bureau, "健全物业服务", "confirm", **HTMX)

    assert 'data-state="confirmed"' in answer.text
    assert 'id="plan-progress"' in answer.text
    assert "<html" not in answer.text
    assert refused.status_code == 422
    assert "没有完整日期" in refused.text
    plain = act(bureau, "开展技能培训", "confirm")
    assert plain.url.startswith(f"/plans/{version.plan_id}/1/#item-")
    assert plain.url.endswith(str(measure("开发公益性岗位").pk))
    assert act(bureau, "开展技能培训", "reopen").status_code == 302
    assert act(bureau, "开展技能培训", "explode").status_code == 404


def test_a_measure_is_cut_joined_and_added(bureau: Client) -> None:
    version = uploaded(bureau)
    found = measure("开展技能培训")
    page = bureau.get(f"/plans/{version.plan_id}/1/measures/{found.pk}/")
    place = page.context["sentences"][0][0]
    assert not any(words.startswith("（") for _place, words in page.context["sentences"])
    assert '<option value="responsible" selected>' in page.text

    bureau.post(f"/plans/{version.plan_id}/1/measures/{found.pk}/split/", {"place": place})
    assert PlanMeasure.objects.count() == 6
    act(bureau, "开展技能培训", "merge")
    assert PlanMeasure.objects.count() == 5
    missing = bureau.post(f"/plans/{version.plan_id}/1/add/", {"words": "没有这句话"})
    assert missing.status_code == 422
    assert "正文里没有这段文字" in missing.text
    assert ">没有这句话</textarea>" in missing.text
    bureau.post(f"/plans/{version.plan_id}/1/add/", {"words": "坚持因地 制宜，\n稳妥推进。"})

    assert measure("坚持因地制宜，稳妥推进").origin == "added"


def test_what_is_typed_wrong_is_told_beside_the_field_and_kept(bureau: Client) -> None:
    version = uploaded(bureau)
    found = measure("开展技能培训")
    form = {
        "title": " ", "kind": "measure",
        "offices-0-name": "县人社局", "offices-0-role": "boss", "offices-0-row": "",
        "targets-0-indicator": "培训", "targets-0-operator": ">=", "targets-0-value": "三百",
        "targets-0-upper": "", "targets-0-unit": "人", "targets-0-due_on": "2023/12/31",
    }  # fmt: skip

    answer = bureau.post(f"/plans/{version.plan_id}/1/measures/{found.pk}/", form)

    assert answer.status_code == 422
    for told in (
        "请填写措施名称",
        "请从列表中选择",
        "请填数字",
        "日期写成 2023-10-08 的样子",
        'value="三百"',
    ):
        assert told in answer.text
    assert measure("开展技能培训").offices.count() == 3


def test_a_refused_file_shows_the_form_again_and_where_it_is_already(bureau: Client) -> None:
    version = uploaded(bureau)

    again = bureau.post("/plans/new/", {"file": sent(name="又.txt"), "short_title": "又一个"})
    empty = bureau.post("/plans/new/", {})

    assert again.status_code == empty.status_code == 422
    assert f'href="/plans/{version.plan_id}/1/"' in again.text
    assert 'value="又一个"' in again.text
    assert "请选择方案文件" in empty.text
    assert Plan.objects.count() == 1


def test_drafts_are_only_for_who_confirms_them(bureau: Client, signed_in: SignedIn) -> None:
    version = uploaded(bureau)
    town = signed_in("north_town")

    assert town.get(f"/plans/{version.plan_id}/").status_code == 404
    assert town.get(f"/plans/{version.plan_id}/1/file/").status_code == 404
    assert town.get(f"/plans/{version.plan_id}/1/").status_code == 404
    assert town.get(f"/plans/{version.plan_id}/1/many/").status_code == 403
    assert "待确认的方案：后扶方案" in bureau.get("/").text
    assert "待确认的方案" not in town.get("/").text
    assert "后扶方案" not in town.get("/plans/").text
    assert "后扶方案" in bureau.get("/plans/").text
    assert town.post("/plans/new/", {"file": sent(SECOND)}).status_code == 403


def test_the_original_is_a_download(bureau: Client) -> None:
    version = uploaded(bureau)

    answer = bureau.get(f"/plans/{version.plan_id}/1/file/")

    assert answer.content == FIRST.encode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_plan_is_called_what_it_is_called(bureau: Client) -> None:
    version = uploaded(bureau)
    address = f"/plans/{version.plan_id}/about/"
    given = {"title": "后续扶持方案", "short_title": "", "number": "", "issuer": "", "pack": ""}

    refused = bureau.post(address, {**given, "dated": "2023-03-20"})
    odd = bureau.post(address, {**given, "short_title": "方案", "dated": "三月"})
    bureau.post(address, {**given, "short_title": "方案", "dated": "2023-03-20"})

    assert refused.status_code == odd.status_code == 422
    assert Plan.objects.get().short_title == "方案"
    bureau.post(f"/plans/{version.plan_id}/1/discard/")
    assert "已放弃" in bureau.get(f"/plans/{version.plan_id}/").text


@pytest.mark.parametrize("many", [3, 30])
def test_a_long_plan_takes_as_many_queries_as_a_short_one(
    many: int, bureau: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = uploaded(bureau)
    for number in range(many):
        MeasureOfficeFactory(measure=PlanMeasureFactory(version=version, key=f"四/{number}"))
    bureau.get("/plans/")

    with django_assert_num_queries(13):
        bureau.get(f"/plans/{version.plan_id}/1/")


def test_marks_in_marks_and_across_them_keep_the_text_whole() -> None:
    text = "一、<b>甲&乙</b>\n\n丙丁戊\n"
    marks = [
        Mark(0, 8, "measure", 7, "1", "到“甲”"),
        Mark(2, 6, "office"),
        Mark(4, 16, "measure", 8, "2", "到“乙”"),
        Mark(90, 99, "office"),
    ]

    page = marked(text, marks)

    bare = re.sub(r"<[^>]+>", "", page)
    assert bare.splitlines() == ["一、&lt;b&gt;甲&amp;乙&lt;/b&gt;", "丙丁戊"]
    assert page.count('id="m-7"') == page.count('id="m-8"') == 1
    assert 'class="mark-measure mark-office" data-in="7 8"' in page
    assert f'<p data-at="{text.index("丙")}">' in page


def test_what_was_left_out_of_one_part_does_not_come_again_in_the_next(
    bureau: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "MOST_AT_ONCE", 2)
    version = uploaded(bureau)
    address = f"/plans/{version.plan_id}/1/many/"
    first = bureau.get(address)
    kept, left_out = first.context["sure"]

    last = re.search(r'name="more" value="(\d+)"', first.text)[1]
    sent = {"more": last, "measure": [f"{kept.pk}:{kept.mark}"]}
    following = bureau.post(address, sent).url

    assert following == f"{address}?after={left_out.position}"
    assert [each.title for each in bureau.get(following).context["sure"]] == ["办好老年食堂"]
