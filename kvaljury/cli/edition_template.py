"""A rule set to the files of an empty edition folder, commented in the reader's language."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence

import tomli_w

from kvaljury.cli.language import Language
from kvaljury.core.model import RuleSet
from kvaljury.errors import Text
from kvaljury.files import headers

_INTRODUCTION = Text(
    "What this year's edition chooses. A line that begins with # is a comment; take the sign"
    " away to let the line count. What is left out follows the rule set."
)
_TEAMS = Text(
    "The teams of examiners, and which entries each reads. An examiner belongs to one team; a"
    " guest may read an entry of another team, and such readings make teams comparable. Marks"
    " under declared jäv are left out and listed."
)
_MARKS = Text(
    "Put the examiners' marks in this folder: the forms that kvaljury forms makes, when they come"
    " back filled in, or tables (.xlsx or .csv), one for each examiner, with the columns below."
    " Leave the criterion empty where the rubric has only one."
)


def edition_template(rules: RuleSet, language: Language) -> dict[str, bytes]:
    """Give the files of a new edition.

    Args:
        rules: the rule set it follows.
        language: of comments and headers.

    Returns:
        Contents by path relative to the edition folder.
    """
    return {
        "edition.toml": _edition(rules, language).encode(),
        "entries.csv": _header(headers.ENTRIES, language),
        "teams.toml": _teams(language).encode(),
        "proposals.csv": _header(headers.PROPOSALS, language),
        "marks/README.txt": _marks(language).encode("utf-8-sig"),
    }


def _comment(text: Text, language: Language) -> str:
    lines = textwrap.wrap(language.render(text), 96, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)


def _toml(values: dict[str, object]) -> str:
    return tomli_w.dumps(values)


def _in_one_line(toml: str) -> str:
    """Put a list of words in one line, so that taking one sign away is enough."""
    return toml.replace("[\n    ", "[").replace(",\n    ", ", ").replace(",\n]", "]")


def _optional(lines: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in lines.splitlines())


def _edition(rules: RuleSet, language: Language) -> str:
    settings = rules.settings
    sections: Sequence[tuple[Text, dict[str, object]]] = (
        (
            Text("Which marks count: individual, or the team's consensus."),
            {"scoring": {"marks": settings.scoring.marks.value}},
        ),
        (
            Text(
                'How scores are made comparable. Write allocation = "random" only if entries were'
                " drawn by lot for the teams: it is a statement that you must stand for."
            ),
            {"calibration": {"method": settings.calibration.method, "allocation": "unknown"}},
        ),
        (
            Text("How many places the shortlist of each class is about, and when one is clear."),
            {"shortlist": {"size": settings.shortlist.size, "clear": settings.shortlist.clear}},
        ),
        (
            Text("How many decimals are shown; scores equal after rounding are tied."),
            {"rounding": {"decimals": settings.rounding.decimals}},
        ),
        (
            Text(
                "How many points the examiners of an entry may differ by before it is listed for"
                " discussion."
            ),
            {"agreement": {"limit": _short(settings.agreement.limit)}},
        ),
        (
            Text(
                "What becomes of formulas in Excel workbooks: refuse, or value, which takes what"
                " Excel last reckoned."
            ),
            {"workbooks": {"formulas": settings.workbooks.formulas.value}},
        ),
        (
            Text(
                "Which sections each dossier has, in this order; kvaljury plugins lists what"
                " there is."
            ),
            {"dossier": {"sections": list(settings.dossier.sections)}},
        ),
    )
    text = io.StringIO()
    text.write(_comment(_INTRODUCTION, language) + "\n")
    text.write(_toml({"rules": rules.name, "year": rules.year}))
    for explanation, values in sections:
        text.write("\n" + _comment(explanation, language) + _optional(_in_one_line(_toml(values))))
    return text.getvalue()


def _short(value: float) -> float:
    return int(value) if value.is_integer() else value


def _teams(language: Language) -> str:
    example: dict[str, object] = {
        "teams": [
            {
                "id": "L1",
                "coordinator": "E01",
                "examiners": ["E01", "E02", "E03"],
                "entries": ["F01", "F02"],
                "guests": [{"examiner": "E07", "entry": "F01"}],
            }
        ],
        "examiners": [
            {"id": "E01", "jav": [{"entry": "S03", "ground": language.render(Text("kinship"))}]}
        ],
    }
    return _comment(_TEAMS, language) + "\n" + _optional(_toml(example))


def _header(columns: headers.Columns, language: Language) -> bytes:
    names = [_name(column, language) for column in columns.columns]
    return (";".join(names) + "\r\n").encode("utf-8-sig")


def _name(column: headers.Column, language: Language) -> str:
    swedish = language.code == "sv" and column.swedish
    return column.swedish[0] if swedish else column.field


def _marks(language: Language) -> str:
    names = ";".join(_name(column, language) for column in headers.MARKS.columns)
    example = f"{names}\nF01;E01;1;;55;\n"
    return textwrap.fill(language.render(_MARKS), 78) + f"\n\n{example}"
