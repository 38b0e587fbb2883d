"""Papers of a case as docx and pdf, from templates that a county may replace."""
