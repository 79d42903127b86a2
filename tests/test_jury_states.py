"""A jury's autumn in any order: declare, vote, void, decide, correct, crash and reopen."""

import os
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from kvaljury.core.decision_data import (
    Circumstances,
    decided_data,
    is_same_decision,
    is_void,
    last_decisions,
    voided_events,
)
from kvaljury.core.jury_day import hold_day
from kvaljury.core.model import (
    Eligibility,
    Entry,
    EntryClass,
    Kind,
    Nomination,
    Organisation,
    Outcome,
    ProposalKind,
    Stage,
)
from kvaljury.core.model.jury import (
    Answer,
    Ballot,
    Declaration,
    Grade,
    Juror,
    Jury,
    JuryRules,
    Role,
    SitsOut,
    Vote,
)
from kvaljury.core.model.jury_day import Papers
from kvaljury.core.model.record import DecisionRecord
from kvaljury.core.model.voting import VotingMethod
from kvaljury.core.recording import record_day
from kvaljury.core.recusal import jav_of_jurors
from kvaljury.core.verification import (
    Standing,
    check_chain,
    check_corrections,
    check_decision,
    check_events,
    check_head,
)
from kvaljury.core.voting import majority_judgment
from kvaljury.errors import Text
from kvaljury.files import writing
from kvaljury.files.decision_record import RECORD, append_events, read_record

JURORS = tuple(
    Juror(name, f"Ledamot {name}", role)
    for name, role in (
        ("J1", Role.CHAIR),
        ("J2", Role.DEPUTY_CHAIR),
        ("J3", Role.MEMBER),
        ("J4", Role.MEMBER),
        ("J5", Role.SUBSTITUTE),
    )
)
CLASSES = (
    EntryClass("skola", Text("School", sv="Skola"), Kind.SCHOOL),
    EntryClass("andra", Text("Other", sv="Andra"), Kind.OTHER),
)
ENTRIES = {
    name: Entry(id=name, name=f"Enheten {name}", entry_class=found.id, kind=found.kind)
    for name, found in zip(("S1", "S2", "A1", "A2"), (*CLASSES[:1] * 2, *CLASSES[1:] * 2), strict=1)
}
NOMINATIONS = {
    name: Nomination(name, ProposalKind.AWARD, "lyft av laget", "Beredningsgruppen")
    for name in ENTRIES
}
ELIGIBLE = {name: Eligibility(name, dict.fromkeys(Stage, Outcome.PASS), ()) for name in ENTRIES}
METHOD = VotingMethod("majority-judgment", Text("Majority judgment"), majority_judgment)
AT = "2025-10-14T09:00:00"
DAY = date(2025, 10, 14)

NOBODY = Organisation()


def both(text):
    return {"sv": getattr(text, "sv", None) or str(text), "en": str(text)}


AROUND = Circumstances(
    date=DAY.isoformat(), motivations={}, inputs={}, plugins=(), version="test", both=both
)

jurors = st.sampled_from([juror.id for juror in JURORS])
entries = st.sampled_from(list(ENTRIES))
voters = jurors | st.just("")
kinds = st.sampled_from([ProposalKind.AWARD, ProposalKind.AWARD, ProposalKind.MENTION])
class_ids = st.sampled_from([found.id for found in CLASSES])
answers = st.sampled_from([Answer.YES, Answer.YES, Answer.NO, Answer.ABSTAINS, Answer.ABSENT])


class Killed(BaseException):
    """The process is gone: nothing that would tidy up runs."""


class Disk:
    """The file layer, killed before its n-th step from now."""

    def __init__(self, patch):
        self.left = None
        patch.setattr(writing.os, "fsync", self._guarded(lambda handle: None))
        patch.setattr(writing, "_write_new", self._torn(writing._write_new))
        patch.setattr(writing, "_discard", self._guarded(writing._discard))
        patch.setattr(writing, "_remove_stale", self._guarded(writing._remove_stale))
        patch.setattr(Path, "replace", self._guarded(Path.replace))
        patch.setattr(os, "replace", self._guarded(os.replace))

    def _step(self):
        """Count a step down; once dead, every further step is dead too."""
        if self.left is not None:
            self.left -= 1
        return self.left is None or self.left >= 0

    def _guarded(self, act):
        def guarded(*arguments):
            if not self._step():
                raise Killed
            return act(*arguments)

        return guarded

    def _torn(self, write):
        def torn(path, content):
            if not self._step():
                path.write_bytes(content[: len(content) // 2])
                raise Killed
            return write(path, content)

        return torn


class JuryStates(RuleBasedStateMachine):
    """What may happen between the first declaration and the last correction."""

    def __init__(self):
        super().__init__()
        self.home = TemporaryDirectory()
        self.folder = Path(self.home.name)
        self.patch = pytest.MonkeyPatch()
        self.disk = Disk(self.patch)
        self.jav = {}
        self.ballots = {}
        self.votes = {}
        self.older = []
        self.recorded = {}
        self.seen_jav = {}
        self.counted = None
        self.read = b"", DecisionRecord()

    def teardown(self):
        self.patch.undo()
        self.home.cleanup()

    @initialize(
        reach=st.sampled_from(SitsOut),
        seed=st.integers(0, 2**16),
        known=st.lists(st.tuples(jurors, entries), max_size=3),
    )
    def begin(self, reach, seed, known):
        self.rules = JuryRules(sits_out=reach)
        self.jav = dict.fromkeys(known)
        for found in CLASSES:
            self.meet(found.id, seed, seed % 2)
        self.decide("skola", None, None)

    # What people do.

    @rule(juror=jurors, entry=entries)
    def declare(self, juror, entry):
        is_decided = ENTRIES[entry].entry_class in last_decisions(read_record(self.folder))
        self.jav.setdefault((juror, entry), date(2025, 11, 3) if is_decided else None)

    @rule(class_id=class_ids, seed=st.integers(0, 2**16), wanted=st.sampled_from([0, 1]))
    def meet(self, class_id, seed, wanted):
        """Let everyone say something of everything, those with jäv too."""
        random = Random(seed)
        up = [entry.id for entry in ENTRIES.values() if entry.entry_class == class_id]
        for juror in JURORS:
            for entry in up:
                grade = random.choice(list(Grade))
                said = random.choice([Answer.YES, Answer.NO])
                self.ballots[juror.id, entry] = Ballot(juror.id, entry, Answer.YES, grade, said)
            answer = random.choice([Answer.YES, Answer.YES, Answer.NO])
            self._vote(juror.id, up[wanted], ProposalKind.AWARD, answer)

    @rule(juror=jurors, entry=entries, grade=st.sampled_from([*Grade, None]), mention=answers)
    def hand_in(self, juror, entry, grade, mention):
        state = Answer.YES if grade else Answer.ABSTAINS
        said = mention if mention is not Answer.ABSENT else Answer.ABSTAINS
        self.ballots[juror, entry] = Ballot(juror, entry, state, grade, said)

    @rule(juror=voters, entry=entries, kind=kinds, answer=answers)
    def vote(self, juror, entry, kind, answer):
        self._vote(juror, entry, kind, answer if juror else Answer.YES)

    @rule(class_id=class_ids, wants_nobody=st.booleans())
    def begin_the_vote_again(self, class_id, wants_nobody):
        self.votes = {key: vote for key, vote in self.votes.items() if key[0] != class_id}
        if wants_nobody:
            key = class_id, "", ProposalKind.NONE, ""
            self.votes[key] = Vote(*key, Answer.YES)

    def _vote(self, juror, entry, kind, answer):
        key = ENTRIES[entry].entry_class, entry, kind, juror
        self.votes[key] = Vote(*key, answer)

    # What is recorded.

    @rule(juror=jurors, entry=entries)
    def void(self, juror, entry):
        """Find a jäv, and record at once what it makes void."""
        self.declare(juror, entry)
        papers = self.papers()
        append_events(self.folder, lambda record: voided_events(record, papers, "Sekr"), AT)
        self._remember()
        for event in last_decisions(self.record()).values():
            self.seen_jav[event.number] = dict(self.jav)

    @rule(
        class_id=class_ids,
        correction=st.sampled_from([None, "räknat fel"]),
        steps=st.none() | st.integers(0, 8),
    )
    def decide(self, class_id, correction, steps):
        """Record a class; where steps are given, be killed before one of them and open anew."""
        before = read_record(self.folder)
        self.disk.left = steps
        try:
            self._record(class_id, correction)
        except Killed:
            self.disk.left = None
        self.disk.left = None
        self._remember()
        after = read_record(self.folder)
        assert after.events[: len(before.events)] == before.events
        made = [event.kind for event in after.events[len(before.events) :]]
        assert not made or made[-1] in ("decided", "voided"), "half of what belongs together"

    def _record(self, class_id, correction):
        papers = self.papers()
        days = [day for day in hold_day(papers) if day.class_id == class_id]
        data = {day.class_id: decided_data(day, papers, AROUND) for day in days}

        def make(record):
            return record_day(record, days, data, papers, by="Sekr", correction=correction).events

        append_events(self.folder, make, AT)

    def _remember(self):
        """Note what stands, and which jäv each new decision had to know of."""
        record = read_record(self.folder)
        for event in record.events:
            known = self.recorded.setdefault(event.number, event)
            assert known == event, "an event has changed"
            self.seen_jav.setdefault(event.number, dict(self.jav))
        self.older.append(record)

    def papers(self):
        people = [
            attrs.evolve(
                juror,
                declared=tuple(
                    Declaration(entry, "KL 6:28 5", on)
                    for (who, entry), on in sorted(self.jav.items())
                    if who == juror.id
                ),
            )
            for juror in JURORS
        ]
        return Papers(
            jury=Jury(tuple(people), self.rules),
            classes=CLASSES,
            entries=ENTRIES,
            nominations=NOMINATIONS,
            eligibility=ELIGIBLE,
            jav=jav_of_jurors(people, list(ENTRIES.values()), NOBODY, ()),
            ballots=tuple(self.ballots.values()),
            votes=tuple(self.votes.values()),
            method=METHOD,
        )

    # What always holds.

    def record(self):
        """Give the record as it stands, read anew whenever its bytes are others."""
        path = self.folder / RECORD
        content = path.read_bytes() if path.exists() else b""
        if content != self.read[0]:
            self.read = content, read_record(self.folder)
        return self.read[1]

    @invariant()
    def the_record_verifies(self):
        record = self.record()
        assert check_chain(record, RECORD).standing is Standing.VERIFIED
        assert list(check_events(record, RECORD)) == []
        assert list(check_corrections(record)) == []

    @invariant()
    def older_records_are_prefixes_and_their_heads_are_known(self):
        record = self.record()
        assert len(record.events) == len(self.recorded)
        for older in self.older[-3:]:
            assert record.events[: len(older.events)] == older.events
            if older.events:
                said = str(check_head(record, older.head).said)
                assert "no event" not in said

    @invariant()
    def nothing_said_under_jav_counts_in_the_decision_that_counts(self):
        record = self.record()
        for class_id, event in last_decisions(record).items():
            if is_void(record, class_id):
                continue
            for juror, entry in self.seen_jav[event.number]:
                if ENTRIES[entry].entry_class == class_id:
                    self._assert_out(event.data, juror, entry)

    def _assert_out(self, data, juror, entry):
        whole = self.rules.sits_out is SitsOut.CLASS
        for item in data["items"]:
            if whole or item["entry"] in (entry, ""):
                assert juror not in item["voters"]
                said = [state for state, who in item["answers"].items() if juror in who]
                assert set(said) <= {"jav"}
        for ballot in data["ballots"]:
            if ballot["juror"] == juror and (whole or ballot["entry"] == entry):
                said = ballot["state"] == "yes" or ballot["mention"] in ("yes", "no")
                assert ballot["void"] or not said

    @invariant()
    def what_the_jury_says_now_is_counted_right(self):
        """Hold what is new against the record and against a day without what is under jäv."""
        said = dict(self.jav), dict(self.ballots), dict(self.votes), len(self.recorded)
        if said == self.counted:
            return
        self.counted = said
        papers = self.papers()
        days = hold_day(papers)
        self._leave_out_what_is_void(papers, days)
        self._recount(papers, days)

    def _leave_out_what_is_void(self, papers, days):
        ballots = [b for b in papers.ballots if not self._is_under_jav(b.juror, b.entry)]
        without = hold_day(attrs.evolve(papers, ballots=tuple(ballots)))
        for day, bare in zip(days, without, strict=True):
            assert day.awards == bare.awards
            assert (day.tally and day.tally.tiers) == (bare.tally and bare.tally.tiers)

    def _recount(self, papers, days):
        last = last_decisions(self.record())
        for day in days:
            if day.class_id in last:
                made = decided_data(day, papers, AROUND)
                event = last[day.class_id]
                check = check_decision(event, {}, made, [r.message for r in day.refusals])
                is_same = is_same_decision(event.data, made) and not day.refusals
                assert (check.standing is Standing.VERIFIED) is is_same

    def _is_under_jav(self, juror, entry):
        if self.rules.sits_out is SitsOut.ENTRY:
            return (juror, entry) in self.jav
        own = ENTRIES[entry].entry_class
        return any(who == juror and ENTRIES[e].entry_class == own for who, e in self.jav)


JuryStates.TestCase.settings = settings(max_examples=50, stateful_step_count=25, deadline=None)
TestJuryStates = JuryStates.TestCase
