"""Columns of plans, tasks, assignments and indicators; read through `anju.privacy.fields`."""

#: model → class → columns
DUTIES: dict[str, dict[str, str]] = {
    "duties.Plan": {
        "public": "title short_title number issuer dated pack created_on ended_on",
        "technical": "id",
    },
    "duties.PlanVersion": {
        "identity": "uploaded_by adopted_by",
        "public": "sequence file_name digest text sections warnings state uploaded_on adopted_on",
        "technical": "id plan",
    },
    "duties.PlanMeasure": {
        "identity": "confirmed_by",
        "public": "key section number title kind",
        "technical": "id version position start end confidence origin state confirmed_on"
        " carried_from",
    },
    "duties.MeasureOffice": {"public": "name role", "technical": "id measure start end"},
    "duties.MeasureDeadline": {
        "public": "words kind due_on every flag",
        "technical": "id measure start end",
    },
    "duties.MeasureTarget": {
        "public": "indicator operator value upper unit due_on",
        "technical": "id measure start end",
    },
    "duties.MeasureAmount": {"public": "what value unit", "technical": "id measure start end"},
    "duties.OfficeName": {
        "identity": "settled_by",
        "public": "name settled_on",
        "technical": "id",
    },
    "duties.OfficeUnit": {"technical": "id office unit"},
    "duties.Task": {
        "public": "number kind clause title requirement starts_on due_on every ends_on operator"
        " goal goal_upper goal_unit state closed_on",
        "note": "closing_note",
        "technical": "id plan measure target parent is_whole given_by version next_due_on"
        " next_reported_on units_named",
    },
    "duties.TaskUnit": {"public": "role", "technical": "id task unit"},
    "duties.TaskDue": {
        "public": "period due_on state reported_on settled_on",
        "technical": "id task",
    },
    "duties.Progress": {
        "identity": "reported_by checked_by",
        "note": "words check_note",
        "technical": "id due unit percent value is_complete reported_on state checked_on",
    },
    "duties.ProgressDraft": {
        "identity": "written_by",
        "note": "texts",
        "technical": "id due saved_at",
    },
    "duties.Proof": {"note": "file_name", "technical": "id progress size digest"},
    "duties.Assignment": {
        "public": "leader_post level division_code site plan clause visits_every meetings_every",
        "technical": "id leader unit assigned_on valid_from valid_to",
    },
    "duties.Owed": {
        "identity": "recorded_by",
        "note": "words",
        "technical": "id assignment kind period due_on held_on",
    },
    "duties.Indicator": {
        "public": "code name name_en unit operator pack source figure definition every begun_on"
        " ended_on",
        "technical": "id plan reporting_unit",
    },
    "duties.IndicatorTarget": {
        "public": "due_on value upper clause",
        "technical": "id indicator promised",
    },
    "duties.IndicatorValue": {
        "identity": "recorded_by checked_by",
        "note": "note check_note",
        "technical": "id indicator as_of value made_of unit state recorded_on checked_on",
    },
    "duties.ValueProof": {"note": "file_name", "technical": "id value size digest"},
}
