"""An edition, opened: inputs read and checked, results, register; and the next one, prepared.

May import `io`, `figures` and what lies below them. Shows nothing and runs no other program.
"""
