"""What can be done to the registers: one module a noun."""
