"""Runs notebooks: the papermill engine and its processes.

May import the notebook front and what lies below it. Knows nothing of rendering or of what a section says.
"""
