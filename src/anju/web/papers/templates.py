"""文书模板: the county's own templates, checked when they are sent, kept by version."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anju.accounts.permissions import Permission
from anju.accounts.queries import names_of
from anju.audit.marked_files import refuse_marked
from anju.audit.refusal import Refusal
from anju.casework.actions import papers as actions
from anju.casework.models import PaperTemplate
from anju.casework.queries import papers
from anju.papers.catalogue import PAPERS, Paper
from anju.papers.checking import MOST_BYTES
from anju.papers.filling import fill
from anju.papers.refusals import PaperRefused
from anju.papers.samples import SAMPLE
from anju.papers.templates.sheet import BODY_FONT, HEAD_FONT, TITLE_FONT
from anju.papers.typesetting import pdf
from anju.papers.typesetting.fonts import replaced
from anju.papers.values import ORDINAL, placeholders, rows, spoken
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.papers.making import as_file, paper_of
from anju.web.papers.section import in_words


@requires(Permission.MANAGE_PAPERS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All papers, and whose template each is made from."""
    _for_the_county(request)
    latest = papers.latest_versions()
    people = names_of(row.put_by for row in latest.values())
    found = [(each, *in_words(each), latest.get(each.id)) for each in PAPERS.values()]
    context = {
        "papers": [
            (each, title, use, row, people.get(row.put_by, "") if row else "")
            for each, title, use, row in found
        ],
        **_fonts(),
    }
    return render(request, "web/papers/index.html", context)


@requires(Permission.MANAGE_PAPERS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, paper: str) -> HttpResponse:
    """One paper: its template, what it may say, its versions; and the form for the next one."""
    _for_the_county(request)
    wanted = paper_of(paper)
    return _put(request, wanted) if request.method == "POST" else _page(request, wanted)


@requires(Permission.MANAGE_PAPERS)
@require_POST
def restore(request: HttpRequest, paper: str) -> HttpResponse:
    """An earlier version in force again."""
    _for_the_county(request)
    wanted = paper_of(paper)
    version = request.POST.get("version", "")
    try:
        actions.restore(
            by=_actor(request),
            at=timezone.now(),
            paper=wanted,
            version=int(version) if version.isdecimal() and len(version) < 9 else -1,
            note=request.POST.get("note", ""),
        )
    except Refusal as refused:
        return _page(request, wanted, (refused.zh,))
    messages.success(request, _("已换回，从现在起生成的文书用这个模板。"))
    return HttpResponseRedirect(reverse("web:paper-template", args=[wanted.id]))


@requires(Permission.MANAGE_PAPERS)
@require_GET
def file(request: HttpRequest, paper: str, version: int) -> HttpResponse:
    """A version to look at or to change; version 0 is the product's own."""
    _for_the_county(request)
    wanted = paper_of(paper)
    content = _content(wanted, version)
    name = _("%(title)s模板第%(version)s版.docx") % {"title": wanted.title, "version": version}
    return as_file(content, "docx", name)


@requires(Permission.MANAGE_PAPERS)
@require_GET
def sample(request: HttpRequest, paper: str, version: int) -> HttpResponse:
    """A version filled in with a made-up household."""
    _for_the_county(request)
    wanted = paper_of(paper)
    stamp = _("样例：内容均为虚构")
    try:
        filled = fill(_content(wanted, version), paper=wanted, values=SAMPLE, stamp=stamp)
        made = pdf(filled, at=timezone.localtime())
    except PaperRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("web:paper-template", args=[wanted.id]))
    name = _("%(title)s样例.pdf") % {"title": wanted.title}
    return as_file(made.content, "pdf", name, inline=True)


def _put(request: HttpRequest, paper: Paper) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None:
        return _page(request, paper, (_("请选择模板文件。"),))
    if (sent.size or 0) > MOST_BYTES:
        return _page(request, paper, (_("文件太大，请删去图片等大的内容，再上传。"),))
    by, file_name, content = _actor(request), sent.name or "", sent.read()
    try:
        refuse_marked(by=by, place="paper_template", file_name=file_name, content=content)
        row, notices = actions.replace(
            by=by,
            at=timezone.now(),
            paper=paper,
            content=content,
            file_name=file_name,
            note=request.POST.get("note", ""),
        )
    except actions.TemplateRefused as refused:
        return _page(request, paper, refused.problems)
    except Refusal as refused:
        return _page(request, paper, (refused.zh,))
    for notice in notices:
        messages.warning(request, notice)
    told = _("第 %(version)s 版已生效，从现在起生成的文书用这个模板。")
    messages.success(request, told % {"version": row.version})
    return HttpResponseRedirect(reverse("web:paper-template", args=[paper.id]))


def _page(request: HttpRequest, paper: Paper, problems: tuple[str, ...] = ()) -> HttpResponse:
    versions = list(papers.versions_of(paper.id))
    people = names_of(row.put_by for row in versions)
    context = {
        "paper": paper,
        "title": in_words(paper)[0],
        "current": versions[0].version if versions else 0,
        "versions": [(row, people.get(row.put_by, "")) for row in versions],
        "placeholders": _placeholders(paper),
        "problems": problems,
        "note": request.POST.get("note", ""),
        **_fonts(),
    }
    status = 422 if problems else 200
    return render(request, "web/papers/page.html", context, status=status)


def _placeholders(paper: Paper) -> list[tuple[str, str]]:
    """What may stand in the template, with an example."""
    single = spoken(SAMPLE)
    found = []
    for name in placeholders():
        if name not in paper.allowed:
            continue
        group, _dot, column = name.partition(".")
        example = rows(SAMPLE, group)[0][column] if column else single[name]
        found.append((f"{{{{{name}}}}}", example if column != ORDINAL else "1"))
    return found


def _fonts() -> dict[str, Any]:
    """Which fonts of official papers this machine lacks; a PDF shows others."""
    try:
        missing = replaced((TITLE_FONT, BODY_FONT, HEAD_FONT))
    except PaperRefused as refused:
        return {"no_fonts": str(refused)}
    return {"fonts": sorted(missing.items())}


def _content(paper: Paper, version: int) -> bytes:
    try:
        return papers.template_at(paper.id, version)[0]
    except PaperTemplate.DoesNotExist:
        raise Http404 from None


def _for_the_county(request: HttpRequest) -> None:
    """Templates are the whole county's."""
    if not request.viewer.scope_for(Permission.MANAGE_PAPERS).is_county_wide:  # type: ignore[attr-defined]
        raise PermissionDenied


def _actor(request: HttpRequest) -> Any:
    return request.viewer.actor(address_of(request))  # type: ignore[attr-defined]
