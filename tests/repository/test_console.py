"""The console: every page asks for a permission, every read goes through a gate, every word can
be translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.repository.sources import PACKAGE, has_chinese, name_of, python_files, tree

from anju.accounts.permissions import BY_TOKEN, Permission
from anju.web.access import PUBLIC, SIGNED_IN, access_of

WEB = PACKAGE / "web"
TRANSLATES = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext",
    "pgettext_lazy",
}  # fmt: skip
# A language is called by its own name in every language.
NAMES_OF_LANGUAGES = ("简体中文", "中文")
MANAGER = re.compile(r"\.objects\b|\._default_manager\b|\._base_manager\b")


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _patterns(each, address)
        else:
            yield address, each


ADDRESSES = dict(_patterns(get_resolver()))


def test_every_page_says_who_may_open_it() -> None:
    known = {PUBLIC, SIGNED_IN, BY_TOKEN, *Permission}

    unmarked = [a for a, page in ADDRESSES.items() if access_of(page.callback) not in known]

    assert len(ADDRESSES) > 10
    assert unmarked == []


def test_few_pages_are_public() -> None:
    public = {page.name for page in ADDRESSES.values() if access_of(page.callback) == PUBLIC}

    assert public == {
        "account_login",
        "mfa_login_webauthn",
        "mfa_authenticate",
        "renew_password",
        "set_up_second_factor",
        "openid_connect_login",
        "openid_connect_callback",
        "language",
        "healthz",
        "readyz",
        "open",
        "open-report",
        "open-objection",
        "open-received",
        "open-status",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [a for a, page in ADDRESSES.items() if access_of(page.callback) not in (PUBLIC, BY_TOKEN)],
)
def test_who_has_not_signed_in_is_sent_to_the_sign_in_page(client: Client, address: str) -> None:
    path = "/" + re.sub(r"<(\w+:)?\w+>", "1", address)

    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/login/"), address


@pytest.mark.django_db
def test_addresses_for_systems_are_opened_by_a_token_only(client: Client) -> None:
    """The description of the interface is public and holds no data."""
    addresses = {a: p for a, p in ADDRESSES.items() if access_of(p.callback) == BY_TOKEN}

    refused = {
        page.name: client.get("/" + re.sub(r"<(\w+:)?\w+>", "1", address)).status_code
        for address, page in addresses.items()
    }

    assert all(address.startswith("api/v1/") for address in addresses)
    assert refused.pop("openapi-json") == 200
    assert refused.pop("api-root") == 404
    assert len(refused) > 5
    assert set(refused.values()) == {401}


def test_pages_touch_no_table() -> None:
    touching = [
        f"{name_of(path)}:{number}"
        for path in python_files(WEB)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if MANAGER.search(line)
    ]

    assert touching == [], "ask a gate in queries of the package"


def _docstrings(module: ast.Module) -> set[int]:
    """Ids of the nodes of docstrings and of other texts that stand alone."""
    return {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _translated(module: ast.Module) -> set[int]:
    """Ids of all nodes inside a call that translates."""
    inside = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)
            if name in TRANSLATES:
                inside |= {id(part) for part in ast.walk(node)}
    return inside


def _chinese_in_code(path: Path) -> Iterator[str]:
    module = tree(path)
    passed = _docstrings(module) | _translated(module)
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in passed
        ):
            if has_chinese(node.value) and node.value not in NAMES_OF_LANGUAGES:
                yield f"{name_of(path)}:{node.lineno} {node.value}"


def test_code_of_pages_shows_no_chinese_past_the_translation() -> None:
    shown = (path for path in python_files(WEB) if path.name != "apps.py")

    found = [found for path in shown for found in _chinese_in_code(path)]

    assert found == []


TAGS = (
    r"\{#.*?#\}",
    r"\{%\s*comment.*?endcomment\s*%\}",
    r"\{%\s*(?:blocktranslate|blocktrans)\b.*?end(?:blocktranslate|blocktrans)\s*%\}",
    r"\{%\s*(?:translate|trans)\b.*?%\}",
    r'_\("[^"]*"\)',
    r"_\('[^']*'\)",
)


def _chinese_in_template(text: str) -> list[str]:
    for tag in TAGS:
        text = re.sub(tag, "", text, flags=re.DOTALL)
    for name in NAMES_OF_LANGUAGES:
        text = text.replace(name, "")
    return re.findall(r"[^\s<>\"{}]*[\u4e00-\u9fff][^\s<>\"{}]*", text)


def test_templates_show_no_chinese_past_the_translation() -> None:
    left = {
        name_of(path): found
        for path in sorted(WEB.rglob("*.html"))
        if (found := _chinese_in_template(path.read_text("utf-8")))
    }

    assert left == {}


def test_the_check_of_templates_sees_plain_chinese() -> None:
    assert _chinese_in_template('<p>户数</p>{% translate "户" %}{# 注 #}') == ["户数"]
    assert _chinese_in_template('{{ value|default:_("无") }}{% icon "home" %}') == []
