"""The command line: one file per command, what gathers them, and what the terminal shows.

May import everything below. Nothing is computed or written here: a command reads its arguments, calls one
function of a lower layer and shows what came back.
"""
