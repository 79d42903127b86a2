"""A small edition folder: two classes, two teams, guests that may connect them."""

from pathlib import Path

from kvaljury.files import read_rule_set

HEADER = (
    "id;name;class;administration;state;operator;financed_by_city;manager_operations;"
    "manager_budget;manager_staff;plan_with_goals;sells_single_places;"
    "employees_excluding_manager;stockholm_share;result_previous_year;forecast_current_year;"
    "last_award_year;board_notice_date;bid_received;basic_control\r\n"
)
USUAL = "ja;ja;ja;ja;ja;nej;{staff};;{result};0;{award};2025-05-20;2025-05-06 10:00;{control}"
ENTRIES = {
    "F01": ("Förskolan Blåklockan", "forskola", {}),
    "F02": ("Förskolan Åkervinda", "forskola", {}),
    "F03": ("Förskolan Öringen", "forskola", {}),
    "F04": ("Förskolan [/b]{x}", "forskola", {"staff": "3"}),
    "S01": ("Skolan Eken", "skola", {}),
    "S02": ("Skolan Linden", "skola", {"result": "-125 000"}),
    "S03": ("Skolan Almen", "skola", {"control": ""}),
}
TEAMS = {
    "L1": (("E01", "E02", "E03"), ("F01", "F02", "S01", "S02")),
    "L2": (("E04", "E05", "E06"), ("F03", "F04", "S03")),
}
GUESTS = (("E01", "F03"), ("E02", "S03"), ("E04", "F01"), ("E05", "S01"))


def write_year(folder: Path, linked: bool = True, marked: bool = True, extra: str = "") -> Path:
    """Write the edition folder; files may then be changed by the test."""
    (folder / "marks").mkdir(parents=True)
    (folder / "edition.toml").write_text(
        f'rules = "stockholm-2025"\nyear = 2025\ntitle = "Provåret"\n{extra}', encoding="utf-8"
    )
    (folder / "entries.csv").write_text(_entries(), encoding="utf-8", newline="")
    (folder / "teams.toml").write_text(_teams(linked), encoding="utf-8")
    (folder / "proposals.csv").write_text(
        "entry;proposal;reason\nF02;award;modig\nS03;mention;gott exempel\n", encoding="utf-8"
    )
    if marked:
        for examiner, entries in _readings(linked).items():
            path = folder / "marks" / f"{examiner}.csv"
            path.write_text(_marks(examiner, entries), encoding="utf-8")
    return folder


def _entries() -> str:
    lines = [HEADER]
    for entry, (name, entry_class, changes) in ENTRIES.items():
        values = {"staff": "12", "result": "0", "award": "", "control": "cleared", **changes}
        lines.append(
            f"{entry};{name};{entry_class};Nämnden;competing;city;{USUAL.format(**values)}\r\n"
        )
    return "".join(lines)


def _teams(linked: bool) -> str:
    text = ""
    for team, (examiners, entries) in TEAMS.items():
        guests = [
            f'{{ examiner = "{e}", entry = "{x}" }}' for e, x in GUESTS if linked and x in entries
        ]
        text += (
            f'[[teams]]\nid = "{team}"\ncoordinator = "{examiners[0]}"\n'
            f"examiners = {list(examiners)}\nentries = {list(entries)}\n"
            f"guests = [{', '.join(guests)}]\n"
        )
    return text.replace("'", '"')


def _readings(linked: bool) -> dict[str, list[str]]:
    readings = {e: list(entries) for examiners, entries in TEAMS.values() for e in examiners}
    for examiner, entry in GUESTS if linked else ():
        readings[examiner].append(entry)
    return readings


def _marks(examiner: str, entries: list[str]) -> str:
    leaves = [leaf.id for leaf in read_rule_set("stockholm-2025").leaves()]
    lines = ["entry;examiner;question;criterion;mark;comment"]
    for entry in entries:
        quality = 40 + 5 * list(ENTRIES).index(entry)
        for place, leaf in enumerate(leaves):
            mark = quality + 5 * ((place + int(examiner[1:])) % 4)
            lines.append(f"{entry};{examiner};{leaf};;{mark};")
    return "\n".join(lines) + "\n"
