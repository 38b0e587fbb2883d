"""Columns of inspections, problems, acceptance; read through `anju.privacy.fields`."""

_FILE = {"note": "file_name"}

#: model → class → columns
SUPERVISION: dict[str, dict[str, str]] = {
    "supervision.SupervisionNumber": {"technical": "id prefix last"},
    "supervision.Supervision": {
        "identity": "drawn_by opened_by",
        "note": "team purpose conclusion",
        "public": "number kind title plan division_code led_by starts_on ends_on checklist"
        " questions",
        "technical": "id looks_back_at sample_of strata among size seed frame frame_hash drawn_on"
        " state concluded_on",
    },
    "supervision.SampleItem": {
        "identity": "checked_by",
        "note": "words",
        "technical": "id supervision position stratum household task checked_on about_health",
    },
    "supervision.SampleAnswer": {"circumstances": "result", "technical": "id item question"},
    "supervision.FoundProblem": {
        "identity": "recorded_by",
        "note": "title words",
        "public": "number source clause division_code seriousness found_on due_on",
        "technical": "id supervision item plan task indicator household about_health round state"
        " closed_on",
    },
    "supervision.ProblemUnit": {"technical": "id problem unit"},
    "supervision.ProblemRound": {"technical": "id problem number opened_on due_on closed_on"},
    "supervision.Rectification": {
        "identity": "submitted_by checked_by",
        "note": "words check_note",
        "technical": "id problem round unit submitted_on state checked_on",
    },
    "supervision.RectificationProof": {**_FILE, "technical": "id rectification size digest"},
    "supervision.LookBack": {
        "identity": "checked_by",
        "note": "words",
        "technical": "id problem round supervision checked_on is_solved",
    },
    "supervision.SupervisionNotice": {
        "identity": "issued_by signed_by",
        "note": "title words attachments replacing_reason",
        "public": "number kind issued_on document_number head signer printed_by urgency copies"
        " handling",
        "technical": "id plan supervision problem issuing_unit numbered on_paper version"
        " replaces replacing",
    },
    "supervision.NoticeUnit": {"technical": "id notice unit"},
    "supervision.Acceptance": {
        "identity": "recorded_by",
        "note": "words",
        "public": "stage held_on result",
        "technical": "id plan checks recorded_on",
    },
    "supervision.AcceptanceProof": {**_FILE, "technical": "id acceptance size digest"},
    "supervision.VillageClass": {
        "identity": "recorded_by",
        "public": "division_code code basis valid_from valid_to",
        "technical": "id plan",
    },
    "supervision.VillageAttainment": {
        "identity": "recorded_by",
        "note": "words",
        "public": "division_code code met reached_on",
        "technical": "id plan",
    },
}
