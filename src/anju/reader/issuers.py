"""Who issues a plan: the offices above the date, the subject of the notice's title, or a label of the page."""

import re

from anju.reader.shadow import Line
from anju.reader.titles import ends_like_title, titles_said

_SIGNED = re.compile(
    r"(?:办公[室厅]|人民政府|委员会|领导小组|工作专班|指挥部|国务院|公署|县委|市委|区委|省委|局|厅|部|院|会|中心|公司|集团|办事处|办|社|联)$"
)
_FULL_NAME = re.compile(r"(?:人民政府|办公[室厅]|委员会|[局厅])$")
_OFFICE_ALONE = re.compile(r"[一-鿿]{2,24}(?: +[一-鿿]{2,24})*")
_SUBJECT = re.compile(r"([一-鿿 ]{3,120}?) *(?:关于|印发|转发)")
_LABEL = r"(?:{}) *[:：]? *\|? *"
_LABELLED = "发文单位|发文机[关构]|制发机关|发布机构|公开责任部门"
_ISSUED = re.compile(r"[印转]发给(?:你们|各)|现予[印公]发")


def issuer_of(lines: list[Line], signature: int | None) -> str | None:
    """Who signs: the lines right above the date; else whose notice it is by its title; else the label."""
    if signature is not None:
        signed = lines_signed(lines, signature)
        if signed:
            return _joined(signed)
    for title in titles_said(lines):
        match = _SUBJECT.match(title)
        if match and all(map(_SIGNED.search, match[1].split())):
            return " ".join(match[1].split())
    issued = next((n for n, line in enumerate(lines) if _ISSUED.search(line.text)), None)
    for line in lines[issued + 1 : issued + 3] if issued is not None else ():
        if _OFFICE_ALONE.fullmatch(line.text) and _SIGNED.search(line.text):
            return " ".join(line.text.split())
    return _labelled(lines)


def lines_signed(lines: list[Line], signature: int) -> list[str]:
    """The names of offices right above the date; nothing where these are none."""
    signed: list[str] = []
    for line in reversed(lines[max(0, signature - 4) : signature]):
        if re.fullmatch(r"\(?此件.{2,6}\)?", line.text):
            continue
        if (
            len(line.text) > 45
            or re.match(r"附件|\d{1,2} ?[.、]", line.text)
            or line.text[-1] in "。:,;执行落实"
            or re.search(r"[。;]|牵头|负责|责任|联系(?:人|电话|方式)|电话[::]", line.text)
            or ends_like_title(line.text)
        ):
            break
        signed.insert(0, line.text)
    return signed if signed and _SIGNED.search(signed[-1]) else []


def _labelled(lines: list[Line]) -> str | None:
    """Who issues by the label of the page; its source only where that is an office."""
    for labels in (_LABELLED, "来源"):
        for line in lines:
            match = re.search(_LABEL.format(labels), line.text)
            if match is None:
                continue
            rest = line.text[match.end() :].strip()
            name = re.split(r" {1,}|\||(?:成文|发布|公开)日期", rest)[0]
            if len(name) >= 4 and (labels == _LABELLED or _FULL_NAME.search(name)):
                return name
    return None


def _joined(signed: list[str]) -> str:
    """One office over two lines is joined; two offices on one line or two stay apart by a blank."""
    whole = signed[0]
    for line in signed[1:]:
        whole += line if not _SIGNED.search(whole) else f" {line}"
    return re.sub(r" +", " ", whole)
