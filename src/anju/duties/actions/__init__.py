"""What is done with plans, tasks, assignments and indicators; each refuses loudly."""
