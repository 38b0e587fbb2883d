"""A plan document of the made-up county, in words of our own, with what was planted in it."""

from anju.synth.plans.made import MadePlan, make
from anju.synth.plans.writing import FILE_NAME, write

__all__ = ["FILE_NAME", "MadePlan", "make", "write"]
