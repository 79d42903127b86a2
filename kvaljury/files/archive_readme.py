"""LASMIG.txt: what an archive is, how to try it, whom it names; in Swedish, then in English."""

from __future__ import annotations

from collections.abc import Sequence

from kvaljury.files.archives import ArchivedFile

_SWEDISH = """\
{title}
Arkivpaket för år {year}, gjort med kvaljury

VAD SOM LIGGER HÄR
  manifest.csv           alla filer: kontrollsumma, storlek, typ, ursprung, titel, personuppgifter
  faltbeskrivning.csv    vad varje kolumn och nyckel betyder
  gallringsforslag.csv   filer som inte ligger här, och vad som föreslås om dem
  data/                  bidrag, poäng, förslag, nomineringar, röstsedlar och röster som CSV
  json/                  rankningen och beslutsloggen
  pdf/                   protokoll och beslutsunderlag
  regler/                omgångens regler, lag, domarkommitté och organisation som TOML

SÅ KONTROLLERAS PAKETET
  Kontrollsummorna är SHA-256. "sha256sum FIL" ska ge samma värde som manifest.csv.
  I json/record.jsonl är varje rad en händelse. "parent" är kontrollsumman för raden före, utan
  radbrytning. Kontrollsumman för den sista raden är beslutsloggens kontrollsumma,
  som står i det justerade protokollet. Stämmer den är ingen rad ändrad, struken eller tillagd.
  Beslutsloggens kontrollsumma: {head}

FORMAT
  CSV: UTF-8, komma mellan fälten, CRLF, decimalpunkt, dagar som ÅÅÅÅ-MM-DD. Texten står som den
  skrevs. Öppna filerna som text: ett kalkylprogram kan ta en text som börjar med = för en formel.
  PDF: manifest.csv säger för varje fil om den är PDF/A. Vilken nivå e-arkivet tar emot är inte
  känt för kvaljury.
  Paketet är en zip utan komprimering och utan tider.

PERSONUPPGIFTER
{personal}
  Också där omröstningen var sluten står det i json/record.jsonl, data/votes.csv och
  data/ballots.csv vilken ledamot som svarade vad, vem som hade jäv och vems utslagsröst som
  avgjorde; namnen står i json/record.jsonl och regler/jury.toml. Protokollet nämner då inga namn
  vid rösterna. Pröva sekretessen innan paketet lämnas ut.

GALLRING
  gallringsforslag.csv är ett förslag. Inget gallringsbeslut är känt för kvaljury, och ingenting
  är gallrat. Om examinatorerna handlar för stadsledningskontoret, så att deras poäng är allmänna
  handlingar, avgörs inte heller här. Behåll filerna till dess att beslutet står fast: utan dem kan
  beslutet inte räknas om med "kvaljury verify".
"""

_ENGLISH = """\

IN ENGLISH
  {title}, {year}. manifest.csv lists all files with SHA-256; faltbeskrivning.csv says what every
  column and key means; gallringsforslag.csv proposes what to do with files that are not here. Each
  line of json/record.jsonl holds the SHA-256 of the line before it; that of the last line is the
  checksum of the record, which stands in the signed minutes. Where voting was closed, the record,
  data/votes.csv and data/ballots.csv still tell who answered what.
"""


def readme_bytes(
    titles: tuple[str, str], year: int, head: str | None, files: Sequence[ArchivedFile]
) -> bytes:
    """Write what people read first.

    Args:
        titles: of the edition, in Swedish and English.
        year: of the award.
        head: of the record, or None where nothing has been recorded.
        files: of the archive, those with personal data are named.

    Returns:
        UTF-8 with CRLF, as the plainest editors want it.
    """
    named = [file for file in sorted(files, key=lambda f: f.path) if file.personal.sv != "nej"]
    personal = "\n".join(f"  {file.path}: {file.personal.sv}" for file in named)
    swedish = _SWEDISH.format(
        title=titles[0],
        year=year,
        head=head or "ingenting är beslutat",
        personal=personal or "  inga",
    )
    text = swedish + _ENGLISH.format(title=titles[1], year=year)
    return text.replace("\n", "\r\n").encode()
