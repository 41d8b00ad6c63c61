"""Names that a head word gives away: agreements and plans (LAW), conferences (EVENT), reports, bodies, buildings.

A head word is found among the capitalized words of a text, and the name is grown from it over the capitalized words
to its left and, for some heads, over ``of …`` and ``for …`` to its right. Pure: no spaCy.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pipeline.name.places import place_table
from pipeline.name.scan import Words, in_title_case, opens_sentence
from pipeline.name.tables import read_rows, read_words
from pipeline.name.terms import CALENDAR_WORDS, FUNCTION_WORDS


class Grown(NamedTuple):
    """A name by its head: offsets, label, name of the rule, whether the rule is sure of the label."""

    start: int
    end: int
    label: str
    rule: str


def _heads() -> dict[str, str]:
    table: dict[str, str] = {}
    for label, words in read_rows("heads.tsv"):
        for word in words.split("|"):
            table.setdefault(word, label)
    return table


HEADS: Final[dict[str, str]] = _heads()
"""Head word → label of the name it ends."""

TAKES_OF: Final[frozenset[str]] = read_words("heads_with_of.txt")
"""Head words that go on with ``of …``, ``for …``, ``on …``."""

_NUMBERED: Final[frozenset[str]] = read_words("numbered_laws.txt")
_NUMBER: Final = re.compile(r" (?:\((?:EU|EC|EEC)\) )?(?:No\.? ?|[A-Z]{1,5}[ -])?\d[\w./-]{0,18}")
_LAWMAKER: Final = re.compile(
    r"\b(?:(?:UN|U\.N\.|United Nations) )?(?:UN|U\.N\.|UNSC|United Nations|Security Council|General Assembly|House|Senate) $"
)
_DOCUMENT: Final = re.compile(r"\. ?\d{1,3} (?:central )?[Dd]ocument\b")
_STANDARD: Final[frozenset[str]] = frozenset(["ISO", "IEC", "IFRS", "IAS"])
_STANDARD_NUMBER: Final = re.compile(r" ?\d[\d:-]{0,12}")
_YEAR_RIGHT_AFTER: Final = re.compile(r" 20\d\d\b")
_VISION: Final[frozenset[str]] = frozenset(["Vision", "Agenda", "Horizon", "Mission"])
_FIVE_YEAR: Final = re.compile(r"-Year Plan\b(?: (?:for|on) (?=[A-Z]))?")
_ORDINAL_BEFORE: Final = re.compile(r"\b(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z]{2,9}(?:st|nd|rd|th)) $")
_YEAR_AFTER: Final = re.compile(r",? 20\d\d(?:[–-]20\d\d)?\b(?!-)")
_YEAR_BEFORE: Final = re.compile(r"\b(?:19|20)\d\d $")
_WORLDWIDE: Final = re.compile(r"\b(?:World|International|Global|Annual|\d{1,3}(?:st|nd|rd|th)|20\d\d)\b")
_DASHED: Final = re.compile(r"[-–]")
_ACT_YEAR: Final = re.compile(r"(?:,? (?:of )?(?:1[89]|20)\d\d)\b")
_LEFT_LINKS: Final[frozenset[str]] = frozenset(["of", "and", "&", "for", "on", "the", "de", "do", "da", "del"])
_CAP: Final = r"[A-ZÀ-ÞĀ-ſ][\w&-]{0,30}(?:[’'](?!s\b)\w{1,20}|(?<=ople)[’']s)?"
_OF_TAIL: Final = re.compile(
    rf" (?:of|for|on) (?:the )?(?!(?:{'|'.join(sorted(CALENDAR_WORDS))})\b){_CAP}"
    r"(?:(?:, (?=[A-Z][\w-]{1,20}(?:,| and) )| and | & | of (?:the )?| for | )"
    rf"(?!(?:In|The|It|He|She|On|At|A|{'|'.join(sorted(CALENDAR_WORDS))})\b){_CAP}){{0,8}}"
)
_PEOPLES: Final = ("People's", "People’s", "Women's", "Women’s", "Children's", "Children’s", "Leaders’", "Workers’", "King's")
_COMPOUND: Final = re.compile(r"-(?:based|led|owned|backed|listed|controlled|funded|born|style|bound|made|run|wide)$")
_ABBREVIATED: Final[frozenset[str]] = frozenset(["St.", "Dr.", "No."])


KNOWN_FIRMS: Final[frozenset[str]] = frozenset(
    name for label, listed in read_rows("known.tsv") if label == "ORG" for name in listed.split("|")
)
"""Firms whose name stands for itself, so that none is swallowed by its neighbor."""

_JOINS: Final[frozenset[str]] = TAKES_OF | frozenset(word for word, label in HEADS.items() if label not in ("ORG", "FAC", "LOC"))
"""Head words whose names may hold an "and" before them: "CHIPS and Science Act", not "Norbank and Sudbank Group"."""


def grow_left(text: str, start: int, head: str) -> int:
    """Where the capitalized words that end before ``start`` begin: at most nine of them, in the same line."""
    left = text[max(0, start - 140) : start]
    line = left[left.rfind("\n") + 1 :]
    words = line.replace("\xa0", " ").split(" ")
    if words and words[-1] == "":
        words.pop()
    begin, at, pending = start, start, ""
    for count, word in enumerate(reversed(words)):
        at -= len(word) + 1
        if count >= 10 or not word or at < start - 139:
            break
        if word in _LEFT_LINKS:
            if pending and not (word == "of" and pending == "the"):
                break
            pending = word
            continue
        bare = word.lstrip("“\"‘'([")
        if not bare or not bare[0].isupper() or pending == "the" or bare in CALENDAR_WORDS:
            break
        if word[-1] in ',;:.!?)”"|–—' and not (word[-1] == "." and (word.count(".") > 1 or word in _ABBREVIATED)):
            break
        if word.endswith(("'s", "’s")) and word not in _PEOPLES:
            break
        if word in FUNCTION_WORDS or _COMPOUND.search(word):
            break
        if pending in ("of", "for", "on", "de", "do", "da", "del") and bare not in TAKES_OF:
            break
        if pending in ("and", "&") and at + len(word) + 5 == start and text.startswith((" of ", " for "), start + len(head)):
            break
        if pending in ("and", "&") and (bare in place_table() or bare in HEADS or bare in KNOWN_FIRMS or head not in _JOINS):
            break
        begin, pending = at + len(word) - len(bare), ""
        if bare != word:
            break
    return begin


_WITHIN: Final = re.compile(r" in (?:the )?([A-Z]\w+(?: [A-Z]\w+)?)")
"""Where a chamber is: ``American Chamber of Commerce in Peru``."""
_OFFICES: Final[frozenset[str]] = frozenset(word for word in read_words("titles.txt") if word[0].isupper())
_GIVEN: Final[frozenset[str]] = read_words("given_names.txt") - read_words("hardly_given.txt")
_HOLDER: Final = re.compile(
    r"(?<=[a-z]) (President|Governor|Chairman|Chairwoman|Minister|Secretary|Director|Chief|Commissioner) (?=[A-Z])"
)
_OWNER: Final = re.compile(r" of ([A-Z]\w+) (?=[A-Z])")
"""Whoever holds the office or leads the body: ``Reserve Bank of India Governor Sen``, ``Movement for Change of Ana Sen``."""


def _grow_right(text: str, end: int, word: str) -> int:
    """The end of the name whose head ``word`` ends at ``end``: over ``of …`` where the head takes it."""
    if word in TAKES_OF:
        tail = _OF_TAIL.match(text, end)
        if tail:
            person = _HOLDER.search(text, end, tail.end()) or _OWNER.search(text, end, tail.end())
            if person and (person[1] in _OFFICES or person[1] in _GIVEN):
                return person.start()
            both = text.find(" and ", end, tail.end())
            again = text.find(" and ", both + 5, tail.end()) if both > 0 else -1
            if again > 0:
                return again
            if both > 0:
                of = re.sub(r"^ (?:of|for|on) (?:the )?", "", text[end:both])
                first = text[both + 5 : tail.end()]
                if of in place_table() and first not in place_table() and first.split(" ")[0] not in place_table():
                    return both
                if first in KNOWN_FIRMS or first.split(" ")[0] in KNOWN_FIRMS:
                    return both
            within = _WITHIN.match(text, tail.end()) if word == "Chamber" else None
            return within.end() if within and within[1] in place_table() else tail.end()
    return end


def _numbered(text: str, start: int, word: str, end: int) -> Grown | None:
    """A law by its number, a plan by its ordinal, a standard, a dated vision."""
    if word in _NUMBERED:
        number = _NUMBER.match(text, end)
        if number:
            stop = start + len(text[start : number.end()].rstrip("./-"))
            body = _LAWMAKER.search(text, max(0, start - 34), start) if word == "Resolution" else None
            return Grown(body.start() if body else start, stop, "LAW", "law_number")
    elif word == "Five":
        plan = _FIVE_YEAR.match(text, end)
        if plan:
            ordinal = _ORDINAL_BEFORE.search(text, max(0, start - 16), start)
            stop = start + len("Five-Year Plan")
            tail = _OF_TAIL.match(text, stop)
            return Grown(ordinal.start() if ordinal else start, tail.end() if tail else stop, "LAW", "five_year_plan")
    elif word in _STANDARD:
        number = _STANDARD_NUMBER.match(text, end)
        if number:
            return Grown(start, number.end(), "LAW", "standard")
    elif word in _VISION:
        year = _YEAR_RIGHT_AFTER.match(text, end)
        if year:
            return Grown(start, year.end(), "LAW", "vision")
    elif word == "No":
        document = _DOCUMENT.match(text, end)
        if document:
            return Grown(start, document.end(), "LAW", "numbered_document")
    return None


_ELECTION: Final = re.compile(
    r"\b(?:(?P<year>(?:1[89]|20)\d\d) )?(?P<where>(?:[A-Z][\w.’'-]{1,20} ){0,4})"
    r"(?P<kind>presidential|general|federal|parliamentary|legislative|local|municipal|gubernatorial|mayoral|provincial|state|Senate|"
    r"leadership|European Parliament) elections?\b(?: of (?P<of>(?:1[89]|20)\d\d))?"
)


_NATIONAL: Final[frozenset[str]] = frozenset(["presidential", "general", "federal", "parliamentary", "legislative"])


def find_elections(text: str) -> list[Grown]:
    """Elections by their year and place: ``2019 Indian general election``, ``the 2020 presidential election``.

    >>> text = "She won the 2017 French presidential election."
    >>> [text[name.start : name.end] for name in find_elections(text)]
    ['2017 French presidential election']
    """
    if " election" not in text:
        return []
    return [
        Grown(hit.start("where") if not hit["year"] else hit.start(), hit.end(), "EVENT", "election")
        for hit in _ELECTION.finditer(text)
        if not hit["where"].rstrip().endswith(("'s", "’s"))
        and (
            hit["year"]
            or hit["of"]
            or (hit["where"] and hit["kind"] in _NATIONAL and hit["where"].split()[0] not in FUNCTION_WORDS)
        )
    ]


_OTHERWISE: Final[frozenset[str]] = frozenset(
    ["Bill", "AG", "Grant", "Chase", "Law", "Rule", "Code", "Price", "Hall", "Church", "Post"]
)
NAME_BEHIND: Final = re.compile(r" [A-ZÀ-ÖØ-ÞĀ-ſ][a-zà-ÿ]{2,}")
"""Behind ``Bill``, the name of a person: ``Bill Rodgers``."""


def find_heads(text: str, words: Words) -> list[Grown]:
    """The names of ``text`` that a head word ends or opens; ``words`` are its ``scan.capitals``. They may overlap.

    >>> from pipeline.name.scan import capitals
    >>> text = "It signed the Paris Agreement."
    >>> [(text[name.start : name.end], name.label) for name in find_heads(text, capitals(text))]
    [('Paris Agreement', 'LAW')]
    """
    found: list[Grown] = []
    for start, word in words:
        label = HEADS.get(word)
        end = start + len(word)
        if label is not None and word in _OTHERWISE and NAME_BEHIND.match(text, end):
            continue
        if label is None or word in _NUMBERED or word == "Five":
            numbered = _numbered(text, start, word, end) if word in _OTHER or word in _NUMBERED else None
            if numbered:
                found.append(numbered)
                continue
            if label is None:
                continue
        if text[end : end + 2] in ("'s", "’s") and label not in ("ORG", "LAW"):
            continue
        grown = _grow(text, start, end, word, label)
        if grown:
            found.append(grown)
    return found


_OTHER: Final[frozenset[str]] = frozenset(["Five", "No"]) | _STANDARD | _VISION


def _grow(text: str, start: int, end: int, word: str, label: str) -> Grown | None:
    """The name around one head word, or None where the head stands alone or its line is a heading in title case."""
    begin = grow_left(text, start, word) if start and text[start - 1] in " \xa0" else start
    stop = _grow_right(text, end, word)
    if begin == start and stop == end:
        return None
    if word == "Congress" and (stop > end or _WORLDWIDE.search(text, max(0, begin - 8), start)):
        label = "EVENT"
    if word == "Railway" and _DASHED.search(text, begin, start):
        label = "FAC"
    if word in ("Convention", "Conventions"):
        treaty = stop > end or text[begin : start - 1] in place_table()
        label = "LAW" if treaty else "EVENT"
    year = None
    if label in ("WORK_OF_ART", "LAW") or word == "Statistics":
        year = (_ACT_YEAR if word in ("Act", "Law") else _YEAR_AFTER).match(text, stop)
        before = _YEAR_BEFORE.search(text, max(0, begin - 6), begin) if label == "WORK_OF_ART" else None
        if before:
            begin = before.start()
        if year and (begin < start):
            stop = year.end()
            label = "WORK_OF_ART" if word == "Statistics" else label
        if word == "Forecast" and not year:
            return None
    elif word in ("Election", "Elections"):
        return None if begin == start else Grown(begin, stop, label, "event_head")
    elif label == "EVENT":
        ordinal = _ORDINAL_BEFORE.search(text, max(0, begin - 16), begin)
        if ordinal:
            begin = ordinal.start()
    elif word in ("Inc", "Ltd", "Corp", "Co", "Bros") and text[stop : stop + 1] == ".":
        stop += 1
    titled = in_title_case(text, begin, stop) or (text[stop : stop + 1] == ":" and _opens_line(text, begin))
    if titled and not (year or (label == "EVENT" and text[begin].isdigit()) or _is_letterhead(text, begin, stop, word)):
        return None
    if (
        begin == start
        and label != "ORG"
        and opens_sentence(text, start)
        and word not in ("Treaty", "Convention", "Declaration", "Charter")
    ):
        return None
    return Grown(begin, stop, label, f"{label.lower()}_head")


def _opens_line(text: str, begin: int) -> bool:
    before = text[max(0, begin - 4) : begin].rstrip(" -•*\t▪")
    return not before or before[-1] == "\n"


def _is_letterhead(text: str, begin: int, stop: int, word: str) -> bool:
    """Whether the name fills its line or the part of it between bars, and goes on with ``of``: a body that signs."""
    if word not in TAKES_OF or stop == begin + len(word) or HEADS.get(word) != "ORG":
        return False
    before, after = text[max(0, begin - 2) : begin].strip(" "), text[stop : stop + 3].strip(" ")
    return (not before or before[-1] in "\n|:") and (not after or after[0] in "\n|(")
