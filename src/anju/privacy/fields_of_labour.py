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
    "employment.WelfarePost": {
        "public": "kind name division_code site unit started_on ended_on",
        "note": "source",
        "technical": "id known_on",
    },
    "employment.PostTerms": {
        "public": "places monthly_pay fund paper valid_from valid_to",
        "note": "source",
        "technical": f"id post {_KNOWN}",
    },
    "employment.PostHolding": {
        "circumstances": "started_on agreed_until insurance is_part_time has_licence has_official"
        " ended_on end_reason",
        "finance": "monthly_pay",
        "note": "note end_note source",
        "technical": f"id household person post {_KNOWN}",
    },
    "employment.PostPay": {
        "circumstances": "month days paid_on",
        "finance": "due amount",
        "note": "source",
        "technical": f"id household person post {_KNOWN}",
    },
}
