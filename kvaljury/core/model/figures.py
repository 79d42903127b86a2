"""Numbers to texts that follow the reader's language."""

from __future__ import annotations

from kvaljury.errors import Text

_NO_BREAK = "\N{NO-BREAK SPACE}"
_PERCENT = f"{{shown}}{_NO_BREAK}%"


def number_text(value: float, decimals: int) -> Text:
    """Show a number with so many decimals, rounded half up, by the language's decimal mark.

    >>> str(number_text(2.5, 1))
    '2.5'
    """
    template = f"{{value:.{decimals}f}}"
    return Text(template, sv=template, value=value)


def percent_text(probability: float) -> Text:
    """Show a probability as a whole percentage that never claims certainty it has not.

    >>> str(percent_text(0.999)).replace(_NO_BREAK, " ")
    '>99 %'
    """
    certain = probability in (0.0, 1.0)
    share = int(100 * probability + 0.5)
    if share == 100 and not certain:  # noqa: PLR2004  # a hundred per cent
        shown = ">99"
    elif share == 0 and not certain:
        shown = "<1"
    else:
        shown = str(share)
    return Text(_PERCENT, sv=_PERCENT, shown=shown)
