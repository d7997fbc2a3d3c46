"""A page in the browser of the own machine, for those who never open a terminal.

It stands on the commands: whatever it does, it does by running one of them in this process, which stays warm, and it
shows that command. Nothing here computes, reads a workbook's meaning or writes a report. Served on loopback only.
"""
