"""No template can break the content security policy, and no text escapes translation."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

import anju.web

FOLDER = Path(anju.web.__file__).parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TRANSLATED = re.compile(
    r"{%\s*translate\s+(\"[^\"]*\"|'[^']*')[^%]*%}"
    r"|_\(\"[^\"]*\"\)"  # as the argument of a filter
    r"|{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}|{%\s*comment.*?endcomment\s*%}|{#.*?#}",
    re.DOTALL,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"<style\b|\sstyle\s*=", text), "styles belong into frontend/"
    assert not re.search(r"\son[a-z]+\s*=|hx-on|javascript:", text), "handlers belong there too"
    assert not re.search(r"hx-(vals|vars|headers)\s*=\s*[\"']js:", text)
    for tag in re.findall(r"<script\b[^>]*>", text):
        # Data for a script is no script: the policy never runs it.
        assert " src=" in tag or 'type="application/json"' in tag, tag


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"(src|href|action)\s*=\s*[\"'](https?:)?//", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_chinese_word_of_a_template_can_be_translated(path: Path) -> None:
    text = _TRANSLATED.sub("", path.read_text(encoding="utf-8")).replace("简体中文", "")

    assert _CHINESE.findall(text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_can_be_compiled_and_is_short(path: Path) -> None:
    get_template(str(path.relative_to(FOLDER)))

    assert len(path.read_text(encoding="utf-8").splitlines()) <= 200


def test_the_policy_allows_only_our_own_files() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    assert directives["default-src"] == ["'none'"]


@pytest.mark.django_db
def test_every_page_carries_the_policy(client) -> None:
    policy = client.get("/login/")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_number_in_an_attribute_is_written_plain(path: Path) -> None:
    """With thousands apart, maxlength="1,000" lets a single character be typed."""
    text = path.read_text(encoding="utf-8")
    lengths = re.findall(r'(?:maxlength|minlength|rows)="({{.*?}})"', text)
    progress = re.findall(r"<progress[^>]*>", text)

    values = [*lengths, *(value for tag in progress for value in re.findall("{{.*?}}", tag))]

    assert [value for value in values if "|unlocalize" not in value] == []
