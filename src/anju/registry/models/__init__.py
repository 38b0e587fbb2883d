"""The registers: who lives where with whom, and what is known of them, dated on two axes."""

from anju.registry.models.clinics import ClinicReport
from anju.registry.models.facts import Event, Holding, Income, Status
from anju.registry.models.household import Household, HouseholdRecord, Housing
from anju.registry.models.person import Membership, Person, PersonRecord

__all__ = [
    "ClinicReport",
    "Event",
    "Holding",
    "Household",
    "HouseholdRecord",
    "Housing",
    "Income",
    "Membership",
    "Person",
    "PersonRecord",
    "Status",
]
