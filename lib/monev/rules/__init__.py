"""From raw sheets to records, what is wrong with them, and how they are scored.

May import models and words. Pure: takes and returns frozen values; the numbers of a rule stand in params.
"""
