"""Made-up entries, panels and rankings on which offered functions are tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import product
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.core.model import (
    BasicControl,
    ClassRanking,
    Entry,
    Kind,
    Moment,
    Operator,
    Panel,
    Predecessor,
    RankedEntry,
    Rubric,
    Status,
    Text,
)

_MOST_ROWS = 4096
_RANDOM_ENTRIES = 60
_FLAGS = (
    "financed_by_city",
    "manager_operations",
    "manager_budget",
    "manager_staff",
    "plan_with_goals",
    "sells_single_places",
)


def panel_of(
    readings: Mapping[tuple[str, str], float],
    team_by_examiner: Mapping[str, str],
    home_by_entry: Mapping[str, str],
    class_by_entry: Mapping[str, str] | None = None,
) -> Panel:
    """Make a panel, in the order that panels have, with means as raw scores.

    Args:
        readings: at least one total on 0-100, by entry and examiner.
        team_by_examiner: the home team of every examiner.
        home_by_entry: the team that lists every entry.
        class_by_entry: the class of every entry; without it, one class for all.

    Returns:
        The panel.
    """
    pairs = sorted(readings)
    ids = tuple(sorted({entry for entry, _ in pairs}))
    examiners = tuple(sorted({examiner for _, examiner in pairs}))
    teams = tuple(sorted({team_by_examiner[examiner] for examiner in examiners}))
    class_of = class_by_entry or dict.fromkeys(ids, "andra")
    classes = tuple(sorted({class_of[entry] for entry in ids}))
    entry = np.array([ids.index(e) for e, _ in pairs], dtype=np.intp)
    score = np.array([readings[pair] for pair in pairs], dtype=np.float64)
    homes = [home_by_entry[e] for e in ids]
    return Panel(
        entries=ids,
        examiners=examiners,
        teams=teams,
        classes=classes,
        entry=entry,
        examiner=np.array([examiners.index(x) for _, x in pairs], dtype=np.intp),
        team=np.array([teams.index(team_by_examiner[x]) for _, x in pairs], dtype=np.intp),
        score=score,
        home=np.array([teams.index(t) if t in teams else -1 for t in homes], dtype=np.intp),
        entry_class=np.array([classes.index(class_of[e]) for e in ids], dtype=np.intp),
        raw=np.bincount(entry, score) / np.bincount(entry),
    )


def sample_marks(rubric: Rubric) -> NDArray[np.float64]:
    """Give every combination of marks where there are few, else the corners and a sample.

    Args:
        rubric: its scale and criteria.

    Returns:
        ``(n, criteria)`` on the rubric's scale, n at most some thousands.
    """
    scale, criteria = rubric.scale, len(rubric.criteria)
    steps = int((scale.high - scale.low) / scale.step)
    if (steps + 1) ** criteria <= _MOST_ROWS:
        chosen = np.array(list(product(range(steps + 1), repeat=criteria)))
    else:
        ends = np.array([[0] * criteria, [steps] * criteria])
        alone = np.eye(criteria, dtype=np.int64) * steps
        drawn = np.random.default_rng(1).integers(0, steps + 1, (_MOST_ROWS, criteria))
        chosen = np.concatenate([ends, alone, steps - alone, drawn])
    return np.asarray(float(scale.low) + chosen * float(scale.step), dtype=np.float64)


def values_by_field(year: int) -> dict[str, tuple[Any, ...]]:
    """Give telling values of every field that rules look at, None for unknown first.

    Args:
        year: of the edition; dates and awards lie around it.
    """
    whole_day = Moment(datetime(year - 1, 1, 1), whole_day=True)  # noqa: DTZ001  # local, naive
    late = Moment(datetime(year + 1, 12, 31, 23, 59))  # noqa: DTZ001  # local, naive
    sums = (None, Fraction(-1), Fraction(0), Fraction(1_000_000))
    years = (None, *range(year - 5, year))
    return {
        **dict.fromkeys(_FLAGS, (None, False, True)),
        "operator": (None, *Operator),
        "employees_excluding_manager": (None, 0, 1, 4, 5, 50, 10_000),
        "stockholm_share": (None, *map(Fraction, (0, 50, 51, 100))),
        "result_previous_year": sums,
        "forecast_current_year": sums,
        "last_award_year": years,
        "last_mention_year": years,
        "predecessors": ((), (Predecessor("Before"),), (Predecessor("Before", year - 1),)),
        "board_notice_date": (None, whole_day, late),
        "bid_received": (None, whole_day, late),
        "basic_control": (None, *BasicControl),
    }


def sample_entries(values: Mapping[str, Sequence[Any]]) -> Iterator[Entry]:
    """Give an entry of which nothing is known, and more with drawn values.

    Args:
        values: the values of every field.
    """
    blank = Entry(id="A1", name="Sample", entry_class="andra", kind=Kind.OTHER)
    yield blank
    generator = np.random.default_rng(1)
    for _ in range(_RANDOM_ENTRIES):
        drawn = {name: known[int(generator.integers(len(known)))] for name, known in values.items()}
        kind = list(Kind)[int(generator.integers(len(Kind)))]
        yield attrs.evolve(blank, kind=kind, **drawn)


def sample_panels() -> Iterator[Panel]:
    """Give panels that are connected, divided, without spread, and of a single reading."""
    home_by_entry = {f"B{n:02}": "KLM"[n % 3] for n in range(12)}
    team_by_examiner = {f"{team}{n}": team for team in "KLM" for n in range(3)}
    own = [
        (entry, examiner)
        for entry, home in home_by_entry.items()
        for examiner, team in team_by_examiner.items()
        if team == home
    ]
    guests = [("B00", "L0"), ("B01", "M0"), ("B02", "K0"), ("B03", "L1"), ("B04", "M1")]
    class_by_entry = {entry: "AB"[n % 2] for n, entry in enumerate(home_by_entry)}
    for pairs, spread in ((own + guests, 9.0), (own, 9.0), (own + guests, 0.0)):
        totals = 60 + spread * np.random.default_rng(1).standard_normal(len(pairs))
        readings = dict(zip(pairs, np.clip(totals, 0, 100).round(3).tolist(), strict=True))
        yield panel_of(readings, team_by_examiner, home_by_entry, class_by_entry)
    yield panel_of({("B00", "K0"): 55.0}, team_by_examiner, home_by_entry)


def with_other_names(panel: Panel) -> Panel:
    """Give the same panel with examiners and teams called otherwise, in the opposite order.

    Args:
        panel: readings of all teams.
    """
    team_by_examiner = {
        f"X{-x % 1000:03}": f"Y{-t % 1000:03}"
        for x, t in zip(panel.examiner, panel.team, strict=True)
    }
    readings = {
        (panel.entries[e], f"X{-x % 1000:03}"): float(score)
        for e, x, score in zip(panel.entry, panel.examiner, panel.score, strict=True)
    }
    homes = {e: f"Y{-t % 1000:03}" for e, t in zip(panel.entries, panel.home, strict=True)}
    classes = {e: panel.classes[c] for e, c in zip(panel.entries, panel.entry_class, strict=True)}
    return panel_of(readings, team_by_examiner, homes, classes)


def sample_rankings() -> Iterator[ClassRanking]:
    """Give classes, best first: clear, overlapping, tied, without probabilities, of one, none."""
    yield _ranking((90, 1.0), (80, 0.97), (60, 0.03), (50, 0.0))
    yield _ranking((90, 0.95), (80, 0.55), (79, 0.45), (50, 0.05))
    yield _ranking((90, 0.99), (80, 0.5), (80, 0.5), (50, 0.01))
    yield _ranking((80, 0.5), (80, 0.5), (80, 0.5), (80, 0.5))
    yield _ranking((90, None), (80, None), (80, None))
    yield _ranking((70, 1.0))
    yield _ranking()


def _ranking(*rows: tuple[float, float | None]) -> ClassRanking:
    scores = [score for score, _ in rows]
    entries = tuple(
        RankedEntry(
            id=f"A{n}",
            name=f"Sample {n}",
            team="L1",
            status=Status.DISCUSS,
            raw=score,
            score=score,
            rank=1 + sum(other > score for other in scores),
            p_shortlist=probability,
            readings=3,
        )
        for n, (score, probability) in enumerate(rows)
    )
    return ClassRanking("andra", Text("Sample"), 2, comparable=True, entries=entries)
