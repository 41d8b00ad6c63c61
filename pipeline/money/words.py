"""Currencies as news writes them: symbols, codes, names, small coins.

Codes and English names of every currency come from CLDR by way of babel; the tables here add what newsrooms write
beside those. A unit that is a key of ``AMBIGUOUS`` is shared by several currencies and decided by the document
(``value.resolve_currency``).
"""

from __future__ import annotations

import re
from decimal import Decimal

from babel import Locale

from pipeline.number.marks import Sign, Wording

_HISTORIC = re.compile(r"\d{4}|Testing|Unknown|Unit of|Units|Funds|\(")
# Words of everyday English that are also codes, and metals: never read as a code.
_NO_CODES = frozenset(
    [
        "ALL",
        "TOP",
        "XXX",
        "XTS",
        "XAG",
        "XAU",
        "XPD",
        "XPT",
        "XBA",
        "XBB",
        "XBC",
        "XBD",
        "XUA",
        "XSU",
        "XRE",
        "TRY",
        "MOP",
        "CUP",
        "PEN",
        "LAK",
    ]
)

# Shared symbols and names; each maps to what it may mean, the first being the default of world news.
AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "dollar": (
        "USD",
        "AUD",
        "CAD",
        "NZD",
        "HKD",
        "SGD",
        "TWD",
        "JMD",
        "TTD",
        "BBD",
        "BSD",
        "FJD",
        "NAD",
        "LRD",
        "GYD",
        "SBD",
        "BND",
    ),
    "yen-yuan": ("JPY", "CNY"),
    "pound": ("GBP", "EGP", "LBP", "SYP", "SDG", "SSP", "CYP"),
    "rupee": ("INR", "PKR", "LKR", "NPR", "MUR", "SCR"),
    "rupiah-sign": ("IDR",),
    "peso": ("PHP", "MXN", "ARS", "COP", "CLP", "UYU", "DOP", "CUP"),
    "krona": ("SEK", "NOK", "DKK", "ISK"),
    "krone": ("NOK", "DKK"),
    "crown": ("SEK", "NOK", "DKK", "CZK", "ISK"),
    "won": ("KRW", "KPW"),
    "franc": ("CHF", "XOF", "XAF", "FRF", "BEF", "RWF", "CDF", "GNF", "BIF", "DJF", "KMF", "XPF"),
    "shilling": ("KES", "UGX", "TZS", "SOS"),
    "dinar": ("KWD", "BHD", "JOD", "IQD", "DZD", "TND", "LYD", "RSD"),
    "dirham": ("AED", "MAD"),
    "riyal": ("SAR", "QAR"),
    "rial": ("IRR", "OMR", "YER"),
    "lira": ("TRY", "ITL"),
    "leu": ("RON", "MDL"),
    "ruble": ("RUB", "BYN"),
    "real": ("BRL",),
    "mark": ("DEM", "BAM"),
    "manat": ("AZN", "TMT"),
    "som": ("UZS", "KGS"),
    "kwacha": ("ZMW", "MWK"),
    "cent": ("USD", "AUD", "CAD", "NZD", "EUR", "ZAR", "HKD", "SGD"),
    "centavo": ("PHP", "BRL", "MXN", "ARS"),
    "paisa": ("INR", "PKR", "NPR"),
    "ore": ("SEK", "NOK", "DKK"),
    "sen": ("MYR", "IDR", "JPY"),
    "cedi": ("GHS",),
    "peseta": ("ESP",),
}

# Before the number, glued or spaced. Letters count as printed; "glued" ones are too short to stand alone.
PREFIXES: dict[str, str] = {
    "$": "dollar", "US$": "USD", "U.S.$": "USD", "U.S. $": "USD", "us$": "USD", "USD": "USD", "USD$": "USD", "US $": "USD", "$US": "USD",
    "Us$": "USD", "U$S": "USD", "U$": "USD", "u.s$": "USD", "U.S$": "USD",
    "A$": "AUD", "AU$": "AUD", "AUD": "AUD", "AUD$": "AUD", "$A": "AUD", "$AU": "AUD", "Aus$": "AUD", "AUS$": "AUD", "Aust$": "AUD",
    "C$": "CAD", "CA$": "CAD", "CAD": "CAD", "CAD$": "CAD", "Can$": "CAD", "CDN$": "CAD", "Cdn$": "CAD", "$C": "CAD", "$CAN": "CAD",
    "CAN$": "CAD", "$CA": "CAD", "$Cdn": "CAD", "NZ$": "NZD", "$NZ": "NZD", "NZD": "NZD", "NZD$": "NZD",
    "HK$": "HKD", "hk$": "HKD", "HKD": "HKD", "HKD$": "HKD", "$HK": "HKD", "S$": "SGD", "SG$": "SGD", "SGD": "SGD", "$S": "SGD",
    "NT$": "TWD", "NTD": "TWD", "TWD": "TWD", "$NT": "TWD", "T$": "TOP", "MX$": "MXN", "Mex$": "MXN", "M$": "MXN", "Mx$": "MXN",
    "R$": "BRL", "BRL": "BRL", "BR$": "BRL", "RS$": "BRL", "J$": "JMD", "TT$": "TTD", "Bds$": "BBD", "BDS$": "BBD", "B$": "BSD", "BS$": "BSD",
    "FJ$": "FJD", "F$": "FJD", "N$": "NAD", "NA$": "NAD", "L$": "LRD", "LD$": "LRD", "G$": "GYD", "GY$": "GYD", "SI$": "SBD", "BZ$": "BZD",
    "EC$": "XCD", "CI$": "KYD", "Z$": "ZWL", "ZW$": "ZWL", "ZiG": "ZWG", "MOP$": "MOP", "MOP": "MOP", "WS$": "WST", "CLP$": "CLP",
    "CL$": "CLP", "COP$": "COP", "Col$": "COP", "CO$": "COP", "AR$": "ARS", "Arg$": "ARS", "ARS$": "ARS", "UY$": "UYU", "$U": "UYU",
    "RD$": "DOP", "C$b": "NIO", "W$": "KRW", "Q": "GTQ", "L.": "HNL",
    "€": "EUR", "EUR": "EUR", "Eur": "EUR", "eur": "EUR", "Euro": "EUR", "EURO": "EUR", "E": "EUR",
    "£": "pound", "GBP": "GBP", "UK£": "GBP", "GB£": "GBP", "Stg": "GBP", "stg£": "GBP", "£Stg": "GBP", "£E": "EGP", "E£": "EGP", "LE": "EGP",
    "EGP": "EGP", "EGP£": "EGP", "LL": "LBP", "L£": "LBP", "£": "pound", "￡": "pound", "IR£": "IEP", "SDG": "SDG", "SSP": "SSP",
    "¥": "yen-yuan", "￥": "yen-yuan", "JP¥": "JPY", "JPY": "JPY", "Y": "yen-yuan", "Yen": "JPY", "CN¥": "CNY", "CNY": "CNY", "RMB": "CNY",
    "Rmb": "CNY", "rmb": "CNY", "RMB¥": "CNY", "CNY¥": "CNY", "Yuan": "CNY", "CNH": "CNH", "RMB￥": "CNY", "元": "CNY",
    "₩": "won", "KRW": "KRW", "￦": "won", "W": "KRW", "Won": "won",
    "₹": "INR", "Rs": "rupee", "Rs.": "rupee", "RS": "rupee", "rs": "rupee", "rs.": "rupee", "Re": "rupee", "Re.": "rupee", "INR": "INR",
    "₨": "rupee", "Rupees": "rupee", "PKR": "PKR", "LKR": "LKR", "SLRs": "LKR", "NRs": "NPR", "NPR": "NPR", "MUR": "MUR", "SR": "SAR",
    "Rp": "IDR", "Rp.": "IDR", "IDR": "IDR", "RP": "IDR", "RM": "MYR", "MYR": "MYR", "Rm": "MYR",
    "₱": "PHP", "P": "PHP", "PHP": "PHP", "Php": "PHP", "PhP": "PHP", "PHP₱": "PHP", "฿": "THB", "THB": "THB", "Bt": "THB", "B": "THB",
    "₫": "VND", "VND": "VND", "VNĐ": "VND", "VND₫": "VND", "D": "VND", "Tk": "BDT", "Tk.": "BDT", "৳": "BDT", "BDT": "BDT", "TK": "BDT",
    "K": "MMK", "MMK": "MMK", "KHR": "KHR", "៛": "KHR", "₭": "LAK", "₮": "MNT", "MNT": "MNT",
    "R": "ZAR", "ZAR": "ZAR", "N": "NGN", "₦": "NGN", "NGN": "NGN", "NGN₦": "NGN", "=N=": "NGN", "GH¢": "GHS", "GHS": "GHS", "GH₵": "GHS", "GHc": "GHS",
    "GHC": "GHS", "Gh¢": "GHS", "₵": "GHS", "¢": "cedi", "GH¢.": "GHS", "GHȻ": "GHS", "KSh": "KES", "KSh.": "KES", "Ksh": "KES", "Ksh.": "KES",
    "KES": "KES", "Kes": "KES", "KShs": "KES", "Kshs": "KES", "Kshs.": "KES", "KSH": "KES", "Sh": "shilling", "Sh.": "shilling", "Shs": "UGX",
    "Shs.": "UGX", "shs": "UGX", "sh": "shilling", "USh": "UGX", "Ush": "UGX", "UShs": "UGX", "Ushs": "UGX", "UGX": "UGX", "TSh": "TZS",
    "Tsh": "TZS", "TShs": "TZS", "Tshs": "TZS", "TZS": "TZS", "Tzs": "TZS", "S/": "PEN", "S/.": "PEN", "PEN": "PEN", "Bs": "VES", "Bs.": "VES",
    "Bs.S": "VES", "Br": "ETB", "ETB": "ETB", "Birr": "ETB", "ZK": "ZMW", "ZMW": "ZMW", "MK": "MWK", "MWK": "MWK", "MT": "MZN", "Mt": "MZN",
    "MZN": "MZN", "Kz": "AOA", "AOA": "AOA", "AKZ": "AOA", "FRw": "RWF", "Frw": "RWF", "Rwf": "RWF", "RWF": "RWF", "Le": "SLE", "CFA": "XOF", "FCFA": "XOF", "F.CFA": "XOF",
    "XOF": "XOF", "XAF": "XAF", "DA": "DZD", "DH": "MAD", "Dh": "AED", "Dh.": "AED", "Dhs": "AED", "Dhs.": "AED", "Dhs ": "AED", "DHS": "AED",
    "AED": "AED", "AED.": "AED", "QR": "QAR", "QAR": "QAR", "SAR": "SAR", "RO": "OMR", "OMR": "OMR", "BD": "BHD", "BHD": "BHD", "KD": "KWD",
    "KWD": "KWD", "JD": "JOD", "JOD": "JOD", "ID": "IQD", "IQD": "IQD", "TL": "TRY", "TRY": "TRY", "₺": "TRY", "YTL": "TRY", "₪": "ILS", "NIS": "ILS",
    "ILS": "ILS", "₽": "RUB", "RUB": "RUB", "Rub": "RUB", "Rbs": "RUB", "RUR": "RUB", "руб": "RUB", "₴": "UAH", "UAH": "UAH", "Hr": "UAH",
    "₸": "KZT", "KZT": "KZT", "T": "KZT", "₼": "AZN", "AZN": "AZN", "₾": "GEL", "GEL": "GEL", "֏": "AMD", "PLN": "PLN", "zł": "PLN", "Zl": "PLN",
    "Kč": "CZK", "CZK": "CZK", "Kc": "CZK", "HUF": "HUF", "Ft": "HUF", "lei": "RON", "RON": "RON", "BGN": "BGN", "лв": "BGN", "HRK": "HRK",
    "RSD": "RSD", "CHF": "CHF", "SFr": "CHF", "Sfr": "CHF", "SwFr": "CHF", "Fr": "franc", "Fr.": "franc", "SFr.": "CHF", "FFr": "FRF", "Ffr": "FRF",
    "BFr": "BEF", "DM": "DEM", "DEM": "DEM", "Lit": "ITL", "L": "ITL", "Pta": "ESP", "Ptas": "ESP", "Esc": "PTE", "FM": "FIM",
    "SEK": "SEK", "SKr": "SEK", "Skr": "SEK", "NOK": "NOK", "NKr": "NOK", "Nkr": "NOK", "DKK": "DKK", "DKr": "DKK", "Dkr": "DKK", "kr": "krona",
    "Kr": "krona", "kr.": "krona", "kr ": "krona", "KR": "krona", "ISK": "ISK", "IKr": "ISK", "SDR": "XDR", "XDR": "XDR", "SDRs": "XDR",
    "₡": "CRC", "₲": "PYG", "Gs": "PYG", "Gs.": "PYG", "sen": "sen", "MAD": "MAD", "DZD": "DZD", "TND": "TND", "LYD": "LYD",
}  # fmt: skip

# Too short, or too common as something else, to be read before a space.
GLUED_PREFIXES: frozenset[str] = frozenset(
    [
        "E",
        "Y",
        "W",
        "P",
        "B",
        "D",
        "K",
        "R",
        "N",
        "Q",
        "L",
        "T",
        "LE",
        "LL",
        "Le",
        "Br",
        "MK",
        "MT",
        "Mt",
        "Hr",
        "DA",
        "ID",
        "BD",
        "KD",
        "JD",
        "DH",
        "MOP",
        "TRY",
        "PEN",
        "FM",
    ]
)

SYMBOLS: frozenset[str] = frozenset("$€£¥￥￡₩￦₹₨₱฿₫৳៛₭₮₦₵¢₺₪₽₴₸₼₾֏₡₲元")

# Behind the number: symbols and codes, case as printed.
SUFFIX_SYMBOLS: dict[str, str] = {
    "€": "EUR", "£": "pound", "$": "dollar", "¥": "yen-yuan", "₹": "INR", "₩": "won", "₦": "NGN", "₱": "PHP", "₽": "RUB", "₺": "TRY", "₫": "VND",
    "₴": "UAH", "₪": "ILS", "฿": "THB", "₸": "KZT", "₾": "GEL", "₼": "AZN", "元": "CNY", "円": "JPY", "kr": "krona", "Kr": "krona", "kr.": "krona",
    "zł": "PLN", "zl": "PLN", "Kč": "CZK", "Ft": "HUF", "RMB": "CNY", "Rmb": "CNY", "rmb": "CNY", "FCFA": "XOF", "CFA": "XOF", "TL": "TRY", "NIS": "ILS",
    "US$": "USD", "NT$": "TWD", "HK$": "HKD", "Rs": "rupee", "Rs.": "rupee", "€.": "EUR", "Dhs": "AED", "SDR": "XDR", "SDRs": "XDR",
    "₡": "CRC", "₭": "LAK", "₲": "PYG", "₮": "MNT", "៛": "KHR", "৳": "BDT", "֏": "AMD", "₵": "GHS", "VNĐ": "VND", "Birr": "ETB",
}  # fmt: skip

# Behind the number: names, any case; plural in -s is added unless the row ends in "!".
_NAMES: dict[str, str] = {
    "US dollar": "USD", "U.S. dollar": "USD", "U.S dollar": "USD", "American dollar": "USD", "United States dollar": "USD",
    "greenback": "USD", "buck": "dollar", "dollar": "dollar", "Aussie dollar": "AUD", "Singaporean dollar": "SGD", "Taiwan dollar": "TWD",
    "Taiwanese dollar": "TWD", "NT dollar": "TWD", "Kiwi dollar": "NZD", "HK dollar": "HKD", "Fiji dollar": "FJD", "Bermuda dollar": "BMD",
    "euro": "EUR", "Euro": "EUR", "pound": "pound", "pound sterling!": "GBP", "pounds sterling!": "GBP", "sterling!": "GBP", "quid!": "GBP", "UK pound": "GBP",
    "yuan!": "CNY", "yuans!": "CNY", "yuan RMB!": "CNY", "yuan renminbi!": "CNY", "renminbi!": "CNY", "renminbi yuan!": "CNY", "RMB yuan!": "CNY", "RMB Yuan!": "CNY",
    "Chinese yuan!": "CNY", "kuai!": "CNY", "yen!": "JPY", "yens!": "JPY", "Japanese yen!": "JPY", "won!": "won", "Korean won!": "KRW", "South Korean won!": "KRW",
    "rupee": "rupee", "Indian rupee": "INR", "rupiah": "IDR", "ringgit": "MYR", "peso": "peso", "baht!": "THB", "bahts!": "THB", "Thai baht!": "THB",
    "dong!": "VND", "Vietnamese dong!": "VND", "đồng!": "VND", "dongs!": "VND", "taka": "BDT", "kyat": "MMK", "kip!": "LAK", "riel": "KHR", "tugrik": "MNT", "togrog": "MNT",
    "franc": "franc", "Swiss franc": "CHF", "CFA franc": "XOF", "French franc": "FRF", "Belgian franc": "BEF", "mark": "mark", "deutsche mark": "DEM",
    "deutschemark": "DEM", "German mark": "DEM", "lira": "lira", "lire!": "ITL", "Turkish lira": "TRY", "Italian lire!": "ITL", "peseta": "ESP", "drachma": "GRD",
    "guilder": "NLG", "punt!": "IEP", "krona": "krona", "kronor!": "krona", "kronur!": "ISK", "krónur!": "ISK", "króna!": "ISK", "Swedish krona!": "SEK", "Swedish kronor!": "SEK",
    "Swedish crown": "SEK", "Norwegian kroner!": "NOK", "Norwegian krone!": "NOK", "Norwegian crown": "NOK", "Danish kroner!": "DKK", "Danish krone!": "DKK",
    "Danish crown": "DKK", "Icelandic kronur!": "ISK", "Icelandic krona!": "ISK", "krone!": "krone", "kroner!": "krone", "crown": "crown", "Czech crown": "CZK", "koruna": "CZK",
    "korun!": "CZK", "Czech koruna": "CZK", "forint": "HUF", "zloty": "PLN", "złoty": "PLN", "zlotys!": "PLN", "zlotych!": "PLN", "złotych!": "PLN", "leu!": "leu", "lei!": "leu",
    "lev!": "BGN", "leva!": "BGN", "kuna": "HRK", "ruble": "ruble", "rouble": "ruble", "hryvnia": "UAH", "hryvnias!": "UAH", "hryvnya": "UAH", "tenge!": "KZT",
    "manat": "manat", "lari!": "GEL", "dram": "AMD", "som": "som", "soum": "UZS", "sum!": "UZS", "somoni": "TJS", "shekel": "ILS", "new shekel": "ILS", "riyal": "riyal",
    "Saudi riyal": "SAR", "Qatari riyal": "QAR", "rial": "rial", "Omani rial": "OMR", "dirham": "dirham", "dinar": "dinar", "Egyptian pound": "EGP", "rand": "ZAR",
    "naira!": "NGN", "nairas!": "NGN", "cedi": "GHS", "Ghana cedi": "GHS", "shilling": "shilling", "Kenya shilling": "KES", "Uganda shilling": "UGX", "Tanzania shilling": "TZS",
    "birr!": "ETB", "kwacha!": "kwacha", "pula!": "BWP", "metical!": "MZN", "meticais!": "MZN", "kwanza": "AOA", "leone": "SLE", "dalasi": "GMD", "ariary!": "MGA", "loti": "LSL",
    "real!": "BRL", "reais!": "BRL", "Brazilian reais!": "BRL", "sol!": "PEN", "soles!": "PEN", "Peruvian soles!": "PEN", "bolivar": "VES", "bolívar": "VES", "bolivares!": "VES",
    "bolívares!": "VES", "boliviano": "BOB", "guarani": "PYG", "guaraní": "PYG", "quetzal": "GTQ", "quetzales!": "GTQ", "lempira": "HNL", "colon!": "CRC", "colones!": "CRC",
    "gourde": "HTG", "balboa": "PAB", "SDR": "XDR", "special drawing right": "XDR", "rufiyaa!": "MVR", "ngultrum": "BTN", "afghani": "AFN", "pataca": "MOP", "vatu!": "VUV",
    "kina!": "PGK", "dalasis!": "GMD", "Philippine peso": "PHP", "Argentine peso": "ARS", "bitcoin": "XBT",
}  # fmt: skip

# Small coins: a hundredth of what they belong to.
_CENTS: dict[str, str] = {
    "cent": "cent", "US cent": "USD", "U.S. cent": "USD", "euro cent": "EUR", "eurocent": "EUR", "Australian cent": "AUD", "Canadian cent": "CAD", "¢": "cent", "c": "cent",
    "pence!": "GBP", "penny!": "GBP", "pennies!": "GBP", "p!": "GBP", "centavo": "centavo", "centimo": "EUR", "paisa!": "paisa", "paise!": "paisa",
    "kopek": "RUB", "kopeck": "RUB", "öre!": "ore", "øre!": "ore", "ore!": "ore", "sen!": "sen", "fen!": "CNY", "grosz!": "PLN", "groszy!": "PLN", "kobo!": "NGN", "pesewa": "GHS",
    "halala": "SAR", "fils!": "AED", "piastre": "EGP", "kuruş!": "TRY", "kurus!": "TRY", "haler": "CZK", "bani!": "RON", "stotinki!": "BGN", "satang!": "THB",
    "centesimo": "EUR", "pfennig": "DEM",
}  # fmt: skip
# A tenth of a yuan.
_TENTHS: dict[str, str] = {"jiao!": "CNY"}

# Names that are common words or other units too: money only where nothing speaks against it.
WEAK_NAMES: frozenset[str] = frozenset(
    {
        "c",
        "p",
        "mark",
        "sol",
        "sum",
        "som",
        "real",
        "rand",
        "colon",
        "crown",
        "sen",
        "ore",
        "buck",
        "pound",
        "kip",
        "punt",
        "dram",
        "won",
    }
)


def _rows() -> list[Wording]:
    rows: list[Wording] = []
    for text, unit in SUFFIX_SYMBOLS.items():
        rows.append(Wording(text, Sign("money", unit, "money.suffix"), exact=True))
    for code, name in Locale("en").currencies.items():
        if _HISTORIC.search(name) or code in ("XAG", "XAU", "XPD", "XPT", "XXX", "XTS"):
            continue
        rows.append(Wording(code, Sign("money", code, "money.code", weak=code in _NO_CODES), exact=True))
        if " " in name:
            rows.extend(_plural(name, Sign("money", code, "money.name")))
    for table, factor in ((_NAMES, Decimal(1)), (_CENTS, Decimal("0.01")), (_TENTHS, Decimal("0.1"))):
        for text, unit in table.items():
            weak = text.rstrip("!").lower() in WEAK_NAMES
            rule = "money.name" if factor == 1 else "money.coin"
            rows.extend(_plural(text, Sign("money", unit, rule, factor, weak)))
    return rows


def _plural(text: str, sign: Sign) -> list[Wording]:
    bare = text.removesuffix("!")
    # One-letter coins ("3.3p", "10c") count as printed: "5 P" and "20 C" are no coins.
    rows = [Wording(bare, sign, exact=len(bare) == 1)]
    if bare == text and len(bare) > 1:
        rows.append(Wording(bare + "s", sign))
    return rows


def code_prefixes() -> dict[str, str]:
    """Every wording that may stand before an amount: the table above and all ISO 4217 codes."""
    codes = {code: code for code, name in Locale("en").currencies.items() if not _HISTORIC.search(name) and code not in _NO_CODES}
    return codes | {text.strip(): unit for text, unit in PREFIXES.items()}


WORDINGS: tuple[Wording, ...] = tuple(_rows())
