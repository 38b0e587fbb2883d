"""The text of a plan document: txt, html, docx, and pdf that holds text.

Offsets that the reader gives are those of the text returned here.
"""

import re
from pathlib import Path

from anju.reader.pages import Words
from anju.reader.reflow import tidied
from anju.reader.refusals import Unreadable
from anju.reader.word import text_of_word

_LARGEST = 50 * 1024 * 1024
_LOOKED_AT = 4096


def text_of(path: Path) -> str:
    """The text of a document; `Unreadable` says what is wrong with the file and what to do."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"无法打开文件“{path.name}”：{error.strerror}。") from None
    return text_of_bytes(content, path.name)


def text_of_bytes(content: bytes, name: str) -> str:
    """The text of a document given as bytes; `name` tells its kind."""
    if len(content) > _LARGEST:
        raise Unreadable(f"文件“{name}”超过50兆字节，请拆分后再读。")
    kind = Path(name).suffix.lower()
    if kind == ".doc":
        raise Unreadable(f"“{name}”是旧版Word格式，请另存为.docx后再读。")
    readers = {
        ".docx": text_of_word,
        ".pdf": _pdf,
        ".html": _html,
        ".htm": _html,
        ".txt": _plain,
    }
    if kind not in readers:
        raise Unreadable(f"不认识“{name}”的格式，请提供txt、html、docx或pdf文件。")
    text = readers[kind](content, name)
    if not text.strip():
        raise Unreadable(f"“{name}”里没有文字。扫描件请先做文字识别。")
    return tidied(text)


def _pdf(content: bytes, name: str) -> str:
    """The text of a PDF file."""
    from anju.reader.pdf import text_of_pdf  # its library is loaded only where it is needed

    return text_of_pdf(content, name)


def _plain(content: bytes, name: str) -> str:
    """Text in UTF-8 or GB 18030, line ends made one."""
    return _decoded(content, name).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes, name: str) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else GB 18030."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:_LOOKED_AT]:  # UTF-16 without its mark: which half of a sign is nought
        odd = content[1:_LOOKED_AT:2].count(0) >= content[:_LOOKED_AT:2].count(0)
        return content.decode("utf-16-le" if odd else "utf-16-be", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"“{name}”的文字编码不是UTF-8或GB18030，请另存为UTF-8后再读。")


def _html(content: bytes, name: str) -> str:
    """Blocks as lines; scripts and styles left out."""
    charset = re.search(rb"charset=[\"']?([\w-]+)", content[:2048])
    text = None
    if charset:
        try:
            text = content.decode(charset[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            text = None
    words = Words()
    words.feed(text if text is not None else _decoded(content, name))
    words.close()
    return words.text
