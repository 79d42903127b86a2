"""The papers of a small day: nine jurors, three entries of one class, one of another."""

from fractions import Fraction

import attrs

from kvaljury.core.decision_data import Circumstances
from kvaljury.core.model import (
    Eligibility,
    Entry,
    EntryClass,
    Finding,
    Kind,
    Nomination,
    Outcome,
    ProposalKind,
    Stage,
    Text,
)
from kvaljury.core.model.jury import Answer, Ballot, Grade, JavFinding, Vote
from kvaljury.core.model.jury_day import Papers
from kvaljury.core.model.voting import VotingMethod
from kvaljury.core.voting import majority_judgment, schulze
from tests.core.jury_examples import jury_of

CLASSES = (
    EntryClass("skola", Text("School", sv="Skola"), Kind.SCHOOL),
    EntryClass("vard", Text("Care", sv="Vård"), Kind.OTHER),
    EntryClass("tom", Text("Empty", sv="Tom"), Kind.OTHER),
)
METHOD = VotingMethod("majority-judgment", Text("majority judgment"), majority_judgment)
SCHULZE = VotingMethod("schulze", Text("Schulze"), schulze)
AWARD, MENTION, NONE = ProposalKind.AWARD, ProposalKind.MENTION, ProposalKind.NONE
LETTERS = {"w": Grade.WORTHY_NOW, "c": Grade.COULD_RECEIVE, "n": Grade.NOT_NOW}


def entry(name, class_id="skola"):
    return Entry(id=name, name=f"Unit {name}", entry_class=class_id, kind=Kind.SCHOOL)


ENTRIES = {one.id: one for one in (entry("A"), entry("B"), entry("C"), entry("V", "vard"))}


def verdict(name, award=Outcome.PASS, mention=Outcome.PASS):
    stages = {Stage.PARTICIPATION: Outcome.PASS, Stage.AWARD: award, Stage.MENTION: mention}
    findings = tuple(
        Finding(rule, name, stage, outcome, Text("because"), "S25:1")
        for rule, stage, outcome in (("E1", Stage.AWARD, award), ("E2", Stage.MENTION, mention))
    )
    return Eligibility(name, stages, findings)


def nominations(**kinds):
    return {name: Nomination(name, kind, "strong", "Kim") for name, kind in kinds.items()}


def jav(juror, name):
    return JavFinding(juror, name, "own-unit", "KL 6:28 5", Text("works there"))


def ballots(name, letters, mention=Answer.NO):
    """Make ballots of J1, J2 … from letters: w, c, n; a abstains, j jäv, - none at all."""
    states = {"a": Answer.ABSTAINS, "j": Answer.JAV, "x": Answer.ABSENT}
    return tuple(
        Ballot(f"J{n}", name, states[x], None, states[x])
        if x in states
        else Ballot(f"J{n}", name, Answer.YES, LETTERS[x], mention)
        for n, x in enumerate(letters, start=1)
        if x != "-"
    )


def votes(name, answers, proposed=AWARD, class_id="skola", **reservations):
    """Make votes of ``"J1=yes J2=no all=yes"``."""
    return tuple(
        Vote(
            class_id, name, proposed, "" if juror == "all" else juror, Answer(answer),
            reservations.get(juror, ""),
        )
        for juror, answer in (pair.split("=") for pair in answers.split())
    )  # fmt: skip


def papers(**changes):
    """Make papers with everything in order; A, B and C are up for the award."""
    jury = changes.pop("jury", None) or jury_of(**changes.pop("rules", {}))
    usual = Papers(
        jury=jury,
        classes=CLASSES,
        entries=ENTRIES,
        nominations=nominations(A=AWARD, B=AWARD, C=AWARD),
        eligibility={name: verdict(name) for name in ENTRIES},
        method=METHOD,
    )
    return attrs.evolve(usual, **changes)


def both(text):
    return {"sv": f"sv:{text}", "en": str(text)}


def around(**changes):
    usual = Circumstances(
        date="2025-10-14",
        motivations={},
        inputs={"votes.csv": "0" * 64},
        plugins=(),
        version="1",
        both=both,
    )
    return attrs.evolve(usual, **changes)


HALF = Fraction(1, 2)
