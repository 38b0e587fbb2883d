"""Lists laid out as offices really send them: every trap of the import, and any mixture of them."""

from anju.synth.nasty.grid import Grid
from anju.synth.nasty.laying import Mess, lay_out

__all__ = ["Grid", "Mess", "lay_out"]
