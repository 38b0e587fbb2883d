"""The names that a document itself writes apart: they part those that it writes without a sign between them."""

from collections.abc import Iterable, Iterator

from anju.reader.names import names_in
from anju.reader.offices import looks_like_office
from anju.reader.structure import Node
from anju.reader.units import names_between_signs


def names_written(shadow: str, leaves: Iterable[Node]) -> list[str]:
    """The names of all items as signs part them; a list that tables repeat is looked at once."""
    return list(_names(shadow, leaves))


def _names(shadow: str, leaves: Iterable[Node]) -> Iterator[str]:
    seen: set[str] = set()
    for leaf in leaves:
        if leaf.row is None:
            yield from names_between_signs(shadow, leaf.words, leaf.end)
            continue
        for zone in leaf.row.zones:
            said = shadow[zone.start : zone.end]
            if said not in seen:
                seen.add(said)
                names = (name for name, _, _ in names_in(shadow, zone.start, zone.end))
                yield from filter(looks_like_office, names)
