"""What the reader cannot take."""


class Unreadable(ValueError):
    """A file that holds no readable text; the message is for people, in Chinese."""
