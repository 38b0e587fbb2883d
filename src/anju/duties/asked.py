"""What a number of a plan asks for, in one place: tasks and indicators both ask here.

The reader keeps the comparison as the plan writes it; "=" says only that a plain number stands there.
"""

import re
from decimal import Decimal
from typing import Final

from anju.duties.models import Comparison

#: What is better the less there is of it.
_FALLING: Final = re.compile(
    r"(?:返贫|致贫|逾期|不良|差错|空置|闲置|失业|辍学|漏损|超标|违约|负债|结余|结转|撂荒|抛荒|发病|死亡|投诉|上访|事故|发生)"
    r"(?:率|占比|比例|比重)$"
)


def asked(operator: str, value: Decimal, indicator: str) -> str:
    """How a value must compare: 建成2个, 达到50% and 实现100% are to be reached, more is no fault.

    None (零投诉) is not to be passed, and neither is a plain number of what ought to fall (逾期率为3%).
    """
    if operator != Comparison.EQUAL:
        return operator
    falls = value == 0 or _FALLING.search(indicator)
    return Comparison.AT_MOST if falls else Comparison.AT_LEAST
