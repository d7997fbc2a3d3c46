"""A failure as the terminal tells it: in words, without a traceback, with the exit code that it means."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from monev.words.errors import EXIT_RUN, InputError, MonevError
from monev.words.messages import Language, rendered
from monev.words.shortages import shortage

if TYPE_CHECKING:
    from monev.commands.findings_list import FindingsTold

_DETAIL = 12  # lines of what a tool said that are shown; its last ones say most


def told(run: Callable[[], int], language: Language, before: FindingsTold | None = None) -> int:
    """Run something; return its exit code, or that of the error that ended it, which is told.

    `before` remembers from round to round which findings were told.
    """
    try:
        return run()
    except InputError as error:
        from monev.commands.findings_list import show_findings

        show_findings(error.findings, language, sys.stderr, error.earlier, before)
        _tell_after(error, language)
        return error.exit_code
    except MonevError as error:
        print(f"monev: {error.text(language)}", file=sys.stderr)
        detail = str(rendered(getattr(error, "detail", ""), language))
        if detail:
            print("\n".join(f"  {line}" for line in detail.splitlines()[-_DETAIL:]), file=sys.stderr)
        why = str(rendered(shortage(error) or "", language))
        if why not in f"{error.text(language)}{detail}":
            print(f"monev: {why}", file=sys.stderr)
        _tell_after(error, language)
        return error.exit_code
    except (OSError, MemoryError, RuntimeError, ImportError) as error:
        if not (short := shortage(error)):
            raise
        print(f"monev: {rendered(short, language)}", file=sys.stderr)
        return EXIT_RUN


def _tell_after(error: MonevError, language: Language) -> None:
    if error.after:
        print(f"monev: {rendered(error.after, language)}", file=sys.stderr)
