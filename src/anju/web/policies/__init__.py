"""政策: what a policy pack says on a day, for whoever wants to look it up. Read from the pack's files."""
