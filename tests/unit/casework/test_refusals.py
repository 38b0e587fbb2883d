"""What a procedure says against an action reaches people in their language."""

import pytest
from django.utils.translation import override

from anju.casework.refusals import CaseRefused
from anju.procedures.refusals import ProcedureRefused


@pytest.mark.parametrize(("language", "told"), [("zh-hans", "还缺评议"), ("en", "no review yet")])
def test_a_refusal_of_the_procedure_is_told_in_the_language_in_use(
    language: str, told: str
) -> None:
    with override(language):
        assert CaseRefused.by_procedure(ProcedureRefused("还缺评议", "no review yet")).zh == told
