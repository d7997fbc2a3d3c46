"""Connections that ask for nothing are let go: anybody on the machine can open them, and there is room for so many."""

from __future__ import annotations

import asyncio
import logging

from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 10.0  # seconds for a request's head to be there, and for the rest of one that has been answered


class Connection(H11Protocol):
    """Ends by itself when nothing was asked for since the last look, and nothing is being answered."""

    _answered: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look."""
        super().connection_made(transport)
        self.loop.call_later(PATIENCE, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        busy = self.cycle is not None and not self.cycle.response_complete
        if not busy and self.cycle is self._answered:
            self.transport.abort()
            return
        self._answered = None if busy else self.cycle
        self.loop.call_later(PATIENCE, self._look)


def be_quiet() -> None:
    """Let the terminal hear nothing of what strangers send: it is refused, and the page says what there is to say."""
    for name in ("uvicorn.error", "python_multipart"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        logger.setLevel(logging.ERROR)
