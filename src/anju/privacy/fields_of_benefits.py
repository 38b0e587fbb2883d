"""Columns of subsidies, with their classes (see `anju.privacy.fields`)."""

from typing import Final

BENEFITS: Final[dict[str, dict[str, str]]] = {
    "benefits.Scheme": {
        "public": "county_code number title benefit pack terms every period starts_on ends_on"
        " recipient opens_on closes_on pay_by publicity_days rounding document_title"
        " document_number document_date state",
        "identity": "opened_by",
        "note": "close_reason",
        "technical": "id pack_hash unit payer version last_claim opened_on closed_on",
    },
    "benefits.Roll": {
        "technical": "id scheme village_code sequence version submitted_on published_on"
        " publicity_ends_on cleared_on checked_on approved_on",
    },
    "benefits.Claim": {
        "identity": "number organisation confirmed_by approved_by made_by",
        "circumstances": "item quantity eligibility checks state reason",
        "finance": "base_fen raw_fen amount_fen recovered_fen evidence",
        "note": "confirmation note",
        "technical": "id scheme roll household person village_code origin confirmed_on state_on"
        " approved_on paid_on made_on",
    },
    "benefits.ClaimMove": {
        "identity": "by",
        "circumstances": "reason",
        "finance": "amount_fen",
        "note": "note",
        "technical": "id claim verb from_state to_state moved_on",
    },
    "benefits.Publication": {
        "identity": "posted_by",
        "public": "posted_on ends_on contact",
        "note": "taken_down_reason",
        "technical": "id roll village_code taken_down_on",
    },
    "benefits.PublicationEntry": {
        "identity": "masked_name",
        "circumstances": "item measure",
        "finance": "amount_fen",
        "technical": "id publication claim",
    },
    "benefits.Objection": {
        "identity": "recorded_by settled_by",
        "note": "told answer",
        "technical": "id roll claim received_on answer_by settled_on is_upheld",
    },
    "benefits.Batch": {
        "identity": "drawn_by sent_by recorded_by",
        "finance": "result_digest",
        "note": "note",
        "technical": "id scheme number state version claims total_fen digest drawn_on sent_on"
        " recorded_on paid_fen failed",
    },
    "benefits.PayoutLine": {
        "finance": "amount_fen",
        "circumstances": "failure",
        "note": "note",
        "technical": "id batch claim result paid_on",
    },
    "benefits.Recovery": {
        "identity": "recorded_by",
        "finance": "amount_fen",
        "note": "note",
        "technical": "id claim received_on voucher recorded_on",
    },
}
