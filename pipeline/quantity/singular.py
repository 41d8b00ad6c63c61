"""The singular of English nouns, as units of counts are written."""

from __future__ import annotations

# Plurals that no rule makes singular, and nouns that end in -s in the singular.
_IRREGULAR_ROWS = """
people person; men man; women woman; children child; feet foot; teeth tooth; geese goose; mice mouse; lives life; wives wife
knives knife; leaves leaf; loaves loaf; halves half; calves calf; shelves shelf; wolves wolf; thieves thief; criteria criterion
phenomena phenomenon; analyses analysis; crises crisis; bases base; theses thesis; diagnoses diagnosis; hypotheses hypothesis
indices index; matrices matrix; vertices vertex; appendices appendix; fungi fungus; stimuli stimulus; alumni alumnus
bacteria bacterium; media medium; data data; oxen ox; dice die; movies movie; cookies cookie; zombies zombie; rookies rookie
calories calorie; ties tie; pies pie; eyes eye; shoes shoe; toes toe; canoes canoe; buses bus; gases gas; viruses virus
campuses campus; bonuses bonus; censuses census; statuses status; lenses lens; quizzes quiz; axes axe; caches cache
niches niche; headaches headache; premises premises; series series; species species; aircraft aircraft
spacecraft spacecraft; offspring offspring; sheep sheep; fish fish; staff staff; personnel personnel; police police
cattle cattle; troops troop; headquarters headquarters; works works; barracks barracks; means means; passersby passerby
runners-up runner-up; taxis taxi; skis ski; omanis Omani; emiratis Emirati; iraqis Iraqi; pakistanis Pakistani
israelis Israeli; saudis Saudi; abrams Abrams; news news; gas gas; bus bus; virus virus; campus campus; status status
census census; bonus bonus; process process; access access; business business; class class; physics physics
heroes hero; potatoes potato; tomatoes tomato; houses house; horses horse; nurses nurse; courses course; causes cause
clauses clause; cases case; phases phase; purchases purchase; licenses license; licences licence; offenses offense
offences offence; responses response; leases lease; releases release; increases increase; prizes prize; sizes size
voices voice; services service; exercises exercise; promises promise; franchises franchise; enterprises enterprise
cruises cruise; diseases disease; databases database; warehouses warehouse; greenhouses greenhouse; expenses expense
universes universe; mortgages mortgage; roses rose; noses nose; vases vase; uses use; bruises bruise; vaccines vaccine
"""
IRREGULAR: dict[str, str] = dict(
    row.split() for line in _IRREGULAR_ROWS.strip().splitlines() for row in line.split(";") if row.strip()
)
# Plural without -s: what stands behind a number is counted by them as by any plural.
PLURALS_WITHOUT_S: frozenset[str] = frozenset(
    plural for plural, one in IRREGULAR.items() if not plural.endswith("s") and (plural != one or plural in (
        "staff", "aircraft", "spacecraft", "personnel", "police", "cattle", "sheep", "fish", "offspring"))
)  # fmt: skip


def singular(word: str) -> str:
    """The singular of a noun as printed: ``companies`` is company, ``MoUs`` MoU, ``people`` person, ``A320neos`` A320neo."""
    lower = word.lower()
    if word[-2:-1].isupper() and word.endswith("s"):
        # "MoUs", "EVs": an abbreviation with its plural.
        return word[:-1]
    if lower in IRREGULAR:
        one = IRREGULAR[lower]
        return one if word.islower() or word.istitle() else word
    if word.endswith(("’s", "'s")):
        return word[:-2]
    if lower.endswith("ies") and len(word) > 4:
        return word[:-3] + ("Y" if word.isupper() else "y")
    if lower.endswith(("sses", "shes", "ches", "xes", "zzes", "uses", "oes")):
        return word[:-2]
    if lower.endswith("men") and len(word) > 5:
        return word[:-2] + "an"
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    lower = word.lower()
    if lower in PLURALS_WITHOUT_S or (word[-2:-1].isupper() and word.endswith("s")):
        return True
    if lower in IRREGULAR:
        return IRREGULAR[lower] != lower
    return lower.endswith("s") and not lower.endswith(("ss", "us", "is", "’s", "'s")) and len(word) > 2
