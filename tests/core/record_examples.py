"""Events of a record as `decide` writes them, for the tests of minutes, feedback and publishing."""

from copy import deepcopy

from kvaljury.core.model.record import NewEvent
from kvaljury.files.decision_record import append_events

AT = "2025-10-14T15:30:00+02:00"
SECRETARY = "Sigrid Sekreterare"
NAMES = {
    "J1": ("Asta Ordförande", "chair", "Stadsledningskontoret"),
    "J2": ("Bo Vice", "deputy_chair", "Högskolan"),
    "J3": ("Cecilia Dahl", "member", "Farsta stadsdelsförvaltning"),
    "J4": ("David Ek", "member", None),
    "J5": ("Eva Falk", "member", "Äldreförvaltningen"),
    "J6": ("Frans Gren", "substitute", "Utbildningsförvaltningen"),
}
NOMINEES = {"S01": "Skolan Eken", "S02": "Skolan Linden", "S03": "Skolan Almen"}
REASON = "Jag anser att Skolan Linden skulle ha fått utmärkelsen.\nDet är fel = orätt."


def both(sv, en):
    return {"sv": sv, "en": en}


def answers(**given):
    states = ("yes", "no", "abstains", "jav", "absent")
    return {state: given.get(state, "").split() for state in states}


def item(entry="S01", proposed="award", **changes):
    """A vote that the casting vote of the deputy decides: the chair has jäv, a member is away."""
    return {
        "entry": entry, "for": proposed, "chair": "J2", "is_acting": True, "needed": 3,
        "voters": ["J2", "J3", "J5", "J6"], "stands_in": {"J6": "J4"},
        "answers": answers(yes="J2 J6", no="J3 J5", jav="J1", absent="J4"), "voided": ["J1"],
        "carried": True, "casting_vote": "J2", "reservations": {"J5": REASON}, **changes,
    }  # fmt: skip


def decided(**changes):
    """Data of the event ``decided`` of a class; changes replace whole fields."""
    data = {
        "class": "skola",
        "title": both("Skola", "School"),
        "date": "2025-10-14",
        "rules": {
            "quorum": "more-than-half", "majority": "simple", "casting_vote": "chair",
            "sits_out": "class", "voting": "open", "method": "schulze", "share": False,
            "awards": 1,
        },
        "people": {
            juror: {"name": name, "role": role, "organisation": organisation}
            for juror, (name, role, organisation) in NAMES.items()
        },
        "nominees": [
            {"entry": "S01", "name": NOMINEES["S01"], "for": "award", "reason": "högst",
             "by": "Beredningen"},
            {"entry": "S02", "name": NOMINEES["S02"], "for": "award", "reason": "", "by": ""},
            {"entry": "S03", "name": NOMINEES["S03"], "for": "mention", "reason": "modig",
             "by": "Beredningen"},
        ],
        "jav": [
            {"juror": "J1", "entry": "S02", "rule": "head-of-administration",
             "ground": "KL 6:28 5", "known": "derived",
             "reason": both("Chefen leder enheten.", "The head leads the unit.")},
        ],
        "ballots": [
            _ballot("J1", "S01", void=True), _ballot("J2", "S01"), _ballot("J3", "S01"),
            _ballot("J5", "S02"), _ballot("J6", "S03", mention="yes"),
            _ballot("J2", "S03", mention="no"), _ballot("J4", "S01", state="absent", grade=None),
        ],
        "tally": {
            "tiers": [["S01", "S02"]],
            "figures": [{"label": both("Vinster", "Wins"), "values": {"S01": 1, "S02": "0.5"}}],
            "pairs": [{"first": "S01", "second": "S02", "for_first": 2, "for_second": 2}],
            "cycle": [],
        },
        "order_would_decide": [],
        "items": [item(), item("S03", "mention", casting_vote=None, voided=[], reservations={},
                               answers=answers(yes="J2 J3 J5 J6", jav="J1", absent="J4"))],
        "awards": ["S01"],
        "mentions": ["S03"],
        "motivations": {
            "S01": {"text": "För ett modigt arbete.", "by": "Asta Ordförande"},
            "S03": {"text": "För lek <b>och</b> =1+1 & lugn.", "by": ""},
        },
        "eligibility": [
            {"entry": "S01", "stage": "award", "outcome": "pass", "failed": []},
            {"entry": "S02", "stage": "award", "outcome": "fail",
             "failed": [{"rule": "E25-07", "reason": both("Underskott.", "A deficit.")}]},
            {"entry": "S02", "stage": "mention", "outcome": "fail",
             "failed": [{"rule": "E25-08", "reason": both("Berör ej.", "Not told.")}]},
            {"entry": "S03", "stage": "mention", "outcome": "unknown", "failed": []},
        ],
        "overrides": [],
        "inputs": {"votes.csv": "0" * 64},
        "plugins": [{"name": "schulze", "provider": "kvaljury", "version": "1"}],
        "version": "1.0",
    }  # fmt: skip
    return deepcopy({**data, **changes})


def _ballot(juror, entry, *, state="yes", grade="worthy_now", mention="abstains", void=False):
    return {
        "juror": juror, "entry": entry, "state": state, "grade": grade, "mention": mention,
        "void": void,
    }  # fmt: skip


def closed(**changes):
    rules = {**decided()["rules"], "voting": "closed"}
    return decided(rules=rules, **changes)


def preschool(**changes):
    """A class in which nobody receives the award, with a cycle and an order that decides."""
    nobody = item(
        "", "none", chair="J1", is_acting=False, casting_vote=None, voided=[], reservations={},
        voters=["J1", "J2", "J3", "J4", "J5"], stands_in={},
        answers=answers(yes="J1 J2 J3", no="J4", abstains="J5"),
    )  # fmt: skip
    units = {"F01": "Förskolan Ask", "F02": "Förskolan Bok", "F03": "Förskolan Ceder"}
    return decided(**{
        "class": "forskola",
        "title": both("Förskola", "Preschool"),
        "nominees": [
            {"entry": entry, "name": name, "for": "award", "reason": "", "by": ""}
            for entry, name in units.items()
        ],
        "jav": [],
        "tally": {
            "tiers": [["F01", "F02", "F03"]],
            "figures": [],
            "pairs": [],
            "cycle": ["F01", "F02", "F03"],
        },
        "order_would_decide": ["F01", "F02", "F03"],
        "items": [nobody],
        "awards": [], "mentions": [], "motivations": {}, "eligibility": [], "ballots": [],
        **changes,
    })  # fmt: skip


def voided(**changes):
    return {
        "class": "skola", "juror": "J3", "entry": "S02", "ground": "KL 6:28 1",
        "on": "2025-10-20", "events": [1], "ballots": 1, "votes": 2, **changes,
    }  # fmt: skip


def corrected(**changes):
    return {"replaces": 1, "class": "skola", "reason": "Jäv upptäcktes", **changes}


def again():
    """The class decided anew without the juror in whom a jäv was found; an award let through."""
    without = answers(yes="J2 J6", no="J5", jav="J1 J3", absent="J4")
    vote = item("S02", voters=["J2", "J5", "J6"], answers=without, casting_vote=None, voided=[])
    found = {"juror": "J3", "entry": "S02", "rule": "declared", "ground": "",
             "known": "found_later", "reason": both("Syskon.", "Siblings.")}  # fmt: skip
    return decided(
        date="2025-10-21",
        jav=[*decided()["jav"], found],
        items=[vote],
        awards=["S02"],
        mentions=[],
        motivations={},
        tally=None,
        ballots=[],
        overrides=[{"entry": "S02", "by": "Asta Ordförande", "reason": "Engångskostnad"}],
    )


def write_record(folder, *events, at=AT):
    """Append events, pairs of kind and data; gives the record."""
    made = [NewEvent(kind, SECRETARY, data) for kind, data in events]
    return append_events(folder, lambda _: made, at)


WHOLE_STORY = (
    ("decided", decided()),
    ("decided", preschool()),
    ("voided", voided()),
    ("corrected", corrected()),
    ("decided", again()),
)
