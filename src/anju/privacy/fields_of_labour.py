"""Columns of the labour ledger, with their classes (see `anju.privacy.fields`)."""

from typing import Final

_KNOWN: Final = "known_from known_to"

LABOUR: Final[dict[str, dict[str, str]]] = {
    "employment.Employment": {
        "circumstances": "started_on ended_on channel county_code employer",
        "finance": "monthly_wage",
        "note": "source",
        "technical": f"id person {_KNOWN}",
    },
    "employment.Training": {
        "circumstances": "category trade organiser started_on ended_on certificate level",
        "finance": "subsidy",
        "note": "source",
        "technical": f"id household person {_KNOWN}",
    },
    "employment.LabourProfile": {
        "circumstances": "told_on residence wants_work wants_training wished_trade skill"
        " talks openings offers",
        "finance": "wished_wage",
        "note": "source",
        "technical": f"id household person {_KNOWN}",
    },
}
