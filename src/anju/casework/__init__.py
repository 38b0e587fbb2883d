"""From a lead to risk removed: leads, cases and their moves, papers of each step, help, notices."""
