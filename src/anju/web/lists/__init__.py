"""A list is declared once as a Register; the page, its fragment and its workbook follow from it."""

from anju.web.lists.declaration import (
    Ask,
    Choice,
    Column,
    Filter,
    Found,
    Kind,
    Register,
    Search,
    Sort,
)
from anju.web.lists.view import show

__all__ = [
    "Ask",
    "Choice",
    "Column",
    "Filter",
    "Found",
    "Kind",
    "Register",
    "Search",
    "Sort",
    "show",
]
