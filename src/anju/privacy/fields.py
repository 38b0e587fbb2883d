"""Every column of every table, with its class. A repository test names what is missing here.

Read by the data dictionary, the audit trail (what of a change is shown), and the copy for training.
"""

from collections.abc import Mapping
from types import MappingProxyType

from anju.privacy.classes import Privacy
from anju.privacy.fields_of_assets import ASSETS
from anju.privacy.fields_of_benefits import BENEFITS
from anju.privacy.fields_of_community import COMMUNITY
from anju.privacy.fields_of_duties import DUTIES
from anju.privacy.fields_of_labour import LABOUR
from anju.privacy.fields_of_projects import PROJECTS
from anju.privacy.fields_of_reporting import REPORTING
from anju.privacy.fields_of_supervision import SUPERVISION

_DATED = "known_from known_to valid_from valid_to"
_KNOWN = "known_from known_to"
_JOB = "job_id created_at finished_at"

# model → class → columns
_DECLARED: dict[str, dict[str, str]] = {
    "places.Division": {"public": "code level name parent ended_on"},
    "places.Site": {"public": "id code name kind village_code opened_on planned_households"},
    "places.Building": {"public": "id site number"},
    "places.Grid": {"public": "id code name village_code site ended_on"},
    "places.Recoding": {
        "public": "effective_on basis changes counts state",
        "technical": f"id problem created_by followed_at {_JOB}",
    },
    "places.CodeChange": {
        "public": "kind old_code old_name new_code new_name is_whole effective_on",
        "technical": "id recoding",
    },
    "registry.Household": {
        "identity": "code head_name head_initials",
        "circumstances": "size village_code site grid origin_village_code household_class"
        " relocated self_moved monitored_kind included_on risk_removed_on",
        "technical": "id",
    },
    "registry.HouseholdRecord": {
        "circumstances": "village_code site grid household_class relocated self_moved"
        " monitored_kind included_on risk_removed_on",
        "note": "source",
        "technical": f"id household {_DATED}",
    },
    "registry.Housing": {
        "contact": "building entrance room address",
        "circumstances": "area_dm2 has_title",
        "note": "source",
        "technical": f"id household {_DATED}",
    },
    "registry.Person": {
        "identity": "code name initials sex born_on nation"
        " identity_sealed identity_digest identity_tail_digest",
        "contact": "phone_sealed",
        "health": "disability_card_sealed",
        "finance": "bank_account_sealed bank_account_digest",
        "technical": "id digest_key_id",
    },
    "registry.PersonRecord": {
        "identity": "sex born_on",
        "circumstances": "education labour",
        "minor": "schooling",
        "health": "health",
        "note": "source",
        "technical": f"id person {_DATED}",
    },
    "registry.Membership": {
        "circumstances": "relation joined_on left_on left_reason",
        "note": "source",
        "technical": f"id household person {_KNOWN}",
    },
    "registry.Status": {
        "health": "kind level",
        "note": "reference source",
        "technical": f"id household person {_DATED}",
    },
    "registry.Income": {
        "finance": "quarter wage business business_cost property transfer",
        "note": "source",
        "technical": f"id household {_KNOWN}",
    },
    "registry.Event": {
        "health": "kind level",
        "finance": "amount",
        "note": "reference source",
        "technical": f"id household person occurred_on {_KNOWN}",
    },
    "registry.Holding": {
        "finance": "kind value reference",
        "note": "source",
        "technical": f"id household person {_DATED}",
    },
    "intake.Batch": {
        "public": "feed",
        "identity": "created_by held_by",
        "note": "file_name problem asks question",
        "technical": "id digest bytes known_on division_code state rows counts differences good_rows_only"
        f" hold {_JOB}",
    },
    "intake.Difference": {
        "identity": "settled_by",
        "note": "fields sources note",
        "technical": "id batch kind sheet number outcome household_id person_id village_code rules"
        " decides since settlement settled_at",
    },
    "intake.Row": {
        "identity": "code",
        "note": "message changes sides candidates",
        "technical": "id batch sheet number outcome household_id person_id village_code column",
    },
    "intake.Decision": {
        "identity": "made_by revoked_by cleared_by",
        "note": "reason cleared_note",
        "technical": "id key person_id score batch_id sheet number made_at revoked_at"
        " left_behind cleared_at",
    },
    "intake.Profile": {
        "identity": "saved_by",
        "public": "feed sheet headings columns source",
        "technical": "id by_hand fingerprint last_batch_id saved_at",
    },
    "exports.ExportRequest": {
        "note": "description address_sealed reason decision_reason problem",
        "technical": "id asker register title format ranges terms rows state asked_at approver"
        " decided_at job_id ready_at expires_at fetched_at digest written_rows",
    },
    "exports.SavedView": {
        "note": "name",
        "technical": "id owner title address saved_at",
    },
    "monitoring.Snapshot": {"technical": "id hash folder counts created_at"},
    "monitoring.Run": {
        "identity": "created_by",
        "technical": "id month pack pack_hash known_on snapshot state engine folder report counts"
        f" problem {_JOB}",
    },
    "monitoring.Finding": {
        "circumstances": "rule status level risk observed threshold observed_text threshold_text",
        "technical": "id run household person_id village_code",
    },
    "monitoring.HouseholdLevel": {
        "circumstances": "level",
        "technical": "id run household village_code",
    },
    "monitoring.Tally": {"technical": "id run place digits rule hits unknown households"},
    "monitoring.LevelTally": {"technical": "id run place digits level households"},
    "inspection.Inspection": {
        "identity": "created_by",
        "technical": f"id as_of state attempt snapshot_hash report problem {_JOB}",
    },
    "inspection.Problem": {
        "health": "code found",
        "technical": "id run household person_id village_code",
    },
    "inspection.ProblemTally": {"technical": "id run place digits code problems households"},
    "inspection.ListCheck": {
        "identity": "created_by",
        "technical": "id feed form_id place ranges since until key as_of seen_to state attempt report"
        f" problem {_JOB}",
    },
    "inspection.ListProblem": {
        "health": "code found",
        "technical": "id run household_id person_id village_code sheet line",
    },
    "casework.Holiday": {"identity": "set_by", "public": "day is_workday name", "technical": "id"},
    "casework.Lead": {
        "identity": "ended_by",
        "health": "risk",
        "circumstances": "level state reason",
        "note": "note",
        "technical": "id household village_code first_on last_on due_on expires_on assigned_to case"
        " merged_into ended_on",
    },
    "casework.LeadSource": {
        "identity": "raised_by",
        "health": "rule",
        "note": "told reference",
        "technical": "id lead channel raised_on run_id person_id",
    },
    "casework.SelfReport": {
        "identity": "name handled_by",
        "contact": "phone_sealed",
        "health": "risk",
        "note": "told refused_reason",
        "technical": "id village_code reference received_at lead handled_on",
    },
    "casework.Case": {
        "identity": "number",
        "circumstances": "kind monitored_kind state is_green_channel decided_on included_on"
        " removed_on removal_kind",
        "technical": "id household village_code pack procedure step holder step_since step_due_on"
        " due_on version assigned_to papers_due_on opened_on closed_on",
    },
    "casework.CaseNumber": {"technical": "id prefix last"},
    "casework.CaseRisk": {
        "health": "risk",
        "technical": "id case found_on solved_on",
    },
    "casework.Move": {
        "identity": "by on_behalf_of",
        "circumstances": "reason",
        "note": "note",
        "technical": "id case version procedure from_step action to_step moved_on at step_due_on",
    },
    "casework.Authorisation": {
        "identity": "signed_by recorded_by",
        "technical": "id case case_version signed_on withdrawn_on",
    },
    "casework.HomeCheck": {
        "identity": "checked_by met",
        "finance": "income_per_capita rigid_spending",
        "circumstances": "guarantees has_risk",
        "health": "values known",
        "note": "own_means note",
        "technical": "id case case_version procedure checked_on",
    },
    "casework.Comparison": {
        "identity": "compared_by",
        "note": "hints",
        "technical": "id case case_version compared_on",
    },
    "casework.Review": {
        "identity": "chair recorded_by",
        "note": "place minutes",
        "technical": "id case case_version procedure held_on entitled present in_favour against",
    },
    "casework.RemovalCheck": {
        "identity": "checked_by acknowledged_by",
        "health": "values known",
        "technical": "id case case_version checked_on acknowledged_on",
    },
    "registry.ClinicReport": {
        "identity": "recorded_by",
        "public": "has_clinic has_staff fills_blank source",
        "note": "arrangement",
        "technical": "id village_code seen_on",
    },
    "casework.ClinicCase": {
        "public": "state",
        "technical": "id number village_code pack procedure step holder step_since step_due_on due_on "
        "version opened_on closed_on",
    },
    "casework.ClinicMove": {
        "identity": "by on_behalf_of",
        "note": "note",
        "technical": "id case version procedure from_step action to_step moved_on at step_due_on "
        "reason",
    },
    "casework.Draft": {
        "identity": "written_by",
        "health": "texts",
        "technical": "id case form saved_at",
    },
    "casework.Deputy": {
        "identity": "made_by",
        "technical": "id user deputy starts_on ends_on",
    },
    "casework.Measure": {
        "identity": "recorded_by",
        "health": "kind risk",
        "finance": "amount promised_income income_before achieved_income income_after",
        "note": "content provider promised achieved",
        "technical": "id case person_id state starts_on ends_on",
    },
    "casework.FollowUp": {
        "identity": "done_by",
        "circumstances": "is_steady",
        "note": "found",
        "technical": "id case village_code due_on done_on",
    },
    "casework.Notice": {
        "identity": "posted_by",
        "public": "kind posted_on ends_on contact",
        "note": "taken_down_reason",
        "technical": "id village_code taken_down_on",
    },
    "casework.NoticeEntry": {
        "identity": "masked_name",
        "circumstances": "members proposed",
        "technical": "id notice case case_version",
    },
    "casework.Objection": {
        "identity": "name answered_by recorded_by",
        "contact": "phone_sealed",
        "note": "told answer",
        "technical": "id notice entry reference channel received_at answered_on is_upheld",
    },
    "casework.OpenPage": {
        "identity": "opened_by",
        "public": "village token contact opened_on closed_on",
        "technical": "id",
    },
    "casework.PaperTemplate": {
        "identity": "put_by",
        "public": "paper version content file_name note put_at",
        "technical": "id",
    },
    **BENEFITS,
    **COMMUNITY,
    **DUTIES,
    **LABOUR,
    **ASSETS,
    **SUPERVISION,
    **PROJECTS,
    **REPORTING,
    "accounts.Unit": {"public": "id name kind division_code office"},
    "accounts.User": {
        "identity": "username name",
        "secret": "password",
        "technical": "id last_login unit is_active language created_on password_set_on"
        " must_change_password",
    },
    "accounts.OldPassword": {"secret": "password", "technical": "id user set_on"},
    "accounts.Token": {
        "secret": "digest",
        "technical": "id system permissions division_code issued_by issued_at expires_on revoked_at",
    },
    "accounts.LoginAttempt": {
        "identity": "name_digest address",
        "technical": "id at user outcome",
    },
    "accounts.Post": {"technical": "id user role division_code grid_code valid_from valid_to"},
    "queue.Job": {
        "identity": "created_by",
        "technical": "id kind key payload state attempts max_attempts run_after lease_until worker"
        " step done total cancel_requested result error created_at started_at finished_at",
    },
    "audit.Entry": {
        "identity": "actor ids address",
        "note": "reason detail",
        "technical": "id sequence at action kind count place previous digest",
    },
    "sessions.Session": {"secret": "session_key session_data", "technical": "expire_date"},
    "account.EmailAddress": {"contact": "email", "technical": "id primary user verified"},
    "account.EmailConfirmation": {"secret": "key", "technical": "id created email_address sent"},
    "mfa.Authenticator": {
        "secret": "data",
        "technical": "id created_at last_used_at type user",
    },
    "socialaccount.SocialAccount": {
        "identity": "uid extra_data",
        "technical": "id date_joined last_login provider user",
    },
    "socialaccount.SocialApp": {
        "secret": "client_id key secret settings",
        "technical": "id name provider provider_id",
    },
    "socialaccount.SocialToken": {
        "secret": "token token_secret",
        "technical": "id account app expires_at",
    },
    "usersessions.UserSession": {
        "identity": "ip user_agent",
        "secret": "session_key data",
        "technical": "id created_at last_seen_at user",
    },
    "contenttypes.ContentType": {"technical": "id app_label model"},
    "auth.Permission": {"technical": "id name content_type codename"},
    "auth.Group": {"technical": "id name"},
}


class Unclassified(LookupError):
    """A column that is not in the table of this module."""


def _spread() -> dict[tuple[str, str], Privacy]:
    """The table by model and column."""
    spread: dict[tuple[str, str], Privacy] = {}
    for model, classes in _DECLARED.items():
        for value, columns in classes.items():
            for column in columns.split():
                if (model, column) in spread:
                    raise ValueError(f"{model}.{column} has two classes.")
                spread[model, column] = Privacy(value)
    return spread


FIELDS: Mapping[tuple[str, str], Privacy] = MappingProxyType(_spread())
"""(`app_label.Model`, field name) → class."""


def class_of(model: str, field: str) -> Privacy:
    """The class of a field, named as `registry.Person`, `name`; `Unclassified` when undeclared."""
    try:
        return FIELDS[model, field]
    except KeyError:
        raise Unclassified(
            f"{model}.{field} has no class: declare it in anju/privacy/fields.py."
        ) from None
