"""Writing into the labour ledger."""
