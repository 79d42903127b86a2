"""The small year with a jury that has met; each part as the documentation shows it."""

from pathlib import Path

from tests.cli.small_year import write_year

JURY = """[rules]
quorum = "more-than-half"      # or a number of members
voting = "open"                # or "closed"
majority = "simple"            # or "absolute"
casting_vote = "chair"         # or "falls"
sits_out = "class"             # or "entry"
method = "majority-judgment"
jav_rules = ["head-of-administration", "own-unit", "basic-control"]
share = false

[rules.awards]
default = 1
andra = 0

[[members]]
id = "J1"
name = "Anna Ek"
role = "chair"

[[members]]
id = "J2"
name = "Bo Al"
role = "deputy_chair"

[[members]]
id = "J3"
name = "Cia Asp"
organisation = "Norrmalms stadsdelsförvaltning"

[[members]]
id = "J4"
name = "Dan Lind"
jav = [{ entry = "S01", ground = "KL 6:28 1" }]

[[members]]
id = "J5"
name = "Eva Rönn"
role = "substitute"
substitute_for = ["J3", "J4"]
"""
ORGANISATION = """[[administrations]]
name = "Nämnden"
heads = ["P1"]
basic_control = ["P2"]

[[persons]]
id = "P1"
name = "Per Berg"

[[persons]]
id = "J3"
administration = "Norrmalms stadsdelsförvaltning"

[[administrations]]
name = "Norrmalms stadsdelsförvaltning"
heads = ["J3"]
entries = ["S03"]
"""
NOMINATIONS = """entry,for,reason,by
F02,award,högst av dem som kan jämföras,Beredningsgruppen
F03,mention,gott exempel,Beredningsgruppen
S01,award,lagets förslag,Beredningsgruppen
"""
BALLOTS = """juror,entry,grade,mention
J1,F02,worthy_now,no
J2,F02,worthy_now,no
J3,F02,could_receive,abstains
J4,F02,not_now,no
J1,F03,,yes
J2,F03,,yes
J1,S01,could_receive,no
J2,S01,worthy_now,no
J3,S01,worthy_now,no
"""
VOTES = """class,entry,for,juror,vote,reservation
forskola,F02,award,alla,yes,
forskola,F02,award,J4,no,Bidraget saknar mål
forskola,F03,mention,alla,yes,
skola,,none,all,yes,
skola,,none,J4,jav,
"""
MOTIVATIONS = """entry,motivation,by
F02,Barnen är med i varje beslut.,Beredningsgruppen
"""
FILES = {
    "jury.toml": JURY,
    "organisation.toml": ORGANISATION,
    "nominations.csv": NOMINATIONS,
    "ballots/moete.csv": BALLOTS,
    "votes.csv": VOTES,
    "motivations.csv": MOTIVATIONS,
}
RECORD = ("--record", "--by", "Sekreteraren", "--date", "2025-10-14")


def write_decided_year(folder: Path) -> Path:
    """Write a year whose jury has met; what it said is not recorded yet."""
    write_year(folder)
    (folder / "ballots").mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder
