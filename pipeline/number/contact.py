"""Numerals that no unit can make a figure: clock times, phone numbers, web addresses."""

from __future__ import annotations

import re

from pipeline.number.explained import Explained

# --- clock times --------------------------------------------------------------------------------------------------------
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?:[ \u00a0]?(?:[ap]\.?m\b\.?|[AP]\.?M\b\.?|hrs|hours|GMT|"
    r"UTC|EST|EDT|ET\b|BST|CET|IST|CST|JST|local time))"
    r"|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)"
    r"|(?:1[0-2]|0?[1-9])[ \u00a0]?(?:[ap]\.m\.?|[ap]m\b|[AP]\.?M\b\.?|o[’']clock\b|noon\b)"
    r"|[0-2]\d[0-5]\d[ \u00a0]?(?:GMT|UTC|hrs|hours local|EST|EDT|IST|BST)"
)
_CLOCK_RANGE = re.compile(
    r"\d{1,2}(?:[:.]\d\d)?[ \u00a0]?(?:-|–|to|and) ?\d{1,2}(?:[:.]\d\d)?[ \u00a0]?(?:[ap]\.m\.|[ap]m\b|[AP]M\b)"
)


def clock_time(text: str, start: int, end: int) -> Explained | None:
    """``15:01``, ``9.30am``, ``8 pm``, ``14:00 GMT``."""
    match = _CLOCK.match(text, start)
    if match is None or match.end() < end:
        match = _CLOCK_RANGE.match(text, start)
        if match is None:
            return None
        first = re.compile(r"\d{1,2}(?:[:.]\d\d)?").match(text, start)
        return Explained("time", "time.clock", first.end() if first else end)
    return Explained("time", "time.clock", match.end())


# --- phone numbers, URLs, identifiers -----------------------------------------------------------------------------------
_PHONE = re.compile(
    r"(?:\+\d{1,3}[ \u00a0.-]?|00\d{2}[ ])(?:\(\d{1,4}\)[ -]?)?\d{1,4}(?:[ \u00a0.-]\d{2,9}){1,5}(?!\d)"
    r"|\(\d{2,4}\)[ -]?\d{3,4}[ -]\d{3,4}(?!\d)"
    r"|(?:1[- ])?[189]\d{2}[- ]\d{3}[- ]\d{4}(?!\d)"
    r"|1[38]00[ -]\d{3}[ -]\d{3,4}(?!\d)|1[38]00-\d{3}-\d{4}(?!\d)"
    r"|0\d{1,4}[ -]\d{3,4}(?:[ -]\d{3,4})?(?!\d)|0\d{2,4}-\d{3,4}[ -]\d{4}(?!\d)"
    r"|\d{3}-\d{3}-\d{4}(?!\d)|\d{3}-\d{4}(?!\d|[-–])"
)
_PHONE_CUE = re.compile(
    r"(?:\b(?:[Tt]el|[Pp]hone|[Tt]elephone|[Cc]all|[Cc]alling|[Hh]otline|[Ff]ax|[Dd]ial|[Dd]ial-in|"
    r"[Tt]ext|SMS|[Ww]hats[Aa]pp|[Mm]obile|[Rr]ing|[Dd]esk|[Hh]elpline|[Ll]ifeline|[Ee]xt|[Cc]ode|[Ll]ine|"
    r"[Ee]nquiries|[Ii]nquiries|"
    r"[Cc]ontact|[Tt]ip line|[Hh]elpdesk|on|at|or)\b[.:]{0,2} ?[+(*#]?|[\d)][ .-])\Z"
)
_PHONE_WORD = re.compile(
    r"(?i)\b(?:tel|phone|telephone|call|calling|hotline|fax|dial(?:-in)?|text|sms|whatsapp|ring|desk|"
    r"helpline|lifeline|ext|code|line|enquiries|inquiries|contact|helpdesk|media relations|press office|"
    r"support|queries|mobile)\b[^\n]{0,60}\Z"
)
_URL_CHARS = re.compile(
    r"(?:https?://|www\.)[^\s]{0,300}\Z|[\w.+-]{1,60}@[\w.-]{0,60}\Z|[\w-]{2,60}\.(?:com|org|net|gov|edu|"
    r"info|example|co|io|int|html?|pdf|jpg|png|aspx?|php)(?:/[^\s]{0,200})?\Z"
)


def phone_number(text: str, start: int, end: int) -> Explained | None:
    """``+86 10 5555 0142``, ``(415) 555-0188``, ``call 1800 595 160``."""
    left = start
    if left and text[left - 1] in "(+*":
        left -= 1
        if left and text[left] == "(" and text[left - 1] == "+":
            left -= 1
    cue = text[max(0, start - 70) : start]
    plus = "+" in text[max(0, start - 2) : start]
    for begin in (left, start):
        match = _PHONE.match(text, begin)
        if match and match.end() >= end:
            # "+5.7 10" is no phone; a plus needs groups of digits behind, a bare group needs a word that says so.
            if plus and sum(c.isdigit() for c in match[0]) >= 7:
                return Explained("identifier", "identifier.phone", match.end())
            if _PHONE_WORD.search(cue) or (text[begin] == "(" and "-" in match[0]):
                return Explained("identifier", "identifier.phone", match.end())
    if _PHONE_WORD.search(cue) and _PHONE_CUE.search(cue):
        digits = re.compile(r"[\d][\d \u00a0-]{2,20}\d(?![\d%]|[.,]\d)").match(text, start)
        if digits and sum(c.isdigit() for c in digits[0]) >= 4 and not re.match(r"[12]\d\d\d(?!\d)", text[start:end]):
            return Explained("identifier", "identifier.phone", digits.end())
    return None


def web_address(text: str, start: int, end: int) -> Explained | None:
    """Digits inside a URL or a mail address."""
    low = max(0, start - 300)
    left = max(low, text.rfind(" ", low, start) + 1, text.rfind("\n", low, start) + 1)
    token = text[left:start]
    if len(token) > 3 and ("/" in token or "@" in token or "." in token) and _URL_CHARS.search(token):
        tail = re.compile(r"[^\s,;)\]]{0,300}").match(text, end)
        return Explained("identifier", "identifier.url", tail.end() if tail else end)
    return None


def hard_explain(text: str, start: int, end: int, before: str, after: str) -> Explained | None:
    """Clock times, addresses and phone numbers, which no unit behind them can overrule.

    ``before`` and ``after`` are the characters around the numeral: they decide which rule is worth trying, since this runs
    on every numeral.
    """
    following = text[end + 1 : end + 2]
    timely = (
        after in ":apAPhG" or (after == "." and following.isdigit()) or (after in " \u00a0-–" and following in _CLOCK_LETTERS)
    )
    if timely and (found := clock_time(text, start, end)) is not None:
        return found
    if "." in text[start:end] and after in " \u00a0apAP" and (found := clock_time(text, start, end)) is not None:
        return found
    if (before in "./@-_=&?%" or before.isalpha()) and (found := web_address(text, start, end)) is not None:
        return found
    if (
        before in "+("
        or text[start] == "0"
        or (after in " \u00a0-)" and following.isdigit())
        or (after == ")" and end - start < 5)
    ):
        return phone_number(text, start, end)
    return None


_CLOCK_LETTERS = frozenset("apAPoGUEBCIJhHlnt0123456789")
