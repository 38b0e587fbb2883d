"""The labour ledger's lists: who was trained, what workers want, who still waits for training."""
