"""Papers on the page of a case, and the pages of their templates."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.accounts import PostFactory, UserFactory
from tests.factories.casework import CaseFactory, PaperTemplateFactory
from tests.factories.county import NORTH_1, SOUTH_1, County
from tests.factories.registry import HouseholdFactory
from tests.unit.papers.reading import built, opened, text_of, text_of_pdf
from tests.web.conftest import SignedIn

from anju.accounts.permissions import Permission
from anju.accounts.roles import ROLES
from anju.audit.models import Entry
from anju.casework.models import Case, PaperTemplate
from anju.papers.catalogue import PAPERS
from anju.web.audit.words import NOUNS, VERBS

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(county: County) -> Case:
    household = HouseholdFactory(village_code=NORTH_1, head_name="张三峰")
    return CaseFactory(household=household, step="home_check")


def client_of(role: str, place: str) -> Client:
    user = UserFactory()
    PostFactory(user=user, role=role, division_code=place)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(content: bytes, note: str = "县里样式", name: str = "样式.docx") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), "note": note}


def test_the_page_of_a_case_offers_its_papers_those_of_the_step_first(
    case: Case, signed_in: SignedIn
) -> None:
    page = signed_in("village").get(f"/cases/{case.number}/")

    [offered] = [
        part["papers"] for section, part in page.context["sections"] if section.id == "papers"
    ]
    assert [each.paper.id for each in offered][0] == "home_check"
    assert {each.paper.id for each in offered} == set(PAPERS)
    assert [each.paper.id for each in offered if each.is_due] == ["home_check"]
    assert f"/cases/{case.number}/papers/home_check.pdf?blank=1" in page.text


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_paper_is_downloaded_and_read_back(case: Case, signed_in: SignedIn, kind: str) -> None:
    answer = signed_in("village").get(f"/cases/{case.number}/papers/authorisation.{kind}")

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    text = text_of(answer.content) if kind == "docx" else text_of_pdf(answer.content)
    assert "张三峰" in text
    assert "北枫一村干部（village）" in text
    assert Entry.objects.get(action="paper.make").detail["format"] == kind


def test_a_blank_form_has_nobody_on_it(case: Case, signed_in: SignedIn) -> None:
    answer = signed_in("village").get(f"/cases/{case.number}/papers/home_check.docx?blank=1")

    assert "张三峰" not in text_of(answer.content)
    assert Entry.objects.get(action="paper.make").detail["blank"] is True


def test_another_village_does_not_get_the_papers(county: County, signed_in: SignedIn) -> None:
    case = CaseFactory(household=HouseholdFactory(village_code=SOUTH_1))

    answer = signed_in("village").get(f"/cases/{case.number}/papers/authorisation.docx")

    assert answer.status_code == 404
    assert not Entry.objects.filter(action="paper.make").exists()


@pytest.mark.parametrize("path", ["nothing.docx", "authorisation.exe", "authorisation.xlsx"])
def test_what_is_no_paper_is_not_found(case: Case, signed_in: SignedIn, path: str) -> None:
    assert signed_in("village").get(f"/cases/{case.number}/papers/{path}").status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_papers_are_for_who_sees_cases_and_templates_for_who_manages_them(
    case: Case, role: str
) -> None:
    client = client_of(role, "529901000000")
    may = ROLES[role].permissions

    paper = client.get(f"/cases/{case.number}/papers/minutes.docx").status_code
    index = client.get("/papers/").status_code

    assert (paper == 403) == (Permission.VIEW_CASES not in may)
    assert (index == 200) == (Permission.MANAGE_PAPERS in may)


def test_templates_are_the_whole_county_s(county: County) -> None:
    client = client_of("lead_bureau", NORTH_1)

    assert client.get("/papers/").status_code == 403
    assert client.post("/papers/minutes/", sent(built("{{村}}"))).status_code == 403
    assert not PaperTemplate.objects.exists()


def test_a_template_is_replaced_looked_at_and_put_back(case: Case, signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    answer = client.post(
        "/papers/authorisation/", sent(built("本县格式：{{户主姓名}}")), follow=True
    )
    used = client.get(f"/cases/{case.number}/papers/authorisation.docx")
    sample = client.get("/papers/authorisation/1/sample.pdf")
    file = client.get("/papers/authorisation/1/template.docx")
    back = client.post(
        "/papers/authorisation/restore/", {"version": "0", "note": "用回自带"}, follow=True
    )

    assert "第 1 版已生效" in answer.text
    assert text_of(used.content).startswith("本县格式：张三峰")
    assert "本县格式：张三" in text_of_pdf(sample.content)
    assert opened(file.content).paragraphs[0].text == "本县格式：{{户主姓名}}"
    assert "已换回" in back.text
    own = client.get(f"/cases/{case.number}/papers/authorisation.docx")
    assert text_of(own.content).startswith("防止返贫监测承诺授权书")
    assert Entry.objects.filter(action="paper_template.put").count() == 2


def test_a_template_that_is_wrong_is_refused_with_all_reasons(signed_in: SignedIn) -> None:
    answer = signed_in("bureau").post(
        "/papers/notice/", sent(built("{{户主}} {{联系电话}}"), note="改<b>样式")
    )

    assert answer.status_code == 422
    assert "不认识占位符“{{户主}}”" in answer.text
    assert "不能出现“{{联系电话}}”" in answer.text
    assert "改&lt;b&gt;样式" in answer.text
    assert not PaperTemplate.objects.exists()


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"note": "x"}, "请选择模板文件"),
        ({"file": SimpleUploadedFile("a.docx", b"x" * 2_000_001), "note": "x"}, "文件太大"),
        ({"file": SimpleUploadedFile("a.doc", b"\xd0\xcf\x11\xe0"), "note": "x"}, "另存为.docx"),
    ],
)
def test_what_is_no_template_is_told(
    signed_in: SignedIn, form: dict[str, object], told: str
) -> None:
    answer = signed_in("bureau").post("/papers/minutes/", form)

    assert answer.status_code == 422
    assert told in answer.text


def test_a_change_needs_a_note(signed_in: SignedIn) -> None:
    answer = signed_in("bureau").post("/papers/minutes/", sent(built("{{村}}"), note=" "))

    assert answer.status_code == 422
    assert "请填写修改说明" in answer.text


def test_the_index_says_whose_template_holds(signed_in: SignedIn) -> None:
    PaperTemplateFactory(paper="minutes", version=3)

    page = signed_in("bureau").get("/papers/")

    held = {
        paper.id: row.version if row else 0 for paper, *_rest, row, _who in page.context["papers"]
    }
    assert held["minutes"] == 3
    assert held["notice"] == 0
    assert page.text.count("县局工作人员") >= 1


def test_the_public_notice_offers_its_own_placeholders_only(signed_in: SignedIn) -> None:
    page = signed_in("bureau").get("/papers/notice/")

    names = {name for name, _example in page.context["placeholders"]}
    assert "{{公示名单.姓名}}" in names
    assert "{{户主姓名}}" not in names
    assert "{{家庭成员.健康状况}}" not in names


def test_an_unknown_version_is_not_found(signed_in: SignedIn) -> None:
    client = signed_in("bureau")

    assert client.get("/papers/minutes/9/template.docx").status_code == 404
    assert client.get("/papers/nothing/").status_code == 404
    answer = client.post("/papers/minutes/restore/", {"version": "9", "note": "x"})
    assert answer.status_code == 422


def test_a_template_that_no_longer_fits_is_told_on_the_case(
    case: Case, signed_in: SignedIn
) -> None:
    PaperTemplateFactory(paper="minutes", content=built("{{旧的名称}}"))

    answer = signed_in("village").get(f"/cases/{case.number}/papers/minutes.docx", follow=True)

    assert answer.redirect_chain[0][0].startswith(f"/cases/{case.number}/")
    assert "旧的名称" in answer.text


def test_the_trail_reads_in_words() -> None:
    assert {"paper", "paper_template"} <= set(NOUNS)
    assert {"make", "put"} <= set(VERBS)


def test_a_case_whose_pack_is_gone_says_so_and_keeps_its_story(
    case: Case, signed_in: SignedIn
) -> None:
    Case.objects.filter(pk=case.pk).update(pack="gone-2020")
    client = signed_in("village")

    answer = client.get(f"/cases/{case.number}/papers/home_check.docx", follow=True)

    assert answer.status_code == 200
    assert answer.text.count("案件按政策包 gone-2020 办理，这个政策包已不在系统中") == 1
    assert [section.id for section, _part in answer.context["sections"]] == ["leads", "moves"]
    assert client.get(f"/cases/{case.number}/record/home-check/").status_code == 302
    refused = client.post(
        f"/cases/{case.number}/move/", {"action": "to_comparison", "seen": case.version}
    )
    assert refused.status_code == 422
    for path in ("/", "/cases/", "/figures/", "/notices/new/"):
        assert client.get(path).status_code == 200
