"""The sheet of a coordinator's form on which the team's proposals are filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury.core.model import Entry, Proposal, ProposalKind, State
from kvaljury.errors import Text
from kvaljury.files.forms.layout import Asked, Asks, FormSheet, Line, Look, Shown, Subject
from kvaljury.files.forms.permitted import entries_by_id, jav_of
from kvaljury.files.forms.sheet_parts import (
    HEAD_ROW,
    PROPOSALS,
    Desk,
    full_width,
    head_line,
    named,
)

PROPOSALS_NAME = Text("The team's proposals")
_WIDTHS = (12, 44, 20, 60)
PROPOSAL_CHOICES = {
    ProposalKind.AWARD: Text("award", sv="utmärkelse"),
    ProposalKind.MENTION: Text("mention", sv="hedersomnämnande"),
    ProposalKind.NONE: Text("none", sv="inget"),
}
"""The words to choose from, which are among those that proposals.csv may hold."""


def proposal_sheet(
    desk: Desk, examiner: str, name: str, footer: str, filed: Mapping[str, Proposal]
) -> FormSheet:
    """Lay out the sheet of proposals.

    Args:
        desk: what it is made from.
        examiner: id of a coordinator with something to propose.
        name: on its tab.
        footer: what stands below each printed page.
        filed: what is filled in already, by entry id.
    """
    lines = tuple(_proposal_lines(desk, examiner, filed))
    return FormSheet(PROPOSALS, name, footer, _WIDTHS, lines, HEAD_ROW, is_wide=True)


def entries_without_form(desk: Desk) -> tuple[str, ...]:
    """Give the competing entries for which no form asks for a proposal.

    Returns:
        Ids of those in a team without a coordinator, or with one who has declared jäv.
    """
    asked = {
        entry.id
        for examiner in desk.edition.examiners
        for entry in proposed_entries(desk, examiner.id)
    }
    competing = (e.id for e in desk.edition.entries if e.state is State.COMPETING)
    return tuple(entry for entry in competing if entry not in asked)


def proposed_entries(desk: Desk, examiner: str) -> list[Entry]:
    """Give the entries that a coordinator proposes for; none for anybody else."""
    return _listed(desk, examiner, is_barred=False)


def _listed(desk: Desk, examiner: str, *, is_barred: bool) -> list[Entry]:
    known = entries_by_id(desk.edition)
    barred = jav_of(desk.edition, examiner)
    return [
        known[entry]
        for team in desk.edition.teams
        if team.coordinator == examiner
        for entry in team.entries
        if entry in known
        and known[entry].state is State.COMPETING
        and (entry in barred) is is_barred
    ]


def _proposal_lines(desk: Desk, examiner: str, filed: Mapping[str, Proposal]) -> Iterator[Line]:
    render = desk.render
    yield full_width(render(PROPOSALS_NAME), Look.TITLE, _WIDTHS)
    said = Text(
        "Filled in by the coordinator for the whole team after the visits. Choose a word from the"
        " list; leave the cell empty until the team has agreed."
    )
    yield full_width(render(said), Look.SUBTITLE, _WIDTHS)
    yield head_line(desk, Text("Entry"), Text("Unit"), Text("Proposal"), Text("Reason"))
    for entry in proposed_entries(desk, examiner):
        yield _proposal_line(desk, entry, filed.get(entry.id))
    for entry in _listed(desk, examiner, is_barred=True):
        left = Text(
            "{entry} is left out, since the coordinator has declared jäv. The proposal of the team"
            " is entered in proposals.csv by somebody else.",
            entry=named(entry),
        )
        yield full_width(render(left), Look.NOTE, _WIDTHS)


def _proposal_line(desk: Desk, entry: Entry, filed: Proposal | None) -> Line:
    words = tuple(desk.render(word) for word in PROPOSAL_CHOICES.values())
    listed = ", ".join(words)
    chosen = desk.render(PROPOSAL_CHOICES[filed.proposal]) if filed else None
    cells: dict[int, Shown | Asked] = {
        2: Shown(entry.id, Look.NUMBER),
        3: Shown(entry.name),
        4: Asked(
            "proposal",
            chosen,
            words=words,
            prompt=(
                desk.render(Text("Proposal")),
                desk.render(Text("Choose one of: {words}.", words=listed)),
            ),
            complaint=desk.render(Text("Choose one of: {words}.", words=listed)),
        ),
        5: Asked("reason", (filed.reason or None) if filed else None),
    }
    return Line(cells, Subject(Asks.PROPOSAL, entry.id))
