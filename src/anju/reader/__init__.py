"""From a plan document to the list of who answers for what by when. Plain Python, no Django.

`read(text)` is the whole of it; `files.text_of(path)` gives the text of txt, html, docx and pdf.
Every item carries the span of the text it was read from: a person confirms before it counts.
"""

from anju.reader.model import Plan
from anju.reader.reading import read

__all__ = ["Plan", "read"]
