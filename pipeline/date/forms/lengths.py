"""Lengths of time and things that come back: ``12 consecutive years``, ``18 to 21 days``, ``every month``; and vague words."""

from __future__ import annotations

import re

from pipeline.date.node import ANY_MONTH, LONG_UNIT, NUMBER, UNIT, WEEKDAY, Made, form, number

_FIXED = {
    "a": 1.0,
    "an": 1.0,
    "a single": 1.0,
    "a full": 1.0,
    "a whole": 1.0,
    "all": 1.0,
    "half a": 0.5,
    "half an": 0.5,
    "a quarter of a": 0.25,
    "three quarters of a": 0.75,
    "three-quarters of a": 0.75,
}
_AND_A_HALF = re.compile(r" and a half\b")
_RUNNING = re.compile(r" (?:in a row|running)\b")


def _duration(m: re.Match[str], low: str) -> Made:
    words = m["n"]
    count = _FIXED.get(words)
    if count is None:
        count = number(words)
    if count is None or (words == "all" and m["sep"] == "-"):
        return None
    if m["h"]:
        count += 0.5
    end = m.end()
    half = bool(m["h"])
    if not half and count == 1 and m["sep"] == " " and (rest := _AND_A_HALF.match(low, end)):
        count, half, end = count + 0.5, True, rest.end()
    if more := _RUNNING.match(low, end):
        end = more.end()
    unit = "century" if m["u"] == "centuries" else m["u"].removesuffix("s")
    value = {"n": count, "n2": number(m["n2"]) if m["n2"] else None, "to": m["j"], "u": unit}
    return "duration", value | {"article": words in ("a", "an"), "adjective": m["sep"] == "-", "half": half}, end


duration = form(
    "duration",
    rf"""(?P<n>a[ ]quarter[ ]of[ ]a|three[ -]quarters[ ]of[ ]a|half[ ]an?|a[ ](?:single|full|whole)|an?|all|{NUMBER})
    (?P<h>[ -]and[ -]a[ -]half)?(?:(?P<j>[ ]?-[ ]?|[ ](?:to|or)[ ])(?P<n2>{NUMBER}))?(?P<sep>[ -])
    (?:(?:consecutive|straight|successive|full|whole|long|short|calendar|more|working|business|trading|solid|further|additional
       |other|single|running)[ ])?
    (?P<u>{LONG_UNIT}s?)\b(?!-(?:on|over|to-date))""",
    _duration,
)


def _duration_code(m: re.Match[str], low: str) -> Made:
    unit = {"d": "day", "w": "week"}[m["u"]]
    value = {"n": float(m["n"]), "n2": None, "to": None, "u": unit, "article": False, "adjective": False, "half": False}
    return "duration", value, m.end()


duration_code = form("duration-code", r"(?P<n>[1-9]\d?)(?P<u>[dw])\b", _duration_code)


def _set(m: re.Match[str], low: str) -> Made:
    return "set", {"u": m["u"], "n": m["n"]}, m.end()


each = form(
    "set",
    rf"(?:every|each)[ ](?:(?P<n>{NUMBER}|other|second)[ ])?"
    rf"(?P<u>{UNIT}|{WEEKDAY}|{ANY_MONTH}|morning|weekend|hour|minute)s?\b(?!-)(?![ ]of\b)",
    _set,
)
weekdays = form(
    "weekdays",
    r"(?:(?P<wd>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s|weekends)\b(?!')",
    lambda m, low: ("set", {"u": m["wd"] or "weekend", "n": None}, m.end()),
)

# --- vague words, on request only ------------------------------------------------------------------------------------

_NOW = r"now|at[ ]present|currently|nowadays|these[ ]days|at[ ]the[ ]moment"
_PAST = r"recently|lately|in[ ]the[ ]past|the[ ]past|previously|formerly|once"
_FUTURE = r"in[ ]the[ ]future|soon|the[ ](?:near[ ])?future|shortly"
_SOME = (
    r"(?:the[ ])?(?:past|last|next|coming)(?:[ ]few|[ ]several|[ ]couple[ ]of)?|several|a[ ]few|some|many|a[ ]couple[ ]of|recent"
)
_SOME_UNIT = r"(?:year|month|week|day|decade|hour|minute|quarter)s"
VAGUE = re.compile(
    rf"""\b(?:(?P<now>{_NOW})|(?P<past>{_PAST})|(?P<future>{_FUTURE})
    |(?:(?:{_SOME})[ ]|(?<=for[ ])|(?<=within[ ])|(?<=over[ ])|(?<=many[ ]))(?P<some>{_SOME_UNIT})
    |(?P<often>daily|weekly|monthly|quarterly|yearly|annual|annually))\b""",
    re.VERBOSE,
)
_OFTEN = {
    "daily": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "quarterly": "P3M",
    "yearly": "P1Y",
    "annual": "P1Y",
    "annually": "P1Y",
}
_UNKNOWN = {
    "year": "PXY",
    "month": "PXM",
    "week": "PXW",
    "day": "PXD",
    "decade": "PXDE",
    "quarter": "PXQ",
    "hour": "PTXH",
    "minute": "PTXM",
}


def vague_timex(match: re.Match[str]) -> tuple[str, str]:
    """What kind of row a vague word makes, and its TIMEX3 value (``PRESENT_REF``, ``PXY``, ``P1D``)."""
    if match["some"]:
        return "duration", _UNKNOWN[match["some"].removesuffix("s")]
    if match["often"]:
        return "set", _OFTEN[match["often"]]
    return "date", "PRESENT_REF" if match["now"] else "PAST_REF" if match["past"] else "FUTURE_REF"
