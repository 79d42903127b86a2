"""What the record of decisions withstands: kills, several writers at once, and flipped bits.

``python benchmarks/record.py [KILLS] [SEED]``. Kills processes while they write (see
kill_record.py), lets three processes append at once, and flips every single bit of a record whose
head is known. Exits with 1 if anything is torn, lost or not found. Needs os.fork.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import kill_record

from kvaljury.core.model.record import DecisionRecord, NewEvent
from kvaljury.errors import VerificationFault
from kvaljury.files.decision_record import RECORD, append_events, parse_record, read_record

WRITERS, EACH = 3, 100


def main() -> int:
    """Do all three and print what came of each."""
    return max(kill_record.main(), write_at_once(), flip_bits())


def write_at_once() -> int:
    """Let several processes append to one record, and count what is lost."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        children = [_writer(folder, number) for number in range(WRITERS)]
        codes = [os.waitpid(child, 0)[1] for child in children]
        events = read_record(folder).events
    written = {(event.by, event.data["n"]) for event in events}
    lost = WRITERS * EACH - len(written)
    print(f"{WRITERS} processes at once, {EACH} events each: {lost} lost, {sum(codes)} failed")
    return int(bool(lost or any(codes)))


def _writer(folder: Path, number: int) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            for n in range(EACH):
                _append(folder, NewEvent("decided", f"W{number}", {"n": n}))
            code = 0
        finally:
            os._exit(code)
    return child


def _append(folder: Path, event: NewEvent) -> None:
    def make(_: DecisionRecord) -> list[NewEvent]:
        return [event]

    append_events(folder, make, kill_record.AT)


def flip_bits() -> int:
    """Flip every bit of a record, one at a time, and count those that nobody would notice."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in range(6):
            text = "Räknat och justerat."
            _append(folder, NewEvent("decided", "Åsa Ö", {"class": f"k{n}", "text": text}))
        content, head = (folder / RECORD).read_bytes(), read_record(folder).head
    missed = by_head = 0
    for bit in range(len(content) * 8):
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            found = parse_record(bytes(changed)).head
        except VerificationFault:
            continue
        missed += found == head
        by_head += found != head
    print(
        f"{len(content) * 8} single-bit flips of a record of 6 events: {missed} not found with the"
        f" head known ({by_head} of them only by the head)"
    )
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
