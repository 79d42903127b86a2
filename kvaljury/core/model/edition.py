"""One year's edition folder as values: entries, teams, marks, proposals."""

from collections.abc import Mapping
from fractions import Fraction

import attrs

from kvaljury.core.model.kinds import (
    BasicControl,
    Kind,
    Operator,
    ProposalKind,
    RemarkKind,
    State,
)
from kvaljury.core.model.moment import Moment
from kvaljury.core.model.rules import RuleSet
from kvaljury.errors import Source, Text


@attrs.frozen
class Predecessor:
    """A unit that this one was before a merger, move or change of name.

    Attributes:
        name: the former unit.
        last_award_year: the year of its last award, or None where it had none.
    """

    name: str
    last_award_year: int | None = None


@attrs.frozen(kw_only=True)
class Entry:
    """A unit's contribution; None is unknown unless the attribute says otherwise.

    Attributes:
        id: unique regardless of case.
        name: the unit's name.
        entry_class: id of its class.
        kind: the kind of its class.
        employees_excluding_manager: persons.
        stockholm_share: percent of places, children or pupils, 0-100.
        result_previous_year: SEK, negative is a deficit.
        forecast_current_year: SEK, negative is a deficit.
        last_award_year: None means never.
        last_mention_year: None means never.
        predecessors: empty means none.
        source: where it stands, left out of equality.
    """

    id: str
    name: str
    entry_class: str
    kind: Kind
    administration: str | None = None
    state: State = State.COMPETING
    operator: Operator | None = None
    financed_by_city: bool | None = None
    manager_operations: bool | None = None
    manager_budget: bool | None = None
    manager_staff: bool | None = None
    plan_with_goals: bool | None = None
    sells_single_places: bool | None = None
    employees_excluding_manager: int | None = None
    stockholm_share: Fraction | None = None
    result_previous_year: Fraction | None = None
    forecast_current_year: Fraction | None = None
    last_award_year: int | None = None
    last_mention_year: int | None = None
    predecessors: tuple[Predecessor, ...] = ()
    board_notice_date: Moment | None = None
    bid_received: Moment | None = None
    basic_control: BasicControl | None = None
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Jav:
    """A conflict of interest between an examiner and an entry."""

    entry: str
    ground: str


@attrs.frozen
class Examiner:
    """A person who reads entries; the home team is the one whose ``examiners`` names it."""

    id: str
    name: str | None = None
    administration: str | None = None
    jav: tuple[Jav, ...] = ()
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Guest:
    """Leave for an examiner to read an entry of another team."""

    examiner: str
    entry: str


@attrs.frozen
class Team:
    """Examiners and the entries that they read."""

    id: str
    coordinator: str | None
    examiners: tuple[str, ...]
    entries: tuple[str, ...]
    guests: tuple[Guest, ...] = ()
    name: str | None = None
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Mark:
    """What one examiner set on one criterion of one leaf of one entry; immutable evidence.

    Attributes:
        criterion: the rubric's criterion id.
        value: on the rubric's scale.
        comment: the examiner's words, or empty.
    """

    entry: str
    examiner: str
    question: str
    criterion: str
    value: Fraction
    comment: str = ""
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class LoneComment:
    """What an examiner writes where he or she has set no mark.

    Attributes:
        criterion: empty where the rubric has only one criterion.
    """

    entry: str
    examiner: str
    question: str
    criterion: str
    comment: str
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class ConsensusMark:
    """What a team agreed on after the visit; a record beside the marks, never instead of them."""

    entry: str
    question: str
    criterion: str
    value: Fraction
    reason: str
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Remark:
    """What an examiner writes about a question area of an entry, or what to verify there.

    Attributes:
        area: id of the area; empty where the entry as a whole is meant.
        text: may have several lines.
    """

    entry: str
    examiner: str
    area: str
    kind: RemarkKind
    text: str
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class DocumentCheck:
    """Whether a team saw a document of the edition's check list at the site visit.

    Attributes:
        document: id in the rule set's list.
        seen: None where nothing was said.
        remark: the team's words, or empty.
    """

    entry: str
    document: str
    seen: bool | None
    remark: str = ""
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Proposal:
    """What a team of examiners proposes for an entry.

    Attributes:
        examiner: in whose form it stands, None for one of a table.
    """

    entry: str
    proposal: ProposalKind
    reason: str = ""
    source: Source | None = attrs.field(default=None, eq=False)
    examiner: str | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Nomination:
    """What the beredningsgrupp sends on, drops or adds: another record than the proposal."""

    entry: str
    nominated_for: ProposalKind
    reason: str
    by: str
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Override:
    """A rule set aside for an entry by a named person with a reason.

    Attributes:
        rule: id of an overridable rule of the edition.
    """

    entry: str
    rule: str
    by: str
    reason: str
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Edition:
    """One year: the rules with this edition's overrides applied, entries, teams, proposals.

    Attributes:
        title: what the year is called in output; the rule set's title, in both languages, where
            the edition gives none.
        year: the year of the award.
        rules: with classes, weights, rubrics, eligibility and settings as the edition has them.
        changes: dotted keys in which the edition departs from its rule set, sorted.
        plugins: folder of one-file plugins relative to the edition folder, or None.
        entries: sorted by id.
        teams: sorted by id.
        examiners: every examiner of every team, sorted by id.
        proposals: by entry id.
        nominations: by entry id.
        overrides: sorted by entry and rule.
    """

    title: Text | str
    year: int
    rules: RuleSet
    changes: tuple[str, ...] = ()
    plugins: str | None = None
    entries: tuple[Entry, ...] = ()
    teams: tuple[Team, ...] = ()
    examiners: tuple[Examiner, ...] = ()
    proposals: Mapping[str, Proposal] = attrs.field(factory=dict, hash=False)
    nominations: Mapping[str, Nomination] = attrs.field(factory=dict, hash=False)
    overrides: tuple[Override, ...] = ()

    def home_team_by_entry(self) -> dict[str, str]:
        """Give the id of the team that lists each entry."""
        return {entry: team.id for team in self.teams for entry in team.entries}

    def home_team_by_examiner(self) -> dict[str, str]:
        """Give the id of the team that lists each examiner."""
        return {examiner: team.id for team in self.teams for examiner in team.examiners}


@attrs.frozen
class Marks:
    """Every mark of an edition, those under declared jäv apart.

    Attributes:
        valid: sorted by entry, examiner, question, criterion.
        excluded: marks under declared jäv, sorted likewise; no score rests on them.
        consensus: sorted by entry, question, criterion.
        remarks: by area, sorted by entry, examiner, area and kind; none under declared jäv.
        document_checks: of the site visits, sorted by entry and document.
        lone_comments: where no mark is set, sorted as marks are; none under declared jäv.
    """

    valid: tuple[Mark, ...] = ()
    excluded: tuple[Mark, ...] = ()
    consensus: tuple[ConsensusMark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    document_checks: tuple[DocumentCheck, ...] = ()
    lone_comments: tuple[LoneComment, ...] = ()

    @property
    def commented(self) -> tuple[Mark | LoneComment, ...]:
        """All that counts and may hold a comment: the valid marks, then the lone comments."""
        return (*self.valid, *self.lone_comments)
