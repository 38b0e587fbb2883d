"""What may be done with inspections."""

from anju.inspection.actions.inspections import cancel, closed, perform, perform_now, start

__all__ = ["cancel", "closed", "perform", "perform_now", "start"]
