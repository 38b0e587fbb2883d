"""What people ask of their community and what became of it, services of places, maintenance funds."""
