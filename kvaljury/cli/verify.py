"""``kvaljury verify``: whether the record is whole, and what was decided follows from the files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.errors import Text, UsageFault, VerificationFault

if TYPE_CHECKING:
    from kvaljury.cli.output import Output
    from kvaljury.cli.verification import Verification
    from kvaljury.core.differences import Difference
    from kvaljury.core.verification import Check

SCHEMA = "kvaljury.verification/1"
_MOST_DIFFERENCES = 20
_LONGEST_VALUE = 200
_HEAD = re.compile("[0-9a-f]{64}")


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(
        folder: Path,
        plugin_folders: Sequence[Path],
        head: str | None,
        against: Path | None,
        as_json: bool,
    ) -> None:
        verify(language, folder, plugin_folders, head=head, against=against, as_json=as_json)

    return command(
        language,
        "verify",
        Text(
            "Verify the record of decisions: that it is whole, that its head is the one in the"
            " signed minutes, that an older copy stands unchanged in it; and make tally, outcome"
            " and ranking anew from ballots, votes, marks and the other files. Changes nothing."
        ),
        callback,
        [
            edition_argument(language),
            plugins_option(language),
            click.Option(
                ["--head"],
                metavar=language.render(Text("HASH")),
                help=language.render(
                    Text("The checksum of the record that stands in the signed minutes.")
                ),
            ),
            click.Option(
                ["--against"],
                type=click.Path(path_type=Path),
                metavar=language.render(Text("COPY")),
                help=language.render(
                    Text("An older copy: a record.jsonl, or an edition folder with one.")
                ),
            ),
            json_option(language),
        ],
    )


def verify(
    language: Language,
    folder: Path,
    plugin_folders: Sequence[Path],
    *,
    head: str | None,
    against: Path | None,
    as_json: bool,
) -> None:
    """Verify an edition folder and say what holds, what does not and what could not be tried.

    Args:
        language: of what is shown.
        folder: the edition folder; one that holds the record alone will do.
        plugin_folders: folders of one-file plugins.
        head: that the record should have, or None.
        against: an older copy of the record, or None.
        as_json: print one JSON document instead of text.

    Raises:
        UsageFault: if the head is none, the copy is not there, or there is nothing to verify.
        VerificationFault: after the report, if anything does not hold.
        KvaljuryError: after the report, if something could not be made anew.
    """
    from kvaljury.cli.output import Output
    from kvaljury.cli.verification import verify_edition

    output = Output(language)
    found = verify_edition(
        folder,
        plugin_folders,
        output,
        head=None if head is None else head_of(head),
        copy=against,
    )
    if not found.checks:
        message = Text("there is nothing to verify: neither decisions/record.jsonl nor a ranking")
        raise UsageFault(message, hint=Text("give the folder of an edition"))
    if as_json:
        output.json(verification_json(found, language))
    else:
        show_verification(found, output)
    leave(found)


def leave(found: Verification) -> None:
    """End a command whose verification has been told.

    Raises:
        VerificationFault: if anything does not hold.
        KvaljuryError: if something could not be made anew.
    """
    if found.failed:
        count = len(found.failed)
        raise VerificationFault(Text("{n} of what was verified does not hold", n=count))
    if found.fault:
        raise found.fault


def head_of(text: str) -> str:
    """Read a head as people copy it from paper, in any case and with spaces.

    Raises:
        UsageFault: if it is anything but 64 hexadecimal digits.

    >>> head_of("AB " * 32) == "ab" * 32
    True
    """
    head = "".join(text.split()).lower()
    if not head:
        message = Text("no checksum was given; 64 digits 0-9 and letters a-f were expected")
        raise UsageFault(message, hint=Text("copy it whole from the minutes"))
    if not _HEAD.fullmatch(head):
        message = Text(
            '"{text}" is no checksum of a record; 64 digits 0-9 and letters a-f were expected',
            text=text,
        )
        raise UsageFault(message, hint=Text("copy it whole from the minutes"))
    return head


def verification_json(found: Verification, language: Language) -> dict[str, Any]:
    """Give a verification as JSON, schema ``kvaljury.verification/1``."""
    return {
        "schema": SCHEMA,
        "verified": not found.failed and found.fault is None,
        "events": len(found.record.events) if found.record else None,
        "head": found.record.head if found.record else None,
        "checks": [_check_json(check, language) for check in found.checks],
    }


def _check_json(check: Check, language: Language) -> dict[str, Any]:
    return {
        "check": check.name,
        "subject": check.subject,
        "standing": check.standing.value,
        "said": language.render(check.said),
        "files": [{"path": file.path, "state": file.state.value} for file in check.files],
        "differences": [_difference_json(one) for one in check.differences],
        "versions": [_difference_json(one) for one in check.versions],
    }


def _difference_json(one: Difference) -> dict[str, Any]:
    return {
        "key": one.key,
        "noted": one.noted,
        "found": one.found,
        "last_decimal": one.is_last_decimal,
    }


def show_verification(found: Verification, output: Output) -> None:
    """Say what holds, what does not and what could not be tried, and the head."""
    from kvaljury.cli.verification_words import CHECK_WORDS, FILE_WORDS, STANDING_WORDS

    for check in found.checks:
        output.paragraph(
            Text(
                "{standing}: {check} ({subject}): {said}",
                standing=STANDING_WORDS[check.standing],
                check=CHECK_WORDS[check.name],
                subject=check.subject,
                said=check.said,
            )
        )
        for file in check.files:
            words = Text("{path}: {state}", path=file.path, state=FILE_WORDS[file.state])
            output.paragraph(words, indent=4)
        _show_differences(check.differences, output)
        _show_differences(check.versions, output)
    if found.record and found.record.events:
        output.line(Text("Checksum of the record: {head}", head=found.record.head))


def _show_differences(differences: Sequence[Difference], output: Output) -> None:
    for one in differences[:_MOST_DIFFERENCES]:
        words = Text(
            "{key}: noted {noted}, found {found}",
            key=one.key,
            noted=_shown(one.noted),
            found=_shown(one.found),
        )
        output.paragraph(words, indent=4)
    if len(differences) > _MOST_DIFFERENCES:
        more = len(differences) - _MOST_DIFFERENCES
        output.paragraph(Text("and {n} more; --json lists all", n=more), indent=4)


def _shown(value: Any) -> Text | str:
    import json

    if value is None:
        return Text("nothing")
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= _LONGEST_VALUE else f"{said[:_LONGEST_VALUE]} …"
