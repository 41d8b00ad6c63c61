"""Words that tell a count from the rest: function words, time nouns, verbs that tell a number, nouns of rhetorical counts."""

from __future__ import annotations

# A number before one of these counts no noun that follows: its noun is elided or stands before.
FUNCTION_WORDS: frozenset[str] = frozenset(
    "a an the this that these those it its his her their our my your he she they we you i and or but nor so yet if as than then "
    "though although while when where which who whom whose what why how because since until till before after during in on at by "
    "for of from to into onto with without within through throughout over under above below between among amid across against "
    "along around about near off out up down per via versus vs v is are was were be been being am has have had having do does did "
    "will would shall should can could may might must not no only also even just still already again ago earlier later thereafter "
    "respectively each apiece both all any some such there here now today yesterday tomorrow year-on-year year-over-year "
    "quarter-on-quarter yoy qoq mom compared according including excluding despite plus minus times more less fewer higher lower "
    "next last previous ahead behind short away apart total overall combined altogether together annually monthly daily weekly "
    "hourly yearly worldwide globally nationwide nationally said says following thanks due unless whether except like unlike "
    "rather instead too very much well either neither ended ending beginning starting rising falling rose fell grew dropped came "
    "went made took beyond outside inside toward towards upon amid whereas unchanged thought".split()
)

TIME_NOUNS: frozenset[str] = frozenset(
    "year years month months week weeks day days hour hours minute minutes second seconds quarter quarters decade decades century "
    "centuries today yesterday tomorrow tonight season seasons time times period periods january february march april may june july "
    "august september october november december monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter "
    "fall weekend weekends fortnight half".split()
)

# Nouns that count nothing themselves: the number of what they are of, or a mark that is passed.
HEADLESS: frozenset[str] = frozenset(
    "number numbers count counts tally tallies total totals figure figures volume volumes mark barrier milestone threshold level "
    "average guess peak record low high target goal median mean size total sum estimate forecast cadence rest capacity quota batch "
    "side share remainder equivalent bulk majority minority".split()
)

# Verbs that tell how many there are or how many more there became.
LEVEL_VERBS: frozenset[str] = frozenset(
    "fall rise stand grow be have reach number total top exceed climb drop decline jump hit come amount increase decrease estimate "
    "put forecast expect project remain average slip edge surge soar tumble plunge swell shrink narrow widen advance gain lose add "
    "shed pass cross surpass outnumber go move set peak bottom recover rebound dip slide creep double triple record count register "
    "tick crest approach near touch level stay hold equal account represent comprise include crawl sink".split()
)

# Nouns in the singular whose size is a number of something else.
MASSES: dict[str, str] = {
    "population": "person",
    "workforce": "worker",
    "headcount": "employee",
    "payroll": "job",
    "payrolls": "job",
    "enrolment": "student",
    "enrollment": "student",
    "membership": "member",
    "attendance": "person",
    "circulation": "copy",
    "toll": "death",
    "death toll": "death",
    "unemployment": "person",
    "employment": "person",
    "audience": "viewer",
    "crowd": "person",
    "turnout": "voter",
    "immigration": "person",
    "migration": "person",
    "emigration": "person",
    "ridership": "passenger",
    "readership": "reader",
    "fleet": "vehicle",
    "herd": "head",
    "passenger traffic": "passenger",
    "staff": "staff",
    "team": "person",
    "household size": "person",
    "subscriber base": "subscriber",
    "user base": "user",
    "customer base": "customer",
    "shareholding": "share",
}

# Nouns of rhetorical counts: "two forces", "three advantages".
RHETORICAL_NOUNS: frozenset[str] = frozenset(
    "force advantage point thing step reason question risk way challenge factor lesson pillar principle priority area aspect issue "
    "problem word side part category idea trend theme key lever option scenario condition recommendation takeaway fact feature goal "
    "objective element dimension direction stage phase front half group figure number sense type kind sort set approach round "
    "quarter season nation continent line platform source model tool criterion measure topic term task rule message answer argument "
    "explanation theory tier level".split()
)
