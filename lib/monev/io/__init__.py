"""Files in, files out: workbooks, params, PDFs, the output folder, its manifest, the guarded cache.

May import figures and what lies below them. The only rooms that open inputs; no rule is applied here.
"""
