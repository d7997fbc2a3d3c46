"""From draft to publication: releases, their ledger and proof, signatures, the comment round.

Nothing in a release is written again. Whatever is made is made in a work folder and moved into its place in one step.
"""
