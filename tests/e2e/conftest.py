"""One real build of the 2021 edition, shared by the end-to-end tests."""

import pypdfium2
import pytest

from support import Build, copy_root, monev


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    root = copy_root(tmp_path_factory.mktemp("akar") / "ran")
    done = monev(root, "build", "2021-S2", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    return Build(root, root / "outputs" / "2021-S2", done.stdout, done.stderr)


@pytest.fixture(scope="session")
def pages(built: Build) -> list[str]:
    document = pypdfium2.PdfDocument(built.folder / "laporan.pdf")
    return [page.get_textpage().get_text_range() for page in document]
