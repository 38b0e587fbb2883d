"""Why a run may be refused; each says what to do instead."""

from anju.audit.refusal import Refusal


class RunRefused(Refusal):
    """A run that cannot be started, carried out or cancelled."""
