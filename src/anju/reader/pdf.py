"""The text of a PDF file: paragraphs put together again, the rows of ruled tables as lines of cells."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pypdfium2
from pypdfium2 import PdfMatrix, raw

from anju.reader.offices import ends_like_office
from anju.reader.pages import row_said
from anju.reader.reflow import reflowed, width_of
from anju.reader.refusals import Unreadable
from anju.reader.ruled import Box, Grid, Rule, grids_of, rows_said
from anju.reader.unruled import Sign, Table, printed_lines, table_on

_THIN = 3.0  # points: a filled box that is not wider is a line
_SHORTEST = 6.0
_MOST_PATHS = 6000  # on one page; what holds more is a drawing
_INSIDE = 0.5
_RAGGED = 5  # columns that a full line of a cell may stay behind the widest
_ENDED = "。；;！"
_ABOVE = tuple("省市县区州镇乡各")
_PAGE_NUMBER = re.compile(r"[-—－第 ]*\d{1,4}[-—－页 ]*")
#: What the head of a table says that no lines are drawn around.
_NUMBERS = re.compile(r"[序编] *号")
_ANSWERS = re.compile(r"责任|牵头|主办|承办|负责|主管|配合")
#: Blanks that typesetting puts between signs and figures: 不少于 120 个.
_IDLE = re.compile(r"([一-鿿（(，、：；。≥≤]) ?(\d[\d.,%]*) ?(?=[一-鿿])")

#: 2026年 春风送岗 活动方案 “ ”: marks that stand behind their line, a blank where they belong.
_MOVED = re.compile(r" [“”‘’](?: [“”‘’])*(?: |$)")

#: How many signs of a box are asked for at once.
_MOST_SIGNS = 4096

Piece = str | list[str]
Point = tuple[float, float]


def text_of_pdf(content: bytes, name: str) -> str:
    """The words of all pages; `Unreadable` where the file is none or is locked."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(f"“{name}”设有密码，请去掉密码后再读。") from None
        raise Unreadable(f"“{name}”不是完好的PDF文件。") from None
    pieces: list[Piece] = []
    bounds: tuple[float, ...] = ()
    try:
        for page in document:
            on_page, bounds = _said_on(page, bounds)
            _add(pieces, on_page)
    except pypdfium2.PdfiumError:
        raise Unreadable(f"“{name}”不是完好的PDF文件。") from None
    lines = [piece if isinstance(piece, str) else row_said(piece) for piece in pieces]
    said = _IDLE.sub(r"\1\2", "\n".join(lines))
    return reflowed(said.split("\n"))


def _add(pieces: list[Piece], page: list[Piece]) -> None:
    """Put a page after those before it; a row that the end of a page cut in two is one again."""
    last = next((each for each in reversed(pieces) if not _is_page_number(each)), None)
    at = next((n for n, each in enumerate(page) if not _is_page_number(each)), None)
    first = page[at] if at is not None else None
    if isinstance(last, list) and isinstance(first, list) and _goes_on(last, first):
        last[:] = [one + other for one, other in zip(last, first, strict=True)]
        page.remove(first)
    pieces += page


def _is_page_number(piece: Piece) -> bool:
    """Whether a line says nothing but the number of its page."""
    return isinstance(piece, str) and bool(_PAGE_NUMBER.fullmatch(piece.strip()))


def _goes_on(last: list[str], first: list[str]) -> bool:
    """Whether the first row of a page is the rest of the one before: no number, words left off in the middle."""
    if len(last) != len(first) or first[0] or not last[0]:
        return False
    both = [(one, other) for one, other in zip(last, first, strict=True) if other]
    return all(one for one, _ in both) and any(one[-1] not in _ENDED for one, _ in both)


def _said_on(
    page: pypdfium2.PdfPage, bounds: tuple[float, ...]
) -> tuple[list[Piece], tuple[float, ...]]:
    """What a page says from the top down: lines, and rows of tables as their cells.

    `bounds` are the columns of a table without lines that reached the end of the page before; so are those returned.
    """
    text = page.get_textpage()
    left, bottom, right, top = page.get_bbox()
    said: list[Piece] = []
    edge = top
    grids = _grids_on(page)
    for grid in grids:
        said += _lines_in(text, Box(left, grid.box.top, right, edge))
        said += rows_said(grid, [_words_in(text, cell.box) for cell in grid.cells])
        edge = grid.box.bottom
    table = None if grids else _table_without_lines(text, bounds)
    if table is None:
        return said + list(_lines_in(text, Box(left, bottom, right, edge))), ()
    said += _lines_in(text, Box(left, table.top, right, top))
    said += [list(table.heads)] * bool(table.heads)
    said += [
        row if isinstance(row, str) else [put_together(lines) for lines in row]
        for row in table.rows
    ]
    said += _lines_in(text, Box(left, bottom, right, table.bottom))
    return said, table.bounds if table.to_the_end else ()


def _table_without_lines(text: pypdfium2.PdfTextPage, bounds: tuple[float, ...]) -> Table | None:
    """The table of a page on which no lines are drawn; looked for only where a head may be."""
    whole = str(text.get_text_range())
    if not bounds and not (_NUMBERS.search(whole) and _ANSWERS.search(whole)):
        return None
    signs = []
    for n, said in enumerate(whole):
        if not said.isspace():
            left, bottom, right, top = text.get_charbox(n)
            signs.append(Sign(left, bottom, right, top, said))
    return table_on(printed_lines(signs), bounds)


def _bounded(text: pypdfium2.PdfTextPage, box: Box) -> str:
    """The words in a box; asked for once where the helper of the library asks twice, first how many there are."""
    place = (ctypes.c_double(box.left), ctypes.c_double(box.top))
    across = (ctypes.c_double(box.right), ctypes.c_double(box.bottom))
    signs = (ctypes.c_ushort * _MOST_SIGNS)()
    taken = raw.FPDFText_GetBoundedText(text, *place, *across, signs, _MOST_SIGNS)
    if taken >= _MOST_SIGNS:
        return str(text.get_text_bounded(*box))
    return ctypes.string_at(signs, 2 * taken).decode("utf-16-le", "ignore").rstrip("\0")


def _lines_in(text: pypdfium2.PdfTextPage, box: Box) -> list[str]:
    """The lines of a strip of a page."""
    lines = _bounded(text, box).splitlines()
    if not any(map(_MOVED.search, lines)):
        return lines
    whole = str(text.get_text_range())
    return [_in_place(text, whole, line) if _MOVED.search(line) else line for line in lines]


def _in_place(text: pypdfium2.PdfTextPage, whole: str, line: str) -> str:
    """A line whose quotation marks, drawn in another font, came out behind it: its signs from left to right."""
    at = whole.find(line)
    if at < 0:
        return line
    signs = sorted(
        (text.get_charbox(at + n)[0], n, sign) for n, sign in enumerate(line) if sign != " " or n
    )
    return re.sub(r" *([“”‘’]) *", r"\1", "".join(sign for _, _, sign in signs))


def _words_in(text: pypdfium2.PdfTextPage, box: Box) -> str:
    """The words of a cell."""
    inner = Box(box.left + _INSIDE, box.bottom + _INSIDE, box.right - _INSIDE, box.top - _INSIDE)
    return put_together(_lines_in(text, inner))


def put_together(raw: Sequence[str]) -> str:
    """The words of a cell; lines that were only broken by its width are put together."""
    lines = [line.strip() for line in raw if line.strip()]
    if len(lines) < 2:
        return lines[0] if lines else ""
    widest = max(map(width_of, lines), default=0)
    words = ""
    for before, line in zip(["", *lines], lines, strict=False):
        ended = width_of(before) < widest - _RAGGED or (
            ends_like_office(re.split("[、，,]", before)[-1]) and line.startswith(_ABOVE)
        )
        words += f" {line}" if before and ended else line
    return words


def _grids_on(page: pypdfium2.PdfPage) -> list[Grid]:
    """The ruled tables of a page that do not stand beside or inside another, from the top down."""
    flat, upright = [], []
    for first, second in _strokes(page):
        (x0, y0), (x1, y1) = first, second
        if abs(y0 - y1) < _THIN and abs(x0 - x1) >= _SHORTEST:
            flat.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < _THIN and abs(y0 - y1) >= _SHORTEST:
            upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    apart: list[Grid] = []
    for grid in grids_of(flat, upright):
        if not apart or grid.box.top <= apart[-1].box.bottom + _THIN:
            apart.append(grid)
    return apart


def _strokes(page: pypdfium2.PdfPage) -> Iterator[tuple[Point, Point]]:
    """The straight lines drawn on a page: edges that are stroked, and boxes thin enough to be lines."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    for count, (path, matrix) in enumerate(_paths(page)):
        if count > _MOST_PATHS:
            return
        raw.FPDFPath_GetDrawMode(path, filled, stroked)
        for outline in _outlines(path, matrix):
            xs, ys = zip(*outline, strict=True)
            if min(max(xs) - min(xs), max(ys) - min(ys)) < _THIN:
                yield (min(xs), min(ys)), (max(xs), max(ys))
            elif stroked.value:
                yield from pairwise(outline)


def _paths(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, PdfMatrix]]:
    """What is drawn on a page, with what brings it to its place; also inside of forms."""
    form = raw.FPDF_PAGEOBJ_FORM
    found = (raw.FPDFPage_GetObject(page, n) for n in range(raw.FPDFPage_CountObjects(page)))
    for each in found:
        kind = raw.FPDFPageObj_GetType(each)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield each, _matrix(each)
        elif kind == form:
            for n in range(raw.FPDFFormObj_CountObjects(each)):
                inner = raw.FPDFFormObj_GetObject(each, n)
                if raw.FPDFPageObj_GetType(inner) == raw.FPDF_PAGEOBJ_PATH:
                    yield inner, _matrix(inner).multiply(_matrix(each))


def _matrix(drawn: Any) -> PdfMatrix:
    """What brings a drawn thing to its place."""
    said = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, said)
    return PdfMatrix.from_raw(said)


def _outlines(path: Any, matrix: PdfMatrix) -> Iterator[list[Point]]:
    """The points of each outline of a path, in the units of the page; closed ones end where they begin."""
    outline: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, n)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(outline) > 1:
                yield outline
            outline = []
        outline.append(matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])
    if len(outline) > 1:
        yield outline
