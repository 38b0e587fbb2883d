"""Pages of reports: the list, one report, its words, its way to being issued, its files."""
