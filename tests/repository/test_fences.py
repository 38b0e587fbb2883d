"""Every table has a fence on PostgreSQL, or a reason why it needs none (docs/security.md)."""

from tests.fenced import fenced_tables, models_of_ours

#: Nobody lives in these rows, or they must be read before (or whatever) the viewer is.
UNFENCED = {
    "accounts.User": "people who work with the system; asked before the viewer is known",
    "accounts.Unit": "offices",
    "accounts.Post": "decides what the viewer is; asked before the viewer is known",
    "accounts.OldPassword": "digests of passwords, asked while signing in",
    "accounts.LoginAttempt": "sign-ins, asked before the viewer is known",
    "accounts.Token": "decides what a system sees; asked before the viewer is known",
    "audit.Entry": "one chain: each entry is made from the last one, whoever made that",
    "benefits.Scheme": "what the county pays for and how much, as it publishes it",
    "benefits.Batch": "sums of the whole county; its lines are fenced, its gate asks for the county",
    "casework.CaseNumber": "a count for a county and year",
    "casework.Deputy": "people who work with the system, and days",
    "casework.Holiday": "days of the calendar",
    "casework.OpenPage": "public addresses of villages; asked before it is known whose village it is",
    "casework.PaperTemplate": "forms without anybody's data",
    "community.MaintenanceFund": "accounts of sites, as their owners are told",
    "community.RequestNumber": "a count for a county and year",
    "duties.Assignment": "places and who answers for them, not who lives there",
    "duties.Indicator": "figures without households or persons",
    "duties.IndicatorTarget": "figures without households or persons",
    "duties.IndicatorValue": "figures without households or persons",
    "duties.MeasureAmount": "words of a public plan",
    "duties.MeasureDeadline": "words of a public plan",
    "duties.MeasureOffice": "words of a public plan",
    "duties.MeasureTarget": "words of a public plan",
    "duties.OfficeName": "offices",
    "duties.OfficeUnit": "offices",
    "duties.Owed": "meetings of offices",
    "duties.Plan": "a public plan",
    "duties.PlanMeasure": "words of a public plan",
    "duties.PlanVersion": "a public plan",
    "duties.Progress": "work of offices; the gate of tasks asks for the units",
    "duties.Proof": "names of files of offices; their content lies sealed outside the database",
    "duties.Task": "work of offices; its gate asks for the units",
    "duties.TaskDue": "work of offices",
    "duties.TaskUnit": "work of offices",
    "duties.ValueProof": "names of files of offices; their content lies sealed outside the database",
    "employment.PostTerms": "how many places a post has and what it pays; who holds it is fenced",
    "employment.Vacancy": "public notices of employers; to whom one was offered is fenced",
    "employment.WelfarePost": "what posts offices set up; who holds them is fenced",
    "inspection.Inspection": "a check of the whole county; its problems and counts are fenced",
    "intake.Profile": "headings of files",
    "monitoring.Run": "a month of the whole county; its findings, levels and counts are fenced",
    "monitoring.Snapshot": "a digest and a folder",
    "places.Division": "geography",
    "places.Site": "geography",
    "places.Building": "geography",
    "places.Grid": "geography",
    "places.Recoding": "geography, and counts of the whole county",
    "places.CodeChange": "geography",
    "supervision.Acceptance": "stages of a plan, without households or persons",
    "supervision.AcceptanceProof": "names of files of offices; their content lies sealed outside the database",
    "supervision.Supervision": "work of offices; its gate keeps it from units until it is concluded",
    "supervision.SupervisionNumber": "a count for a county and year",
    "supervision.VillageAttainment": "villages, not who lives there",
    "supervision.VillageClass": "villages, not who lives there",
    "reporting.Issuer": "how offices head and number what they send",
    "reporting.NumberCount": "a count for an office and year",
    "reporting.ReportPartner": "offices that send a report together",
    "reporting.RegionalIncome": "published figures of whole regions",
    "reporting.Report": "work of offices: figures without households or persons; its gate asks for the unit",
    "queue.Job": "numbers of batches, runs and exports, which are fenced themselves",
}


def test_every_table_is_fenced_or_says_why_not() -> None:
    tables = {model._meta.label: model._meta.db_table for model in models_of_ours()}
    open_ones = {label for label, table in tables.items() if table not in fenced_tables()}

    assert open_ones - set(UNFENCED) == set(), (
        "add a Fence in a migration (anju.places.fences), and a row to test_row_security;"
        " what holds no household, person or place goes into UNFENCED with its reason"
    )
    assert set(UNFENCED) - open_ones == set()


def test_what_names_a_household_or_a_person_is_fenced() -> None:
    """No reason excuses these."""
    registers = {"registry_household", "registry_person"}
    pointing = {
        model._meta.db_table
        for model in models_of_ours()
        for field in model._meta.get_fields()
        if (field.is_relation and field.concrete and field.related_model)
        and field.related_model._meta.db_table in registers
        or field.name in ("person_id", "household_id", "village_code")
        and not model._meta.label.startswith("places.")
    }

    assert len(pointing) > 12
    assert pointing - fenced_tables() == set()
