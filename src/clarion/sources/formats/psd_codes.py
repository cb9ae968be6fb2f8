"""Country codes of USDA's PSD: those of FIPS 10-4, with PSD's own for a few countries, the European Union and states
that are gone. Two codes may stand for one country, because PSD has used both over the years."""

from __future__ import annotations

EU = "E4"
NOT_PLACES = {
    "E2": "the European Union of 15 as one block",
    "E3": "the European Union of 25 as one block",
    "00": "the world",
    "GC": "states that are gone", "GE": "states that are gone", "YO": "states that are gone",
    "YE": "states that are gone", "YS": "states that are gone", "VN": "states that are gone",
}  # fmt: skip

ISO3 = {
    "AA": "ABW", "AC": "ATG", "AE": "ARE", "AF": "AFG", "AG": "DZA", "AJ": "AZE", "AL": "ALB", "AM": "ARM",
    "AN": "AND", "AO": "AGO", "AQ": "ASM", "AR": "ARG", "AS": "AUS", "AU": "AUT", "AV": "AIA",
    "BA": "BHR", "BB": "BRB", "BC": "BWA", "BD": "BMU", "BE": "BEL", "BF": "BHS", "BG": "BGD", "BH": "BLZ",
    "BK": "BIH", "BL": "BOL", "BM": "MMR", "BN": "BEN", "BO": "BLR", "BP": "SLB", "BR": "BRA",
    "BT": "BTN", "BU": "BGR", "BX": "BRN", "BY": "BDI",
    "CA": "CAN", "CB": "KHM", "CD": "TCD", "CE": "LKA", "CF": "COG", "CG": "COD", "CH": "CHN", "CI": "CHL",
    "CJ": "CYM", "CM": "CMR", "CN": "COM", "CO": "COL", "CQ": "MNP", "CS": "CRI", "CT": "CAF", "CU": "CUB",
    "CV": "CPV", "CW": "COK", "CY": "CYP", "CZ": "CSK",
    "DA": "DNK", "DJ": "DJI", "DM": "BEN", "DO": "DMA", "DR": "DOM",
    "EC": "ECU", "EG": "EGY", "EI": "IRL", "EK": "GNQ", "EN": "EST", "ER": "ERI", "ES": "SLV", "ET": "ETH",
    "EZ": "CZE",
    "FG": "GUF", "FI": "FIN", "FJ": "FJI", "FK": "FLK", "FM": "FSM", "FO": "FRO", "FP": "PYF", "FR": "FRA",
    "GA": "GMB", "GB": "GAB", "GG": "GEO", "GH": "GHA", "GI": "GIB", "GJ": "GRD", "GL": "GRL", "GM": "DEU",
    "GP": "GLP", "GQ": "GUM", "GR": "GRC", "GT": "GTM", "GU": "GIN", "GV": "GIN", "GY": "GUY",
    "HA": "HTI", "HK": "HKG", "HO": "HND", "HR": "HRV", "HU": "HUN",
    "IC": "ISL", "ID": "IDN", "IN": "IND", "IR": "IRN", "IS": "ISR", "IT": "ITA", "IV": "CIV", "IZ": "IRQ",
    "JA": "JPN", "JM": "JAM", "JO": "JOR",
    "KE": "KEN", "KG": "KGZ", "KN": "PRK", "KR": "KIR", "KS": "KOR", "KU": "KWT", "KV": "XKX", "KZ": "KAZ",
    "LA": "LAO", "LE": "LBN", "LG": "LVA", "LH": "LTU", "LI": "LBR", "LO": "SVK", "LS": "LIE", "LT": "LSO",
    "LU": "LUX", "LY": "LBY",
    "MA": "MDG", "MB": "MTQ", "MC": "MAC", "MD": "MDA", "MG": "MNG", "MH": "MSR", "MI": "MWI", "MJ": "MNE",
    "MK": "MKD", "ML": "MLI", "MO": "MAR", "MP": "MUS", "MR": "MRT", "MT": "MLT", "MU": "OMN", "MV": "MDV",
    "MX": "MEX", "MY": "MYS", "MZ": "MOZ",
    "NC": "NCL", "NE": "NIU", "NG": "NER", "NH": "VUT", "NI": "NGA", "NL": "NLD", "NO": "NOR", "NP": "NPL",
    "NR": "NRU", "NS": "SUR", "NT": "ANT", "NU": "NIC", "NZ": "NZL",
    "OD": "SSD",
    "PA": "PRY", "PE": "PER", "PK": "PAK", "PL": "POL", "PM": "PAN", "PN": "PAN", "PO": "PRT", "PP": "PNG",
    "PS": "PLW", "PU": "GNB",
    "QA": "QAT",
    "RB": "SRB", "RE": "REU", "RH": "ZWE", "RI": "SRB", "RM": "MHL", "RO": "ROU", "RP": "PHL", "RQ": "PRI",
    "RS": "RUS", "RW": "RWA",
    "SA": "SAU", "SB": "SPM", "SC": "KNA", "SE": "SYC", "SF": "ZAF", "SG": "SEN", "SH": "SHN", "SI": "SVN",
    "SL": "SLE", "SM": "SMR", "SN": "SGP", "SO": "SOM", "SP": "ESP", "SR": "SRB", "ST": "LCA", "SU": "SDN",
    "SW": "SWE", "SY": "SYR", "SZ": "CHE",
    "TC": "ARE", "TD": "TTO", "TH": "THA", "TI": "TJK", "TK": "TCA", "TN": "TON", "TO": "TGO", "TP": "STP",
    "TS": "TUN", "TT": "TLS", "TU": "TUR", "TV": "TUV", "TW": "TWN", "TX": "TKM", "TZ": "TZA",
    "UC": "CUW", "UG": "UGA", "UK": "GBR", "UP": "UKR", "UR": "SUN", "US": "USA", "UV": "BFA", "UY": "URY",
    "UZ": "UZB",
    "VC": "VCT", "VE": "VEN", "VI": "VGB", "VM": "VNM", "VQ": "VIR",
    "WA": "NAM", "WE": "PSE", "WI": "ESH", "WS": "WSM", "WZ": "SWZ",
    "YI": "SCG", "YM": "YEM", "YU": "YUG",
    "ZA": "ZMB", "ZI": "ZWE",
}  # fmt: skip

EU_MEMBERS = (
    "AUT", "BEL", "BGR", "HRV", "CYP", "CZE", "DNK", "EST", "FIN", "FRA", "DEU", "GRC", "HUN", "IRL", "ITA", "LVA",
    "LTU", "LUX", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "ESP", "SWE",
)  # fmt: skip


def psd_area(code: str) -> tuple[str, str]:
    """A PSD code: the ISO code, or why it is left out; the block E4 keeps its own code."""
    if code == EU:
        return EU, ""
    if code in NOT_PLACES:
        return "", NOT_PLACES[code]
    return ISO3.get(code, ""), ""
