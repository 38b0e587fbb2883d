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
    "employment.Workshop": {
        "public": "county_code division_code site name kind products opened_on closed_on rating"
        " rated_on",
        "identity": "operator",
        "note": "source",
        "technical": "id known_on",
    },
    "employment.WorkshopCount": {
        "public": "told_on posts workers lifted_out relocated",
        "finance": "average_wage",
        "note": "source",
        "technical": f"id workshop {_KNOWN}",
    },
    "employment.Vacancy": {
        "public": "county_code employer workshop trade division_code wanted filled wage_from wage_to"
        " age_from age_to needs_skill keep opened_on closes_on",
        "contact": "address contact phone_sealed",
        "note": "requirements source",
        "technical": "id known_on",
    },
    "employment.Offer": {
        "circumstances": "offered_on result reason answered_on started_on",
        "note": "source",
        "technical": f"id household person vacancy {_KNOWN}",
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
