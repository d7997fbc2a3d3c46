"""Figures beyond the recapitulation: each has an id of its own."""

import pytest

from monev.edition.opened import open_edition
from monev.figures.analysis import with_analysis
from monev.io.folders import REPOSITORY


def test_no_figure_takes_the_place_of_another() -> None:
    opened = open_edition(REPOSITORY, "2021-S1")
    with pytest.raises(ValueError, match=r"figure \S+ twice"):
        with_analysis(opened.register, opened.results)  # which the register has already
