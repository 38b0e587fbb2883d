"""What counts as being about health names things that are there."""

from anju.intake.feeds import BY_ID
from anju.privacy import HEALTH_FACTS, HEALTH_RISKS
from anju.rules.catalogue import load
from anju.rules.pack_model import RISKS


def test_facts_and_risks_about_health_are_known_to_the_engine() -> None:
    assert set(load()) >= HEALTH_FACTS
    assert set(RISKS) >= HEALTH_RISKS


def test_the_lists_of_health_and_of_the_disabled_are_there() -> None:
    assert {"disability", "chronic", "serious_illness"} <= BY_ID.keys()
