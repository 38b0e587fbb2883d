"""Leaders assigned to sites and villages, and what came of their visits."""
