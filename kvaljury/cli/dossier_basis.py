"""An edition folder to everything that its dossiers say, and nothing of any other entry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import attrs

from kvaljury.cli.edition_inputs import EditionInputs
from kvaljury.cli.output import Output
from kvaljury.cli.progress_bar import progress_bar
from kvaljury.core.dossier import Blinding, blinding_of, build_cases, entries_for_jury
from kvaljury.core.model import Edition, Marks, Ranking
from kvaljury.core.model.dossier import DossierCase
from kvaljury.core.model.drift import Drift
from kvaljury.core.model.wording import calibration_sentences
from kvaljury.errors import Text

_DRAWS = 200


@attrs.frozen(eq=False)
class Basis:
    """What documents are made from.

    Attributes:
        edition: that was ranked.
        ranking: of it.
        cases: one for each entry that the jury reads about, in the order of classes and places.
        digest: SHA-256 of all inputs and plugins, in hexadecimal.
        blinding: what hides names, or None where they are shown.
    """

    edition: Edition
    ranking: Ranking
    cases: tuple[DossierCase, ...]
    digest: str
    blinding: Blinding | None = None


def gather_basis(inputs: EditionInputs, output: Output, *, is_blind: bool) -> Basis:
    """Rank an edition and gather what the jury reads.

    Args:
        inputs: an edition with the plugins that it names.
        output: whose language the progress bar speaks.
        is_blind: codes stand for names; presentation texts and images are left out.

    Raises:
        KvaljuryError: if the input, a plugin or the rules are at fault.
    """
    from kvaljury.cli.presentation_warnings import presentation_warnings
    from kvaljury.core.pipeline import rank_edition
    from kvaljury.files.bids import read_bids

    marks = inputs.marks()
    inputs.log.raise_faults()
    edition = inputs.edition
    ranking = rank_edition(edition, marks, inputs.toolkit)
    wanted = entries_for_jury(edition, ranking)
    known = [entry.id for entry in edition.entries]
    asked = edition.rules.bid
    bids = {} if is_blind else read_bids(inputs.folder, wanted, known, asked, inputs.log)
    inputs.log.warnings.extend(presentation_warnings(bids, edition.year))
    inputs.log.raise_faults()
    digest = _digest(inputs)
    cases = build_cases(
        edition,
        marks,
        ranking,
        bids=bids,
        sensitivity=_sensitivity(inputs, ranking, output),
        how=calibration_sentences(ranking.calibration, ranking.classes),
        digest=digest,
        drift=_drift(inputs, marks),
    )
    return Basis(edition, ranking, cases, digest, blinding_of(edition) if is_blind else None)


def _drift(inputs: EditionInputs, marks: Marks) -> Drift:
    from kvaljury.core.drift import drift_from_consensus
    from kvaljury.core.pipeline import naming_provider

    with naming_provider(inputs.toolkit.plugins):
        return drift_from_consensus(inputs.edition, marks, inputs.toolkit.rubrics)


def _sensitivity(
    inputs: EditionInputs, ranking: Ranking, output: Output
) -> Mapping[str, tuple[Text, ...]]:
    from kvaljury.core.sensitivity import assess_sensitivity
    from kvaljury.files.sensitivity_wording import area_labels, sentences_by_entry

    with progress_bar(Text("Trying how firmly the lists stand"), output.language) as tell:
        found = assess_sensitivity(
            inputs.edition,
            ranking,
            inputs.toolkit,
            draws=_DRAWS,
            seeks_changes=False,
            tell=tell,
        )
    areas = area_labels(inputs.edition)
    return {
        entry: said
        for each in found.classes
        for entry, said in sentences_by_entry(each, areas).items()
    }


def _digest(inputs: EditionInputs) -> str:
    lines = [f"{file}\t{digest}" for file, digest in sorted(inputs.log.hashes.items())]
    uses = [*inputs.toolkit.plugins, *inputs.toolkit.section_plugins]
    lines += sorted(f"{use.name}\t{use.provider}\t{use.version}" for use in uses)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
