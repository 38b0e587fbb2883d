"""Papers written in articles (第一条 …): regulations promise nothing, 若干措施 in articles do."""

import re

from anju.reader.shadow import Line, lines_of

_NUMERAL = r"[一二三四五六七八九十百零〇\d]{1,6}"
_ARTICLE = re.compile(rf"第{_NUMERAL}条(?=[ \u3000:、]|[^\n第]{{2}})")
_NUMBERED = re.compile(rf"(第({_NUMERAL})条)[ \u3000:、]*(?=\S)")
_FEWEST = 3
#: What a paper calls itself at the end of its title; 实施办法 and 细则 are regulations whatever they name.
_PROMISING = re.compile(r"(?:措施|意见|方案|计划|要点)(?:\([^()]*\))?》?(?:的?通知)?$")


def articles_of(shadow: str) -> list[Line]:
    """The lines that begin an article, where the document is written in articles."""
    found = [line for line in lines_of(shadow) if _ARTICLE.match(line.text)]
    return found if len(found) >= _FEWEST else []


def may_promise(title: str | None) -> bool:
    """Whether articles below this title may be measures."""
    return bool(title and _PROMISING.search(title.replace("（", "(").replace("）", ")")))


def is_article(mark: str) -> bool:
    """Whether an item is an article; what is numbered in it belongs together."""
    return mark.startswith("第") and mark.endswith("条")


def article_mark(line: Line) -> tuple[str, str, int] | None:
    """第三条, its number, and where its words begin in the line."""
    match = _NUMBERED.match(line.text)
    return (match[1], match[2], match.end()) if match else None
