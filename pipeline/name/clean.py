"""Boundaries of a name: articles, possessives, quotes and punctuation off its ends, glued lists taken apart. Pure."""

from __future__ import annotations

import re
from typing import Final

_OPENING: Final = "¹²³⁴⁵⁶⁷⁸⁹⁰§†‡ \t\r\n\xa0\u202f\"'“‘«([{<*•-–—|,;:./&#@"
_CLOSING: Final = "¹²³⁴⁵⁶⁷⁸⁹⁰†‡ \t\r\n\xa0\u202f\"”’'»)]}>*•-–—|,;:/&@"
_ARTICLE: Final = re.compile(r"(?:[Tt]he|THE|[Aa]n?)[ \xa0]")
_ABBREVIATED: Final = re.compile(
    r"(?:\b[A-Z]\.(?: ?[A-Z]\.){1,4}|\b(?:Inc|Ltd|Corp|Co|Jr|Sr|Bros|St|Bhd|Cos|plc|S\.A|N\.V"
    r"|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Vt|Va|Wash|Wis|Wyo)\.)$"
)
_LIST: Final = re.compile(r", (?:and |or )?(?:the (?=[A-Z]))?| and (?:the )?|/| or | vs\.? | – | & the ")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the name within ``text[start:end]`` without articles, possessive ending, quotes and punctuation.

    Equal offsets mean that nothing is left.

    >>> text = "the Bank of Japan’s"
    >>> text[slice(*trim(text, 0, len(text)))]
    'Bank of Japan'
    """
    while start < end:
        if text[start] in _OPENING:
            start += 1
        elif text[start] in "tTaA" and (article := _ARTICLE.match(text, start, end)):
            start = article.end()
        elif text[end - 1] in _CLOSING:
            if text[end - 1] == ")" and "(" in text[start : end - 1]:
                break
            end -= 1
        elif "(" in text[start:end] and ")" not in text[start:end]:
            end = text.index("(", start)
        elif text[end - 1] == "." and not _ABBREVIATED.search(text[start:end]):
            end -= 1
        elif end - start >= 2 and text[end - 2 : end] in ("'s", "’s", "'S", "’S"):
            end -= 2
        else:
            break
    return start, end


def split_list(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a list that was read as one name; the span itself where it is none.

    Only commas and slashes make a list, and then ``and`` before its last member; each member must be capitalized.

    >>> text = "Alibaba, Tencent and Baidu"
    >>> [text[slice(*span)] for span in split_list(text, 0, len(text))]
    ['Alibaba', 'Tencent', 'Baidu']
    """
    span = text[start:end]
    if ", " not in span and "/" not in span:
        return [(start, end)]
    members: list[tuple[int, int]] = []
    at = start
    for cut in _LIST.finditer(text, start, end):
        members.append((at, cut.start()))
        at = cut.end()
    members.append((at, end))
    if len(members) < 2 or not all(b > a and (text[a].isupper() or text[a].isdigit()) for a, b in members):
        return [(start, end)]
    return members
