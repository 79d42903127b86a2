"""Designs to panels with known truth: who reads what, and what they would have written.

Standard deviations on 0-100: entry 8, team 4, examiner 5, reading 4, entry by question 4, question
5, and noise 8 times a factor of the examiner; marks are whole numbers from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.core.model import Panel

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Readers = Callable[[Ints, np.random.Generator], tuple[Ints, Ints]]

ENTRIES, TEAMS, SIZE, QUESTIONS = 64, 8, 4, 20
EXAMINERS, OWN = TEAMS * SIZE, ENTRIES // TEAMS
MEAN = 55.0
SD_ENTRY, SD_TEAM, SD_EXAMINER, SD_READING = 8.0, 4.0, 5.0, 4.0
SD_INTERACTION, SD_QUESTION, SD_NOISE, SD_FACTOR = 4.0, 5.0, 8.0, 0.2
# Those who allocate see quality plus this, a correlation of .8 with quality.
SD_FORESIGHT = 6.0


@attrs.frozen
class Design:
    """Who reads what.

    Attributes:
        title: as the table shows it.
        readers: home teams and a generator to ``(r,)`` entries and examiners.
        follows_quality: entries are sorted to teams by what is believed of their quality.
        is_connected: readings tell team from cohort.
    """

    title: str
    readers: Readers
    follows_quality: bool = False
    is_connected: bool = True


@attrs.frozen(eq=False)
class Sample:
    """A panel and what nobody knows.

    Attributes:
        panel: one class; entries and examiners in the order of their ids.
        quality: ``(n,)`` true deviations of the entries, points.
        answered: ``(n,)`` quality plus the mean of how well each entry happens to answer these
            questions: what examiners without number would agree on.
    """

    panel: Panel
    quality: Floats
    answered: Floats


def sample_panel(design: Design, seed: int) -> Sample:
    """Draw entries, examiners and their marks.

    Args:
        design: who reads what.
        seed: the same for every design gives the same entries.

    Returns:
        The panel of reading means, with the truth.
    """
    random = np.random.default_rng(seed)
    quality = random.normal(0, SD_ENTRY, ENTRIES)
    home = _allocate(quality, random, follows_quality=design.follows_quality)
    entry, examiner = design.readers(home, random)
    order = np.lexsort((examiner, entry))
    entry, examiner = entry[order], examiner[order]
    severity = random.normal(0, SD_TEAM, TEAMS)[np.arange(EXAMINERS) // SIZE]
    severity = severity + random.normal(0, SD_EXAMINER, EXAMINERS)
    interaction = random.normal(0, SD_INTERACTION, (ENTRIES, QUESTIONS))
    question = random.normal(0, SD_QUESTION, QUESTIONS)
    spread = SD_NOISE * np.exp(random.normal(0, SD_FACTOR, EXAMINERS))
    reading = quality[entry] + severity[examiner] + random.normal(0, SD_READING, len(entry))
    expected = MEAN + reading[:, None] + question - question.mean() + interaction[entry]
    noise = random.standard_normal(expected.shape) * spread[examiner][:, None]
    marks = np.clip(np.rint(expected + noise), 0, 100)
    return Sample(
        _panel(entry, examiner, home, marks.mean(axis=1)),
        quality,
        quality + interaction.mean(axis=1),
    )


def _allocate(quality: Floats, random: np.random.Generator, *, follows_quality: bool) -> Ints:
    believed = random.normal(0, SD_FORESIGHT, ENTRIES)
    if follows_quality:
        believed = believed + quality
    home = np.empty(ENTRIES, dtype=np.intp)
    home[np.argsort(-believed)] = np.repeat(random.permutation(TEAMS), OWN)
    return home


def _panel(entry: Ints, examiner: Ints, home: Ints, score: Floats) -> Panel:
    return Panel(
        entries=tuple(f"e{i:02}" for i in range(ENTRIES)),
        examiners=tuple(f"x{i:02}" for i in range(EXAMINERS)),
        teams=tuple(f"t{i}" for i in range(TEAMS)),
        classes=("all",),
        entry=entry,
        examiner=examiner,
        team=examiner // SIZE,
        score=score,
        home=home,
        entry_class=np.zeros(ENTRIES, dtype=np.intp),
        raw=np.bincount(entry, score) / np.bincount(entry),
    )


def _own_team(home: Ints, _random: np.random.Generator) -> tuple[Ints, Ints]:
    examiner = home[:, None] * SIZE + np.arange(SIZE)
    return np.repeat(np.arange(ENTRIES), SIZE), examiner.ravel()


def _foreign(entries: int, examiners: int = SIZE, lenders: int = 1) -> Readers:
    """Let each team read entries of the next teams round a random table.

    Args:
        entries: how many foreign entries a team reads.
        examiners: how many of the team read each of them; they take turns.
        lenders: how many of the next teams lend the entries, in turn.
    """

    def readers(home: Ints, random: np.random.Generator) -> tuple[Ints, Ints]:
        entry, examiner = _own_team(home, random)
        table = random.permutation(TEAMS)
        for step in range(entries):
            slot = (step + np.arange(examiners)) % SIZE
            for team, lender in zip(table, np.roll(table, -1 - step % lenders), strict=True):
                read = entry[examiner // SIZE == team]
                lent = random.choice(np.setdiff1d(np.flatnonzero(home == lender), read))
                entry = np.append(entry, np.full(examiners, lent))
                examiner = np.append(examiner, team * SIZE + slot)
        return entry, examiner

    return readers


def _rotated(home: Ints, _random: np.random.Generator) -> tuple[Ints, Ints]:
    """Read one entry a round with one's team, then move: the j-th examiner j teams further."""
    turn = np.empty(ENTRIES, dtype=np.intp)
    turn[np.argsort(home, kind="stable")] = np.tile(np.arange(OWN), TEAMS)
    slot = np.arange(SIZE)
    team = (home[:, None] + turn[:, None] * slot) % TEAMS
    return np.repeat(np.arange(ENTRIES), SIZE), (team * SIZE + slot).ravel()


def _everyone(_home: Ints, _random: np.random.Generator) -> tuple[Ints, Ints]:
    return np.repeat(np.arange(ENTRIES), EXAMINERS), np.tile(np.arange(EXAMINERS), ENTRIES)


FOLLOWS = "same, allocation follows quality"
DESIGNS = {
    "disjoint": Design("disjoint, random allocation", _own_team, is_connected=False),
    "disjoint-sorted": Design(
        "disjoint, strong entries to one team", _own_team, follows_quality=True, is_connected=False
    ),
    "one-reader": Design("1 examiner a team reads 1 foreign entry, random", _foreign(1, 1)),
    "one-reader-sorted": Design(FOLLOWS, _foreign(1, 1), follows_quality=True),
    "linked": Design("each team reads 1 foreign entry, random", _foreign(1)),
    "linked-sorted": Design(FOLLOWS, _foreign(1), follows_quality=True),
    "spread": Design("4 foreign entries, 1 examiner each, random", _foreign(4, 1, lenders=4)),
    "spread-sorted": Design(FOLLOWS, _foreign(4, 1, lenders=4), follows_quality=True),
    "linked-twice": Design("2 foreign entries, random", _foreign(2)),
    "linked-twice-sorted": Design(FOLLOWS, _foreign(2), follows_quality=True),
    "rotated": Design("examiners rotated across teams", _rotated),
    "everyone": Design("everyone reads everything", _everyone),
}
