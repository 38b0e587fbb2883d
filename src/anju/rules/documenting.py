"""The pages of `docs/rules`: facts, semantics, and a page for each pack, generated from the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from anju.rules import catalogue, packs
from anju.rules.pack_model import Basis, Parameter, Rule
from anju.rules.packs import Pack
from anju.rules.showing import value_text

_NOTE = "<!-- Written by `anju rules docs`; change the data, not this page. -->"
_LEVELS = {"red": "红 red", "orange": "橙 orange", "yellow": "黄 yellow", "hint": "提示 hint"}


def write(folder: Path) -> list[Path]:
    """Write every page that is not current; returns those written or removed."""
    changed = stale(folder)
    pages = _pages()
    for path in changed:
        if path.name in pages:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[path.name], encoding="utf-8")
        else:
            path.unlink()
    return changed


def stale(folder: Path) -> list[Path]:
    """The pages in the folder that are missing, differ from the data, or belong to no pack."""
    pages = _pages()
    differing = [
        folder / name
        for name, text in pages.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]
    strangers = [path for path in sorted(folder.glob("*.md")) if path.name not in pages]
    return differing + strangers


def _pages() -> Mapping[str, str]:
    loaded = [packs.load(name) for name in packs.names()]
    pages = {
        "README.md": _index(loaded),
        "facts.md": _facts(),
        "semantics.md": f"{_NOTE}\n\n" + _semantics(),
    }
    return pages | {f"{pack.id}.md": "\n".join(_pack(pack)) + "\n" for pack in loaded}


def _semantics() -> str:
    return (catalogue.FOLDER / "semantics.md").read_text(encoding="utf-8")


def _index(loaded: list[Pack]) -> str:
    lines = [
        _NOTE,
        "",
        "# Rules",
        "",
        "- [Facts](facts.md): what rules are written over",
        "- [Semantics](semantics.md): how days, unknowns and fractions are read",
        "",
        "| Pack | Name | Rests on | Rules |",
        "| --- | --- | --- | --- |",
    ]
    for pack in loaded:
        lines.append(
            f"| [{pack.id}]({pack.id}.md) | {pack.name} · {pack.name_en} | {pack.extends or '—'} "
            f"| {len(pack.rules)} |"
        )
    return "\n".join(lines) + "\n"


def _facts() -> str:
    lines = [
        _NOTE,
        "",
        "# Facts",
        "",
        "One row a household, as of the last day of the month; columns of `facts.parquet` in this",
        "order after `household_id`, `code` and `village_code`. Money is whole fen. Facts marked * do",
        "not apply before a quarter of the year has ended.",
        "",
        "| Fact | Type | Unit | Meaning | From |",
        "| --- | --- | --- | --- | --- |",
    ]
    for fact in catalogue.load().values():
        star = " *" if fact.needs_quarter else ""
        codes = f" ({', '.join(fact.values)})" if fact.values else ""
        lines.append(
            f"| `{fact.id}`{star} | {fact.type}{codes} | {fact.unit} | **{fact.name}** {fact.zh}<br>**{fact.name_en}** {fact.en} "
            f"| {fact.source} |"
        )
    lines += ["", "## Queries", "", "Run in this order; each is a named step of a run.", ""]
    for step in catalogue.STEPS:
        text = (catalogue.FOLDER / f"{step}.sql").read_text(encoding="utf-8")
        about = " ".join(
            line.removeprefix("--").strip() for line in text.splitlines() if line.startswith("--")
        )
        lines.append(f"- `{step}.sql`: {about}")
    return "\n".join(lines) + "\n"


def _pack(pack: Pack) -> Iterator[str]:
    yield from (_NOTE, "", f"# {pack.name} · {pack.name_en}", "")
    extends = f", rests on [{pack.extends}]({pack.extends}.md)" if pack.extends else ""
    yield f"Pack `{pack.id}`, {pack.place}{extends}. ⚠ marks a default that no document states and"
    yield "somebody must confirm."
    yield from ("", "## Documents", "")
    for key, document in pack.documents.items():
        yield f"- {key}: 《{document.title}》{document.number}, {document.dated}"
    yield from ("", "## Rules", "")
    for rule in pack.rules:
        yield from _rule(rule, pack)
    yield from (
        "## Parameters",
        "",
        "| Parameter | From | Value | Basis |",
        "| --- | --- | --- | --- |",
    )
    for parameter in pack.parameters.values():
        yield from _parameter(parameter)


def _rule(rule: Rule, pack: Pack) -> Iterator[str]:
    inherited = "" if rule.pack == pack.id else f" (from {rule.pack})"
    yield f"### {rule.name} · {rule.name_en}"
    yield ""
    yield f"`{rule.id}`, {_LEVELS.get(rule.level, rule.level)}, risk `{rule.risk}`{inherited}"
    yield ""
    yield from ("```sql", rule.when, "```", "")
    shown = f" against `{rule.threshold}`" if rule.threshold else ""
    yield f"- Shows: `{rule.observe}`{shown}, {rule.unit}"
    yield f"- Clause: {'; '.join(_basis(basis) for basis in rule.basis)}"
    yield f"- Clears: {rule.clears} · {rule.clears_en}"
    if rule.from_ or rule.until:
        yield f"- Holds: from {rule.from_ or 'the beginning'} until {rule.until or 'further notice'}"
    yield ""


def _parameter(parameter: Parameter) -> Iterator[str]:
    for dated in parameter.values:
        given = dated.value
        value = f"`{dated.formula}`" if given is None else value_text(given, parameter.unit)
        until = f" until {dated.until}" if dated.until else ""
        yield (
            f"| `{parameter.id}` {parameter.name} | {dated.from_}{until} | {value} "
            f"| {_basis(dated.basis)} |"
        )


def _basis(basis: Basis) -> str:
    return f"⚠ {basis.default}" if basis.is_default else f"{basis.doc} {basis.clause}"
