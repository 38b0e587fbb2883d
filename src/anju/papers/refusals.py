"""What cannot be made into a paper."""


class PaperRefused(ValueError):
    """A file that is no template, or a machine without fonts; the message is for people, in Chinese."""
