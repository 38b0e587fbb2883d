"""The conditions of policies, so that PostgreSQL plans a page as it would without them.

A setting is asked for in a subquery, once a statement instead of once a row. The whole condition
stands in a CASE: a range repeats what the page asks for itself, and PostgreSQL, which multiplies
the two, would expect so few rows that it reads a whole town and sorts it for a page of forty. Of a
CASE it expects half. Rows are found by the range the page gives; the policy looks at those only.
"""


def setting(name: str) -> str:
    """A setting of the transaction, read once a statement; NULL where nobody is signed in."""
    return f"(SELECT current_setting('anju.{name}', true))"


def inside(column: str) -> str:
    """The condition that a 12-digit code lies in the viewer's places."""
    return (
        f"({column} >= {setting('low')} AND {column} < {setting('high')}"
        # The function costs more than the rest together: only asked where there are several places.
        f" AND ({setting('ranges')} = '' OR anju_inside({column})))"
    )


def covers(low: str, high: str) -> str:
    """The condition that one of the viewer's ranges holds the whole of [low, high)."""
    return (
        f"({low} >= {setting('low')} AND {high} <= {setting('high')} AND ({setting('ranges')} = ''"  # noqa: S608
        f" OR EXISTS (SELECT 1 FROM unnest(string_to_array({setting('ranges')}, ',')) mine"
        f" WHERE {low} >= split_part(mine, '-', 1) AND {high} <= split_part(mine, '-', 2))))"
    )


def in_grids(column: str = "grid_id") -> str:
    """The condition that a household's grid is one of the viewer's."""
    return f"{column} = ANY ((SELECT anju_grids())::bigint[])"


def weighed(condition: str) -> str:
    """The condition in a form of which PostgreSQL expects half of the rows, whatever it says."""
    return f"CASE WHEN {condition} THEN true ELSE false END"


_HOME = weighed(f"{inside('h.village_code')} OR {in_grids('h.grid_id')}")
#: Of rows with a household: it lives in the viewer's places.
LIVES_HERE = f"EXISTS (SELECT 1 FROM registry_household h WHERE h.id = household_id AND {_HOME})"  # noqa: S608
_IN_A_GRID = (
    "(cardinality((SELECT anju_grids())) > 0 AND EXISTS (SELECT 1 FROM registry_household h"  # noqa: S608
    f" WHERE h.id = household_id AND {in_grids('h.grid_id')}))"
)
#: Of rows with a household and the village it lived in when they were made.
HERE = weighed(f"{inside('village_code')} OR {_IN_A_GRID}")
#: Of counts of a place given by its first 6, 9 or 12 digits: all of it is the viewer's.
COUNTED_HERE = weighed(inside("rpad(place, 12, '0')"))


def of_a_member(person: str, otherwise: str = "") -> str:
    """The condition that a person is, or was, of a household that lives in the viewer's places."""
    condition = f"{inside('h.village_code')} OR {in_grids('h.grid_id')}{otherwise}"
    return (
        "EXISTS (SELECT 1 FROM registry_membership m JOIN registry_household h"  # noqa: S608
        f" ON h.id = m.household_id WHERE m.person_id = {person} AND {weighed(condition)})"
    )
