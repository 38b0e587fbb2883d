"""Lights of schemes and the money of their claims: red once the day by which to pay is over."""

from __future__ import annotations

from datetime import date

from anju.benefits.models import Scheme, SchemeState
from anju.benefits.queries.listing import Tally
from anju.benefits.states import State
from anju.duties.lights import Light, light
from anju.duties.queries.limits import warning_days

_OVER = frozenset({State.PAID, State.RECOVERED})


def of(scheme: Scheme, tally: Tally, on: date) -> Light:
    """The light of the day by which to pay; done once all that goes the way is paid, or it is closed."""
    is_paid = bool(tally.count) and tally.of(_OVER).count == tally.count
    settled = scheme.state == SchemeState.CLOSED or (is_paid and on > scheme.closes_on)
    return light(scheme.pay_by, on, settled, warning_days(on))
