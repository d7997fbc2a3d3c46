"""Every number that the report prints, with value, formula and cells, and what is concluded from them.

May import rules, models and words. Pure: no files, no clock, no text of the report.
"""
