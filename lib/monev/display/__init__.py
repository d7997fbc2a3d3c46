"""Sections of the report as frozen values: blocks, charts as specifications, and their Markdown, HTML and SVG.

May import figures and what lies below them. Pure: no file is opened; colours and fonts stand in `quarto/`.
"""
