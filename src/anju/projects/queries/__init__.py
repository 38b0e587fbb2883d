"""Reads of the project library. Whatever is shown goes through a gate that takes the viewer."""

from anju.projects.queries.gates import payments_for, project_for, projects_for

__all__ = ["payments_for", "project_for", "projects_for"]
