"""Finding households by code, name, pinyin initials, or the last four of an identity number.

Every way goes through an index as a range or an equality; names are never searched inside. A
search that fits more than `TOO_MANY` households shows the first of them and says so.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from anju.audit.keys import provider
from anju.registry.identity import TAIL_PURPOSE
from anju.registry.models import Household, Membership

TOO_MANY = 500


@dataclass(frozen=True)
class Match:
    """Households that fit, and whether there were more than could be shown."""

    households: QuerySet[Household]
    is_cut: bool


def search(households: QuerySet[Household], text: str) -> Match:
    """Households (of a gate, already narrowed) that fit what somebody typed."""
    wanted = text.strip()
    found: set[int] = set()
    for candidates in _ways(households, wanted):
        found.update(candidates[: TOO_MANY + 1])
    is_cut = len(found) > TOO_MANY
    kept = sorted(found)[:TOO_MANY]
    return Match(households.filter(pk__in=kept), is_cut)


def _ways(households: QuerySet[Household], wanted: str) -> list[QuerySet[Household]]:
    """One query of household ids for each way the text can be meant."""
    if not wanted:
        return []
    unsorted = households.order_by()
    ways = [unsorted.filter(prefix("code", wanted)).values_list("pk", flat=True)]
    if len(wanted) == 4 and _is_tail(wanted):
        digest = provider().digest(wanted.upper(), TAIL_PURPOSE)
        ways.append(_with_member(unsorted, Q(person__identity_tail_digest=digest)))
    if wanted.isascii():
        if wanted.isalpha():
            ways += _by_name(unsorted, "initials", wanted.lower())
    else:
        ways += _by_name(unsorted, "name", wanted)
    return ways


def _by_name(households: QuerySet[Household], field: str, wanted: str) -> list[QuerySet[Household]]:
    """By the head's name; from two letters on by every member's."""
    ways = [households.filter(prefix(f"head_{field}", wanted)).values_list("pk", flat=True)]
    if len(wanted) >= 2:
        ways.append(_with_member(households, prefix(f"person__{field}", wanted)))
    return ways


def _with_member(households: QuerySet[Household], condition: Q) -> QuerySet[Household]:
    """Households with a present member who fits."""
    members = Membership.objects.filter(condition, known_to__isnull=True, left_on__isnull=True)
    return households.filter(pk__in=members.values("household_id")).values_list("pk", flat=True)


def prefix(field: str, text: str) -> Q:
    """`field` begins with `text`, as a range that an index answers."""
    return Q(**{f"{field}__gte": text, f"{field}__lt": text[:-1] + chr(ord(text[-1]) + 1)})


def _is_tail(text: str) -> bool:
    return text[:3].isdigit() and (text[3].isdigit() or text[3] in "Xx")
