"""Ids of entries, examiners and teams, from which file names are made."""

from __future__ import annotations

import re

from kvaljury.errors import Text

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)


def id_misfit(text: str) -> tuple[Text, Text] | None:
    """Say why a text can be no id.

    Args:
        text: what stands in the file.

    Returns:
        What is wrong and what to do, or None for an id.

    >>> id_misfit("F-01") is None
    True
    >>> print(id_misfit("nul")[0])
    the id nul is a device name in Windows
    """
    if not _ID.fullmatch(text):
        return (
            Text('the id "{id}" has characters that an id cannot have', id=text)
            if len(text) <= 40  # noqa: PLR2004  # the contract's length
            else Text("the id is longer than 40 characters"),
            Text("use A-Z, a-z, 0-9, hyphen and underscore, beginning with a letter or digit"),
        )
    if _DEVICE.fullmatch(text):
        return (
            Text("the id {id} is a device name in Windows", id=text),
            Text("choose another id, so that files can be named after it"),
        )
    return None
