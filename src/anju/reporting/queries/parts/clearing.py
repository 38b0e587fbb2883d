"""动态清零: the lists that must reach zero each month, from the latest run."""

from __future__ import annotations

from anju.casework.queries import clearing
from anju.reporting.queries.asked import Asked
from anju.reporting.told import Figure, Part

TITLE = "动态清零情况"


def tell(asked: Asked) -> Part | None:
    """None where the unit keeps no households, or the pack has no such list."""
    kinds = clearing.procedures_on(asked.at)
    if not asked.tells_households or not kinds:
        return None
    run = clearing.latest_run()
    if run is None or run.month < f"{asked.period.first:%Y-%m}":
        return None
    figures, sentences = [], []
    for kind, procedure in kinds.items():
        tally = clearing.tally(asked.viewer, run, kind, asked.on)
        cleared = tally.total - tally.remaining
        query = {"kind": kind.value}
        figures += [
            Figure(
                f"{kind}.listed", f"{procedure.name}：名单", tally.total, "户", "clearing", query
            ),
            Figure(
                f"{kind}.cleared", f"{procedure.name}：已清零", cleared, "户", "clearing", query
            ),
            Figure(
                f"{kind}.left",
                f"{procedure.name}：未清零",
                tally.remaining,
                "户",
                "clearing",
                query,
            ),
        ]
        sentences.append(
            f"{procedure.name}：名单{tally.total}户，已清零或核实不属清零对象{cleared}户，"
            f"未清零{tally.remaining}户。"
        )
    return Part("clearing", TITLE, sentences, figures)
