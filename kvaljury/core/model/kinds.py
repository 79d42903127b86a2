"""The closed sets of words that files, rules and results share."""

from enum import StrEnum


class Kind(StrEnum):
    """What a class of entries is, as far as the share rules care."""

    PRESCHOOL = "preschool"
    SCHOOL = "school"
    OTHER = "other"


class Operator(StrEnum):
    """Who runs the unit."""

    CITY = "city"
    CONTRACTOR = "contractor"
    INDEPENDENT = "independent"


class State(StrEnum):
    """Whether an entry competes; all with readings calibrate."""

    COMPETING = "competing"
    WITHDRAWN = "withdrawn"
    CALIBRATION_CASE = "calibration_case"


class Stage(StrEnum):
    """What a rule decides about, in the order in which one includes the next."""

    PARTICIPATION = "participation"
    AWARD = "award"
    MENTION = "mention"


class Outcome(StrEnum):
    """The verdicts on one rule."""

    PASS = "pass"  # noqa: S105  # a verdict, no password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class BasicControl(StrEnum):
    """The city executive office's answer about a unit."""

    CLEARED = "cleared"
    NOT_CLEARED = "not_cleared"


class ProposalKind(StrEnum):
    """What a team of examiners proposes, or the beredningsgrupp sends on."""

    AWARD = "award"
    MENTION = "mention"
    NONE = "none"


class Status(StrEnum):
    """Where an entry stands before the jury; the first that fits."""

    NOT_ELIGIBLE = "not_eligible"
    BARRED_AWARD = "barred_award"
    UNMARKED = "unmarked"
    SHORTLISTED = "shortlisted"
    DISCUSS = "discuss"
    NOT_SHORTLISTED = "not_shortlisted"


class Basis(StrEnum):
    """What makes teams comparable."""

    LINKS = "links"
    ALLOCATION = "allocation"
    NONE = "none"


class Allocation(StrEnum):
    """How entries were given to teams, as the edition states it."""

    UNKNOWN = "unknown"
    RANDOM = "random"


class RemarkKind(StrEnum):
    """What an examiner writes about a question area besides marks."""

    STRENGTH = "strength"
    DEVELOPMENT = "development"
    VERIFY = "verify"


class DeadlineKind(StrEnum):
    """What has to be there by a day of the year."""

    INTEREST = "interest"
    BID = "bid"
    BOARD_NOTICE = "board_notice"
    BASIC_CONTROL = "basic_control"
    MARKS = "marks"
    VISIT = "visit"
    PROPOSALS = "proposals"
    CEREMONY = "ceremony"


class FormulaPolicy(StrEnum):
    """What becomes of a cell of a workbook that holds a formula."""

    REFUSE = "refuse"
    VALUE = "value"


class MarksUsed(StrEnum):
    """Which marks the scores rest on."""

    INDIVIDUAL = "individual"
    CONSENSUS = "consensus"
