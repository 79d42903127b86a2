"""A hand-made ranking with one of everything that documents have to show."""

from fractions import Fraction

import attrs

from kvaljury.cli.language import Language
from kvaljury.core.model import (
    Area,
    Assumption,
    Basis,
    CalibrationSummary,
    ClassRanking,
    Edition,
    EligibilityUse,
    EntryClass,
    ExcludedReading,
    Finding,
    Kind,
    Leaf,
    Outcome,
    PluginUse,
    ProposalKind,
    Question,
    RankedEntry,
    Ranking,
    Reason,
    RuleSet,
    Settings,
    Stage,
    Status,
    Text,
)
from kvaljury.files.ranking_documents import RankingDocument

HUNDRED = Fraction(100)


def finding(rule="E25-04", stage=Stage.PARTICIPATION, verdict=Outcome.FAIL, **changes):
    reason = Text("{n} of 5 employees", sv="{n} av 5 medarbetare", n=3)
    return Finding(rule, "F04", stage, verdict, reason, "S25:54", **changes)


def first_entry(**changes):
    return attrs.evolve(
        RankedEntry(
            id="F01",
            name="Blåklockan",
            team="L1",
            status=Status.SHORTLISTED,
            proposal=ProposalKind.AWARD,
            raw=70.25,
            score=72.25,
            low=-1.5,
            high=101.04,
            rank=1,
            rank_low=1,
            rank_high=2,
            expected_rank=1.25,
            p_best=0.75,
            p_shortlist=0.999,
            reasons=(Reason("proposed", Text("proposed", sv="föreslaget")),),
        ),
        **changes,
    )


ENTRIES = (
    first_entry(),
    RankedEntry(
        id="F02",
        name="=cmd|' /C calc'!A0",
        team="L2",
        status=Status.DISCUSS,
        raw=2 / 3,
        score=2 / 3,
        rank=2,
    ),
    RankedEntry(id="F03", name="Tallen [/b]", team=None, status=Status.UNMARKED),
    RankedEntry(
        id="F04",
        name="Boken",
        team="L2",
        status=Status.NOT_ELIGIBLE,
        proposal=ProposalKind.MENTION,
        reasons=(Reason("failed:E25-04", Text("too few", sv="för få")),),
        findings=(finding(), finding(stage=Stage.AWARD)),
    ),
)
CLASS = ClassRanking(
    class_id="forskola",
    title=Text("Preschool", sv="Förskola"),
    shortlist_size=3,
    comparable=True,
    entries=ENTRIES,
    mentions=("F02",),
)
SPLIT_CLASS = attrs.evolve(
    CLASS,
    class_id="skola",
    title=Text("School", sv="Skola"),
    comparable=False,
    entries=(first_entry(id="S01", name="Eken", status=Status.DISCUSS),),
    mentions=(),
    notes=(Text("Apart: {teams}", sv="Lagen kan inte jämföras: {teams}", teams="L1, L2"),),
)
SUMMARY = CalibrationSummary(
    method="mixed-model",
    basis=Basis.LINKS,
    components=1,
    comparable=True,
    variance={"entry": 81.1234567, "team": 4.0, "examiner": 0.0, "residual": 12.5},
    warnings=(Text("few teams", sv="få lag"),),
)
RULES = RuleSet(
    name="stockholm-2025",
    title=Text("Award 2025", sv="Utmärkelsen 2025"),
    year=2025,
    areas=(
        Area(
            "target-group",
            Text("Target group", sv="Målgrupp"),
            HUNDRED,
            (
                Question(
                    "1",
                    Text("Needs", sv="Behov"),
                    HUNDRED,
                    (Leaf("1", Text("Needs", sv="Behov"), HUNDRED, "approach", "S25:267"),),
                ),
            ),
        ),
    ),
    classes=(EntryClass("forskola", Text("Preschool", sv="Förskola"), Kind.PRESCHOOL),),
    eligibility=(
        EligibilityUse(
            "E25-04",
            "employees",
            Text("Employees", sv="Medarbetare"),
            (Stage.PARTICIPATION,),
            {"at_least": 5},
            "S25:54",
            assumption=Text("persons are counted", sv="personer räknas"),
        ),
    ),
    facts=(),
    assumptions=(Assumption("scale", Text("0–100 is a proposal", sv="0–100 är ett förslag")),),
    settings=Settings(),
)
EDITION = Edition(title="Provåret", year=2025, rules=RULES, changes=("shortlist.size",))
RANKING = Ranking(
    calibration=SUMMARY,
    classes=(CLASS,),
    readings=(),
    raw={"F01": Fraction(281, 4)},
    excluded=(ExcludedReading("F02", "E03", "närstående", 29),),
    not_competing=("F09",),
    warnings=(Text("one mark is missing", sv="en poäng saknas"),),
)
SPLIT_RANKING = attrs.evolve(
    RANKING,
    classes=(CLASS, SPLIT_CLASS),
    calibration=attrs.evolve(
        SUMMARY, basis=Basis.NONE, components=2, comparable=False, links=(("E03", "S01"),)
    ),
)
INPUTS = {"teams.toml": "b" * 64, "edition.toml": "a" * 64}
PLUGINS = (PluginUse("rubric approach", "kvaljury", "0.1.0"),)


def document(ranking=RANKING, code="sv", edition=EDITION):
    language = Language(code)
    return RankingDocument(
        edition, ranking, INPUTS, PLUGINS, language.render, language.decimal_mark, code
    )
