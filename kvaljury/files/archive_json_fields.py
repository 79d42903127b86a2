"""What each key of the JSON documents of an archive means, in Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping

JSON_FIELDS: Mapping[str, tuple[str, ...]] = {
    "json/ranking.json": (
        "schema | dokumentets schema och version | schema of the document and its version",
        "language | språket i löpande text: sv eller en | language of running text: sv or en",
        "edition | omgångens namn | what the edition is called",
        "year | utmärkelsens år | the year of the award",
        "rules | regelverkets namn | name of the rule set",
        "changes[] | var omgången avviker från regelverket"
        " | where the edition departs from the rule set",
        "inputs.* | SHA-256 för varje fil som rankningen bygger på"
        " | SHA-256 of every file that the ranking rests on",
        "plugins[].* | tillägg som användes: namn, leverantör, version och slag"
        " | plugins that took effect: name, provider, version and kind",
        "calibration.method | kalibreringsmetodens namn | name of the method of calibration",
        "calibration.basis | vad som gör lagen jämförbara: links, allocation eller none"
        " | what makes teams comparable: links, allocation or none",
        "calibration.components | antal delar som läsningarna delar upp bidragen i"
        " | number of parts into which readings divide the entries",
        "calibration.comparable | om alla klasser kan jämföras"
        " | whether all classes are comparable",
        "calibration.variance.* | varians för varje källa till skillnader, poäng i kvadrat"
        " | variance of each source of difference, points squared",
        "calibration.warnings[] | varningar | warnings",
        "calibration.links[].* | läsningar som skulle förbinda lagen"
        " | readings that would connect the teams",
        "calibration.linkage.* | hur väl läsningarna förbinder lagen"
        " | how well readings connect the teams",
        "classes[].class | tävlingsklassens id | id of the entry class",
        "classes[].title | tävlingsklassens namn | title of the entry class",
        "classes[].shortlist_size | antal platser på listan | number of places on the shortlist",
        "classes[].comparable | om klassens bidrag kan jämföras"
        " | whether the entries of the class can be compared",
        "classes[].entries[].id | bidragets id | id of the entry",
        "classes[].entries[].name | verksamhetens namn | name of the unit",
        "classes[].entries[].team | examinatorslagets id | id of the team of examiners",
        "classes[].entries[].raw | okalibrerad poäng, 0–100 | score before calibration, 0-100",
        "classes[].entries[].score | kalibrerad poäng, 0–100 | calibrated score, 0-100",
        "classes[].entries[].low | nedre gräns för 90 procents intervall"
        " | lower end of the 90 percent interval",
        "classes[].entries[].high | övre gräns för 90 procents intervall"
        " | upper end of the 90 percent interval",
        "classes[].entries[].rank | plats i klassen; lika poäng delar plats"
        " | place in the class; equal scores share it",
        "classes[].entries[].rank_low | bästa plats inom intervallet | best place of the interval",
        "classes[].entries[].rank_high | sämsta plats inom intervallet"
        " | worst place of the interval",
        "classes[].entries[].expected_rank | förväntad plats | expected place",
        "classes[].entries[].p_best | sannolikhet att vara bäst i klassen, 0–1"
        " | probability to be best of the class, 0-1",
        "classes[].entries[].p_shortlist | sannolikhet att höra till listans bästa, 0–1"
        " | probability to be among the best of the list, 0-1",
        "classes[].entries[].p_above_next | sannolikhet att vara bättre än nästa bidrag, 0–1"
        " | probability to be better than the next entry, 0-1",
        "classes[].entries[].proposal | lagets förslag: award, mention eller none"
        " | the team's proposal: award, mention or none",
        "classes[].entries[].status | läge inför domarkommittén, beredningsgruppens förslag"
        " | where it stands before the jury, as the drafting group proposes",
        "classes[].entries[].reasons[] | koder för skälen till läget"
        " | codes of the reasons for where it stands",
        "classes[].entries[].findings[].* | prövning mot varje regel: regel, steg, utfall, skäl"
        " och källa | verdict of each rule: rule, stage, verdict, reason and source",
        "classes[].mentions[] | bidrag som föreslås till hedersomnämnande"
        " | entries that are proposed for a mention",
        "classes[].notes[] | anmärkningar om klassen | notes on the class",
        "agreement.* | hur eniga examinatorerna är, per lag och bidrag"
        " | how far examiners agree, by team and entry",
        "sensitivity.* | hur stadigt listorna står, om det prövades"
        " | how firmly the lists stand, where it was tried",
        "excluded[].* | läsningar som inte räknas för att examinatorn hade jäv"
        " | readings that do not count since the examiner had jäv",
        "not_competing[] | bidrag som inte tävlar | entries that do not compete",
        "notes[] | anmärkningar | notes",
        "assumptions[] | antaganden där anvisningarna är tysta"
        " | what is assumed where the instructions are silent",
    ),
    "json/record.jsonl": (
        "at | när händelsen skrevs, lokal tid | when the event was written, local time",
        "by | vem som svarar för den | who answers for it",
        "kind | decided (beslut), voided (ogiltigt för jäv), corrected (rättelse),"
        " feedback-forced (återkoppling i förtid) eller published (publicerat)"
        " | decided, voided, corrected, feedback-forced or published",
        "number | löpnummer från 1 | number from 1",
        "parent | SHA-256 för raden före, nollor för den första"
        " | SHA-256 of the line before, zeros for the first",
        "data.class | tävlingsklassens id | id of the entry class",
        "data.title.* | tävlingsklassens namn | title of the entry class",
        "data.date | beslutets dag | day of the decision",
        "data.place | mötets plats | place of the meeting",
        "data.rules.* | hur domarkommittén beslutar | how the jury decides",
        "data.people.* | ledamöter efter id: namn, roll, organisation"
        " | jurors by id: name, role, organisation",
        "data.nominees[].* | nominerade bidrag med skäl | nominated entries with reasons",
        "data.jav[].* | jäv med grund och skäl | jäv with ground and reason",
        "data.ballots[].* | röstsedlar; void är sant om den inte räknas"
        " | ballots; void is true where it does not count",
        "data.tally.* | sammanräkning av röstsedlarna | tally of the ballots",
        "data.order_would_decide[] | nominerade som ordningen mellan förslag skulle avgöra"
        " | nominees between whom the order of proposals would decide",
        "data.items[].* | varje förslag som röstades om: vilka som deltog, svar, utfall"
        " | each proposal put to the vote: who took part, answers, result",
        "data.awards[] | bidrag som får utmärkelsen | entries that get the award",
        "data.mentions[] | bidrag som får hedersomnämnande | entries that get a mention",
        "data.motivations.* | motiveringar efter bidrag | motivations by entry",
        "data.eligibility[].* | prövning på beslutets dag | verdicts on the day of the decision",
        "data.overrides[].* | regler som en namngiven person har satt åt sidan"
        " | rules that a named person has set aside",
        "data.inputs.* | SHA-256 för varje fil som beslutet bygger på"
        " | SHA-256 of every file that the decision rests on",
        "data.plugins[].* | tillägg som användes | plugins in use",
        "data.version | kvaljurys version | version of kvaljury",
        "data.* | för övriga händelser: vad som rättas, görs ogiltigt eller offentliggörs"
        " | for other events: what is corrected, made void or made public",
    ),
}
