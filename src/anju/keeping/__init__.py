"""Keeping it: changes of keys, backups, retention and erasure, copies for training."""
