"""Made-up cases on which dossier sections are tried."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from kvaljury.core.model import (
    AgreedArea,
    AgreedLeaf,
    AreaStanding,
    AskedDocument,
    Bid,
    DossierCase,
    Finding,
    Nomination,
    Outcome,
    Proposal,
    ProposalKind,
    RankedEntry,
    Reader,
    Reason,
    Rival,
    Stage,
    Status,
    TeamConsensus,
    Text,
)

_NAME = "Enheten <b>Provet</b> & #read(1)"


def sample_cases() -> dict[str, DossierCase]:
    """Give made-up cases by what they have that others have not."""
    full = _full_case()
    entry = full.entry
    unplaced: dict[str, Any] = {
        "rank": None,
        "rank_low": None,
        "rank_high": None,
        "expected_rank": None,
    }
    unsure: dict[str, Any] = {"low": None, "high": None, "rank_low": None, "rank_high": None}
    unlikely: dict[str, Any] = {"p_best": None, "p_shortlist": None, "p_above_next": None}
    unscored = attrs.evolve(
        entry,
        status=Status.UNMARKED,
        raw=None,
        score=None,
        readings=0,
        **(unplaced | unsure | unlikely),
    )
    unread = tuple(
        AreaStanding(area.id, area.label, area.weight, None, area.others, {}) for area in full.areas
    )
    barred = attrs.evolve(entry, status=Status.BARRED_AWARD, **(unplaced | unlikely))
    raw = attrs.evolve(entry, score=entry.raw, **(unsure | unlikely))
    guard = Text("The teams cannot be compared: L1, L2", sv="Lagen kan inte jämföras: L1, L2")
    return {
        "a full case": full,
        "a barred entry": attrs.evolve(full, entry=barred),
        "an entry without marks": attrs.evolve(
            full,
            entry=unscored,
            areas=unread,
            readers=(),
            sensitivity=(),
        ),
        "one examiner": attrs.evolve(
            full,
            readers=full.readers[:1],
            areas=tuple(attrs.evolve(a, by_reader={"A": 60.0}) for a in full.areas),
        ),
        "agreed marks": attrs.evolve(
            full, has_consensus=True, consensus=_agreed(), documents=_documents()
        ),
        "agreed marks on record alone": attrs.evolve(
            full,
            consensus=attrs.evolve(_agreed(), total=None, areas=(), by_reader={}),
        ),
        "a class of one": attrs.evolve(
            full, entry=attrs.evolve(entry, rank=1), rivals=(), areas=_alone(full.areas)
        ),
        "a tie": attrs.evolve(full, rivals=(Rival(2, 65.3, 60.0, 70.0), *full.rivals)),
        "a missing area": attrs.evolve(full, areas=(unread[0], *full.areas[1:])),
        "a class that cannot be compared": attrs.evolve(
            full,
            entry=raw,
            comparable=False,
            notes=(guard,),
            rivals=tuple(attrs.evolve(r, low=None, high=None) for r in full.rivals),
        ),
        "blind reading": attrs.evolve(
            full,
            entry=attrs.evolve(entry, id="B01", name="B01", team=None),
            administration=None,
            bid=Bid(),
        ),
        "nothing filed": attrs.evolve(
            full,
            entry=attrs.evolve(entry, proposal=None, reasons=(), findings=()),
            proposal=None,
            proposal_word=None,
            nomination=None,
            nomination_word=None,
            bid=Bid(),
            sensitivity=(),
        ),
    }


def _agreed() -> TeamConsensus:
    question = Text("Insight into needs", sv="Insikt om behov")
    approach, spread = Text("Approach", sv="Angreppssätt"), Text("Spread", sv="Spridning")
    return TeamConsensus(
        total=AgreedArea(Text("The whole", sv="Helheten"), 66.0, 67.5),
        areas=(AgreedArea(Text("Area 0", sv="Område 0"), 61.0, 58.0),),
        leaves=(
            AgreedLeaf("1", question, ((approach, 55.0),), ("besöket <b>visade</b>",), 60.0, 55.0),
            AgreedLeaf("2a", question, ((approach, 70.0), (spread, 60.0)), ("a", "b"), 60.0, 65.0),
            AgreedLeaf("2b", question, ((approach, 70.0),), ("c",), None, None),
        ),
        by_reader={"A": -2.5, "B": 0.0, "C": 2.5},
    )


def _documents() -> tuple[AskedDocument, ...]:
    return (
        AskedDocument(Text("Annual plan", sv="Verksamhetsplan"), seen=True),
        AskedDocument(Text("Staff survey", sv="Medarbetarenkät"), False, "ligger hos HR"),
        AskedDocument(Text("Routines", sv="Rutiner"), seen=False),
        AskedDocument(Text("Surveys", sv="Undersökningar"), seen=None),
        AskedDocument(Text("Other", sv="Annat"), seen=None, on_request=True),
    )


def _alone(areas: Iterable[AreaStanding]) -> tuple[AreaStanding, ...]:
    return tuple(attrs.evolve(area, others=()) for area in areas)


def _full_case() -> DossierCase:
    award = Text("award", sv="utmärkelse")
    reason = Text("Staff besides the manager: {n}", sv="Medarbetare utöver chefen: {n}", n=12)
    findings = tuple(
        Finding(rule, "F02", stage, outcome, reason, "S25:54", overridden_by=by)
        for rule, stage, outcome, by in (
            ("E25-01", Stage.PARTICIPATION, Outcome.PASS, None),
            ("E25-02", Stage.AWARD, Outcome.UNKNOWN, None),
            ("E25-02", Stage.MENTION, Outcome.UNKNOWN, None),
            ("E25-03", Stage.AWARD, Outcome.FAIL, None),
            ("D25-03", Stage.PARTICIPATION, Outcome.PASS, "Kim Exempel"),
            ("E25-09", Stage.AWARD, Outcome.NOT_APPLICABLE, None),
        )
    )
    entry = RankedEntry(
        id="F02",
        name=_NAME,
        team="L1",
        status=Status.DISCUSS,
        proposal=ProposalKind.AWARD,
        raw=68.0,
        score=65.3,
        low=61.8,
        high=68.7,
        rank=2,
        rank_low=1,
        rank_high=4,
        expected_rank=2.3,
        p_best=0.2,
        p_shortlist=0.45,
        p_above_next=0.6,
        reasons=(Reason("uncertain", Text("not settled", sv="inte avgjort")),),
        findings=findings,
        readings=3,
    )
    areas = tuple(
        AreaStanding(
            id=f"a{n}",
            label=Text(f"Area {n}", sv=f"Område {n}"),
            weight=50.0,
            score=60.0 + n,
            others=(40.0, 55.5, 70.0),
            by_reader={"A": 60.0, "B": 62.5, "C": 58.0 + n},
            strengths=("lugnt <script>alert(1)</script>",),
            development=("mät oftare",),
            remarks=("se bilden",),
        )
        for n in range(2)
    )
    return DossierCase(
        edition="Provåret",
        entry=entry,
        administration="Nämnden",
        class_title=Text("Preschool", sv="Förskola"),
        shortlist_size=2,
        comparable=True,
        notes=(),
        rivals=(Rival(1, 71.0, 66.0, 75.0), Rival(3, 60.0, 55.0, 65.0), Rival(4, 40.0, 35.0, 45.0)),
        areas=areas,
        readers=(Reader("A", False, 66.0), Reader("B", False, 68.0), Reader("C", True, 70.0)),
        has_consensus=False,
        proposal=Proposal("F02", ProposalKind.AWARD, "modig"),
        nomination=Nomination("F02", ProposalKind.AWARD, "helhet", "Kim Exempel"),
        sensitivity=(
            Text("It stays on the list.", sv="Bidraget är kvar i urvalet."),
            Text("Its place varies.", sv="Platsen varierar."),
        ),
        bid=Bid("Vi lyssnar.\n\nVi mäter.", None),
        decimals=1,
        how=(Text("Scores are adjusted.", sv="Poängen är justerade."),),
        digest="0" * 64,
        status_word=Text("to be discussed", sv="att diskutera"),
        proposal_word=award,
        nomination_word=award,
    )
