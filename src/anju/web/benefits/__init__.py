"""Pages of subsidies: schemes, the rolls of villages, claims, and payment batches."""
