"""The cockpit (驾驶舱): a county at a glance, on a desk and on a wall; every number opens its list."""
