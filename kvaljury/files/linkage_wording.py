"""The words for how firmly teams are linked, on paper and in files."""

from __future__ import annotations

from collections.abc import Mapping

from kvaljury.core.model import Linkage
from kvaljury.core.model.wording import link_texts
from kvaljury.errors import Text

LINKAGE = Text("Links between teams")
HOW_FIRMLY_LINKED = Text("How firmly the teams are linked")
WOULD_STRENGTHEN = Text("Readings that would make the differences better known")


def linkage_sentences(linkage: Linkage) -> list[Text]:
    """Say how well the differences in severity between teams are known.

    Args:
        linkage: of a ranking.

    Returns:
        A sentence about the error, one about pairs that nothing is known of, where there are
        any, and one about the strength of the links.
    """
    pairs = linkage.team_differences
    lost = sum(pair.difference is None for pair in pairs)
    sentences = []
    if lost:
        sentences.append(
            Text(
                "For {n} of {total} pairs of teams the readings cannot tell the difference in"
                " severity at all.",
                n=lost,
                total=len(pairs),
            )
        )
    if lost < len(pairs):
        sentences.append(_error_sentence(linkage))
    sentences.append(
        Text(
            "The strength of the links (algebraic connectivity) is {value:.2f} readings: 0 means"
            " that the readings fall into separate parts, and every reading across teams raises"
            " it or leaves it as it is.",
            value=linkage.algebraic_connectivity,
        )
    )
    return sentences


def _error_sentence(linkage: Linkage) -> Text:
    known = [
        (pair.standard_error, pair.teams)
        for pair in linkage.team_differences
        if pair.standard_error is not None
    ]
    if linkage.standard_error is None or not known:
        return Text(
            "There are too few readings to tell how well the differences in severity between the"
            " teams are known."
        )
    largest, (first, second) = max(known, key=lambda pair: pair[0])
    return Text(
        "The difference in severity between two teams has a standard error of {mean:.2f} points"
        " on average; it is largest between {first} and {second}, {largest:.2f} points.",
        mean=linkage.standard_error,
        largest=largest,
        first=first,
        second=second,
    )


def strengthening_texts(linkage: Linkage, names: Mapping[str, str]) -> list[Text]:
    """Name the readings that would strengthen the links and say what they would buy.

    Args:
        linkage: of a ranking.
        names: by entry id.

    Returns:
        A text a reading, the one that buys most first; each counts on those before it.
    """
    links = link_texts(((r.examiner, r.entry) for r in linkage.strengthening), names)
    return [
        Text(
            "{reading}: the average standard error falls to {after:.2f} points",
            reading=link,
            after=reading.standard_error_after,
        )
        for link, reading in zip(links, linkage.strengthening, strict=True)
    ]
