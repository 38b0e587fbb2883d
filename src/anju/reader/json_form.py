"""A plan as JSON, in the published form (docs/plan.schema.json)."""

import dataclasses
import json
from datetime import date
from enum import Enum
from typing import Any

from anju.reader.model import Plan


def to_json(plan: Plan) -> str:
    """The plan as JSON text, the same for the same plan."""
    return json.dumps(plain(plan), ensure_ascii=False, indent=2)


def plain(value: Any) -> Any:
    """Dataclasses as objects, dates as YYYY-MM-DD, codes as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {part.name: plain(getattr(value, part.name)) for part in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
