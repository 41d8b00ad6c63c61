"""Units that news uses, with the code that a fact carries.

Codes follow UCUM where it has one (``m2``, ``[ft_i]``, ``Cel``); trade units keep their trade name (``TEU``, ``mu``,
``jin``, ``bbl/d``). A prefixed symbol stays as printed (``12 Mt`` is 12 Mt), a unit in words is the base unit
(``12 million tonnes`` is t). Each row: code, symbols whose case counts, names of any case (``!`` means no plural in -s).
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pipeline.number.marks import Sign, Wording


class Unit(NamedTuple):
    code: str
    symbols: str = ""
    names: str = ""
    factor: str = "1"


# Wordings are separated by "|".
UNITS: tuple[Unit, ...] = (
    # length
    Unit(
        "km",
        "km|kms|Km|KM",
        ("kilometer|kilometre|route kilometer|route kilometre|track kilometer|track kilometre|route km|route-km|track km"),
    ),
    Unit("m", "m", "meter|metre"),
    Unit("dm", "dm", "decimeter|decimetre"),
    Unit("pm", "", "picometer|picometre"),
    Unit("cm", "cm", "centimeter|centimetre"),
    Unit("mm", "mm", "millimeter|millimetre"),
    Unit("um", "µm|μm|um", "micron|micrometer|micrometre"),
    Unit("nm", "nm", "nanometer|nanometre"),
    Unit("[mi_i]", "mi", "mile"),
    Unit("[nmi_i]", "nmi", "nautical mile"),
    Unit("[ft_i]", "ft|′|'", "foot!|feet!"),
    Unit("[in_i]", 'in.|″|"', "inch!|inches!"),
    Unit("[yd_i]", "yd|yds", "yard"),
    Unit("[ly]", "", "light year|light-year"),
    Unit("AU", "", "astronomical unit"),
    Unit("li", "", ""),
    # area
    Unit(
        "m2",
        "m2|m²|sqm|sq m|sq. m|sq.m|sq.m.|sq m.|m^2",
        "square meter|square metre|square-meter|square-metre|sq meter|sq metre|sq. meter|sq. metre",
    ),
    Unit(
        "km2",
        "km2|km²|sq km|sq. km|sq.km|sqkm|km^2|sq kms",
        "square kilometer|square kilometre|square-kilometer|square-kilometre",
    ),
    Unit("cm2", "cm2|cm²", "square centimeter|square centimetre"),
    Unit("ha", "ha", "hectare"),
    Unit("[acr_us]", "ac", "acre"),
    Unit(
        "[sft_i]",
        "sq ft|sq. ft.|sq. ft|sqft|sq.ft|sf|ft²|sq.ft.|sq ft.|ft2",
        "square foot!|square feet!|square-foot!|square-feet!",
    ),
    Unit("[smi_us]", "sq mi|sq. mi.", "square mile|square-mile"),
    Unit("[syd_i]", "", "square yard"),
    Unit("mu", "", "mu!|mus!|mou!"),
    # volume
    Unit("L", "L|l|ltr|ltrs|ℓ", "liter|litre"),
    Unit("mL", "mL|ml", "milliliter|millilitre"),
    Unit("cL", "cL|cl", "centiliter|centilitre"),
    Unit("hL", "hL|hl", "hectoliter|hectolitre"),
    Unit("kL", "kL|kl|KL", "kiloliter|kilolitre"),
    Unit("ML", "ML|Mℓ|Ml", "megaliter|megalitre"),
    Unit("ML/d", "ML/d|Mℓ/d|Ml/d|MLD", "megaliters per day!|megalitres per day!|megaliters a day!|megalitres a day!"),
    Unit("GL", "GL|Gl", "gigaliter|gigalitre"),
    Unit("m3", "m3|m³|cu m|cu. m|cu.m|cbm|m^3", "cubic meter|cubic metre|cubic-meter|cubic-metre"),
    Unit("Mm3", "Mm3|Mm³|mcm|MCM", ""),
    Unit("bcm", "bcm|Bcm|BCM", ""),
    Unit("tcm", "tcm|Tcm", ""),
    Unit("km3", "km3|km³", "cubic kilometer|cubic kilometre"),
    Unit("cm3", "cm3|cm³|cc", "cubic centimeter|cubic centimetre"),
    Unit("[cft_i]", "cu ft|cu. ft.|cf|ft³|ft3", "cubic foot!|cubic feet!"),
    Unit("bcf", "bcf|Bcf|BCF", ""),
    Unit("bcf/d", "bcf/d|Bcf/d|bcfd|Bcfd", ""),
    Unit("tcf", "tcf|Tcf|TCF", ""),
    Unit("mmcf/d", "mmcf/d|MMcf/d|mmcfd|mmscfd|MMscfd", ""),
    Unit("[gal_us]", "gal", "gallon"),
    Unit("[pt_us]", "", "pint"),
    Unit("[qt_us]", "qt", "quart"),
    Unit("[cup_us]", "", ""),
    Unit("[bu_us]", "bu", "bushel"),
    Unit("[tbs_us]", "tbsp", "tablespoon"),
    Unit("[tsp_us]", "tsp", "teaspoon"),
    Unit("[foz_us]", "fl oz|fl. oz.", "fluid ounce"),
    Unit("acre-ft", "", "acre-foot!|acre-feet!|acre foot!|acre feet!"),
    # oil
    Unit("bbl", "bbl|bbls|bls", "barrel|barrels of oil!"),
    Unit(
        "bbl/d",
        "bpd|b/d|bbl/d|BPD|bbls/d|bopd|B/D|bbl/day",
        ("barrels per day!|barrels a day!|barrels-per-day!|barrels-a-day!|barrel-per-day!|barrel-a-day!|barrels daily!"),
    ),
    Unit("bbl/d", "mbpd|mb/d|mbd|MMbpd|mmbpd|mmb/d|mln bpd", "", "1000000"),
    Unit("bbl/d", "kb/d|kbpd|kbd|Mb/d", "", "1000"),
    Unit("boe", "boe|BOE", "barrels of oil equivalent!|barrel of oil equivalent!"),
    Unit("boe/d", "boe/d|boepd|boed|BOE/d", "barrels of oil equivalent per day!|barrels of oil equivalent a day!"),
    # mass
    Unit(
        "t",
        "t|MT/a|te",
        "tonne|ton|metric ton|metric tonne|wet ton|dry ton|wet tonne|dry tonne|wet metric tonne|dry metric "
        "tonne|dry metric ton|gross ton|net ton|long ton|"
        "deadweight ton|gross tonne|tons of standard coal!",
    ),
    Unit("[ston_av]", "", "short ton"),
    Unit("kt", "kt|KT|ktpa", "kilotonne|kiloton"),
    Unit("Mt", "Mt|MMT|Mtpa|Mt/a|Mt/y|mt", "megatonne|megaton"),
    Unit("Gt", "Gt|GtC|GtCO2|GtCO2e", "gigatonne|gigaton"),
    Unit("MtCO2e", "MtCO2e|MtCO2|MtCO₂e|MtCO₂", ""),
    Unit("tCO2e", "tCO2e|tCO2|tCO₂e|tCO₂", ""),
    Unit("kg", "kg|kgs|Kg|KG", "kilogram|kilogramme|kilo"),
    Unit("g", "g|gm|gms", "gram|gramme"),
    Unit("mg", "mg", "milligram|milligramme"),
    Unit("ug", "µg|μg|mcg|ug", "microgram|microgramme"),
    Unit("[lb_av]", "lb|lbs", "pound weight"),
    Unit("[oz_tr]", "", "troy ounce"),
    Unit("oz", "oz|ozs", "ounce"),
    Unit("koz", "koz", ""),
    Unit("Moz", "Moz|moz", ""),
    Unit("[stone_av]", "", "stone!"),
    Unit("[car_m]", "ct|cts", "carat"),
    Unit("jin", "", "jin!|jins!|catty!|catties!"),
    Unit("quintal", "qtl", "quintal"),
    Unit("dwt", "dwt|DWT", "deadweight tonne|deadweight tons!"),
    Unit("g/t", "g/t|gpt", "grams per tonne!|grams per ton!|grams a tonne!"),
    Unit("mg/L", "mg/L|mg/l", ""),
    Unit("ug/m3", "µg/m³|μg/m³|µg/m3|μg/m3|ug/m3|mcg/m3", "micrograms per cubic meter!|micrograms per cubic metre!"),
    Unit("mg/dL", "mg/dL|mg/dl", ""),
    # energy and power
    Unit("W", "W|w", "watt"),
    Unit("kW", "kW|KW|kw|Kw", "kilowatt"),
    Unit("MW", "MW|mw|Mw", "megawatt"),
    Unit("GW", "GW|gw|Gw", "gigawatt"),
    Unit("TW", "TW", "terawatt"),
    Unit("MWp", "MWp", ""),
    Unit("GWp", "GWp|GWdc|GWDC", ""),
    Unit("MWac", "MWac|MWAC", ""),
    Unit("MWdc", "MWdc|MWDC", ""),
    Unit("kWp", "kWp", ""),
    Unit("Wh", "Wh", "watt-hour|watt hour"),
    Unit("kWh", "kWh|KWh|KWH|kwh|Kwh|kW·h", "kilowatt-hour|kilowatt hour"),
    Unit("MWh", "MWh|MWH|Mwh|mwh", "megawatt-hour|megawatt hour"),
    Unit("GWh", "GWh|GWH|Gwh", "gigawatt-hour|gigawatt hour"),
    Unit("TWh", "TWh|TWH|Twh", "terawatt-hour|terawatt hour"),
    Unit("MVA", "MVA", ""),
    Unit("kV", "kV|KV|kv", "kilovolt"),
    Unit("V", "", "volt"),
    Unit("A", "", "ampere"),
    Unit("mAh", "mAh", "milliamp-hour|milliampere-hour|milliamp hour"),
    Unit("BU", "BU", ""),
    Unit("MU", "MU", ""),
    Unit("J", "", "joule"),
    Unit("kJ", "kJ", "kilojoule"),
    Unit("MJ", "MJ", "megajoule"),
    Unit("GJ", "GJ", "gigajoule"),
    Unit("TJ", "TJ", "terajoule"),
    Unit("PJ", "PJ", "petajoule"),
    Unit("EJ", "EJ", "exajoule"),
    Unit("MMBtu", "MMBtu|mmBtu|mmbtu|MMBTU|mBtu", ""),
    Unit("[Btu]", "Btu|BTU", "British thermal unit"),
    Unit("kcal", "kcal", "kilocalorie"),
    Unit("[Cal]", "", "calorie"),
    Unit("thm", "", "therm"),
    Unit("[HP]", "hp|bhp|HP|PS", "horsepower!|brake horsepower!"),
    Unit("toe", "toe", "tonnes of oil equivalent!|tons of oil equivalent!"),
    Unit("Mtoe", "Mtoe", ""),
    # speed
    Unit(
        "km/h",
        "km/h|kmph|kph|km/hr|kmh",
        (
            "kilometers per hour!|kilometres per hour!|kilometers an hour!|kilometres an hour!|kilometer per "
            "hour!|kilometre per hour!"
        ),
    ),
    Unit("[mi_i]/h", "mph|MPH", "miles per hour!|miles an hour!|mile per hour!|mile-per-hour!|mile-an-hour!"),
    Unit("m/s", "m/s|mps", "meters per second!|metres per second!|meters a second!|metres a second!"),
    Unit("km/s", "km/s", "kilometers per second!|kilometres per second!|kilometers a second!|kilometres a second!"),
    Unit("[kn_i]", "kts", "knot"),
    Unit("[mi_i]/[gal_us]", "mpg", "miles per gallon!"),
    Unit(
        "m3/s",
        "m3/s|m³/s",
        ("cubic meters per second!|cubic metres per second!|cubic meters a second!|cubic metres a second!|cumecs!"),
    ),
    # temperature and angle
    Unit(
        "Cel",
        "°C|℃|° C|ºC|C°|° c|°c",
        (
            "degrees Celsius!|degree Celsius!|degrees centigrade!|degree centigrade!|degrees C!|deg C!|degree C!|"
            "Celsius!|centigrade!|degrees-Celsius!|degree-Celsius!|celcius!|centigrate!|degrees celcius!"
        ),
    ),
    Unit(
        "[degF]",
        "°F|℉|° F|ºF|° f|°f|F°",
        (
            "degrees Fahrenheit!|degree Fahrenheit!|degrees F!|deg F!|degree F!|Fahrenheit!|degrees-Fahrenheit!|"
            "degree-Fahrenheit!|farenheit!|degrees farenheit!|fahrenheit!|fahrenheits!"
        ),
    ),
    Unit("K", "", "kelvin!|kelvins!|degrees Kelvin!|degrees K!"),
    Unit("degree", "", "degree"),
    Unit("deg", "°|º", ""),
    # data
    Unit("bit", "", "bit"),
    Unit(
        "Mbit/s",
        "Mbit/s|Mbps|mbps|MBit/s|Mb/s|mbit/s",
        "megabits per second!|megabits a second!|megabit per second!|megabit-per-second!",
    ),
    Unit("Gbit/s", "Gbit/s|Gbps|gbps|Gb/s", "gigabits per second!|gigabits a second!|gigabit per second!|gigabit-per-second!"),
    Unit("kbit/s", "kbit/s|kbps|Kbps", "kilobits per second!"),
    Unit("Tbit/s", "Tbit/s|Tbps", "terabits per second!"),
    Unit("B", "", "byte"),
    Unit("kB", "kB|KB", "kilobyte"),
    Unit("MB", "MB", "megabyte"),
    Unit("GB", "GB", "gigabyte"),
    Unit("TB", "TB", "terabyte"),
    Unit("PB", "PB", "petabyte"),
    Unit("EB", "EB", "exabyte"),
    Unit("ZB", "ZB", "zettabyte"),
    Unit("Gb", "Gb", "gigabit"),
    Unit("Hz", "Hz", "hertz!"),
    Unit("kHz", "kHz|KHz", "kilohertz!"),
    Unit("MHz", "MHz", "megahertz!"),
    Unit("GHz", "GHz", "gigahertz!"),
    Unit("FLOPS", "FLOPS|FLOPs", ""),
    Unit("EFLOPS", "EFLOPS|EFLOP|EFlops", "exaflop|exaflops!"),
    Unit("PFLOPS", "PFLOPS|PFLOP|PFlops", "petaflop|petaflops!"),
    Unit("TFLOPS", "TFLOPS", "teraflop|teraflops!"),
    # concentrations and others
    Unit("[ppm]", "ppm|ppmv", "parts per million!"),
    Unit("[ppb]", "ppb", "parts per billion!"),
    Unit("[ppt]", "", "parts per trillion!"),
    Unit("dB", "dB", "decibel"),
    Unit("Pa", "", "pascal"),
    Unit("kPa", "kPa", "kilopascal"),
    Unit("MPa", "MPa", ""),
    Unit("hPa", "hPa", "hectopascal"),
    Unit("bar", "", ""),
    Unit("mbar", "mbar", "millibar"),
    Unit("[psi]", "psi", "pounds per square inch!"),
    Unit("mm[Hg]", "mmHg|mm Hg", ""),
    Unit("N", "", "newton"),
    Unit("Sv", "", "sievert"),
    Unit("mSv", "mSv", "millisievert"),
    Unit("Bq", "Bq", "becquerel"),
    Unit("lm", "", "lumen"),
    Unit("mol", "", ""),
    Unit("g-force", "", ""),
    # trade
    Unit("TEU", "TEU|TEUs|teu|teus|Teu|Teus", "twenty-foot equivalent unit|twenty-foot-equivalent unit"),
    Unit("FEU", "FEU|FEUs|feu", "forty-foot equivalent unit"),
    Unit("GT", "", "gross tonnage!"),
    Unit("tkm", "tkm|t-km", "tonne-kilometer|tonne-kilometre|ton-kilometer|ton-kilometre|tonne kilometre|tonne kilometer"),
    Unit("pkm", "pkm", "passenger-kilometer|passenger-kilometre|passenger kilometre|passenger kilometer"),
    Unit("MT", "MT", ""),
    Unit("C", "C", ""),
)

# "2.5 MT" is a metric ton in shipping news and a million tonnes in Indian coal news; ``pattern.settle_unit`` decides.
WEAK_CODES: frozenset[str] = frozenset(
    {"m", "MT", "in.", "degree", "deg", "stone", "bar", "K", "bit", "li", "[ft_i]", "[in_i]", "PS", "thm", "C"}
)


def _rows() -> list[Wording]:
    rows: list[Wording] = []
    for unit in UNITS:
        factor = Decimal(unit.factor)
        sign = Sign("quantity", unit.code, "quantity.unit", factor, unit.code in WEAK_CODES)
        rows.extend(Wording(symbol, sign, exact=True) for symbol in unit.symbols.split("|") if symbol)
        for name in filter(None, unit.names.split("|")):
            bare = name.removesuffix("!")
            rows.append(Wording(bare, sign))
            if bare == name:
                rows.append(Wording(bare + "s", sign))
    return rows


WORDINGS: tuple[Wording, ...] = tuple(_rows())
