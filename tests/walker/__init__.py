"""The walker: every address, as every role from two towns; nothing of the other town shows."""
