"""A plain-Python reading of docs/rules: facts, rule expressions and findings for a household.

Slow, small and written from the specification alone. It shares no code with `anju.rules` beyond
the policy packs (data), so an engine that agrees with it was read twice, independently.
Conventions: a fact's value is an int, Fraction, bool or str; `None` means *unknown*;
`NOT_APPLICABLE` means that the fact cannot exist in this month.
"""
