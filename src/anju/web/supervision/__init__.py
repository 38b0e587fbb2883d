"""督查、问题、验收: inspections, problems and their rectification, points, acceptance, villages."""
