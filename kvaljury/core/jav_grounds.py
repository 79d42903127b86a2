"""The legal grounds of jäv in short words, so that who reads a code need not look it up.

Kommunallagen (2017:725) 6 kap. 28 § holds for elected members, and by 7 kap. 4 § for employees;
förvaltningslagen (2017:900) 16 § for other authorities. The words are kvaljury's own summary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kvaljury.errors import Text

GROUNDS: Mapping[str, Text] = {
    "KL 6:28 1": Text(
        "the matter concerns the person or somebody near, or brings them particular benefit or harm"
    ),
    "KL 6:28 2": Text(
        "the person or somebody near represents whom the matter concerns or may particularly affect"
    ),
    "KL 6:28 3": Text("the matter is supervision of municipal activity that the person is tied to"),
    "KL 6:28 4": Text("the person has spoken or been paid to act for somebody in the matter"),
    "KL 6:28 5": Text("something else may disturb the trust in the person's impartiality"),
    "FL 16 1": Text(
        "the person or somebody near is a party, or may be affected to no small extent"
    ),
    "FL 16 2": Text(
        "the person or somebody near represents or has represented a party or somebody affected"
    ),
    "FL 16 3": Text("the person has taken a stand in the matter at the authority below"),
    "FL 16 4": Text("something else calls the person's impartiality into question"),
}
_KL = re.compile(r"kl\s*6\s*(?::|kap\.?)\s*28\s*§?\s*(?:p\.?|punkt)?\s*([1-5])(?:\s*p\.?)?")
_FL = re.compile(r"fl\s*16\s*§?\s*(?:p\.?|punkt)?\s*([1-4])(?:\s*p\.?)?")


def ground_code(ground: str) -> str | None:
    """Give the code of a ground, however it is written, or None where it is in plain words.

    >>> ground_code("kl 6 kap. 28 § 5 p")
    'KL 6:28 5'
    >>> ground_code("närstående") is None
    True
    """
    written = ground.strip().casefold()
    for pattern, law in ((_KL, "KL 6:28"), (_FL, "FL 16")):
        if found := pattern.fullmatch(written):
            return f"{law} {found[1]}"
    return None


def ground_text(ground: str) -> Text:
    """Spell a ground out: a code with its words, anything else as it is written.

    Args:
        ground: a code such as ``"KL 6:28 5"``, or plain words.
    """
    code = ground_code(ground)
    if code is None:
        return Text("{words}", sv="{words}", words=ground)
    return Text("{code}: {words}", sv="{code}: {words}", code=code, words=GROUNDS[code])
