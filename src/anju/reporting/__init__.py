"""报告: figures over all registers, and the official reports that rest on them."""
