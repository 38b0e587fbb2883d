"""The last resort of the log: numbers of persons are masked, errors are told without their message.

Nothing of the product logs personal data; a library, or a person who types a number into an address,
might. A line about a request ends with the number that its error page shows.
"""

import logging

from anju.privacy.faults import where
from anju.privacy.masking import masked_text


class Discreet(logging.Filter):
    """Masks every record of a handler. It never drops one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record: message with numbers masked, an error as kinds and places."""
        told = f"[{reference}]" if (reference := _reference(record)) else ""
        message = record.getMessage()
        if told not in message:
            message = f"{message} {told}"
        record.msg, record.args = masked_text(message), None
        if record.exc_info:
            error = record.exc_info[1]
            record.exc_text = where(error) if error is not None else None
            record.exc_info = None
        if record.exc_text:
            record.exc_text = masked_text(record.exc_text)
        record.stack_info = None
        return True


def _reference(record: logging.LogRecord) -> str:
    """The number of the request a line is about; empty where it is about none."""
    return str(getattr(getattr(record, "request", None), "reference", ""))
