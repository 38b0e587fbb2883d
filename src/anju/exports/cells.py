"""Text for cells of workbooks and CSV files that no spreadsheet program takes for a formula."""

# Also the full-width signs: programs set up for Chinese take them for the others.
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_text(text: str) -> str:
    """The text, with an apostrophe in front where it would begin a formula."""
    return f"'{text}" if text.startswith(_SIGNS) else text
