"""督查: inspections and look-backs, problems and their rectification, points off, acceptance."""
