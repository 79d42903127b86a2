"""A year with a jury: two classes that are up, nine members, who leads what."""

NAMES = ("Anna", "Bo", "Carin", "David", "Eva", "Finn", "Gun", "Hans", "Ida")
NOMINATIONS = (
    "entry;for;reason;by\nF01;award;stark helhet;Kim\nF02;mention;modig;Kim\nS01;award;goda"
    " resultat;Kim\n"
)
VOTES = "class;entry;for;juror;vote;reservation\n"
ALL_YES = VOTES + "forskola;F01;award;all;yes;\nskola;S01;award;all;yes;\n"


def jury_toml(jav=None, rules=""):
    """Give jury.toml; jäv by juror id as a TOML list."""
    roles = {1: "chair", 2: "deputy_chair"}
    text = rules
    for n, name in enumerate(NAMES, start=1):
        role = roles.get(n, "member")
        text += f'[[members]]\nid = "J{n}"\nname = "{name}"\nrole = "{role}"\n'
        if found := (jav or {}).get(f"J{n}"):
            text += f"jav = {found}\n"
    return text


def write_jury(folder, jav=None, rules="", **files):
    """Add a jury to an edition folder; further files by name, ``__`` for a slash."""
    (folder / "jury.toml").write_text(jury_toml(jav, rules), encoding="utf-8")
    (folder / "nominations.csv").write_text(NOMINATIONS, encoding="utf-8")
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".csv")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
