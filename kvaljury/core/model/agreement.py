"""How far examiners agree, how reliable their scores are and what stands out, as values."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from kvaljury.errors import Text


@attrs.frozen
class TeamAgreement:
    """How far the examiners of one team agree; it says nothing of other teams.

    Attributes:
        team: id.
        entries: home entries with a home reading.
        examiners: examiners with a home reading.
        shared: home entries with two home readings or more.
        icc_single: ICC(2,1), of one examiner's reading; at most 1, None where undefined.
        icc_mean: ICC(2,k), of the mean of an entry's readings, k their harmonic mean; likewise.
        alpha: Krippendorff's, interval metric; likewise, and with fewer than two shared entries.
        kendall_w: from 0 to 1, over entries that all these examiners read; likewise.
        mean_difference: mean absolute difference of two examiners on one entry, in points;
            None where no entry is shared.
    """

    team: str
    entries: int
    examiners: int
    shared: int = 0
    icc_single: float | None = None
    icc_mean: float | None = None
    alpha: float | None = None
    kendall_w: float | None = None
    mean_difference: float | None = None


@attrs.frozen
class Precision:
    """What a number of examiners an entry gives, within one team.

    Attributes:
        examiners: an entry, the harmonic mean where it varies.
        standard_error: of an entry's mean score against others that the same examiners read,
            in points.
        standard_error_other_examiners: of an entry's mean score had other examiners of the
            team read it, in points; their severity is then error too.
        generalizability: share of the variance of such scores that is differences between
            entries, 0-1, for the same examiners; None where there is no variance.
        dependability: likewise for other examiners; equals ICC(2,k).
    """

    examiners: float
    standard_error: float
    standard_error_other_examiners: float
    generalizability: float | None
    dependability: float | None


@attrs.frozen
class Reliability:
    """Where the variance of readings comes from and what it means for a score.

    Attributes:
        shares: share of the variance of a single reading by source, those of the model only;
            they sum to 1.
        now: with the examiners that the design has.
        one_more: with one more examiner an entry.
    """

    shares: Mapping[str, float] = attrs.field(hash=False)
    now: Precision
    one_more: Precision


@attrs.frozen
class LargeResidual:
    """A reading far from what its entry, examiner and team lead one to expect.

    Attributes:
        entry: id.
        examiner: id.
        team: id of the examiner's home team.
        score: the reading, on 0-100.
        residual: reading less expectation, in points.
        standardised: the residual in standard deviations.
    """

    entry: str
    examiner: str
    team: str
    score: float
    residual: float
    standardised: float


@attrs.frozen
class FlatExaminer:
    """An examiner who gave all entries the same score, or nearly so.

    Attributes:
        examiner: id.
        team: id of the home team.
        entries: number read.
        low: lowest total, on 0-100.
        high: highest total, on 0-100.
    """

    examiner: str
    team: str
    entries: int
    low: float
    high: float


@attrs.frozen
class DividedEntry:
    """An entry whose examiners' totals lie far apart.

    Attributes:
        entry: id.
        low_examiner: id of who gave least, the first by id of several.
        low: that total, on 0-100.
        high_examiner: id of who gave most, the first by id of several.
        high: that total, on 0-100.
        difference: in points.
    """

    entry: str
    low_examiner: str
    low: float
    high_examiner: str
    high: float
    difference: float


@attrs.frozen
class AgreementAccount:
    """How far the examiners of an edition agree, and what people should talk about.

    Attributes:
        limit: points that the totals of an entry may differ by without it being listed.
        teams: one a team with a reading, by id.
        reliability: of a score within a team; None where the method estimates no variance
            between entries and of readings.
        residuals: readings over 3 standard deviations off, the furthest first; None where no
            reading can be checked against others.
        flat: examiners without spread, by id.
        divided: entries beyond the limit, the most divided first.
        sentences: what the figures mean and what they cannot say, in the order to be read.
    """

    limit: float
    teams: tuple[TeamAgreement, ...]
    reliability: Reliability | None
    residuals: tuple[LargeResidual, ...] | None
    flat: tuple[FlatExaminer, ...]
    divided: tuple[DividedEntry, ...]
    sentences: tuple[Text, ...] = ()


@attrs.frozen
class EntryAgreement:
    """How far the examiners of one entry agree.

    Attributes:
        readings: number of them, guests included.
        low: lowest total, on 0-100.
        high: highest total, likewise.
        limit: points that they may differ by without the entry being listed as divided.
        is_divided: whether they differ by more.
        residuals: the entry's readings that are far off; None where none can be checked.
        team: of the home team on its own entries; None where that team has no reading.
    """

    readings: int
    low: float
    high: float
    limit: float
    is_divided: bool
    residuals: tuple[LargeResidual, ...] | None
    team: TeamAgreement | None
