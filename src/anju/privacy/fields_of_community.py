"""Columns of requests, services and maintenance funds; read through `anju.privacy.fields`."""

from typing import Final

#: model → class → columns
COMMUNITY: Final[dict[str, dict[str, str]]] = {
    "community.Request": {
        "contact": "building entrance room",
        "circumstances": "kind is_own",
        "note": "words",
        "public": "number village_code site grid unit said_on answer_by settle_by confirm_by due_on"
        " taken_on handled_on closed_on reason",
        "technical": "id household state outcome extensions tellings joined_into lead_id payment",
    },
    "community.RequestStep": {
        "identity": "told_by done_by",
        "note": "words",
        "public": "on unit until",
        "technical": "id request kind channel",
    },
    "community.RequestNumber": {"technical": "id prefix last"},
    "community.ServicePoint": {
        "public": "village_code site kind is_there name address hours keeper staff since until",
        "note": "source",
        "technical": "id known_from known_to",
    },
    "community.MaintenanceFund": {
        "public": "site held_at opened_on levy_per_home watched_by",
        "technical": "id",
    },
    "community.FundEntry": {
        "identity": "recorded_by",
        "note": "withdrawn_reason",
        "public": "kind on purpose homes decided_on homes_all homes_present homes_in_favour",
        "finance": "amount",
        "technical": "id fund household recorded_on withdrawn_on",
    },
}
