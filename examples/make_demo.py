"""Write the fictitious year of the demo: ``python examples/make_demo.py``.

Writes the same files to rubrics/kvaljury_rubrics/demo/ (what ``kvaljury init --demo`` copies)
and examples/demo-2025/. The same seed gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import numpy as np
import tomli_w

ROOT = Path(__file__).resolve().parents[1]
TARGETS = (ROOT / "rubrics/kvaljury_rubrics/demo", ROOT / "examples/demo-2025")
SEED = 2025

CITY, CONTRACTOR, INDEPENDENT = "kommunal", "entreprenad", "fristående"
UNITS = [
    # id, name, class, administration, operator, quality
    (
        "F01",
        "Exempelförskolan Blåmolnet",
        "Förskola",
        "Påhittade stadsdelsförvaltningen Norr",
        CITY,
        50,
    ),
    (
        "F02",
        "Exempelförskolan Regnbågsfisken",
        "Förskola",
        "Påhittade stadsdelsförvaltningen Norr",
        CITY,
        62,
    ),
    (
        "F03",
        "Exempelförskolan Tusenfotingen",
        "Förskola",
        "Påhittade stadsdelsförvaltningen Norr",
        CITY,
        62,
    ),
    (
        "F04",
        "Exempelförskolan Drakhuset",
        "Förskola",
        "Påhittade stadsdelsförvaltningen Söder",
        CITY,
        82,
    ),
    (
        "F05",
        "Exempelförskolan Vattenlöparen",
        "Förskola",
        "Påhittade stadsdelsförvaltningen Söder",
        INDEPENDENT,
        76,
    ),
    (
        "F06",
        "Exempelförskolan Snigelfart",
        "Förskola",
        "Påhittade stadsdelsförvaltningen Söder",
        INDEPENDENT,
        58,
    ),
    (
        "S01",
        "Exempelskolan Sjunde himlen",
        "Skola",
        "Påhittade utbildningsförvaltningen",
        INDEPENDENT,
        64,
    ),
    (
        "S02",
        "Exempelskolan Månbasen",
        "Skola",
        "Påhittade utbildningsförvaltningen",
        INDEPENDENT,
        66,
    ),
    ("S03", "Exempelskolan Pennvässaren", "Skola", "Påhittade utbildningsförvaltningen", CITY, 52),
    ("S04", "Exempelskolan Tavelsudden", "Skola", "Påhittade utbildningsförvaltningen", CITY, 70),
    ("S05", "Exempelskolan Bokmalen", "Skola", "Påhittade utbildningsförvaltningen", CITY, 60),
    ("S06", "Exempelskolan Kritcirkeln", "Skola", "Påhittade utbildningsförvaltningen", CITY, 84),
    ("A01", "Exempelhemmet Norrskenet", "Äldreomsorg", "Påhittade äldreförvaltningen", CITY, 74),
    (
        "A02",
        "Exempelhemmet Kvällssolen",
        "Äldreomsorg",
        "Påhittade äldreförvaltningen",
        CONTRACTOR,
        63,
    ),
    (
        "A03",
        "Exempelhemmet Kaffetåren",
        "Äldreomsorg",
        "Påhittade äldreförvaltningen",
        CONTRACTOR,
        68,
    ),
    (
        "A04",
        "Exempelhemtjänsten Gungstolen",
        "Äldreomsorg",
        "Påhittade äldreförvaltningen",
        CITY,
        40,
    ),
    (
        "A05",
        "Exempelhemtjänsten Solgläntan",
        "Äldreomsorg",
        "Påhittade äldreförvaltningen",
        CITY,
        66,
    ),
    (
        "A06",
        "Exempeldagverksamheten Minnet",
        "Äldreomsorg",
        "Påhittade äldreförvaltningen",
        CITY,
        71,
    ),
    (
        "V01",
        "Exempelboendet Stjärnfallet",
        "Annan vård och omsorg",
        "Påhittade socialförvaltningen",
        CITY,
        80,
    ),
    (
        "V02",
        "Exempelstödet Kompassen",
        "Annan vård och omsorg",
        "Påhittade socialförvaltningen",
        CITY,
        65,
    ),
    (
        "V03",
        "Exempelmottagningen Ankaret",
        "Annan vård och omsorg",
        "Påhittade socialförvaltningen",
        CITY,
        60,
    ),
    (
        "V04",
        "Exempelboendet Vindruvan",
        "Annan vård och omsorg",
        "Påhittade socialförvaltningen",
        CONTRACTOR,
        72,
    ),
    (
        "V05",
        "Exempelverkstaden Kugghjulet",
        "Annan vård och omsorg",
        "Påhittade socialförvaltningen",
        CITY,
        58,
    ),
    (
        "V06",
        "Exempelstödet Fyrtornet",
        "Annan vård och omsorg",
        "Påhittade socialförvaltningen",
        CITY,
        61,
    ),
    (
        "O01",
        "Exempelkontoret Stämpeldynan",
        "Andra verksamheter",
        "Påhittade serviceförvaltningen",
        CITY,
        68,
    ),
    (
        "O02",
        "Exempelbiblioteket Bokslukaren",
        "Andra verksamheter",
        "Påhittade kulturförvaltningen",
        CITY,
        59,
    ),
    (
        "O03",
        "Exempelbadet Magplasket",
        "Andra verksamheter",
        "Påhittade idrottsförvaltningen",
        CITY,
        73,
    ),
    (
        "O04",
        "Exempelbolaget Vattenkannan AB",
        "Andra verksamheter",
        "Exempelbolaget Vattenkannan AB",
        CITY,
        66,
    ),
    (
        "O05",
        "Exempelmuseet Dammtussen",
        "Andra verksamheter",
        "Påhittade kulturförvaltningen",
        CITY,
        55,
    ),
    (
        "O06",
        "Exempelparken Daggkåpan",
        "Andra verksamheter",
        "Påhittade trafikförvaltningen",
        CITY,
        57,
    ),
]
HEADERS = {
    "id": "Bidrag",
    "state": "Läge",
    "name": "Verksamhet",
    "class": "Tävlingsklass",
    "administration": "Förvaltning/bolag",
    "operator": "Driftsform",
    "financed_by_city": "Finansierad av staden",
    "manager_operations": "Verksamhetsansvar",
    "manager_budget": "Budgetansvar",
    "manager_staff": "Personalansvar",
    "plan_with_goals": "Verksamhetsplan med mål",
    "employees_excluding_manager": "Medarbetare exklusive chef",
    "sells_single_places": "Säljer enstaka platser",
    "stockholm_share": "Andel från Stockholm",
    "result_previous_year": "Resultat föregående år",
    "forecast_current_year": "Prognos innevarande år",
    "last_award_year": "Senaste utmärkelse",
    "last_mention_year": "Senaste hedersomnämnande",
    "predecessors": "Föregångare",
    "bid_received": "Bidrag inkom",
    "board_notice_date": "Protokollsutdrag inkom",
    "basic_control": "Grundläggande kontroll",
}
SPECIAL = {
    "F02": {"last_mention_year": "2024"},
    "F05": {"stockholm_share": "88,5"},
    "F06": {"employees_excluding_manager": "4", "stockholm_share": "97"},
    "S01": {"stockholm_share": "48,2"},
    "S02": {"stockholm_share": "62"},
    "S04": {"predecessors": "Exempelskolan Griffeltavlan=2023"},
    "A02": {"sells_single_places": "ja", "stockholm_share": "50,6"},
    "A03": {"sells_single_places": "ja", "stockholm_share": "51"},
    "A05": {"result_previous_year": ""},
    "V01": {"result_previous_year": "-350 000", "forecast_current_year": "10 000"},
    "V03": {"basic_control": "ej godkänd"},
    "V04": {"sells_single_places": "ja", "stockholm_share": "71,5"},
    "V05": {"manager_budget": ""},
    "O01": {"last_award_year": "2022"},
    "O02": {"bid_received": "2025-05-08 08.12"},
    "O03": {"board_notice_date": "2025-06-09"},
    "O04": {"basic_control": ""},
    "O06": {"state": "återkallat"},
}
PROPOSALS = {
    "F01": ("inget", "Beskriver vad man gör men sällan hur."),
    "F02": ("inget", "God bredd, men resultaten följs inte över tid."),
    "F03": ("hedersomnämnande", "Ovanligt genomtänkt arbete med barns inflytande."),
    "F04": ("utmärkelse", "Systematik i hela kedjan från mål till uppföljning."),
    "F05": ("utmärkelse", "Starkt ledarskap som medarbetarna bekräftar."),
    "S02": ("inget", "Bra ansatser, men analysen saknas."),
    "S03": ("inget", "Flera arbetssätt är nya och ännu inte utvärderade."),
    "S05": ("hedersomnämnande", "Eleverna leder kvalitetsrådet."),
    "S06": ("inget", "Laget såg inte arbetssätten vid platsbesöket."),
    "A01": ("utmärkelse", "De äldres synpunkter leder till synliga förändringar."),
    "A03": ("inget", "Stabil verksamhet, få egna mål."),
    "A04": ("utmärkelse", "Laget vill lyfta ett stort steg framåt."),
    "A05": ("inget", "Otydlig koppling mellan mål och uppföljning."),
    "A06": ("hedersomnämnande", "Musik som metod, väl beskriven och delad med andra."),
    "V01": ("utmärkelse", "Jämn och hög kvalitet i alla områden."),
    "V02": ("inget", "Resultaten redovisas men analyseras inte."),
    "V04": ("utmärkelse", "Tydlig utveckling tre år i rad."),
    "V05": ("inget", "Medarbetarnas delaktighet är svagt beskriven."),
    "V06": ("inget", "Bra idéer, kort om uppföljning."),
    "O01": ("inget", "Gott bemötande, få mått."),
    "O03": ("utmärkelse", "Lär systematiskt av varje klagomål."),
    "O04": ("hedersomnämnande", "Delar sina arbetssätt med hela branschen."),
    "O05": ("inget", "Tidigt i sitt kvalitetsarbete."),
}
COMMENTS = [
    "Styrka: arbetssättet är beskrivet steg för steg.",
    "Styrka: tydliga exempel från vardagen.",
    "Utvecklingsområde: visa hur arbetssättet utvärderas.",
    "Utvecklingsområde: jämför med andra och över tid.",
    "Styrka: målgruppen har påverkat.",
    "Utvecklingsområde: säg hur, inte bara att.",
]
TIE = ("F02", "F03")


def teams() -> list[dict[str, object]]:
    """Ten teams of three and four, each with three entries and two guest readings."""
    found, first = [], 1
    for number in range(10):
        size = 3 + number % 2
        found.append(
            {
                "id": f"L{number + 1:02}",
                "coordinator": f"E{first:02}",
                "examiners": [f"E{i:02}" for i in range(first, first + size)],
                "entries": [unit[0] for unit in UNITS[3 * number : 3 * number + 3]],
            }
        )
        first += size
    for number, team in enumerate(found):
        partner = found[number ^ 1]
        following = found[(number + 3) % 10]
        team["guests"] = [
            {"examiner": team["examiners"][0], "entry": partner["entries"][0]},
            {"examiner": team["examiners"][1], "entry": following["entries"][0]},
        ]
    return found


def leaves() -> list[str]:
    """The leaves of 2025, in order."""
    rules = tomllib.loads((ROOT / "rubrics/kvaljury_rubrics/2025/rules.toml").read_text("utf-8"))
    return [
        leaf["id"]
        for area in rules["areas"]
        for question in area["questions"]
        for leaf in question.get("leaves") or [question]
    ]


def marks(all_teams: list[dict[str, object]]) -> dict[str, list[list[str]]]:
    """Marks by examiner, drawn with known severities; the tied pair differ by two swapped marks."""
    random = np.random.default_rng(SEED)
    ids = leaves()
    quality = {unit[0]: unit[5] for unit in UNITS}
    difficulty = random.normal(0, 4, len(ids))
    rows: dict[str, list[list[str]]] = {}
    for team in all_teams:
        culture = random.normal(0, 4)
        pairs = [(e, x) for x in team["examiners"] for e in team["entries"]]
        pairs += [(guest["entry"], guest["examiner"]) for guest in team["guests"]]
        severity = {x: random.normal(0, 4) for x in team["examiners"]}
        for entry, examiner in pairs:
            level = quality[entry] + culture + severity[examiner] + random.normal(0, 2.5)
            values = level + difficulty + random.normal(0, 8, len(ids))
            scale = np.clip(np.round(values / 5) * 5, 0, 100).astype(int)
            said = random.integers(0, len(COMMENTS), len(ids))
            chosen = set(random.choice(len(ids), 4, replace=False))
            rows.setdefault(examiner, []).extend(
                [entry, examiner, leaf, "", str(scale[i]), COMMENTS[said[i]] if i in chosen else ""]
                for i, leaf in enumerate(ids)
            )
    for examiner in all_teams[0]["examiners"]:
        own = {row[2]: row for row in rows[examiner] if row[0] == TIE[0]}
        for row in rows[examiner]:
            if row[0] == TIE[1]:
                row[4] = own[{"1": "2", "2": "1"}.get(row[2], row[2])][4]
    for row in rows["E28"]:
        if row[0] == "V06" and row[2] == "14b":
            row[4] = ""
    return rows


def entry_record(unit: tuple[str, str, str, str, str, int]) -> dict[str, str]:
    """One line of the registration list; what is special stands in SPECIAL."""
    number = int(unit[0][1:]) + ord(unit[0][0])
    record = dict.fromkeys(HEADERS, "ja") | {
        "id": unit[0],
        "state": "tävlar",
        "name": unit[1],
        "class": unit[2],
        "administration": unit[3],
        "operator": unit[4],
        "employees_excluding_manager": str(8 + number * 7 % 40),
        "sells_single_places": "nej",
        "stockholm_share": "",
        "result_previous_year": f"{number * 1370 % 900} 000",
        "forecast_current_year": f"{number * 370 % 500} 000",
        "last_award_year": "",
        "last_mention_year": "",
        "predecessors": "",
        "bid_received": f"2025-05-{1 + number % 7:02} {8 + number % 9:02}.{number % 60:02}",
        "board_notice_date": f"2025-05-{12 + number % 15:02}",
        "basic_control": "godkänd",
    }
    return record | SPECIAL.get(unit[0], {})


def table(header: list[str], rows: list[list[str]]) -> bytes:
    """A CSV file as Swedish Excel saves it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


EDITION = """\
# Ett påhittat år. Alla verksamheter, personer och poäng är uppdiktade.
rules = "stockholm-2025"
year = 2025
title = "Påhittad kvalitetsutmärkelse 2025"

# En namngiven person kan bortse från en regel om tid, med skäl. Det syns överallt.
[[overrides]]
entry = "O03"
rule = "D25-04"
by = "Exempla Påhittsson, beredningsgruppen"
reason = "Nämndens möte flyttades på grund av strömavbrott"
"""


def files() -> dict[str, bytes]:
    """Every file of the demo by its path."""
    all_teams = teams()
    records = [entry_record(unit) for unit in UNITS]
    found = {
        "edition.toml": EDITION.encode(),
        "entries.csv": table(
            list(HEADERS.values()), [[record[key] for key in HEADERS] for record in records]
        ),
        "teams.toml": (
            "# Tio lag. Varje lag läser två bidrag från andra lag, så att lagen kan jämföras.\n\n"
            + tomli_w.dumps(
                {
                    "teams": all_teams,
                    "examiners": [
                        {"id": "E18", "jav": [{"entry": "A06", "ground": "anhörig arbetar där"}]}
                    ],
                }
            )
        ).encode(),
        "proposals.csv": table(
            ["Bidrag", "Förslag", "Motivering"],
            [[entry, *proposal] for entry, proposal in PROPOSALS.items()],
        ),
    }
    for examiner, rows in sorted(marks(all_teams).items()):
        header = ["Bidrag", "Examinator", "Fråga", "Kriterium", "Poäng", "Kommentar"]
        found[f"marks/{examiner}.csv"] = table(header, rows)
    return found


def main() -> None:
    """Write both copies."""
    for target in TARGETS:
        for name, content in files().items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


if __name__ == "__main__":
    main()
