"""Time kvaljury beside lme4 and GPBoost on the same files, in one run, and write a table.

``python benchmarks/peers.py --out TABLE.md`` takes ``--sizes 1000,10000,30000`` (entries),
``--repeat 3``, ``--file RATINGS.csv`` instead of generated panels, ``--peer-python`` (a Python that
has gpboost and pandas), ``--lme4-marks-once`` (its fit of 2.7 million marks takes minutes).
Every fit is a process of its own, on one thread; the runs of all programs alternate. Needs R with
lme4 and data.table for the one peer, GPBoost and pandas for the other; what is missing is said.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np

HERE = Path(__file__).parent
QUESTIONS = 20
DRAWS, TOP = 1000, 100
WHOLE = "kvaljury, CSV to 1,000 draws"
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@attrs.frozen
class Job:
    """A program that fits a file.

    Attributes:
        name: as the table shows it.
        unit: mark, review, or whole for the pipeline.
        command: what comes before the file.
        tail: what comes after it.
        absent: why it cannot run, or nothing.
    """

    name: str
    unit: str
    command: tuple[str, ...]
    tail: tuple[str, ...] = ()
    absent: str = ""


@attrs.frozen
class Run:
    """What one process took.

    Attributes:
        seconds: of the fit; of the whole process for a whole pipeline.
        cpu: processor seconds of the same.
        memory: peak of the process in megabytes.
        shown: what it printed.
    """

    seconds: float
    cpu: float
    memory: float
    shown: dict[str, Any]


def write_panel(path: Path, entries: int, seed: int = 1) -> int:
    """Write a panel with known spread and give the number of marks.

    Teams of four read the eight entries that are theirs and one of another team, so that the
    teams form a ring. Standard deviations on 0-100: entry 8, team 4, examiner 5, reading 4,
    entry and question together 4, mark 8; questions differ by 5.
    """
    random = np.random.default_rng(seed)
    teams = entries // 8
    own = np.repeat(np.arange(teams * 8).reshape(teams, 8), 4, axis=0)
    ring = random.permutation(teams)
    follower = np.empty(teams, dtype=int)
    follower[ring] = np.roll(ring, 1)
    guests = follower * 8 + random.integers(0, 8, teams)
    entry = np.concatenate([own.ravel(), np.repeat(guests, 4)])
    examiner = np.concatenate([np.repeat(np.arange(teams * 4), 8), np.arange(teams * 4)])
    team = examiner // 4
    level = 55 + random.normal(0, 8, teams * 8)[entry] + random.normal(0, 5, teams * 4)[examiner]
    level += random.normal(0, 4, teams)[team] + random.normal(0, 4, len(entry))
    marks = level[:, None] + random.normal(0, 5, QUESTIONS)
    marks += random.normal(0, 4, (teams * 8, QUESTIONS))[entry]
    marks = np.clip(np.rint(marks + random.normal(0, 8, marks.shape)), 0, 100).astype(int)
    with path.open("w", encoding="utf-8") as file:
        file.write("entry,examiner,team,question,score\n")
        for e, x, t, row in zip(entry, examiner, team, marks.tolist(), strict=True):
            file.writelines(f"b{e},x{x},t{t},q{q},{mark}\n" for q, mark in enumerate(row))
    return int(marks.size)


def run_kvaljury(path: Path, unit: str) -> None:
    """Fit in this process and print what it took.

    Reading means are formed before the clock starts, as they are for the peers; for marks, and
    for the whole pipeline, everything counts, conditional deviations and connectivity included.
    """
    from kvaljury import __version__
    from kvaljury.core.calibration.equations import Design, fit
    from kvaljury.core.calibration.rating_design import design_ratings
    from kvaljury.core.calibration.ratings import fit_ratings
    from kvaljury.core.calibration.top_places import draw_places
    from kvaljury.files.ratings import read_ratings

    ratings = read_ratings(path)
    if unit == "review":
        means = Design(design_ratings(ratings, "review", ("entry", "examiner", "team")).cells)
    wall, cpu = time.perf_counter(), time.process_time()
    if unit == "review":
        found = fit(means)
    else:
        found = fit_ratings(ratings, unit="review" if unit == "whole" else unit).fit
    took = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    if unit == "whole":
        places = draw_places(found, None, DRAWS, TOP, seed=1)
        took = {"expected": float(places.top.sum())}
    version = {"criterion": found.criterion, "version": f"kvaljury {__version__}"}
    print(json.dumps({**took, **version}))


def jobs(peer_python: str) -> list[Job]:
    """Give every program, those that cannot run with the reason."""
    own = (sys.executable, str(Path(__file__).resolve()), "--one")
    script = ("Rscript", "--vanilla", str(HERE / "peers_lme4.R"))
    no_r = _why_not([*script[:2], "-e", "library(lme4); library(data.table)"])
    no_boost = _why_not([peer_python, "-c", "import gpboost, pandas"])
    return [
        Job("kvaljury", "mark", (*own, "mark")),
        Job("kvaljury", "review", (*own, "review")),
        Job(WHOLE, "whole", (*own, "whole")),
        Job("lme4", "mark", script, ("mark",), no_r),
        Job("lme4", "review", script, ("review",), no_r),
        Job("GPBoost", "review", (peer_python, str(HERE / "peers_gpboost.py")), (), no_boost),
    ]


def _why_not(command: Sequence[str]) -> str:
    if shutil.which(command[0]) is None:
        return f"{Path(command[0]).name} is not installed"
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    return tried.stderr.strip().splitlines()[-1] if tried.returncode else ""


def measure(job: Job, path: Path) -> Run:
    """Run a job in a process of its own."""
    environment = {**os.environ, **ONE_THREAD}
    environment["PYTHONPATH"] = os.pathsep.join(str(HERE.parent / part) for part in ("", "rubrics"))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            [*job.command, str(path), *job.tail], stdout=output, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        output.seek(0)
        text = output.read()
    if process.returncode:
        raise SystemExit(f"{job.name} ({job.unit}) failed on {path} with {process.returncode}")
    shown = json.loads(text.strip().splitlines()[-1])
    cpu = usage.ru_utime + usage.ru_stime
    return Run(shown.get("seconds", seconds), shown.get("cpu", cpu), usage.ru_maxrss / 1024, shown)


def measure_all(
    found: Sequence[Job], path: Path, repeat: int, once: bool
) -> dict[tuple[str, str], list[Run]]:
    """Run every job that can, in turns."""
    runs: dict[tuple[str, str], list[Run]] = {}
    for turn in range(repeat):
        for job in found:
            if job.absent or (turn and once and (job.name, job.unit) == ("lme4", "mark")):
                continue
            runs.setdefault((job.name, job.unit), []).append(measure(job, path))
            latest = runs[job.name, job.unit][-1]
            print(path.name, job.name, job.unit, latest, file=sys.stderr, flush=True)
    return runs


def median(runs: Sequence[Run], what: str) -> float:
    """Give the median of an attribute."""
    return statistics.median(getattr(run, what) for run in runs)


def table(title: str, marks: int, runs: dict[tuple[str, str], list[Run]]) -> Iterator[str]:
    """Write the runs on one file as lines of a table."""
    yield f"\n### {title}: {marks:,} marks\n"
    yield "| what | program | seconds | processor | peak memory | times kvaljury |"
    yield "|---|---|---|---|---|---|"
    for (name, unit), taken in sorted(runs.items(), key=lambda item: item[0][1]):
        own = runs["kvaljury", unit] if unit != "whole" else taken
        times = median(taken, "cpu") / median(own, "cpu")
        what = {"mark": "every mark", "review": "reading means", "whole": "whole process"}[unit]
        yield (
            f"| {what} | {name} | {median(taken, 'seconds'):.2f} | {median(taken, 'cpu'):.2f}"
            f" | {median(taken, 'memory'):,.0f} MB | {times:.1f} |"
        )


def growth(sizes: Sequence[tuple[int, dict[tuple[str, str], list[Run]]]]) -> Iterator[str]:
    """Write how the time for each mark grows."""
    yield "\n### Growth: processor microseconds for each mark\n"
    yield "| marks | every mark | reading means | whole process |"
    yield "|---|---|---|---|"
    for marks, runs in sizes:
        units = [("kvaljury", "mark"), ("kvaljury", "review"), (WHOLE, "whole")]
        each = [f"{1e6 * median(runs[unit], 'cpu') / marks:.2f}" for unit in units]
        yield f"| {marks:,} | {' | '.join(each)} |"


def criteria(runs: dict[tuple[str, str], list[Run]]) -> Iterator[str]:
    """Write how far the criteria of kvaljury and lme4 are apart."""
    for unit in ("mark", "review"):
        if ("lme4", unit) in runs:
            ours, theirs = (runs[name, unit][0].shown["criterion"] for name in ("kvaljury", "lme4"))
            yield f"\nREML criterion, {unit}: kvaljury {ours:.4f}, lme4 {theirs:.4f}."


def machine() -> str:
    """Describe the class of machine, without its name."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0].split(":", 1)[1].strip() if names else model
    return (
        f"{os.cpu_count()} cores, {model}, {platform.system()}, Python {platform.python_version()}"
    )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--one", choices=["mark", "review", "whole"], help=argparse.SUPPRESS)
    parser.add_argument("path", nargs="?", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, action="append", default=[])
    parser.add_argument("--sizes", default="1000,10000,30000")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--peer-python", default=sys.executable)
    parser.add_argument("--lme4-marks-once", action="store_true")
    parser.add_argument("--without", action="append", default=[], help="a program, or program:unit")
    asked = parser.parse_args()
    if asked.one:
        run_kvaljury(asked.path, asked.one)
        return
    found = jobs(asked.peer_python)
    found = [
        attrs.evolve(job, absent="left out")
        if {job.name, f"{job.name}:{job.unit}"} & set(asked.without)
        else job
        for job in found
    ]
    lines = [f"Measured {time.strftime('%Y-%m-%d')}: {machine()}; one thread each; medians."]
    absent = {f"{job.name} ({job.unit}) was not run: {job.absent}." for job in found if job.absent}
    lines += sorted(absent)
    with tempfile.TemporaryDirectory() as folder:
        grown = []
        for path, title, marks in _panels(asked.file, asked.sizes, Path(folder)):
            runs = measure_all(found, path, asked.repeat, asked.lme4_marks_once)
            lines += [*table(title, marks, runs), *criteria(runs)]
            grown.append((marks, runs))
        lines += growth(grown)
    versions = {run.shown["version"] for _, runs in grown for each in runs.values() for run in each}
    lines.append("\n" + ", ".join(sorted(versions)) + ".")
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")


def _panels(files: Sequence[Path], sizes: str, folder: Path) -> Iterator[tuple[Path, str, int]]:
    if files:
        for path in files:
            with path.open("rb") as file:
                yield path, path.name, sum(1 for _ in file) - 1
        return
    for size in map(int, sizes.split(",")):
        path = folder / f"cross{size}.csv"
        marks = write_panel(path, size)
        yield path, f"{size:,} entries", marks


if __name__ == "__main__":
    main()
