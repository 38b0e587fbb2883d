"""项目库: projects from proposal to hand-over, what was granted for them and what was paid out."""
