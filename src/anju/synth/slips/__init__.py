"""Lists as people type them: a register of persons, and a list of some of them full of slips.

The slips come from tables written for this package alone. Whatever reads such a list must not know
them: a matcher measured on what it was built from would only be measured on its memory.
"""
