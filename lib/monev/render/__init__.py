"""From a staged folder to PDF, HTML and Word, by Quarto or by pandoc and Typst, and the numerals they will print.

May import what audits, displays and reads. Runs no notebook and decides no figure.
"""
