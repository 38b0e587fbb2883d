"""What of an error may be written down: its kinds and places, never its message or values.

A message may quote what was in somebody's file or form. Where it happened is enough to mend it.
"""

import traceback


def where(error: BaseException) -> str:
    """Kinds and places of an error and of what caused it, a line each."""
    lines = []
    cause: BaseException | None = error
    while cause is not None:
        lines.append(type(cause).__qualname__)
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)
