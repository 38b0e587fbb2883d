"""What may not be done with inspections, problems and acceptance: why, and what next."""

from anju.audit.refusal import Refusal


class SupervisionRefused(Refusal):
    """This may not be done as things stand; `field` names what to put right in the form."""

    def __init__(self, words: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(words)
