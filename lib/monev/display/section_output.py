"""How a notebook hands a section of the report to the build: as an output of a type of its own."""

SECTION_TYPE = "application/vnd.monev.section+json"
"""Data of such an output: the slot of the report that it fills, its Markdown, and its pictures."""
