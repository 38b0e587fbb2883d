"""Units by the names lists give them."""

from __future__ import annotations

from collections.abc import Collection

from anju.accounts.models import Unit


def units_by_name(names: Collection[str]) -> dict[str, int]:
    """Name as a list has it → the unit of just that name, or the only one whose name ends with it:
    `农业农村局` for `枫溪县农业农村局`. What fits none, or several, is left out."""
    units = list(Unit.objects.values_list("name", "pk"))
    found = {}
    for name in names:
        fitting = [pk for full, pk in units if full == name] or [
            pk for full, pk in units if full.endswith(name)
        ]
        if len(fitting) == 1:
            found[name] = fitting[0]
    return found
