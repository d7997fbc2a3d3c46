"""What hand-written prose says of each group, spelt out: spans that name all groups at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monev.display.markdown import literal
from monev.display.phrases import enumerate_words
from monev.model.groups import Group

_COUNTS = re.compile(r'\[\]\{\.tiap-kelompok angka="([a-z._*-]+)"\}')
_CHANNELS = re.compile(r"^\[\]\{\.tiap-kanal\}$", re.MULTILINE)


def for_groups(text: str, groups: Sequence[Group]) -> str:
    """Return prose with its spans for all groups spelt out.

    `[]{.tiap-kelompok angka="pernyataan.*_aktif"}` becomes the figure of each group, the star being the group's id,
    with its name. `[]{.tiap-kanal}`, on a line of its own, becomes a list of who reports through which channel.
    """

    def counts(found: re.Match[str]) -> str:
        told = [f'[]{{.angka key="{found[1].replace("*", group.id)}"}} {literal(group)}' for group in groups]
        return enumerate_words(told)

    with_channel = [group for group in groups if group.channel]

    def channels(_: re.Match[str]) -> str:
        told = [f'- {literal(group)} melaporkan melalui []{{.teks key="kanal-{group.id}"}}' for group in with_channel]
        if len(told) > 1:
            told[-2] += "; dan"
        return "".join(f"{line}{';' if n < len(told) - 2 else ''}\n" for n, line in enumerate(told))[:-1] + "."

    return _CHANNELS.sub(channels, _COUNTS.sub(counts, text))
