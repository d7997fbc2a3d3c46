"""Runs notebooks: the papermill engine, its processes, what each notebook read and whether it must run again.

May import the notebook front and what lies below it. Knows nothing of rendering or of what a section says.
"""
