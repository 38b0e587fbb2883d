"""Leads and cases: lists, the page of one, the forms on the way, and assigning."""
