"""The list of findings in the documentation is the one in the code."""

from monev.io.folders import REPOSITORY
from monev.words.catalogue import EXAMPLES, SECTIONS, catalogue
from monev.words.findings import KINDS


def test_the_document_is_made_from_the_code() -> None:
    """To renew it: `.venv/bin/python -m monev.words.catalogue > docs/temuan.md`."""
    assert (REPOSITORY / "docs" / "temuan.md").read_text("utf-8") == catalogue()


def test_every_kind_has_an_example_and_a_section() -> None:
    assert set(EXAMPLES) == set(KINDS)
    assert {code[0] for code in KINDS} == set(SECTIONS)


def test_examples_are_whole_sentences() -> None:
    document = catalogue()
    for code, example in EXAMPLES.items():
        assert example.remedy.endswith("."), code
        assert "{" not in document.split(f"### {code}:")[1].split("###")[0].split("Yang dilakukan")[0], code
