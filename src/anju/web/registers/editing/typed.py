"""A form as it was sent: what was seen, what was typed, and how both are shown again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from anju.registry.actions.editing import Overtaken
from anju.registry.queries.provenance import Origin
from anju.web.lists.declaration import Choice
from anju.web.registers.editing.fields import Field, Input, Shown, Told, Wrong
from anju.web.registers.editing.opening import Opened

_SALT = "anju.registers.editing"


@dataclass(frozen=True)
class Typed:
    """What came in. `problems` (field → message) is empty when all of it could be read."""

    texts: dict[str, str]
    values: dict[str, Any]
    seen: dict[str, Any]
    since_text: str
    since: date | None
    problems: dict[str, str]


def sealed_version(opened: Opened, values: Mapping[str, Any]) -> str:
    """The values a form is made from, signed: what the person will have seen."""
    texts = {each.name: each.write(values.get(each.name)) for each in opened.fields}
    return signing.dumps({"of": _of(opened), "seen": texts}, salt=_SALT, compress=True)


def read(opened: Opened, sent: Mapping[str, str]) -> Typed:
    """Read what was sent; of choices only those that are offered, or that stood there already."""
    seen_texts = _seen(opened, sent.get("version", ""))
    # What a client did not send is what stood there: nothing is emptied by being left out.
    texts = {
        each.name: sent.get(each.name, seen_texts.get(each.name, ""))[:500]
        for each in opened.fields
    }
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for each in opened.fields:
        text = texts[each.name]
        if each.input is Input.PHONE and not text.strip():
            text = seen_texts.get(each.name, "")
        try:
            values[each.name] = each.read(text)
            _refuse_strange(each, text, seen_texts.get(each.name, ""), opened)
        except Wrong as wrong:
            problems[each.name] = str(wrong)
    since_text, since = sent.get("since", "").strip()[:20], None
    if since_text:
        try:
            since = date.fromisoformat(since_text)
        except ValueError:
            problems["since"] = _("日期写成 2023-09-30 的样子。")
    seen = {} if opened.is_new else {each.name: _again(each, seen_texts) for each in opened.fields}
    if not opened.is_new and not seen_texts:
        problems[""] = _("这张表已过期。下面保留了您填写的内容，请核对后再保存一次。")
    return Typed(texts, values, seen, since_text, since, problems)


def shown(
    opened: Opened,
    values: Mapping[str, Any],
    *,
    texts: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> list[Shown]:
    """The fields with what is in them: what was typed, else the present values."""
    origins: Mapping[str, Origin] = opened.sheet.origins()
    fields = []
    for each in opened.fields:
        text = "" if each.input is Input.PHONE else each.write(values.get(each.name))
        text = texts.get(each.name, text) if texts is not None else text
        origin = origins.get(each.name)
        fields.append(
            Shown(
                each,
                text,
                choices_of(each, opened),
                (problems or {}).get(each.name, ""),
                origin.source if origin and values.get(each.name) not in (None, "") else "",
                origin.known_on if origin else None,
            )
        )
    return fields


def told(opened: Opened, overtaken: Overtaken) -> list[Told]:
    """What others changed meanwhile, in words."""
    origins = opened.sheet.origins()
    by_name = {each.name: each for each in opened.fields}
    rows = []
    for difference in overtaken.merge.differences:
        each = by_name[difference.name]
        choices, origin = choices_of(each, opened), origins.get(each.name)
        rows.append(
            Told(
                each,
                each.say(difference.seen, choices),
                each.say(difference.present, choices),
                each.say(difference.typed, choices),
                difference.is_conflict,
                "" if each.input is Input.PHONE else each.write(difference.present),
                each.write(difference.typed),
                origin.source if origin else "",
                origin.known_on if origin else None,
            )
        )
    return rows


def untouched(opened: Opened, overtaken: Overtaken) -> list[tuple[str, str]]:
    """What this person changed and nobody else did, in words."""
    told_of = {difference.name for difference in overtaken.merge.differences}
    changes = overtaken.merge.changes
    return [
        (str(each.title), each.say(changes[each.name], choices_of(each, opened)))
        for each in opened.fields
        if each.name in changes and each.name not in told_of
    ]


def merged_texts(opened: Opened, typed: Typed, overtaken: Overtaken) -> dict[str, str]:
    """What is saved by one more click: one's own changes, and of the rest what is there now."""
    texts = {
        each.name: typed.texts[each.name].strip()
        if each.input is Input.PHONE
        else each.write(typed.values[each.name])
        for each in opened.fields
    }
    for difference in overtaken.merge.differences:
        if not difference.is_conflict:
            each = next(f for f in opened.fields if f.name == difference.name)
            is_phone = each.input is Input.PHONE
            texts[each.name] = "" if is_phone else each.write(difference.present)
    return texts


def choices_of(each: Field, opened: Opened) -> Sequence[Choice]:
    """What a field offers to this viewer."""
    if each.input is Input.YES_NO:
        return [Choice("1", _("是")), Choice("0", _("否"))]
    return each.choices(opened.asked) if each.choices else ()


def _refuse_strange(each: Field, text: str, seen: str, opened: Opened) -> None:
    text = text.strip()
    if each.input is not Input.CHOICE or not text or text == seen:
        return
    if all(choice.value != text for choice in choices_of(each, opened)):
        raise Wrong(_("请从列表中选择。"))


def _again(each: Field, texts: Mapping[str, str]) -> Any:
    try:
        return each.read(texts.get(each.name, ""))
    except Wrong:  # a value that was allowed to be empty once
        return None if each.is_nullable else ""


def _seen(opened: Opened, version: str) -> dict[str, str]:
    """The texts the form was made from; nothing where the form is not ours or of something else."""
    try:
        held = signing.loads(version, salt=_SALT)
    except signing.BadSignature:
        return {}
    return dict(held["seen"]) if held["of"] == _of(opened) else {}


def _of(opened: Opened) -> str:
    """What a form is about; a fact that was corrected has another row and is still the same fact."""
    return f"{opened.asked.household.code} {opened.form.id} {opened.name}"
