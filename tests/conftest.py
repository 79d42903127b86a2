"""Where tests find benchmarks, and data that does not belong to the project."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from kvaljury.core.model import Panel

sys.path.append(str(Path(__file__).parents[1]))  # last, so that an installed package wins

settings.register_profile(
    "kvaljury",
    deadline=None,
    derandomize=True,
    max_examples=70,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kvaljury")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the project; tests that need it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("the reference data beside the project are absent")
    return SHARED


@pytest.fixture(scope="session")
def make_panel() -> Callable[..., Panel]:
    """Build a panel from rows (entry, examiner, team, score), homes and classes."""

    def build(
        rows: Sequence[tuple[str, str, str, float]],
        home: Mapping[str, str] | None = None,
        classes: Mapping[str, str] | None = None,
    ) -> Panel:
        rows = sorted(rows)
        entries, examiners, teams = (sorted({row[i] for row in rows}) for i in range(3))
        score = np.array([float(row[3]) for row in rows])
        entry = np.array([entries.index(row[0]) for row in rows])
        class_ids = sorted(set((classes or {}).values())) or ["c"]
        return Panel(
            entries=tuple(entries),
            examiners=tuple(examiners),
            teams=tuple(teams),
            classes=tuple(class_ids),
            entry=entry,
            examiner=np.array([examiners.index(row[1]) for row in rows]),
            team=np.array([teams.index(row[2]) for row in rows]),
            score=score,
            home=np.array([teams.index((home or {}).get(e, teams[0])) for e in entries]),
            entry_class=np.array([class_ids.index((classes or {}).get(e, "c")) for e in entries])
            if classes
            else np.zeros(len(entries), dtype=int),
            raw=np.bincount(entry, score) / np.bincount(entry),
        )

    return build


@pytest.fixture(scope="session")
def simulate_panel(make_panel: Callable[..., Panel]) -> Callable[..., Panel]:
    """Draw a panel of teams of three with known effects; ``guests`` foreign readings a team."""

    def simulate(
        seed: int, teams: int = 6, per_team: int = 4, guests: int = 1, team_sd: float = 4.0
    ) -> Panel:
        generator = np.random.default_rng(seed)
        rows, home = [], {}
        quality = generator.normal(55, 8, teams * per_team)
        culture = generator.normal(0, team_sd, teams)
        severity = generator.normal(0, 4, teams * 3)
        for e, level in enumerate(quality):
            own = e // per_team
            home[f"e{e:02d}"] = f"t{own}"
            readers = [own * 3 + i for i in range(3)]
            readers += [((own + 1) % teams) * 3] if e % per_team < guests else []
            for x in readers:
                noise = generator.normal(0, 4)
                score = level + culture[x // 3] + severity[x] + noise
                rows.append((f"e{e:02d}", f"x{x:02d}", f"t{x // 3}", score))
        return make_panel(rows, home)

    return simulate
