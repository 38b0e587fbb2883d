"""一次填报: how much of each form the county knows already."""
