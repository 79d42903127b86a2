"""Small years in which every area has one question that is marked with its score."""

from fractions import Fraction

from kvaljury.core.model import (
    Area,
    CalibrationSettings,
    Criterion,
    Edition,
    EligibilityRule,
    EligibilityUse,
    Entry,
    EntryClass,
    Examiner,
    Kind,
    Leaf,
    Mark,
    Marks,
    Outcome,
    Question,
    Rubric,
    RuleSet,
    Scale,
    Settings,
    ShortlistSettings,
    Stage,
    Team,
    Text,
    Toolkit,
    Verdict,
)
from kvaljury.core.pipeline import rank_edition
from kvaljury.core.sensitivity import assess_sensitivity
from kvaljury_plugins import mean, median, mixed_model, probability, raw, z_score

HUNDRED = Fraction(100)
PLAIN = Rubric(
    "plain",
    (Criterion("", Text("plain")),),
    Scale(Fraction(0), HUNDRED, Fraction(1)),
    (),
    lambda marks: marks[:, 0],
)
(MEAN,) = mean.kvaljury_aggregations()
(MEDIAN,) = median.kvaljury_aggregations()
(MIXED,) = mixed_model.kvaljury_normalisations()
(RAW,) = raw.kvaljury_normalisations()
(Z_SCORE,) = z_score.kvaljury_normalisations()
(PROBABILITY,) = probability.kvaljury_shortlist_rules()


def _check(entry, _parameters):
    barred = entry.administration == "barred"
    return Verdict(Outcome.FAIL if barred else Outcome.PASS, Text("by name"))


def toolkit(method=RAW, aggregation=MEAN):
    rules = {"bar": EligibilityRule("bar", _check)}
    return Toolkit({"plain": PLAIN}, rules, aggregation, method, PROBABILITY)


def rules(weights, size, classes=("c",), **calibration):
    return RuleSet(
        name="small",
        title=Text("Small"),
        year=2025,
        areas=tuple(
            Area(
                name,
                Text(name),
                Fraction(weight),
                (
                    Question(
                        name,
                        Text(name),
                        HUNDRED,
                        (Leaf(name, Text(name), HUNDRED, "plain", "S1:1"),),
                    ),
                ),
            )
            for name, weight in weights.items()
        ),
        classes=tuple(EntryClass(name, Text(name), Kind.OTHER) for name in classes),
        eligibility=(EligibilityUse("R1", "bar", Text("Bar"), (Stage.PARTICIPATION,), {}, "S1:1"),),
        facts=(),
        assumptions=(),
        settings=Settings(
            calibration=CalibrationSettings(draws=200, **calibration),
            shortlist=ShortlistSettings(size=size),
        ),
    )


def year(
    table,
    *,
    weights=None,
    size=1,
    homes=None,
    barred=(),
    classes=None,
    entry_order=sorted,
    **calibration,
):
    """Make an edition and its marks.

    ``table`` holds by entry and examiner a score, or one for each area with None for no mark.
    ``homes`` gives the team of entries and examiners; all belong to one without it.
    """
    weights = weights or {"a": 100}
    homes = homes or {}
    classes = classes or {}
    examiners = sorted({examiner for scores in table.values() for examiner in scores})
    teams = sorted({homes.get(name, "t") for name in (*table, *examiners)})
    edition = Edition(
        title="Small year",
        year=2025,
        rules=rules(weights, size, sorted(set(classes.values()) | {"c"}), **calibration),
        entries=tuple(
            Entry(
                id=name,
                name=f"Unit {name}",
                entry_class=classes.get(name, "c"),
                kind=Kind.OTHER,
                administration="barred" if name in barred else None,
            )
            for name in sorted(table)
        ),
        teams=tuple(
            Team(
                team,
                None,
                tuple(x for x in examiners if homes.get(x, "t") == team),
                tuple(e for e in sorted(table) if homes.get(e, "t") == team),
            )
            for team in teams
        ),
        examiners=tuple(Examiner(name) for name in examiners),
    )
    marks = [
        Mark(entry, examiner, area, "", Fraction(value))
        for entry in entry_order(table)
        for examiner, scores in table[entry].items()
        for area, value in zip(
            weights, scores if isinstance(scores, tuple) else (scores,), strict=True
        )
        if value is not None
    ]
    return edition, Marks(tuple(marks))


def assess(table, method=RAW, aggregation=MEAN, draws=50, tell=None, **options):
    """Rank a small year and tell how firmly its lists stand."""
    edition, marks = year(table, **options)
    tools = toolkit(method, aggregation)
    ranking = rank_edition(edition, marks, tools)
    telling = {"tell": tell} if tell else {}
    return assess_sensitivity(edition, ranking, tools, draws=draws, **telling)


def first_class(table, *arguments, **options):
    return assess(table, *arguments, **options).classes[0]


def entry_of(found, entry_id):
    return next(entry for entry in found.entries if entry.id == entry_id)


def counts(found, entry_id):
    """Give listed and scenarios by family."""
    entry = entry_of(found, entry_id)
    return {count.family.value: (count.listed, count.scenarios) for count in entry.counts}


def grid(rows):
    """Make a table from one row of scores an entry, examiners ``x1``, ``x2`` and so on."""
    return {
        f"e{i}": {f"x{j}": value for j, value in enumerate(row, start=1)}
        for i, row in enumerate(rows, start=1)
    }
