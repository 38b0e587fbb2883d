"""Pages of a village that anybody may open: what is published, self-reports, objections."""
