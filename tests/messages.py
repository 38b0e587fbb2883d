"""The catalogue of messages: which Chinese texts the code shows, and whether each has English.

    python tests/messages.py            add new texts to the catalogue, to be translated by hand
    python tests/messages.py --check    name the texts without English; for the checks

Works without gettext's programs: Django turns a template into something like Python, Babel reads
Python. Texts of policy packs carry their English beside them and are not looked for here.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "anju"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# The catalogue changes when its texts do, not when the day does.
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
Message = tuple[str | tuple[str, ...], str | None, str]


def messages() -> Iterator[Message]:
    """Each text (or singular and plural), its context, and the file it stands in."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _read(path.read_bytes(), path)
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        yield from _read(_as_python(path), path)


def _as_python(path: Path) -> bytes:
    """A template's translatable texts, as Django's own extractor gives them to xgettext."""
    from django.utils.translation.template import templatize

    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    calls = re.findall(r"(?:gettext|ngettext|pgettext|npgettext)\(.*?\)(?=\s|$)", text, flags=re.S)
    return "\n".join(" ".join(call.splitlines()) for call in calls).encode()


def _read(source: bytes, path: Path) -> Iterator[Message]:
    name = path.relative_to(ROOT).as_posix()
    for _, function, found, _ in extract_python(io.BytesIO(source), KEYWORDS, [], {}):
        parts = found if isinstance(found, tuple) else (found,)
        if function.startswith("pgettext"):
            yield str(parts[1]), str(parts[0]), name
        elif function.startswith("ngettext"):
            yield (str(parts[0]), str(parts[1])), None, name
        elif parts[0]:
            yield str(parts[0]), None, name


def read() -> Catalog:
    """The English catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def untranslated() -> list[str]:
    """Texts the code shows that have no English, with the file that shows them."""
    catalogue = read()
    missing = []
    for text, context, name in messages():
        entry = catalogue.get(text, context)
        filled = entry is not None and entry.string and all(_parts(entry.string))
        if not filled or entry.fuzzy:
            missing.append(f"{name}: {text}")
    return sorted(set(missing))


def unused() -> list[str]:
    """Texts of the catalogue that the code no longer shows."""
    shown = {text if isinstance(text, str) else text[0] for text, _, _ in messages()}
    return sorted(
        entry.id if isinstance(entry.id, str) else entry.id[0]
        for entry in read()
        if entry.id and (entry.id if isinstance(entry.id, str) else entry.id[0]) not in shown
    )


def _parts(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


def update() -> None:
    """Write the catalogue anew: kept translations, new texts empty, unused ones gone."""
    old = read() if CATALOGUE.exists() else Catalog(locale="en")
    new = Catalog(
        locale="en",
        project="Anju",
        version="",
        copyright_holder="Anju",
        msgid_bugs_address="",
        last_translator="",
        language_team="English",
        creation_date=FIXED,
        revision_date=FIXED,
        fuzzy=False,
        header_comment="# English catalogue of Anju; the texts in the code are Chinese.",
    )
    for text, context, name in messages():
        known = old.get(text, context)
        new.add(text, known.string if known else None, locations=[(name, None)], context=context)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, new, sort_output=True, omit_header=False, width=100)


def main() -> int:
    if "--check" not in sys.argv:
        update()
    problems = [f"no English: {line}" for line in untranslated()]
    problems += [f"not used: {line}" for line in unused()]
    print("\n".join(problems) or "every text has English")
    return 1 if problems and "--check" in sys.argv else 0


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.config.settings")
    django.setup()
    sys.exit(main())
