"""What each column and key of an archive means, in Swedish and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kvaljury.files.archive_json_fields import JSON_FIELDS
from kvaljury.files.archives import Both

_ENTRY = "entry | bidragets id | id of the entry"
_EXAMINER = "examiner | examinatorns id | id of the examiner"
_JUROR = "juror | ledamotens id i jury.toml | id of the juror in jury.toml"
_QUESTION = "question | frågans eller delfrågans nummer | number of the question or of a part of it"
_CRITERION = (
    "criterion | bedömningsmallens kriterium, tomt om den har ett enda"
    " | criterion of the rubric, empty if it has only one"
)
_REASON = "reason | skälet, med egna ord | the reason, in own words"

_TABLES: Mapping[str, tuple[str, ...]] = {
    "data/entries.csv": (
        "id | bidragets id | id of the entry",
        "name | verksamhetens namn | name of the unit",
        "class | tävlingsklassens id | id of the entry class",
        "administration | förvaltning eller bolag | administration or company of the city",
        "state | competing (tävlar), withdrawn (återkallat) eller calibration_case"
        " (kalibreringsfall) | competing, withdrawn or calibration_case",
        "operator | city (stad), contractor (entreprenad) eller independent (fristående)"
        " | city, contractor or independent",
        "financed_by_city | om staden finansierar verksamheten: true, false, tomt är okänt"
        " | whether the city finances the unit: true, false, empty is unknown",
        "manager_operations | om chefen har verksamhetsansvar"
        " | whether the manager answers for operations",
        "manager_budget | om chefen har budgetansvar | whether the manager answers for the budget",
        "manager_staff | om chefen har personalansvar | whether the manager answers for staff",
        "plan_with_goals | om det finns en verksamhetsplan med mål"
        " | whether there is a plan with goals",
        "sells_single_places | om verksamheten säljer enstaka platser till staden"
        " | whether single places are sold to the city",
        "employees_excluding_manager | antal medarbetare, chefen borträknad"
        " | number of employees without the manager",
        "stockholm_share | procent av platser, barn eller elever från Stockholm, 0–100"
        " | percent of places, children or pupils from Stockholm, 0-100",
        "result_previous_year | föregående års resultat i kronor, underskott är negativt"
        " | result of the year before in SEK, a deficit is negative",
        "forecast_current_year | årets prognos i kronor, underskott är negativt"
        " | forecast of the year in SEK, a deficit is negative",
        "last_award_year | år för senaste utmärkelse, tomt är aldrig"
        " | year of the last award, empty is never",
        "last_mention_year | år för senaste hedersomnämnande, tomt är aldrig"
        " | year of the last mention, empty is never",
        "predecessors | tidigare verksamheter som namn eller namn=år, åtskilda av lodstreck"
        " | former units as name or name=year, separated by a vertical bar",
        "board_notice_date | dag då protokollsutdraget kom in"
        " | day on which the extract of the minutes came in",
        "bid_received | när bidraget kom in, lokal tid | when the bid came in, local time",
        "basic_control | cleared (godkänd) eller not_cleared (inte godkänd), tomt är okänt"
        " | cleared or not_cleared, empty is unknown",
    ),
    "data/marks.csv": (
        _ENTRY,
        _EXAMINER,
        _QUESTION,
        _CRITERION,
        "mark | poängen på bedömningsmallens skala, decimalpunkt"
        " | the mark on the scale of the rubric, decimal point",
        "comment | examinatorns kommentar | the examiner's comment",
        "counted | false om examinatorn hade jäv och poängen därför inte räknas"
        " | false where the examiner had jäv and the mark does not count",
    ),
    "data/consensus.csv": (
        _ENTRY,
        _QUESTION,
        _CRITERION,
        "mark | lagets gemensamma poäng efter platsbesöket"
        " | the mark on which the team agreed after the visit",
        _REASON,
    ),
    "data/remarks.csv": (
        _ENTRY,
        _EXAMINER,
        "area | frågeområdets id, tomt är bidraget som helhet"
        " | id of the question area, empty is the entry as a whole",
        "kind | strength (styrka), development (utvecklingsområde) eller verify (att verifiera)"
        " | strength, development or verify",
        "text | anmärkningen | the remark",
    ),
    "data/document_checks.csv": (
        _ENTRY,
        "document | dokumentets id i regelverket | id of the document in the rule set",
        "seen | om laget såg det vid platsbesöket | whether the team saw it at the visit",
        "remark | lagets anmärkning | the team's remark",
    ),
    "data/proposals.csv": (
        _ENTRY,
        "proposal | lagets förslag: award (utmärkelse), mention (hedersomnämnande) eller none"
        " | the team's proposal: award, mention or none",
        _REASON,
    ),
    "data/nominations.csv": (
        _ENTRY,
        "for | vad beredningsgruppen nominerar till: award, mention eller none"
        " | what the drafting group nominates for: award, mention or none",
        _REASON,
        "by | vem som beslutade om nomineringen | who decided on the nomination",
    ),
    "data/ballots.csv": (
        _JUROR,
        _ENTRY,
        "grade | worthy_now (värdig nu), could_receive (kan få), not_now (inte nu), abstains"
        " (avstår), jav (jäv) eller absent (frånvarande)"
        " | worthy_now, could_receive, not_now, abstains, jav or absent",
        "mention | om hedersomnämnande: yes, no, abstains, jav eller absent"
        " | on a mention: yes, no, abstains, jav or absent",
    ),
    "data/votes.csv": (
        "class | tävlingsklassens id | id of the entry class",
        "entry | bidragets id; tomt gäller förslaget att ingen får utmärkelsen"
        " | id of the entry; empty is the proposal that nobody gets the award",
        "for | vad förslaget gäller: award, mention eller none"
        " | what is proposed: award, mention or none",
        "juror | ledamotens id; all är alla som deltar"
        " | id of the juror; all is everyone who takes part",
        "vote | yes (ja), no (nej), abstains (avstår), jav (jäv) eller absent (frånvarande)"
        " | yes, no, abstains, jav or absent",
        "reservation | ledamotens reservation mot beslutet"
        " | the juror's reservation against the decision",
    ),
    "data/motivations.csv": (
        _ENTRY,
        "motivation | motiveringen till utmärkelsen eller hedersomnämnandet"
        " | the words of the award or mention",
        "by | vem som har skrivit den | who wrote it",
    ),
    "manifest.csv": (
        "path | filens sökväg i arkivet | path of the file in the archive",
        "sha256 | filens kontrollsumma | checksum of the file",
        "size | antal byte | number of bytes",
        "media_type | filens mediatyp | media type of the file",
        "source | filer i omgångens mapp som den kommer från"
        " | files of the edition folder that it comes from",
        "title_sv | vad filen är, på svenska | what the file is, in Swedish",
        "title_en | vad filen är, på engelska | what the file is, in English",
        "personal_data_sv | vilka personuppgifter den har, på svenska"
        " | which personal data it holds, in Swedish",
        "personal_data_en | vilka personuppgifter den har, på engelska"
        " | which personal data it holds, in English",
    ),
    "gallringsforslag.csv": (
        "path | filens sökväg i omgångens mapp | path of the file in the edition folder",
        "sha256 | filens kontrollsumma | checksum of the file",
        "size | antal byte | number of bytes",
        "proposal_sv | förslag på vad som görs med filen | what is proposed to do with the file",
        "proposal_en | förslaget på engelska | the proposal in English",
        "reason_sv | varför filen inte ligger i arkivet | why the file is not in the archive",
        "reason_en | skälet på engelska | the reason in English",
    ),
    "faltbeskrivning.csv": (
        "file | filens sökväg i arkivet | path of the file in the archive",
        "field | kolumn, eller nyckel i JSON med punkt mellan nivåerna"
        " | column, or key of JSON with a dot between levels",
        "description_sv | vad fältet betyder, på svenska | what the field means, in Swedish",
        "description_en | vad fältet betyder, på engelska | what the field means, in English",
    ),
}


def described(path: str) -> tuple[tuple[str, Both], ...]:
    """Give the fields of a file of the archive.

    Args:
        path: within the archive.

    Returns:
        Name and meaning of each column or key, in order; none for a file that is neither a table
        nor JSON.
    """
    return tuple(map(_field, (*_TABLES.get(path, ()), *JSON_FIELDS.get(path, ()))))


def field_rows(paths: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """Give file, field and its meaning in both languages for every field of some files."""
    return [
        (path, name, meaning.sv, meaning.en) for path in paths for name, meaning in described(path)
    ]


def _field(line: str) -> tuple[str, Both]:
    name, rest = line.split(" | ", 1)
    swedish, english = rest.rsplit(" | ", 1)
    return name, Both(swedish, english)
