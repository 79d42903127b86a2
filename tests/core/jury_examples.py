"""A jury of nine and who leads what, for the tests of jäv, sittings and decisions."""

from kvaljury.core.model import Administration, Entry, Kind, Organisation, Person, ProposalKind
from kvaljury.core.model.jury import Answer, Juror, Jury, JuryRules, Role, Vote


def juror(name, role=Role.MEMBER, **fields):
    return Juror(name, f"Juror {name}", role, **fields)


NINE = (
    juror("J1", Role.CHAIR),
    juror("J2", Role.DEPUTY_CHAIR),
    *(juror(f"J{n}") for n in range(3, 10)),
)


def jury_of(*jurors, **rules):
    return Jury(jurors or NINE, JuryRules(**rules))


def entry(name, administration=None):
    return Entry(
        id=name, name=f"Unit {name}", entry_class="skola", kind=Kind.SCHOOL,
        administration=administration,
    )  # fmt: skip


ENTRIES = (entry("F01", "North"), entry("F02", "South"), entry("F03"))
ORGANISATION = Organisation(
    (
        Administration("North", heads=("P1",), basic_control=("J5",)),
        Administration("South", heads=("J3",), entries=("F03",)),
    ),
    (Person("P1"), Person("J4", works_at=("F01",)), Person("E1", administration="South")),
)


def votes(answers, entry_id="F01", proposed=ProposalKind.AWARD, **reservations):
    """Make votes of ``"J4=yes J5=no"``."""
    return [
        Vote("skola", entry_id, proposed, name, Answer(answer), reservations.get(name, ""))
        for name, answer in (pair.split("=") for pair in answers.split())
    ]
