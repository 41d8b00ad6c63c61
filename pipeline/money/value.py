"""What an amount is worth, and which currency a shared name means in a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from price_parser import Price

from pipeline.money.words import AMBIGUOUS

# Words that place a text in a country, by currency. A table of news signals, not a gazetteer.
PLACES: dict[str, str] = {
    "USD": r"U\.S\.|US\b(?!\$)|United States|Americans?\b|Washington|New York|Wall Street|California|Texas|Chicago|Nasdaq|Dow Jones|Federal Reserve|Pentagon|White House|Congress",
    "AUD": r"Australian?s?\b|Canberra|Sydney|Melbourne|Brisbane|Perth\b|Adelaide|Hobart|ASX|Queensland|Victoria\b|New South Wales|Tasmania|Westpac|Reserve Bank of Australia",
    "CAD": r"Canad(?:a|ian)s?\b|Ottawa|Toronto|TSX|Ontario|Quebec|Québec|Alberta|Vancouver|Montreal|Montréal|Calgary|British Columbia|Bank of Canada",
    "NZD": r"New Zealand(?:ers?)?\b|Auckland|Wellington|Christchurch|NZX|RBNZ|Aotearoa",
    "HKD": r"Hong Kong|Hang Seng|HKEX|HKMA|Kowloon",
    "SGD": r"Singapore(?:ans?)?\b|MAS\b|SGX\b|Temasek",
    "TWD": r"Taiwan(?:ese)?\b|Taipei|TWSE|Hsinchu|Kaohsiung",
    "JMD": r"Jamaican?s?\b|Kingston", "TTD": r"Trinidad|Tobago|Port of Spain", "BBD": r"Barbad(?:os|ian)\b|Bridgetown", "BSD": r"Baham(?:as|ian)\b|Nassau",
    "FJD": r"Fiji(?:ans?)?\b|Suva", "NAD": r"Namibian?s?\b|Windhoek", "LRD": r"Liberian?s?\b|Monrovia", "GYD": r"Guyan(?:a|ese)\b", "SBD": r"Solomon Islands|Honiara", "BND": r"Brunei",
    "JPY": r"Japan(?:ese)?\b|Tokyo|Nikkei|Osaka|Bank of Japan|BOJ|Kyoto|Nagoya|Yokohama|Topix",
    "CNY": r"China\b|Chinese\b|Beijing|Shanghai|Shenzhen|PBOC|Guangzhou|Hangzhou|RMB|renminbi|yuan|Xinhua|Guangdong|Zhejiang",
    "GBP": r"Britain|British\b|UK\b|U\.K\.|United Kingdom|England|London|Scot(?:land|tish)\b|Wales\b|Sterling|FTSE|Bank of England",
    "EGP": r"Egypt(?:ian)?s?\b|Cairo", "LBP": r"Leban(?:on|ese)\b|Beirut", "SYP": r"Syrian?s?\b|Damascus", "SDG": r"Sudan(?:ese)?\b|Khartoum", "SSP": r"South Sudan|Juba\b", "CYP": r"Cypr(?:us|iot)s?\b",
    "INR": r"Indian?s?\b|Delhi|Mumbai|RBI\b|Sensex|Nifty|crore|lakh|Bengaluru|Chennai|Rajasthan|Gujarat", "PKR": r"Pakistani?s?\b|Islamabad|Karachi|Lahore|Punjab Assembly", "LKR": r"Sri Lankan?s?\b|Colombo",
    "NPR": r"Nepal(?:i|ese)?\b|Kathmandu", "MUR": r"Mauriti(?:us|an)s?\b", "SCR": r"Seychell(?:es|ois)\b",
    "PHP": r"Philippines?\b|Filipinos?\b|Manila|BSP\b|PSEi|Cebu|Mindanao|Luzon", "MXN": r"Mexic(?:o|ans?)\b|Banxico|Pemex|Monterrey", "ARS": r"Argentin(?:a|e|es|ian|ians)\b|Buenos Aires|Milei|INDEC\b|BCRA",
    "COP": r"Colombian?s?\b|Bogot[aá]|Ecopetrol", "CLP": r"Chilean?s?\b|Santiago|Codelco", "UYU": r"Uruguay(?:an)?s?\b|Montevideo", "DOP": r"Dominican Republic|Santo Domingo", "CUP": r"Cuban?s?\b|Havana",
    "SEK": r"Swed(?:en|ish|es?)\b|Stockholm|Riksbank|Gothenburg", "NOK": r"Norw(?:ay|egian)s?\b|Oslo|Norges Bank|Bergen|Equinor", "DKK": r"Denmark|Danish\b|Danes?\b|Copenhagen", "ISK": r"Iceland(?:ic|ers?)?\b|Reykjav[ií]k",
    "CZK": r"Czech(?:ia|s)?\b|Prague|CEZ\b|Brno", "KRW": r"South Korean?s?\b|Korean?s?\b|Seoul|KOSPI|Samsung", "KPW": r"North Korean?s?\b|Pyongyang",
    "CHF": r"Switzerland|Swiss\b|Zurich|Geneva|Basel\b|SNB\b", "XOF": r"Senegal(?:ese)?\b|Ivory Coast|Ivorian|Côte d’Ivoire|Côte d'Ivoire|Abidjan|Dakar|Mali(?:an)?\b|Burkina|Benin\b|Togo\b|BCEAO|UEMOA|WAEMU",
    "XAF": r"Cameroon(?:ian)?s?\b|Gabon(?:ese)?\b|Chad(?:ian)?\b|Yaound[eé]|Douala|Libreville|BEAC|CEMAC|Equatorial Guinea", "FRF": r"French franc|Paris\b|19[5-9]\d", "RWF": r"Rwandan?s?\b|Kigali",
    "BEF": r"Belgian?s?\b|Brussels", "CDF": r"Congolese|Kinshasa|DRC\b", "GNF": r"Guinean?s?\b|Conakry", "BIF": r"Burundian?s?\b|Bujumbura", "DJF": r"Djibouti", "KMF": r"Comor(?:os|ian)\b", "XPF": r"Tahiti|Polynesia|Caledonia",
    "KES": r"Kenyan?s?\b|Nairobi|Mombasa|M-Pesa|Safaricom|CBK\b", "UGX": r"Ugandan?s?\b|Kampala|Entebbe", "TZS": r"Tanzanian?s?\b|Dar es Salaam|Dodoma|Zanzibar", "SOS": r"Somali(?:a|s|land)?\b|Mogadishu",
    "KWD": r"Kuwaitis?\b|Kuwait\b", "BHD": r"Bahrainis?\b|Bahrain\b|Manama", "JOD": r"Jordan(?:ian)?s?\b|Amman\b", "IQD": r"Iraqi?s?\b|Baghdad", "DZD": r"Algerian?s?\b|Algiers\b", "TND": r"Tunisian?s?\b|Tunis\b",
    "LYD": r"Libyan?s?\b|Tripoli\b", "RSD": r"Serbian?s?\b|Belgrade", "AED": r"UAE\b|Emirat(?:es|is?)\b|Dubai|Abu Dhabi|Sharjah", "MAD": r"Morocc(?:o|ans?)\b|Rabat\b|Casablanca",
    "SAR": r"Saudis?\b|Riyadh|Aramco|Jeddah", "QAR": r"Qataris?\b|Qatar\b|Doha\b", "IRR": r"Iranian?s?\b|Iran\b|Tehran", "OMR": r"Omanis?\b|Oman\b|Muscat", "YER": r"Yemenis?\b|Yemen\b|Sanaa|Aden\b",
    "TRY": r"Turk(?:ey|ish|s|iye)\b|Türkiye|Ankara|Istanbul|CBRT", "ITL": r"Ital(?:y|ian)s?\b|Rome\b|Milan\b", "RON": r"Romanian?s?\b|Bucharest", "MDL": r"Moldovan?s?\b|Chi[sș]in[aă]u",
    "RUB": r"Russian?s?\b|Moscow|Kremlin|Gazprom|Sberbank", "BYN": r"Belarus(?:ian)?s?\b|Minsk", "DEM": r"German(?:y|s)?\b|Bundesbank|Bonn\b", "BAM": r"Bosnian?s?\b|Sarajevo", "AZN": r"Azerbaijani?s?\b|Baku\b", "TMT": r"Turkmen",
    "UZS": r"Uzbek(?:istan|s)?\b|Tashkent", "KGS": r"Kyrgyz(?:stan)?\b|Bishkek", "ZMW": r"Zambian?s?\b|Lusaka", "MWK": r"Malawian?s?\b|Lilongwe", "ZAR": r"South African?s?\b|Johannesburg|Cape Town|Pretoria|Eskom",
    "EUR": r"euros?\b|€|Eurozone|euro zone|German(?:y|s)?\b|France\b|French\b|Ital(?:y|ian)s?\b|Spain|Spanish|Ireland|Irish\b", "BRL": r"Brazil(?:ian)?s?\b|Bras[ií]lia|S[aã]o Paulo|Rio de Janeiro|R\$",
    "MYR": r"Malaysian?s?\b|Kuala Lumpur|RM\d", "IDR": r"Indonesian?s?\b|Jakarta|Rp\b", "PEN": r"Peru(?:vian)?s?\b|Lima\b", "GHS": r"Ghan(?:a|aian)s?\b|Accra", "ESP": r"Spain",
}  # fmt: skip
_BY_NAME: dict[str, re.Pattern[str]] = {
    shared: re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{code}>{PLACES[code]})" for code in codes if code in PLACES) + ")")
    for shared, codes in AMBIGUOUS.items()
    if len(codes) > 1
}
_LONGEST_TEXT = 20000
_HEAD = 500


def _place_counts(shared: str, text: str) -> Counter[str]:
    """How often the places of each candidate are named; the head of a text, where its dateline stands, counts three times."""
    counts: Counter[str] = Counter()
    for match in _BY_NAME[shared].finditer(text, 0, _LONGEST_TEXT):
        if match.lastgroup is not None:
            counts[match.lastgroup] += 3 if match.start() < _HEAD else 1
    return counts


# What a small coin says of: the currency it is a hundredth of.
_COIN_OF = {"cent": "dollar", "centavo": "peso", "paisa": "rupee", "ore": "krona", "sen": "ringgit"}


def resolve_currency(shared: str, text: str, explicit: Counter[str], resolved: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """The code a shared name means in a document, and the named reason.

    ``explicit`` counts the codes that the document states without doubt (``A$``, ``Hong Kong dollars``). The order of
    reasons: the only candidate; one candidate stated elsewhere in the document; the places it speaks of; world default.
    ``resolved`` remembers answers for one document.
    """
    if shared in resolved:
        return resolved[shared]
    candidates = AMBIGUOUS[shared]
    answer = _decide(shared, candidates, text, explicit)
    resolved[shared] = answer
    return answer


def _decide(shared: str, candidates: tuple[str, ...], text: str, explicit: Counter[str]) -> tuple[str, str]:
    if len(candidates) == 1:
        return candidates[0], "only"
    if shared in ("dollar", "cent"):
        return _decide_dollar(shared, text, explicit)
    stated = [code for code in candidates if explicit[code]]
    if len(stated) == 1:
        return stated[0], "stated"
    counts = _place_counts(shared, text)
    best = max(stated or candidates, key=lambda code: counts[code])
    if counts[best]:
        return best, "places"
    return candidates[0], "default"


def _decide_dollar(shared: str, text: str, explicit: Counter[str]) -> tuple[str, str]:
    """A bare dollar is the US one unless the text's home is another dollar country.

    Home is where most of its places lie. A text of Australia, Canada or New Zealand means its own dollar by ``$`` when it also
    writes ``A$`` and speaks of home more than of America; a text that writes ``US$`` and never marks its own dollar means that.
    """
    if shared == "cent":
        stated = [code for code in ("EUR", "ZAR", "USD", "AUD", "CAD", "NZD", "HKD", "SGD") if explicit[code]]
        if len(stated) == 1 and "$" not in text:
            return stated[0], "stated"
    counts = _place_counts("dollar", text)
    american = counts.pop("USD", 0)
    if not counts:
        return "USD", "default"
    home = max(counts, key=lambda code: counts[code])
    if counts[home] < 2 or counts[home] <= american:
        return "USD", "default"
    if home in _LOCAL_STYLE and explicit[home]:
        return home, "stated"
    if not explicit[home] and explicit["USD"] and counts[home] > max(4, 2 * american):
        # "US$" elsewhere in the text: the bare sign is the other one.
        return home, "contrast"
    if not explicit["USD"] and not explicit[home] and counts[home] >= 6 and counts[home] > 3 * american and home in _LOCAL_STYLE:
        return home, "places"
    return "USD", "default"


# Countries whose press writes a bare "$" for its own dollar.
_LOCAL_STYLE = frozenset({"AUD", "CAD", "NZD"})


def parse_amount(span: str) -> tuple[Decimal, str] | None:
    """Amount and currency symbol of an isolated ``symbol + digits`` span (``US$1,234.5``), by price-parser; None if unreadable.

    Only for spans without scale words and signs, which it drops; the readers of this package have found the span before.
    """
    price = Price.fromstring(span)
    if price.amount is None or price.currency is None:
        return None
    return price.amount, price.currency


def stated_codes(units: Iterable[str]) -> Counter[str]:
    """How often each currency is stated without doubt among ``units``."""
    return Counter(unit for unit in units if unit not in AMBIGUOUS)
