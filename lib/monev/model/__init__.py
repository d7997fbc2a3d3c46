"""What the project speaks of: the workbooks described once, params, published figures, raw cells, letters.

May import words only. Pure and frozen: no reading, no scoring.
"""
