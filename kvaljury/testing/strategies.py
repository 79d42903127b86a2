"""Hypothesis strategies for authors of plugins; kvaljury itself does not install Hypothesis."""

from __future__ import annotations

from fractions import Fraction
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kvaljury.core.model import Entry, Kind, Panel, Scale
from kvaljury.errors import Text, UsageFault
from kvaljury.testing.samples import panel_of, values_by_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_TEAM_BY_EXAMINER = {f"{team}{n}": team for team in "KLM" for n in range(3)}


def marks(scale: Scale) -> SearchStrategy[Fraction]:
    """Draw marks that a scale admits.

    Args:
        scale: a rubric's.

    Raises:
        UsageFault: if Hypothesis is not installed.
    """
    steps = int((scale.high - scale.low) / scale.step)
    whole: SearchStrategy[int] = _hypothesis().integers(0, steps)
    return whole.map(lambda n: scale.low + n * scale.step)


def entries() -> SearchStrategy[Entry]:
    """Draw entries, any of whose fields may be unknown.

    Raises:
        UsageFault: if Hypothesis is not installed.
    """
    st = _hypothesis()
    fields = {name: st.sampled_from(values) for name, values in values_by_field(2025).items()}
    drawn: SearchStrategy[Entry] = st.builds(
        Entry,
        id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", fullmatch=True),
        name=st.text(min_size=1, max_size=30),
        entry_class=st.just("andra"),
        kind=st.sampled_from(Kind),
        **fields,
    )
    return drawn


def panels() -> SearchStrategy[Panel]:
    """Draw panels of one to eight entries and up to three teams, with and without guests.

    Raises:
        UsageFault: if Hypothesis is not installed.
    """
    st = _hypothesis()
    homes = st.lists(st.sampled_from("KLM"), min_size=1, max_size=8)
    drawn: SearchStrategy[Panel] = homes.flatmap(_panels_with_homes)
    return drawn


def _panels_with_homes(homes: list[str]) -> Any:  # Hypothesis is known to type checkers alone
    st = _hypothesis()
    home_by_entry = {f"B{n}": home for n, home in enumerate(homes)}
    pairs = [(entry, examiner) for entry in home_by_entry for examiner in _TEAM_BY_EXAMINER]
    own = [pair for pair in pairs if _TEAM_BY_EXAMINER[pair[1]] == home_by_entry[pair[0]]]
    guests = [pair for pair in pairs if pair not in own]
    total = st.floats(0, 100).map(lambda number: round(number, 3))
    readings = st.fixed_dictionaries(
        dict.fromkeys(own, total), optional=dict.fromkeys(guests, total)
    )
    return readings.map(lambda drawn: panel_of(drawn, _TEAM_BY_EXAMINER, home_by_entry))


def _hypothesis() -> ModuleType:
    try:
        from hypothesis import strategies  # noqa: PLC0415  # only those who test plugins have it
    except ImportError as error:
        raise UsageFault(
            Text("the strategies of kvaljury.testing need Hypothesis, which is not installed"),
            hint=Text("run: pip install hypothesis"),
        ) from error
    return strategies
