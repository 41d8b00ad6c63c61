"""Places by currency: words that set a text in a country, for shared names like ``dollar`` and ``peso``.

News signals and no gazetteer: countries with their people, capitals, markets and central banks.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.money.words import AMBIGUOUS
from pipeline.number.numerals import alternation

PLACES: dict[str, str] = {
    "USD": (
        "American, Americans, California, Chicago, Congress, Dow Jones, Federal Reserve, Nasdaq, New York, Pentagon, "
        "Texas, U.S., US, United States, Wall Street, Washington, White House"
    ),
    "AUD": (
        "ASX, Adelaide, Australia, Australian, Australians, Brisbane, Canberra, Hobart, Melbourne, New South "
        "Wales, Perth, Queensland, Reserve Bank of Australia, Sydney, Tasmania, Victoria, Westpac"
    ),
    "CAD": (
        "Alberta, Bank of Canada, British Columbia, Calgary, Canada, Canadian, Canadians, Montreal, Montréal, "
        "Ontario, Ottawa, Quebec, Québec, TSX, Toronto, Vancouver"
    ),
    "NZD": "Aotearoa, Auckland, Christchurch, NZX, New Zealand, New Zealander, New Zealanders, RBNZ, Wellington",
    "HKD": "HKEX, HKMA, Hang Seng, Hong Kong, Kowloon",
    "SGD": "COE, CPF, HDB, LTA, MAS, SGX, Singapore, Singaporean, Singaporeans, Temasek",
    "TWD": "Hsinchu, Kaohsiung, TWSE, Taipei, Taiwan, Taiwanese",
    "JMD": "Jamaica, Jamaican, Jamaicans, Kingston",
    "TTD": "Port of Spain, Tobago, Trinidad",
    "BBD": "Barbadian, Barbados, Bridgetown",
    "BSD": "Bahamas, Bahamian, Nassau",
    "FJD": "Fiji, Fijian, Fijians, Suva",
    "NAD": "Namibia, Namibian, Namibians, Windhoek",
    "LRD": "Liberia, Liberian, Liberians, Monrovia",
    "GYD": "Guyana, Guyanese",
    "SBD": "Honiara, Solomon Islands",
    "BND": "Brunei",
    "JPY": "BOJ, Bank of Japan, Japan, Japanese, Kyoto, Nagoya, Nikkei, Osaka, Tokyo, Topix, Yokohama",
    "CNY": (
        "Beijing, China, Chinese, Guangdong, Guangzhou, Hangzhou, PBOC, RMB, Shanghai, Shenzhen, Xinhua, Zhejiang, renminbi, yuan"
    ),
    "GBP": (
        "Bank of England, Britain, British, England, FTSE, London, Scotland, Scottish, Sterling, U.K., UK, United Kingdom, Wales"
    ),
    "EGP": "Cairo, Egypt, Egyptian, Egyptians, Egypts",
    "LBP": "Beirut, Lebanese, Lebanon",
    "SYP": "Damascus, Syria, Syrian, Syrians, Syrias",
    "SDG": "Khartoum, Sudan, Sudanese",
    "SSP": "Juba, South Sudan",
    "CYP": "Cypriot, Cypriots, Cyprus, Cypruss",
    "INR": (
        "All-India, Assam, Bengal, Bengaluru, Chennai, Delhi, Gujarat, Hyderabad, India, Indian, Indians, Karnataka, Kerala, "
        "Kolkata, Maharashtra, Mumbai, Nifty, RBI, Rajasthan, Sensex, Tamil Nadu, Uttar Pradesh, crore, lakh"
    ),
    "PKR": "Islamabad, Karachi, Lahore, Pakistan, Pakistani, Pakistanis, Pakistans, Punjab Assembly",
    "LKR": "Colombo, Sri Lanka, Sri Lankan, Sri Lankans, Sri Lankas",
    "NPR": "Kathmandu, Nepal, Nepalese, Nepali",
    "MUR": "Mauritian, Mauritians, Mauritius, Mauritiuss",
    "SCR": "Seychelles, Seychellois",
    "PHP": "BSP, Cebu, Filipino, Filipinos, Luzon, Manila, Mindanao, PSEi, Philippine, Philippines",
    "MXN": "Banxico, Mexican, Mexicans, Mexico, Monterrey, Pemex",
    "ARS": "Argentina, Argentine, Argentines, Argentinian, Argentinians, BCRA, Buenos Aires, INDEC, Milei",
    "COP": "Bogota, Bogotá, Colombia, Colombian, Colombians, Colombias, Ecopetrol",
    "CLP": "Chile, Chilean, Chileans, Codelco, Santiago, Valparaiso, Valparaíso",
    "UYU": "Montevideo, Uruguay, Uruguayan, Uruguayans, Uruguays",
    "DOP": "Dominican Republic, Santo Domingo",
    "CUP": "Cuba, Cuban, Cubans, Cubas, Havana",
    "SEK": "Gothenburg, Riksbank, Stockholm, Swede, Sweden, Swedes, Swedish",
    "NOK": "Bergen, Equinor, Norges Bank, Norway, Norways, Norwegian, Norwegians, Oslo",
    "DKK": "Copenhagen, Dane, Danes, Danish, Denmark",
    "ISK": "Iceland, Icelander, Icelanders, Icelandic, Reykjavik, Reykjavík",
    "CZK": "Brno, CEZ, Czech, Czechia, Czechs, Prague",
    "KRW": "KOSPI, Korea, Korean, Koreans, Koreas, Samsung, Seoul, South Korea, South Korean, South Koreans, South Koreas",
    "KPW": "North Korea, North Korean, North Koreans, North Koreas, Pyongyang",
    "CHF": "Basel, Geneva, SNB, Swiss, Switzerland, Zurich",
    "XOF": (
        "Abidjan, BCEAO, Benin, Burkina, Côte d'Ivoire, Côte d’Ivoire, Dakar, Ivorian, Ivory Coast, Mali, Malian, "
        "Senegal, Senegalese, Togo, UEMOA, WAEMU"
    ),
    "XAF": (
        "BEAC, CEMAC, Cameroon, Cameroonian, Cameroonians, Cameroons, Chad, Chadian, Douala, Equatorial Guinea, Gabon, "
        "Gabonese, Libreville, Yaounde, Yaoundé"
    ),
    "FRF": "French franc, Paris",
    "RWF": "Kigali, Rwanda, Rwandan, Rwandans, Rwandas",
    "BEF": "Belgian franc, Belgian francs",
    "CDF": "Congolese, DRC, Kinshasa",
    "GNF": "Conakry, Guinea, Guinean, Guineans, Guineas",
    "BIF": "Bujumbura, Burundi, Burundian, Burundians",
    "DJF": "Djibouti",
    "KMF": "Comorian, Comoros",
    "XPF": "Caledonia, Polynesia, Tahiti",
    "KES": "CBK, Kenya, Kenyan, Kenyans, Kenyas, M-Pesa, Mombasa, Nairobi, Safaricom",
    "UGX": "Entebbe, Kampala, Uganda, Ugandan, Ugandans, Ugandas",
    "TZS": "Dar es Salaam, Dodoma, Tanzania, Tanzanian, Tanzanians, Tanzanias, Zanzibar",
    "SOS": "Mogadishu, Somali, Somalia, Somaliland, Somalis",
    "KWD": "Kuwait, Kuwaiti, Kuwaitis",
    "BHD": "Bahrain, Bahraini, Bahrainis, Manama",
    "JOD": "Amman, Jordan, Jordanian, Jordanians, Jordans",
    "IQD": "Baghdad, Iraq, Iraqi, Iraqis, Iraqs",
    "DZD": "Algeria, Algerian, Algerians, Algerias, Algiers",
    "TND": "Tunis, Tunisia, Tunisian, Tunisians, Tunisias",
    "LYD": "Libya, Libyan, Libyans, Libyas, Tripoli",
    "RSD": "Belgrade, Serbia, Serbian, Serbians, Serbias",
    "AED": "Abu Dhabi, Dubai, Emirates, Emirati, Emiratis, Sharjah, UAE",
    "MAD": "Casablanca, Moroccan, Moroccans, Morocco, Rabat",
    "SAR": "Aramco, Jeddah, Riyadh, Saudi, Saudis",
    "QAR": "Doha, Qatar, Qatari, Qataris",
    "IRR": "Iran, Iranian, Iranians, Tehran",
    "OMR": "Muscat, Oman, Omani, Omanis",
    "YER": "Aden, Sanaa, Yemen, Yemeni, Yemenis",
    "TRY": "Ankara, CBRT, Istanbul, Turkey, Turkish, Turkiye, Turks, Türkiye",
    "ITL": "Italian, Italians, Italy, Italys, Milan, Rome",
    "RON": "Bucharest, Romania, Romanian, Romanians, Romanias",
    "MDL": "Chisinau, Chisinău, Chișinau, Chișinău, Moldova, Moldovan, Moldovans, Moldovas",
    "RUB": "Gazprom, Kremlin, Moscow, Russia, Russian, Russians, Russias, Sberbank",
    "BYN": "Belarus, Belarusian, Belarusians, Belaruss, Minsk",
    "DEM": "Bonn, Bundesbank, German, Germans, Germany",
    "BAM": "Bosnia, Bosnian, Bosnians, Bosnias, Sarajevo",
    "AZN": "Azerbaijan, Azerbaijani, Azerbaijanis, Azerbaijans, Baku",
    "TMT": "Turkmen",
    "UZS": "Tashkent, Uzbek, Uzbekistan, Uzbeks",
    "KGS": "Bishkek, Kyrgyz, Kyrgyzstan",
    "ZMW": "Kitwe, Lusaka, Zambia, Zambian, Zambians, kwacha",
    "MMK": "Burma, Burmese, Mandalay, Myanmar, Naypyidaw, Yangon, kyat, kyats",
    "PGK": "PNG, Papua New Guinea, Port Moresby, kina",
    "MWK": "Blantyre, Lilongwe, Malawi, Malawian, Malawians",
    "ZAR": "Cape Town, Eskom, Johannesburg, Pretoria, South Africa, South African, South Africans, South Africas",
    "EUR": (
        "Eurozone, France, French, German, Germans, Germany, Ireland, Irish, Italian, Italians, Italy, Italys, Spain, "
        "Spanish, euro, euro zone, euros, €"
    ),
    "BRL": "Brasilia, Brasília, Brazil, Brazilian, Brazilians, Brazils, Rio de Janeiro, Sao Paulo, São Paulo",
    "MYR": "Kuala Lumpur, Malaysia, Malaysian, Malaysians",
    "IDR": "Indonesia, Indonesian, Indonesians, Indonesias, Jakarta, Rp",
    "PEN": "Lima, Peru, Perus, Peruvian, Peruvians",
    "GHS": "Accra, Ghana, Ghanaian, Ghanaians, Ghanas",
    "ESP": "Spain",
}

_OWNERS: dict[str, dict[str, str]] = {
    shared: {word: code for code in codes for word in PLACES.get(code, "").split(", ") if word and word != shared}
    for shared, codes in AMBIGUOUS.items()
    if len(codes) > 1
}
_PATTERNS = {shared: re.compile(rf"(?<!\w)(?:{alternation(words)})(?![\w$])") for shared, words in _OWNERS.items()}
_HOMES = {word: code for code, words in PLACES.items() for word in words.split(", ")}
_EVERYWHERE = re.compile(rf"(?<!\w)(?:{alternation(_HOMES)})(?![\w$])")
_LONGEST_TEXT = 20000
_HEAD = 500


def place_counts(shared: str, text: str) -> Counter[str]:
    """How often the places of each currency that a shared name may mean are named in ``text``.

    The head of a text, where its dateline stands, counts three times; only the first 20,000 characters count.
    """
    counts: Counter[str] = Counter()
    owners = _OWNERS[shared]
    for match in _PATTERNS[shared].finditer(text, 0, _LONGEST_TEXT):
        counts[owners[match[0]]] += 3 if match.start() < _HEAD else 1
    return counts


def places_between(shared: str, text: str, start: int, end: int) -> set[str]:
    """The currencies of ``shared`` whose places are named in ``text[start:end]``, a sentence."""
    owners = _OWNERS[shared]
    return {owners[match[0]] for match in _PATTERNS[shared].finditer(text, start, end)}


def is_foremost(code: str, text: str) -> bool:
    """Whether no country of another currency is named more often in ``text`` than those of ``code``."""
    counts: Counter[str] = Counter()
    for match in _EVERYWHERE.finditer(text, 0, _LONGEST_TEXT):
        counts[_HOMES[match[0]]] += 3 if match.start() < _HEAD else 1
    return counts[code] >= max(counts.values(), default=0)
