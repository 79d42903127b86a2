"""How a document speaks: its language and its way to write numbers."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from kvaljury.errors import Text


@attrs.frozen
class Voice:
    """The language of a document.

    Attributes:
        code: ``sv`` or ``en``.
        render: texts to the language.
        number: a number with so many decimals, as the language writes it.
    """

    code: str
    render: Callable[[Text | str], str]
    number: Callable[[float, int], str]
