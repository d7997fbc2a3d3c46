"""Files in, files out: workbooks, params, the output folder and its manifest."""
