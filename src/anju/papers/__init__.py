"""Papers of a case as docx and pdf, from templates that a county may replace.

`catalogue` says which papers there are, `values` what they can say, `filling` puts values into a
template, `checking` tells whether a file may be one, `typesetting` makes the PDF of a filled paper.
See docs/papers.md.
"""
