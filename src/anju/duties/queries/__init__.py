"""Reads of duties. Whatever is shown goes through a gate that takes the viewer."""

from anju.duties.queries.gates import plan_for, plans_for, task_for, tasks_for, unit_of, units_for

__all__ = ["plan_for", "plans_for", "task_for", "tasks_for", "unit_of", "units_for"]
