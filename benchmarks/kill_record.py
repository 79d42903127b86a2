"""Kill processes while they write the record of decisions, and count what is torn or lost.

``python benchmarks/kill_record.py [KILLS] [SEED]``. Each round a child appends event after event
and says so after each; the parent kills it at a random moment and reads the record. Exits with 1
if any record does not verify or lacks an event that was said to be written. Needs os.fork.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from kvaljury.core.model.record import DecisionRecord, NewEvent
from kvaljury.errors import VerificationFault
from kvaljury.files.decision_record import RECORD, append_events, read_record

AT = "2025-11-20T10:00:00"
LONGEST = 0.02
MOST_LINES = 200


def main() -> int:
    """Carry out the kills and print the counts."""
    given = [int(argument) for argument in sys.argv[1:]]
    kills, seed = [*given, *(1000, 1)[len(given) :]]
    random = Random(seed)
    torn = lost = writing = told = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(kills):
            said = kill_once(folder, random.uniform(0, LONGEST))
            told += len(said)
            writing += any((folder / RECORD).parent.glob(".kvaljury-*.tmp"))
            try:
                record = read_record(folder)
            except VerificationFault:
                torn += 1
                (folder / RECORD).unlink()
                continue
            lost += len(said - {event.number for event in record.events})
            if len(record.events) > MOST_LINES:
                (folder / RECORD).unlink()
    print(
        f"{kills} kills, {writing} of them between two names of the file; {told} events said to be"
        f" written, {lost} lost, {torn} records torn"
    )
    return int(bool(lost or torn))


def kill_once(folder: Path, after: float) -> set[int]:
    """Let a child write, kill it, and give the numbers of the events that it said to be written."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            write_for_ever(folder, writer)
        finally:
            os._exit(1)
    os.close(writer)
    first = os.read(reader, 1)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as pipe:
        lines = (first + pipe.read()).split(b"\n")
    return {int(line) for line in lines[:-1]}


def write_for_ever(folder: Path, writer: int) -> None:
    """Append events, each of several lines' worth, and say each number."""
    new = NewEvent("decided", "Sekreterare", {"class": "skola", "text": "ord " * 500})

    def make(_: DecisionRecord) -> list[NewEvent]:
        return [new]

    while True:
        record = append_events(folder, make, AT)
        os.write(writer, f"{len(record.events)}\n".encode())


if __name__ == "__main__":
    sys.exit(main())
