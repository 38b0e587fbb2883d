"""Columns of the project library; read through `anju.privacy.fields`."""

_KNOWN = "known_from known_to"

_DESCRIPTION = (
    "name kind subkind is_key content division_code site unit_name builder entered_year plan_year"
    " planned_start planned_finish households is_work_relief labour_percent labour_base"
)

#: model → class → columns
PROJECTS: dict[str, dict[str, str]] = {
    "projects.Project": {
        "public": f"code county_code {_DESCRIPTION} step reached_on",
        "technical": "id unit",
    },
    "projects.ProjectRecord": {
        "public": _DESCRIPTION,
        "note": "source",
        "technical": f"id project unit {_KNOWN}",
    },
    "projects.ProjectStep": {
        "public": "step reached_on",
        "note": "source",
        "technical": f"id project {_KNOWN}",
    },
    "projects.ProjectProgress": {
        "public": "seen_on percent",
        "note": "source",
        "technical": f"id project {_KNOWN}",
    },
    "projects.Funding": {
        "public": "fund amount",
        "note": "source",
        "technical": f"id project {_KNOWN}",
    },
    "projects.Payment": {
        "public": "paid_on kind amount workers relocated_workers",
        "note": "voucher payee source",
        "technical": f"id project {_KNOWN}",
    },
}
