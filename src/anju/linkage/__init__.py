"""Whose row is this? Lists without numbers, or with wrong ones, against a register of persons.

    links = linking.link(rows, register)          # polars frames, columns as in `records`
    links.outcomes                                # a line a row: linked, doubtful or nobody, and how likely
    links.candidates                              # who else it may be, likeliest first

Candidates are found by shared keys (`candidates`), compared field by field (`comparing`), weighed after
Fellegi and Sunter with a third possibility beside *same person* and *stranger*: *another of the same
household* (`scoring`), and settled one to one (`resolving`). Weights are learnt from the list itself,
starting from shipped ones (`learning`). The caller settles exact matches by digest of the number before.

Plain Python on polars and numpy: no Django, no database.
"""
