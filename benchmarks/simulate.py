"""Show how well each method finds true quality: ``python benchmarks/simulate.py``.

Takes --replications (200), --workers (2) and --design (all; may be given several times), and prints
Markdown tables. In the same replication every design has entries of the same quality.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

# Workers beside each other beat threads within matrix products of this size.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]

import attrs  # noqa: E402  # numpy reads the number of threads once
import numpy as np  # noqa: E402

from benchmarks.panels import DESIGNS, Floats  # noqa: E402
from benchmarks.trials import METHODS, Trial, try_methods  # noqa: E402

TITLES = {
    "raw": "raw mean",
    "z-score": "z-score",
    "least-squares": "least squares",
    "mixed": "mixed model",
    "mixed-cohort": "mixed model + cohort",
}
Cells = Mapping[tuple[str, str], Mapping[str, Floats]]


def simulate(designs: Iterable[str], replications: int, workers: int) -> Cells:
    """Try every method on replications of designs.

    Args:
        designs: keys of ``DESIGNS``.
        replications: panels of each; the seeds are 0, 1, and so on.
        workers: number of processes.

    Returns:
        By design and method, each measure of a trial ``(replications,)``.
    """
    measures = [field.name for field in attrs.fields(Trial)]
    cells = {}
    with ProcessPoolExecutor(workers) as pool:
        for design in designs:
            trials = pool.map(partial(_replicate, design), range(replications), chunksize=5)
            table = np.array(list(trials))
            for i, method in enumerate(METHODS):
                cells[design, method] = dict(zip(measures, table[:, i].T, strict=True))
    return cells


def _replicate(design: str, seed: int) -> list[tuple[float, ...]]:
    return [attrs.astuple(trial) for trial in try_methods(tuple(METHODS), design, seed)]


def document(cells: Cells) -> Iterator[str]:
    """Give the lines of a Markdown document."""
    designs = tuple(dict.fromkeys(design for design, _ in cells))
    connected = tuple(design for design in designs if DESIGNS[design].is_connected)
    yield "Kendall's tau-b against true quality (standard error in thousandths):\n"
    yield from _table(cells, designs, tuple(METHODS), _tau)
    yield "\n\\* refused by kvaljury: the shortest of all solutions, right or wrong by luck.\n"
    yield "The truly best entry comes first / among the first three, % of replications:\n"
    yield from _table(cells, designs, tuple(METHODS), _found)
    yield "\nCoverage of nominal 90 % intervals, % (standard error), of true quality / of how well"
    yield "the entries answer these questions; mean width in points:\n"
    yield from _table(cells, connected, ("least-squares", "mixed", "mixed-cohort"), _covered)


def _table(
    cells: Cells,
    designs: Sequence[str],
    methods: Sequence[str],
    shown: Callable[[str, str, Mapping[str, Floats]], str],
) -> Iterator[str]:
    yield "| design | " + " | ".join(TITLES[method] for method in methods) + " |"
    yield "|---" * (1 + len(methods)) + "|"
    for design in designs:
        row = [
            "as team" if _is_aliased(design, name) else shown(design, name, cells[design, name])
            for name in methods
        ]
        yield f"| {DESIGNS[design].title} | " + " | ".join(row) + " |"


def _tau(design: str, method: str, cell: Mapping[str, Floats]) -> str:
    mean, error = _mean(cell["tau"])
    by_luck = method == "least-squares" and not DESIGNS[design].is_connected
    return f"{mean:.3f} ({1000 * error:.0f})" + ("\\*" if by_luck else "")


def _found(_design: str, _method: str, cell: Mapping[str, Floats]) -> str:
    return f"{100 * cell['best_first'].mean():.0f} / {100 * cell['best_among_three'].mean():.0f}"


def _covered(_design: str, _method: str, cell: Mapping[str, Floats]) -> str:
    (quality, error), (answered, _) = _mean(cell["covered"]), _mean(cell["covered_answered"])
    width = cell["width"].mean()
    return f"{100 * quality:.1f} / {100 * answered:.1f} ({100 * error:.1f}); {width:.1f}"


def _is_aliased(design: str, method: str) -> bool:
    """Tell whether home team and team are the same, so that the method has no cohort."""
    return method == "mixed-cohort" and not DESIGNS[design].is_connected


def _mean(values: Floats) -> tuple[float, float]:
    """Give the mean with its Monte Carlo standard error (NaN of one replication)."""
    error = np.std(values, ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.nan
    return float(np.mean(values)), float(error)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--design", action="append", choices=DESIGNS)
    asked = parser.parse_args(arguments)
    begin = time.perf_counter()
    cells = simulate(asked.design or DESIGNS, asked.replications, asked.workers)
    print("\n".join(document(cells)))
    print(f"\n{asked.replications} replications, {time.perf_counter() - begin:.0f} s.")


if __name__ == "__main__":
    main()
