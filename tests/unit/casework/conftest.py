"""Row-level security is PostgreSQL's: elsewhere there is nothing to test, and nothing is skipped."""

import os

collect_ignore = (
    []
    if os.environ.get("DATABASE_URL", "").startswith("postgres")
    else ["test_behind_the_fence.py"]
)
