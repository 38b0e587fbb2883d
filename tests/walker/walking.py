"""Opening every address the way a curious person would: links, drop-downs, forms, what others saw."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import product
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.apps import apps
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.walker.addresses import ADDRESSES, SHARED, Elsewhere, Page
from tests.walker.towns import Town

#: Of the papers of a case two are read: a page offers some twenty, made from the same values.
PAPERS = {"paper": ("home_check", "notice"), "paper_kind": ("docx",)}
_OTHER_PAPERS = re.compile(
    r"/cases/[^/]+/papers/(?!(home_check|notice)\.docx$)|/benefits/publications/\d+\.pdf$"
)

#: What differs from one answer to the next of the same page, and says nothing.
_PASSING = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(r'"X-CSRFToken": ?"[^"]*"|X-CSRFToken&quot;: ?&quot;[^&]*'),
    re.compile(r"csrf-token\" content=\"[^\"]*\""),
    re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?"),
    re.compile(r"Expires: [^\n]*"),
    re.compile(r"(?<=统计截至 )\d\d:\d\d"),
    # When a PDF was made, and what is made of that.
    re.compile(r"D:\d{14}|/ID *\[[^\]]*\]|<xmp[A-Za-z]*:[^<]*</xmp[^>]*>"),
    re.compile(r'"challenge": "[^"]*"'),
    re.compile(r"nonce=\"[^\"]*\""),
    re.compile(r"<code>[0-9a-f]{8}</code>"),  # the number of an error page
    re.compile(r'(?<=value=")[0-9a-f]{8}(?=")'),  # the seed proposed for a sample
    # When the version of a form was signed, and the signature; what was signed is compared.
    re.compile(r'(?<=:)[\w-]+:[\w-]{40,}(?=">)'),
)


@dataclass(frozen=True)
class Route:
    """An address pattern of the console."""

    name: str
    parameters: tuple[str, ...]

    def paths(self, town: Town) -> list[str]:
        """The addresses of one town's objects; one for a page without parameters."""
        declared = ADDRESSES.get(self.name)
        samples = declared.samples if isinstance(declared, Page) else {}
        if isinstance(declared, Elsewhere) or set(samples) != set(self.parameters):
            return []
        values = [_values(town, samples[name]) for name in self.parameters]
        return [
            reverse(self.name, kwargs=dict(zip(self.parameters, each, strict=True)))
            for each in product(*values)
        ]

    @property
    def is_shared(self) -> bool:
        """Whether both towns have the same objects behind it."""
        declared = ADDRESSES.get(self.name)
        samples = getattr(declared, "samples", {})
        return bool(samples) and set(samples.values()) <= SHARED


def routes() -> list[Route]:
    """Every address of the product."""
    return list(_routes(get_resolver(), "", ()))


def undeclared() -> list[str]:
    """Addresses with parameters that the walker cannot fill in."""
    missing = []
    for route in routes():
        declared = ADDRESSES.get(route.name)
        if isinstance(declared, Elsewhere):
            continue
        given = set(declared.samples) if declared else set()
        if given != set(route.parameters):
            wanted = ", ".join(f'{name}="…"' for name in route.parameters)
            missing.append(f'"{route.name}": Page({wanted}),')
    return missing


def _routes(resolver: URLResolver, namespace: str, before: tuple[str, ...]) -> Iterator[Route]:
    for each in resolver.url_patterns:
        found = (*before, *each.pattern.converters)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _routes(each, inner, found)
        elif isinstance(each, URLPattern):
            yield Route(f"{namespace}{each.name}", found)


def _values(town: Town, sample: str) -> list[str]:
    if sample == "tab":
        from anju.web.registers.tabs import TABS

        return [tab.id for tab in TABS]
    if sample == "form":
        from anju.web.registers.editing.forms import FORMS

        return [form for form in FORMS if form != "member"]
    if sample == "record":
        from anju.web.casework.forms import FORMS

        return list(FORMS)
    if sample == "feed":
        return ["households", "help_measure"]
    if sample in ("member", "status"):
        return [sample]
    if sample in PAPERS:
        return list(PAPERS[sample])
    values = town.samples[sample]
    return values if sample in SHARED else values[:2]


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes and what it would send."""

    path: str
    method: str
    fields: tuple[tuple[str, str], ...]


@dataclass
class Seen:
    """What pages offer: addresses to open and forms to send, each once.

    Of a drop-down of a form that asks (one that sends has its fields): the choices that carry a
    town's marks, and the first of the others.
    """

    marks: tuple[str, ...]
    links: dict[str, None] = field(default_factory=dict)
    forms: dict[Form, None] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects links, forms with their fields, and an address for each choice of a drop-down."""

    def __init__(self, path: str, seen: Seen) -> None:
        super().__init__()
        self.path, self.seen = path, seen
        self._form: tuple[str, str] | None = None
        self._fields: list[tuple[str, str]] = []
        self._select, self._is_first = "", True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in ("href", "hx-get"):
            if name in given and tag != "link":
                self._link(given[name])
        if "hx-post" in given:
            self.seen.forms[Form(given["hx-post"] or self.path, "post", ())] = None
        if tag == "form":
            target = given.get("action") or given.get("hx-post") or self.path
            method = "post" if "hx-post" in given else given.get("method", "get").lower()
            self._form, self._fields = (target, method), []
        elif tag in ("input", "textarea") and given.get("name"):
            self._fields.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self._select, self._is_first = given.get("name", ""), True
        elif tag == "option" and self._select and given.get("value"):
            self._fields.append((self._select, given["value"]))
            sends = self._form is not None and self._form[1] == "post"
            is_marked = any(mark in given["value"] for mark in self.seen.marks)
            if not sends and (self._is_first or is_marked):
                self._link(f"?{urlencode({self._select: given['value']})}")
            self._is_first = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "form" and self._form is not None:
            path, method = self._form
            kept = [pair for pair in self._fields if pair[0] != "csrfmiddlewaretoken"]
            self.seen.forms[Form(path, method, tuple(dict(kept).items()))] = None
            self._form = None

    def _link(self, target: str) -> None:
        parts = urlsplit(target)
        # What hangs on a village's board is there for everybody.
        if parts.netloc or parts.path.startswith(("/static/", "/logout", "/language", "/open/")):
            return
        path = parts.path or self.path
        if path.startswith("/") and not _OTHER_PAPERS.match(path):
            self.seen.links[f"{path}?{parts.query}" if parts.query else path] = None


def of_each_kind(links: Iterable[str]) -> list[str]:
    """Of the links to one page with the same questions in them, the first and the last."""
    kinds: dict[tuple[str, frozenset[str]], list[str]] = {}
    for link in links:
        parts = urlsplit(link)
        asked = frozenset(name for name, _value in parse_qsl(parts.query))
        kinds.setdefault((parts.path, asked), []).append(link)
    return [each for found in kinds.values() for each in dict.fromkeys((found[0], found[-1]))]


def read(path: str, body: str, seen: Seen) -> None:
    """Add what a page offers to what was seen."""
    _Reader(path.split("?")[0], seen).feed(body)


def text_of(answer: HttpResponseBase) -> str:
    """All that an answer says: its page, the cells of its workbook, its headers."""
    if answer.streaming:
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        # The test's client puts this back after a file, and it would end the test's transaction.
        request_finished.disconnect(close_old_connections)
        answer.close()
    else:
        content = answer.content  # type: ignore[attr-defined]
    if "json" in answer.get("Content-Type", ""):
        # Chinese is written in escapes there, in which no mark would be found.
        content = json.dumps(json.loads(content), ensure_ascii=False).encode()
    headers = "\n".join(
        f"{name}: {value}" for name, value in answer.items() if name != "Set-Cookie"
    )
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = [name for name in book.namelist() if not name.startswith("docProps/")]
            content = b"\n".join(book.read(name) for name in sorted(names))
    return f"{answer.status_code}\n{headers}\n{unescape(content.decode('utf-8', 'replace'))}"


def settled(text: str) -> str:
    """An answer without what differs each time (tokens, the minute, its length)."""
    text = _without_tokens(text)
    return re.sub(r"Content-Length: \d+|filename.*", "", text)


def _without_tokens(text: str) -> str:
    for pattern in _PASSING:
        text = pattern.sub("", text)
    return text


def shown(text: str, marks: tuple[str, ...], sent: str) -> list[str]:
    """Marks in an answer, apart from what the request itself said.

    Of thousands of random tokens one or other has the three letters of a mark in it by chance.
    """
    text = _without_tokens(text)
    for value in sorted(_said(sent), key=len, reverse=True):
        text = text.replace(value, "")
    return [mark for mark in marks if mark in text]


def _said(sent: str) -> set[str]:
    """The pieces of an address, as a page may repeat them."""
    parts = urlsplit(sent)
    query = {
        each for pair in parse_qsl(parts.query) for each in pair if len(each) > 3 or each > "~"
    }
    return {sent, parts.path, *query, *(each for each in parts.path.split("/") if len(each) > 3)}


def ask(client: Client, path: str, *, as_fragment: bool = False) -> str:
    """Open an address; what it says."""
    headers = {"HX-Request": "true"} if as_fragment else {}
    return text_of(client.get(path, headers=headers))


def tables() -> dict[str, str]:
    """A digest of every table but those that only note what was asked."""
    noted = {"audit_entry", "django_session"}
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            name = model._meta.db_table
            if name not in noted and model._meta.managed:
                key = model._meta.pk.column
                cursor.execute(f'SELECT * FROM "{name}" ORDER BY "{key}"')
                rows = repr([tuple(map(_plain, row)) for row in cursor.fetchall()])
                found[name] = hashlib.sha256(rows.encode()).hexdigest()
    return found


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
