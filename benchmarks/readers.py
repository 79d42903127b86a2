"""Read the corpora and every single-bit flip of a form: ``python benchmarks/readers.py``.

Prints what became of each file and each flip. What people would never notice, a mark that
reads as another, is counted and must be 0; so are exceptions that nobody meant. Takes --workers
(all cores), --corpora (``../shared/corpora``), --every (1: flip every bit; 50 takes each fiftieth)
Exits with 1 where a count that must be
0 is not.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

from kvaljury.files.headers import Column, Columns
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.contents import CellKind, Sheet
from kvaljury.files.workbooks.reading import read_workbook

ROOT = Path(__file__).resolve().parents[1]
MARKS = Columns(
    (Column("entry", ("entry",), is_required=False), Column("mark", ("mark",), is_required=False))
)


class Outcome(NamedTuple):
    """What became of one reading.

    Attributes:
        kind: ``read``, ``same``, ``refused``, ``beyond openpyxl``, ``different`` or ``leaked``.
        said: what stands against it, for the kinds that must not be.
        seconds: how long it took.
        megabytes: the most memory that its process has used so far.
    """

    kind: str
    said: str
    seconds: float
    megabytes: float


def timed(judge: Callable[[], tuple[str, str]]) -> Outcome:
    """Judge one reading, whatever it raises, and time it."""
    begun = time.perf_counter()
    try:
        kind, said = judge()
    except BaseException as error:  # that none leaks is what is measured
        kind, said = "leaked", f"{type(error).__name__}: {error}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return Outcome(kind, said, time.perf_counter() - begun, peak)


def read_file(path: Path) -> Outcome:
    """Read one file of the corpora, with openpyxl beside where both can."""
    return timed(lambda: _READERS[path.suffix.lower()](path.name, path.read_bytes()))


def _refusal(log: InputLog) -> tuple[str, str]:
    """Hold a refusal against the promise that it has an address and says what to do."""
    for fault in log.faults:
        if fault.where is None or not fault.where.file:
            return "leaked", f"a fault without an address: {fault}"
    return ("refused", "") if log.faults else ("leaked", "refused without a fault")


def _read_xlsx(name: str, content: bytes) -> tuple[str, str]:
    log = InputLog()
    return _refusal(log) if read_workbook(content, name, log) is None else ("read", "")


def compare_file(path: Path) -> Outcome:
    """Compare the numbers of a workbook, which are what marks are made of, with openpyxl's.

    All else is compared by tests/files/workbooks/test_oracle.py.
    """
    return timed(lambda: _against_openpyxl(path.name, path.read_bytes()))


def _against_openpyxl(name: str, content: bytes) -> tuple[str, str]:
    import openpyxl

    workbook = read_workbook(content, name, InputLog())
    if workbook is None:
        return "refused", ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            theirs = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        except Exception:  # openpyxl raises what it likes
            return "beyond openpyxl", ""
    for sheet in workbook.sheets:
        if sheet.name in theirs.sheetnames and (said := _differing(sheet, theirs[sheet.name])):
            return "different", f"{sheet.name}: {said}"
    return "same", ""


def _differing(sheet: Sheet, theirs: Any) -> str:
    own = {place: cell for place, cell in sheet.cells.items() if cell.kind is CellKind.NUMBER}
    found = {p: c.value for p, c in theirs._cells.items() if _is_number(c.value)}
    if own.keys() != found.keys():
        return f"numbers at {sorted(own.keys() ^ found.keys())[:5]}"
    for place, cell in own.items():
        shown = Decimal(f"{found[place]:.15g}")
        if Decimal(cell.text) != (shown.scaleb(2) if cell.is_percent else shown):
            return f"{cell.reference}: {cell.text}, {shown}"
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read_csv(name: str, content: bytes) -> tuple[str, str]:
    from kvaljury.files.tables import parse_table

    log = InputLog()
    table = parse_table(content, name, MARKS, log)
    return ("read", "") if table is not None and not log.faults else _refusal(log)


def _read_docx(name: str, content: bytes) -> tuple[str, str]:
    from kvaljury.files.word.reading import read_word

    log = InputLog()
    return _refusal(log) if read_word(content, name, log) is None else ("read", "")


_READERS: dict[str, Callable[[str, bytes], tuple[str, str]]] = {
    ".xlsx": _read_xlsx,
    ".xlsm": _read_xlsx,
    ".xlsb": _read_xlsx,
    ".xls": _read_xlsx,
    ".ods": _read_xlsx,
    ".csv": _read_csv,
    ".docx": _read_docx,
    ".docm": _read_docx,
}


@cache
def form() -> bytes:
    """Make the filled form of an examiner of the demo edition who reads two entries."""
    import attrs

    from kvaljury.core.model import Scheme
    from kvaljury.files import read_edition, read_marks
    from kvaljury.files.forms.examiner_sheets import Given
    from kvaljury.files.forms.sheet_parts import Desk
    from kvaljury.files.forms.writing import examiner_form
    from kvaljury.registry import load_plugins

    folder = ROOT / "examples/demo-2025"
    edition = read_edition(folder)
    rubrics = load_plugins(entry_points=False).resolve(edition.rules).rubrics
    scheme = Scheme({leaf.id: rubrics[leaf.rubric] for leaf in edition.rules.leaves()})
    team = edition.teams[0]
    reader = next(one for one in edition.examiners if one.id == team.examiners[-1])
    marks = read_marks(folder, scheme, edition)
    cut = attrs.evolve(team, entries=team.entries[:2], guests=())
    small = attrs.evolve(edition, teams=(cut,), examiners=(reader,))
    desk = Desk(small, scheme, str, "en")
    return examiner_form(desk, reader, Given.of(marks, {}, reader.id)) or b""


@cache
def expected() -> tuple[Sheet, ...]:
    """Give what stands in the form."""
    workbook = read_workbook(form(), "form.xlsx", InputLog())
    return workbook.sheets if workbook else ()


def read_flip(bit: int) -> Outcome:
    """Read the form with one of its bits flipped."""
    flipped = bytearray(form())
    flipped[bit // 8] ^= 1 << bit % 8
    return timed(lambda: _judge_flip(bytes(flipped)))


def _judge_flip(content: bytes) -> tuple[str, str]:
    """Compare all that was read, marks and all else."""
    log = InputLog()
    workbook = read_workbook(content, "form.xlsx", log)
    if workbook is None:
        return _refusal(log)
    return ("same", "") if workbook.sheets == expected() else ("different", "other cells")


def summarise(title: str, names: Iterable[str], outcomes: Sequence[Outcome]) -> bool:
    """Print what became of readings; tell whether all that must be 0 is."""
    counts = Counter(outcome.kind for outcome in outcomes)
    slowest = max(outcomes, key=lambda outcome: outcome.seconds, default=Outcome("", "", 0, 0))
    peak = max((outcome.megabytes for outcome in outcomes), default=0)
    shown = [kind for kind in ("read", "same", "beyond openpyxl", "refused") if counts[kind]]
    told = ", ".join(f"{counts[kind]} {kind}" for kind in shown)
    print(
        f"{title}: {len(outcomes)} ({told}), {counts['different']} silently different, "
        f"{counts['leaked']} leaked exceptions, slowest {slowest.seconds * 1000:.0f} ms, "
        f"peak {peak:.0f} MB"
    )
    for name, outcome in zip(names, outcomes, strict=True):
        if outcome.kind in {"different", "leaked"}:
            print(f"  {outcome.kind}: {name}: {outcome.said}")
    return not counts["different"] and not counts["leaked"]


def corpus_files(corpora: Path) -> dict[str, list[Path]]:
    """Find the files of the corpora that there is a reader for, by the kind of reader."""
    kinds = {"workbooks": (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")}
    kinds |= {"tables": (".csv",), "documents": (".docx", ".docm")}
    return {
        kind: [path for path in sorted(corpora.glob("*/*")) if path.suffix in suffixes]
        for kind, suffixes in kinds.items()
    }


def main(argv: Sequence[str]) -> int:
    """Run all and give the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared/corpora")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args(argv)
    files = corpus_files(options.corpora)
    bits = range(0, len(form()) * 8, options.every)
    is_good = []
    with Pool(options.workers) as pool:
        for kind, paths in files.items():
            read = pool.map(read_file, paths, chunksize=4)
            is_good.append(summarise(kind, [path.name for path in paths], read))
        flips = pool.map(read_flip, bits, chunksize=500)
        title = f"single-bit flips of a form of {len(form())} bytes"
        is_good.append(summarise(title, [f"bit {bit}" for bit in bits], flips))
        paths = files["workbooks"]
        compared = pool.map(compare_file, paths, chunksize=4)
        title = "numbers of workbooks beside openpyxl's (its time and memory too)"
        is_good.append(summarise(title, [path.name for path in paths], compared))
    return 0 if all(is_good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
