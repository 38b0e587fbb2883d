"""Tasks: what each unit has promised, when it is due, what was reported, and who checks it."""
