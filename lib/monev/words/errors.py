"""The failures that a user can cause or meet, each with its exit code (source: the data contract, "Commands")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monev.words.messages import Language, Words, rendered

if TYPE_CHECKING:
    from monev.words.findings import Finding

EXIT_DONE = 0
EXIT_INPUT = 1
EXIT_USAGE = 2
EXIT_RUN = 3
EXIT_DIFFERENT = 4


class MonevError(Exception):
    """A failure to be told in words, never as a traceback. `exit_code` is what the command line returns.

    `str()` of it is Indonesian; `text` gives the language that the user asked for.
    """

    exit_code = EXIT_RUN

    def __init__(self, message: Words) -> None:
        super().__init__(message)
        self.message = message
        self.after: Words = ""  # what is as it was before, told behind the failure

    def text(self, language: Language = "id") -> str:
        """Return what went wrong, in words."""
        return str(rendered(self.message, language))


class InputError(MonevError):
    """Inputs or params have errors; `findings` holds all of them, `earlier` the folders of earlier periods."""

    exit_code = EXIT_INPUT

    def __init__(self, findings: tuple[Finding, ...], earlier: tuple[str, ...] = ()) -> None:
        super().__init__("; ".join(finding.line() for finding in findings))
        self.findings = findings
        self.earlier = earlier

    def text(self, language: Language = "id") -> str:
        """Return all findings on one line."""
        return "; ".join(finding.line(language) for finding in self.findings)


class UsageError(MonevError):
    """The command was called wrongly."""

    exit_code = EXIT_USAGE


class RunError(MonevError):
    """A notebook or the rendering failed; `detail` holds what the tool said, condensed."""

    exit_code = EXIT_RUN

    def __init__(self, message: Words, detail: Words = "") -> None:
        super().__init__(message)
        self.detail = detail
