"""`monev`: reproducible monitoring reports, from Excel workbooks to PDF."""

__version__ = "0.2.0"
