"""From a printed figure back to its cells, and a report or edition held against another.

May import opened editions and what lies below them. Changes nothing: it reads, compares and tells.
"""
