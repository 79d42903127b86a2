"""The public face of kvaljury: what plugins and scripts may rely on, loaded when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvaljury.core import calibration as calibration
    from kvaljury.core import voting as voting
    from kvaljury.core.model import Administration as Administration
    from kvaljury.core.model import Aggregation as Aggregation
    from kvaljury.core.model import AgreedArea as AgreedArea
    from kvaljury.core.model import AgreedLeaf as AgreedLeaf
    from kvaljury.core.model import AreaStanding as AreaStanding
    from kvaljury.core.model import AskedDocument as AskedDocument
    from kvaljury.core.model import BasicControl as BasicControl
    from kvaljury.core.model import Bid as Bid
    from kvaljury.core.model import Calibration as Calibration
    from kvaljury.core.model import CalibrationSettings as CalibrationSettings
    from kvaljury.core.model import ClassRanking as ClassRanking
    from kvaljury.core.model import Criterion as Criterion
    from kvaljury.core.model import DossierCase as DossierCase
    from kvaljury.core.model import DossierSection as DossierSection
    from kvaljury.core.model import EligibilityRule as EligibilityRule
    from kvaljury.core.model import Entry as Entry
    from kvaljury.core.model import Figure as Figure
    from kvaljury.core.model import Finding as Finding
    from kvaljury.core.model import Grades as Grades
    from kvaljury.core.model import JavGround as JavGround
    from kvaljury.core.model import JavRule as JavRule
    from kvaljury.core.model import Kind as Kind
    from kvaljury.core.model import Level as Level
    from kvaljury.core.model import Moment as Moment
    from kvaljury.core.model import Normalisation as Normalisation
    from kvaljury.core.model import Operator as Operator
    from kvaljury.core.model import Organisation as Organisation
    from kvaljury.core.model import Outcome as Outcome
    from kvaljury.core.model import Pair as Pair
    from kvaljury.core.model import Panel as Panel
    from kvaljury.core.model import Person as Person
    from kvaljury.core.model import Reader as Reader
    from kvaljury.core.model import Rival as Rival
    from kvaljury.core.model import Rubric as Rubric
    from kvaljury.core.model import Scale as Scale
    from kvaljury.core.model import ShortlistRule as ShortlistRule
    from kvaljury.core.model import ShortlistSettings as ShortlistSettings
    from kvaljury.core.model import Status as Status
    from kvaljury.core.model import Tally as Tally
    from kvaljury.core.model import TeamConsensus as TeamConsensus
    from kvaljury.core.model import Verdict as Verdict
    from kvaljury.core.model import VotingMethod as VotingMethod
    from kvaljury.core.model import blocks as blocks
    from kvaljury.errors import RulesFault as RulesFault
    from kvaljury.errors import Text as Text
    from kvaljury.hookspecs import hookimpl as hookimpl

__version__ = "0.1.0"

_HOME = {
    "Administration": "kvaljury.core.model",
    "Aggregation": "kvaljury.core.model",
    "AgreedArea": "kvaljury.core.model",
    "AgreedLeaf": "kvaljury.core.model",
    "AreaStanding": "kvaljury.core.model",
    "AskedDocument": "kvaljury.core.model",
    "BasicControl": "kvaljury.core.model",
    "Bid": "kvaljury.core.model",
    "Calibration": "kvaljury.core.model",
    "CalibrationSettings": "kvaljury.core.model",
    "ClassRanking": "kvaljury.core.model",
    "Criterion": "kvaljury.core.model",
    "DossierCase": "kvaljury.core.model",
    "DossierSection": "kvaljury.core.model",
    "EligibilityRule": "kvaljury.core.model",
    "Entry": "kvaljury.core.model",
    "Figure": "kvaljury.core.model",
    "Finding": "kvaljury.core.model",
    "Grades": "kvaljury.core.model",
    "JavGround": "kvaljury.core.model",
    "JavRule": "kvaljury.core.model",
    "Kind": "kvaljury.core.model",
    "Level": "kvaljury.core.model",
    "Moment": "kvaljury.core.model",
    "Normalisation": "kvaljury.core.model",
    "Operator": "kvaljury.core.model",
    "Organisation": "kvaljury.core.model",
    "Outcome": "kvaljury.core.model",
    "Pair": "kvaljury.core.model",
    "Panel": "kvaljury.core.model",
    "Person": "kvaljury.core.model",
    "Reader": "kvaljury.core.model",
    "Rival": "kvaljury.core.model",
    "Rubric": "kvaljury.core.model",
    "RulesFault": "kvaljury.errors",
    "Scale": "kvaljury.core.model",
    "ShortlistRule": "kvaljury.core.model",
    "ShortlistSettings": "kvaljury.core.model",
    "Status": "kvaljury.core.model",
    "Tally": "kvaljury.core.model",
    "TeamConsensus": "kvaljury.core.model",
    "Text": "kvaljury.errors",
    "Verdict": "kvaljury.core.model",
    "VotingMethod": "kvaljury.core.model",
    "blocks": "kvaljury.core.model",
    "calibration": "kvaljury.core",
    "hookimpl": "kvaljury.hookspecs",
    "voting": "kvaljury.core",
}

_MODULES = {"blocks", "calibration", "voting"}

__all__ = [  # alphabetical, capitals first as in _HOME
    "Administration",
    "Aggregation",
    "AgreedArea",
    "AgreedLeaf",
    "AreaStanding",
    "AskedDocument",
    "BasicControl",
    "Bid",
    "Calibration",
    "CalibrationSettings",
    "ClassRanking",
    "Criterion",
    "DossierCase",
    "DossierSection",
    "EligibilityRule",
    "Entry",
    "Figure",
    "Finding",
    "Grades",
    "JavGround",
    "JavRule",
    "Kind",
    "Level",
    "Moment",
    "Normalisation",
    "Operator",
    "Organisation",
    "Outcome",
    "Pair",
    "Panel",
    "Person",
    "Reader",
    "Rival",
    "Rubric",
    "RulesFault",
    "Scale",
    "ShortlistRule",
    "ShortlistSettings",
    "Status",
    "Tally",
    "TeamConsensus",
    "Text",
    "Verdict",
    "VotingMethod",
    "blocks",
    "calibration",
    "hookimpl",
    "voting",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'kvaljury' has no attribute {name!r}")
    home = import_module(_HOME[name])
    return import_module(f"{_HOME[name]}.{name}") if name in _MODULES else getattr(home, name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
