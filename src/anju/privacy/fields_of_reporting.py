"""Columns of reports; read through `anju.privacy.fields`."""

#: model → class → columns
REPORTING: dict[str, dict[str, str]] = {
    "reporting.Issuer": {
        "identity": "leader",
        "public": "head mark signer recipient copies printed_by",
        "technical": "id unit",
    },
    "reporting.NumberCount": {"technical": "id unit year last"},
    "reporting.RegionalIncome": {
        "identity": "recorded_by",
        "public": "area quarter amount growth source published_on",
        "technical": "id recorded_on",
    },
    "reporting.Report": {
        "identity": "submitted_by checked_by changed_by leader",
        "note": "words check_note attachments replacing_reason",
        "public": "kind period subject title recipient copies parts number head signer printed_by"
        " urgency handling replacing",
        "technical": "id unit is_whole first_day last_day due_on frozen_on state submitted_on"
        " issued_on created_on version numbered replaces edition",
    },
    "reporting.ReportPartner": {
        "identity": "leader signed_by",
        "public": "head signer",
        "technical": "id report notice unit position signed_on",
    },
}
