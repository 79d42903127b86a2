"""Write a synthetic edition folder: ``python benchmarks/make_year.py DIR``.

Takes --entries (64) and --teams (20).
Teams of four read their own entries and one foreign entry each; 29 leaves of stockholm-2025.
Standard deviations on 0-100: entry 8, team 4, examiner 5, reading 4, mark 8.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
import tomli_w

LEAVES = [str(q) for q in range(1, 12)] + ["12a", "12b", "12c", "13a", "13b", "13c"]
LEAVES += ["14a", "14b", "14c", *(str(q) for q in range(15, 20)), "20a", "20b", "20c", "20d"]
CLASSES = ("forskola", "skola", "aldreomsorg", "vard-omsorg", "andra")
FIELDS = {
    "operator": "city",
    "financed_by_city": "ja",
    "manager_operations": "ja",
    "manager_budget": "ja",
    "manager_staff": "ja",
    "plan_with_goals": "ja",
    "sells_single_places": "nej",
    "employees_excluding_manager": "20",
    "result_previous_year": "0",
    "forecast_current_year": "0",
    "bid_received": "2025-05-06",
    "board_notice_date": "2025-06-01",
    "basic_control": "cleared",
}


def write_year(folder: Path, entries: int = 64, teams: int = 20, seed: int = 0) -> int:
    """Write the folder and give the number of marks."""
    random = np.random.default_rng(seed)
    ids = [f"B{i:03}" for i in range(entries)]
    home = np.arange(entries) % teams
    examiners = [[f"E{t:02}{j}" for j in range(4)] for t in range(teams)]
    guests = [
        (examiners[t][t % 4], ids[int(np.flatnonzero(home == (t + 1) % teams)[0])])
        for t in range(teams)
    ]
    (folder / "marks").mkdir(parents=True, exist_ok=True)
    (folder / "edition.toml").write_text('rules = "stockholm-2025"\nyear = 2025\n', "utf-8")
    with (folder / "entries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "class", *FIELDS])
        for i, entry in enumerate(ids):
            writer.writerow([entry, f"Enhet {entry}", CLASSES[i % 5], *FIELDS.values()])
    (folder / "teams.toml").write_text(
        tomli_w.dumps(
            {
                "teams": [
                    {
                        "id": f"L{t:02}",
                        "coordinator": examiners[t][0],
                        "examiners": examiners[t],
                        "entries": [ids[i] for i in np.flatnonzero(home == t)],
                        "guests": [{"examiner": guests[t][0], "entry": guests[t][1]}],
                    }
                    for t in range(teams)
                ]
            }
        ),
        "utf-8",
    )
    quality, culture = random.normal(60, 8, entries), random.normal(0, 4, teams)
    count = 0
    for t in range(teams):
        for examiner in examiners[t]:
            severity = random.normal(0, 5) + culture[t]
            read = [i for i in range(entries) if home[i] == t]
            read += [ids.index(entry) for reader, entry in guests if reader == examiner]
            with (folder / f"marks/{examiner}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["entry", "examiner", "question", "criterion", "mark", "comment"])
                for i in read:
                    levels = quality[i] + severity + random.normal(0, 4) + random.normal(0, 8, 29)
                    for leaf, mark in zip(
                        LEAVES, np.clip(np.round(levels / 5) * 5, 0, 100), strict=True
                    ):
                        writer.writerow([ids[i], examiner, leaf, "", int(mark), ""])
                        count += 1
    return count


def main() -> None:
    """Write the year named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=64)
    parser.add_argument("--teams", type=int, default=20)
    arguments = parser.parse_args()
    marks = write_year(arguments.folder, arguments.entries, arguments.teams)
    print(f"{arguments.folder}: {arguments.entries} entries, {marks} marks")


if __name__ == "__main__":
    main()
