"""What tells whose a dossier is, replaced by codes or left out with ``[…]``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import attrs

from kvaljury.core.dossier.codes import unit_codes
from kvaljury.core.model import (
    AreaStanding,
    Bid,
    ClassRanking,
    DossierCase,
    Edition,
    Entry,
    Finding,
    Proposal,
    RankedEntry,
    TeamConsensus,
    Text,
)

OMITTED = "[…]"
_SHORTEST_WORD = 4
_PEOPLES_WORDS = ("by", "why")  # parameters of a finding that was set aside
_Hide = Callable[[str], str]


@attrs.frozen(eq=False)
class Blinding:
    """The codes of an edition, and what puts them in the place of names.

    Attributes:
        codes: by entry id.
        everywhere: puts codes for the names and ids of entries and teams in any text, and
            leaves out administrations and predecessors. Ids of digits alone, or of a single
            sign, are let stand: they would be found in every figure.
        in_words: does the same in what people wrote, there without exception; leaves out
            examiners too, and single words by which a unit is known.
    """

    codes: Mapping[str, str]
    everywhere: _Hide
    in_words: _Hide


def blinding_of(edition: Edition) -> Blinding:
    """Make the codes of an edition.

    Args:
        edition: its entries, teams and examiners are what is hidden.
    """
    names = [entry.name for entry in edition.entries]
    taken = [*names, *(team.id for team in edition.teams)]
    codes = unit_codes((entry.id for entry in edition.entries), str(edition.year), taken=taken)
    teams = unit_codes(
        (team.id for team in edition.teams), str(edition.year), "L", [*codes, *codes.values()]
    )
    shown = dict(_omitted_names(edition))
    shown |= {team.name or team.id: teams[team.id] for team in edition.teams}
    shown |= {team.id: teams[team.id] for team in edition.teams}
    shown |= {entry.name: codes[entry.id] for entry in edition.entries}
    shown |= {entry.id: codes[entry.id] for entry in edition.entries}
    people = {
        name: OMITTED
        for examiner in edition.examiners
        for name in (examiner.id, examiner.name)
        if name
    }
    hide_all, hide_words = _hiding(people | shown), _hiding_words(_telling_words(edition))
    return Blinding(
        codes,
        _hiding({name: code for name, code in shown.items() if _is_telling(name)}),
        lambda text: hide_words(hide_all(text)),
    )


def hiding_others(edition: Edition, entry: str) -> _Hide:
    """Make a function that leaves out of a text who else is in the edition.

    Args:
        edition: its other entries, its teams and its examiners are what is left out.
        entry: id of the one whose names may stand.

    Returns:
        Names and ids give ``[…]``; so does, within a sentence, a single word by which another
        unit or an examiner is known. A sentence begins with a capital anyway.
    """
    own = next(each for each in edition.entries if each.id == entry)
    others = [each for each in edition.entries if each.id != entry]
    people = [name for e in edition.examiners for name in (e.id, e.name) if name]
    names = [name for each in others for name in (each.id, each.name)]
    teams = [name for team in edition.teams for name in (team.id, team.name) if name]
    kept = {_folded(own.id), _folded(own.name)}
    telling = [n for n in (*people, *names, *teams) if _is_telling(n) and _folded(n) not in kept]
    words = [word for word in _telling_words(edition) if word not in _capital_words(own)]
    words += [word for name in people for word in name.split() if _is_name(word)]
    hide = _hiding(dict.fromkeys(telling, OMITTED))
    within = [rf"(?<=[\w,;:][ \u00a0]){re.escape(word)}s?(?!\w)" for word in words]
    pattern = re.compile("|".join(within)) if within else None
    return lambda text: pattern.sub(OMITTED, hide(text)) if pattern else hide(text)


def _is_name(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word[0].isupper() and word.isalpha()


def blinded(case: DossierCase, blinding: Blinding) -> DossierCase:
    """Put a code in the place of id and name, and leave out what would tell the unit.

    Args:
        case: of an entry.
        blinding: of its edition.
    """
    hide = blinding.in_words
    nomination = case.nomination
    return attrs.evolve(
        case,
        entry=_blinded_entry(case.entry, blinding),
        administration=None,
        areas=tuple(_blinded_area(area, hide) for area in case.areas),
        proposal=None if case.proposal is None else _blinded_proposal(case.proposal, hide),
        nomination=None
        if nomination is None
        else attrs.evolve(
            nomination,
            entry=blinding.codes[nomination.entry],
            reason=hide(nomination.reason),
            by=hide(nomination.by),
        ),
        bid=Bid(),
        consensus=None if case.consensus is None else _blinded_consensus(case.consensus, hide),
        documents=tuple(attrs.evolve(each, remark=hide(each.remark)) for each in case.documents),
    )


def blinded_class(ranked: ClassRanking, blinding: Blinding) -> ClassRanking:
    """Put codes in the place of the ids and names of a class.

    Args:
        ranked: the class.
        blinding: of its edition.
    """
    return attrs.evolve(
        ranked,
        entries=tuple(_blinded_entry(entry, blinding) for entry in ranked.entries),
        mentions=tuple(blinding.codes[entry] for entry in ranked.mentions),
    )


def blinded_edition(edition: Edition, blinding: Blinding) -> Edition:
    """Put codes in the place of the ids in an edition's proposals and nominations.

    Args:
        edition: whose overviews are written.
        blinding: of it.
    """
    codes, hide = blinding.codes, blinding.in_words
    return attrs.evolve(
        edition,
        proposals={
            codes[entry]: _blinded_proposal(each, hide) for entry, each in edition.proposals.items()
        },
        nominations={
            codes[entry]: attrs.evolve(each, reason=hide(each.reason), by=hide(each.by))
            for entry, each in edition.nominations.items()
        },
    )


def _blinded_entry(entry: RankedEntry, blinding: Blinding) -> RankedEntry:
    code = blinding.codes[entry.id]
    findings = tuple(
        _blinded_finding(finding, code, blinding.in_words) for finding in entry.findings
    )
    reasons = tuple(
        attrs.evolve(reason, text=_hidden_words(reason.text, blinding.in_words))
        for reason in entry.reasons
    )
    return attrs.evolve(entry, id=code, name=code, team=None, findings=findings, reasons=reasons)


def _blinded_finding(finding: Finding, code: str, hide: _Hide) -> Finding:
    by = finding.overridden_by
    return attrs.evolve(
        finding,
        entry=code,
        reason=_hidden_words(finding.reason, hide),
        overridden_by=None if by is None else hide(by),
    )


def _hidden_words(text: Text, hide: _Hide) -> Text:
    values = {
        name: hide(value) if name in _PEOPLES_WORDS and isinstance(value, str) else value
        for name, value in text.parameters
    }
    return Text(text.en, sv=text.sv, **values)


def _blinded_area(area: AreaStanding, hide: _Hide) -> AreaStanding:
    return attrs.evolve(
        area,
        strengths=tuple(map(hide, area.strengths)),
        development=tuple(map(hide, area.development)),
        remarks=tuple(map(hide, area.remarks)),
    )


def _blinded_consensus(agreed: TeamConsensus, hide: _Hide) -> TeamConsensus:
    leaves = tuple(
        attrs.evolve(leaf, reasons=tuple(map(hide, leaf.reasons))) for leaf in agreed.leaves
    )
    return attrs.evolve(agreed, leaves=leaves)


def _blinded_proposal(proposal: Proposal, hide: _Hide) -> Proposal:
    return attrs.evolve(proposal, reason=hide(proposal.reason))


def _omitted_names(edition: Edition) -> Iterator[tuple[str, str]]:
    for entry in edition.entries:
        if entry.administration:
            yield entry.administration, OMITTED
        for predecessor in entry.predecessors:
            yield predecessor.name, OMITTED


def _is_telling(name: str) -> bool:
    return len(name) > 1 and any(sign.isalpha() for sign in name)


def _telling_words(edition: Edition) -> list[str]:
    """Give the words with a capital that stand in the names of one entry alone."""
    found = Counter(word for entry in edition.entries for word in _capital_words(entry))
    return sorted(word for word, count in found.items() if count == 1)


def _capital_words(entry: Entry) -> set[str]:
    names = " ".join([entry.name, *(predecessor.name for predecessor in entry.predecessors)])
    words = re.findall(r"\w+", names)
    return {word for word in words if len(word) >= _SHORTEST_WORD and word[0].isupper()}


def _hiding(shown: Mapping[str, str]) -> _Hide:
    """Make a function that replaces names; the longest wins, case and spacing do not matter."""
    by_name = {_folded(name): code for name, code in shown.items() if name.split()}
    if not by_name:
        return str
    longest_first = sorted((name for name in shown if name.split()), key=lambda n: (-len(n), n))
    names = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    # E25 does not stand in E25-04, nor S25 in S25:54: a rule and its source are no entries.
    pattern = re.compile(rf"(?<!\w)({names})(s?)(?!\w|[-:]\d)", re.IGNORECASE)

    def replaced(found: re.Match[str]) -> str:
        # Case is ignored by one letter at a time, folding by several: what differs is left out.
        code = by_name.get(_folded(found[1]), OMITTED)
        return code if code == OMITTED else f"{code}{found[2]}"

    return lambda text: pattern.sub(replaced, text)


def _hiding_words(words: list[str]) -> _Hide:
    if not words:
        return str
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})s?(?!\w)")
    return lambda text: pattern.sub(OMITTED, text)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
