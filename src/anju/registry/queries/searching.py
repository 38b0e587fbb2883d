"""Finding households by code, name, pinyin initials, or the last four of an identity number.

Every way goes through an index as a range or an equality; names are never searched inside. A
search that fits more than `TOO_MANY` households shows the first of them and says so.

Which index to begin with cannot be left to the database (SQLite keeps no statistics): in a village
it is quicker to look at the village's households, in a county at the names. A sub-query with a limit
is carried out first on both databases, and an order chooses the index of its field.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Collate, Left

from anju.audit.keys import provider
from anju.registry.identity import TAIL_PURPOSE, all_digests
from anju.registry.models import Household, Membership, Person

TOO_MANY = 500
# Up to so many households, look at each; up to so many persons of a name, follow each. The first
# of them are enough in a county; of a big town they may leave less than can be shown.
FEW_HOUSEHOLDS = 2_000
FIRST_PERSONS, FEW_PERSONS = 700, 2_000


@dataclass(frozen=True)
class Match:
    """Households that fit, how many, and whether there were more than could be shown."""

    households: QuerySet[Household]
    number: int
    is_cut: bool


def search(households: QuerySet[Household], text: str) -> Match:
    """Households (of a gate, already narrowed) that fit what somebody typed."""
    wanted = text.strip()
    looked_at = households.order_by().values("pk", "code", "head_name", "head_initials")
    few = list(looked_at[: FEW_HOUSEHOLDS + 1])
    if not wanted or not few:
        return Match(households.none(), 0, False)
    ways = _in_few(few, wanted) if len(few) <= FEW_HOUSEHOLDS else _in_many(households, wanted)
    found: set[int] = set()
    is_cut = False
    for ids, are_cut in ways:
        found.update(ids)
        is_cut = is_cut or are_cut
    kept = sorted(found)[:TOO_MANY]
    return Match(households.filter(pk__in=kept), len(kept), is_cut or len(found) > TOO_MANY)


Ids = tuple[Iterable[int], bool]


def _in_few(few: list[dict[str, Any]], wanted: str) -> Iterator[Ids]:
    """Ways through the households of a village, looked at one by one."""
    rows = Household.objects.filter(pk__in=[row["pk"] for row in few])
    if _has_digit(wanted):
        yield _beginning(few, "code", wanted), False
    if _is_tail(wanted):
        yield _of_persons(rows, _with_tail(wanted)), False
    field, name = _as_name(wanted)
    if field:
        yield _beginning(few, f"head_{field}", name), False
    if field and len(name) >= 2:
        yield _members_named([row["pk"] for row in few], field, name), False


def _beginning(few: list[dict[str, Any]], field: str, wanted: str) -> list[int]:
    return [row["pk"] for row in few if row[field].startswith(wanted)]


def _members_named(few: list[int], field: str, name: str) -> QuerySet[Membership, int]:
    """Households of members whose name begins so, through the households and not through an index of
    names: as a function of the name on SQLite. PostgreSQL asks a function only of the rows its fence
    has let through, and a comparison before that: there as text of another collation than the index."""
    column = f"person__{field}"
    members = _present().filter(household__in=few)
    if connection.vendor == "postgresql":
        found = members.annotate(named=Collate(column, "C")).filter(prefix("named", name))
    else:
        found = members.annotate(begins=Left(column, len(name))).filter(begins=name)
    return found.values_list("household_id", flat=True)


def _in_many(households: QuerySet[Household], wanted: str) -> Iterator[Ids]:
    """Ways through the indexes of a county's or town's names and codes."""
    if _has_digit(wanted):
        yield _first(households, "code", wanted), False
    if _is_tail(wanted):
        yield _of_persons(households, _with_tail(wanted)), False
    field, name = _as_name(wanted)
    if field:
        yield _first(households, f"head_{field}", name), False
    if field and len(name) >= 2:
        yield _of_named(households, field, name)


def _first(households: QuerySet[Household], field: str, wanted: str) -> QuerySet[Household, int]:
    """The first households in the order of a field that begin so; the order chooses its index."""
    fitting = households.filter(prefix(field, wanted)).order_by(field)
    return fitting.values_list("pk", flat=True)[: TOO_MANY + 1]


def _of_named(households: QuerySet[Household], field: str, name: str) -> Ids:
    """Households with a member of this name, and whether there may be more: the first of the name
    often lead to as many households as are shown."""
    persons = Person.objects.filter(prefix(field, name)).order_by(field, "pk").values("pk")
    found = set(_of_persons(households, persons[:FIRST_PERSONS]))
    if len(found) > TOO_MANY:
        return found, True
    more = [row["pk"] for row in persons[FIRST_PERSONS:FEW_PERSONS]]
    if more:
        found.update(_of_persons(households, more))
    return found, len(more) == FEW_PERSONS - FIRST_PERSONS


def _of_persons(
    households: QuerySet[Household], persons: Iterable[Any]
) -> QuerySet[Household, int]:
    """Households with one of these persons as a present member."""
    found = _present().filter(person__in=persons)
    fitting = households.order_by().filter(pk__in=found.values("household_id"))
    return fitting.values_list("pk", flat=True)[: TOO_MANY + 1]


def _present() -> QuerySet[Membership]:
    return Membership.objects.filter(known_to__isnull=True, left_on__isnull=True).order_by()


def _with_tail(wanted: str) -> list[int]:
    digests = all_digests(provider(), wanted.upper(), TAIL_PURPOSE)
    persons = Person.objects.filter(identity_tail_digest__in=digests).order_by()
    return list(persons.values_list("pk", flat=True)[:FEW_PERSONS])


def _as_name(wanted: str) -> tuple[str, str]:
    """The field of names the text can be meant for (empty: none) and the text as it stands there."""
    if not wanted.isascii():
        return "name", wanted
    return ("initials", wanted.lower()) if wanted.isalpha() else ("", "")


def _has_digit(wanted: str) -> bool:
    return wanted.isascii() and any(char.isdigit() for char in wanted)


def prefix(field: str, text: str) -> Q:
    """`field` begins with `text`, as a range that an index answers."""
    return Q(**{f"{field}__gte": text, f"{field}__lt": text[:-1] + chr(ord(text[-1]) + 1)})


def _is_tail(text: str) -> bool:
    return len(text) == 4 and text[:3].isdigit() and (text[3].isdigit() or text[3] in "Xx")
