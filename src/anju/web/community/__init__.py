"""Pages of the community: requests, services of places, maintenance funds."""
