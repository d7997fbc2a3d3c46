"""A build from end to end: its order, its work folder and lock, the record of the last one, many builds at once.

May import what renders, runs notebooks and audits. Knows no rule of scoring and no format of a document.
"""
