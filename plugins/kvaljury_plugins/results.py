"""Rubric for questions of results: one mark from anecdotes to trends that are understood."""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Criterion, Rubric, Text, hookimpl
from kvaljury_plugins.levels import PERCENT_IN_FIVES, Floats, six_levels

LEVELS = six_levels(
    Text(
        "No results are shown, or only single impressions and stories.",
        sv="Inga resultat redovisas, eller bara enstaka intryck och berättelser.",
    ),
    Text(
        "A few results are shown, often from one occasion. It is unclear what they say about "
        "the goals.",
        sv="Några få resultat redovisas, ofta från ett enda tillfälle. Det är oklart vad de "
        "säger om målen.",
    ),
    Text(
        "Results are shown for some of what matters, with a development over time for some of "
        "them. Goals or comparisons are largely absent.",
        sv="Resultat redovisas för en del av det som är viktigt, för några av dem med "
        "utveckling över tid. Mål eller jämförelser saknas till stor del.",
    ),
    Text(
        "Results are shown for most of what matters and over several years. Many are good or "
        "improve, some are set against goals or others, and the analysis explains part of them.",
        sv="Resultat redovisas för det mesta som är viktigt och över flera år. Många är goda "
        "eller förbättras, några ställs mot mål eller andra, och analysen förklarar en del.",
    ),
    Text(
        "Results are shown for all that matters, are good or improve over at least three years, "
        "and stand up well against goals and relevant comparisons. Most causes are analysed.",
        sv="Resultat redovisas för allt viktigt, är goda eller förbättras under minst tre år "
        "och står sig väl mot mål och relevanta jämförelser. De flesta orsaker är analyserade.",
    ),
    Text(
        "Comprehensive results, divided by groups where that matters, are very good or improve "
        "steadily over several years and are among the best in comparison. It is shown what has "
        "caused them and that they will last.",
        sv="Heltäckande resultat, uppdelade på grupper där det har betydelse, är mycket goda "
        "eller förbättras stadigt under flera år och hör till de bästa i jämförelse. Det framgår "
        "vad som har orsakat dem och att de håller i sig.",
    ),
)


def score(marks: Floats) -> Floats:
    """Give the one mark as the score.

    Args:
        marks: ``(n, 1)`` on 0-100.

    Returns:
        ``(n,)`` on 0-100.
    """
    return marks[:, 0]


@hookimpl
def kvaljury_rubrics() -> Iterator[Rubric]:
    """Offer ``results``."""
    criterion = Criterion("", Text("Results", sv="Resultat"))
    yield Rubric("results", (criterion,), PERCENT_IN_FIVES, LEVELS, score)
