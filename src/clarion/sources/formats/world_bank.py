"""How the World Bank names countries, and which of its codes are not countries."""

from __future__ import annotations

from functools import cache

from clarion.vocab import places

# Where its English name differs from CLDR's.
NAMES = {
    "antigua and barbuda": "ATG", "bahamas, the": "BHS", "bosnia and herzegovina": "BIH", "brunei darussalam": "BRN",
    "cabo verde": "CPV", "congo, dem. rep.": "COD", "congo, rep.": "COG", "cote d'ivoire": "CIV", "curacao": "CUW",
    "czech republic": "CZE", "egypt, arab rep.": "EGY", "faeroe islands": "FRO", "faroe islands": "FRO",
    "gambia, the": "GMB", "hong kong sar, china": "HKG", "iran, islamic rep.": "IRN", "korea, dem. rep.": "PRK",
    "korea, dem. people's rep.": "PRK", "korea, rep.": "KOR", "kyrgyz republic": "KGZ", "lao pdr": "LAO",
    "macao sar, china": "MAC", "macedonia, fyr": "MKD", "micronesia, fed. sts.": "FSM", "myanmar": "MMR",
    "puerto rico (us)": "PRI", "russian federation": "RUS", "sao tome and principe": "STP",
    "sint maarten (dutch part)": "SXM", "slovak republic": "SVK", "somalia, fed. rep.": "SOM",
    "st. kitts and nevis": "KNA", "st. martin (french part)": "MAF", "st. vincent and the grenadines": "VCT",
    "swaziland": "SWZ", "syrian arab republic": "SYR", "taiwan, china": "TWN", "trinidad and tobago": "TTO",
    "turkey": "TUR", "turkiye": "TUR", "türkiye": "TUR", "turks and caicos islands": "TCA", "venezuela, rb": "VEN",
    "viet nam": "VNM", "virgin islands (u.s.)": "VIR", "west bank and gaza": "PSE", "yemen, rep.": "YEM",
}  # fmt: skip

NO_ISO = {"channel islands": "areas without an ISO code"}

# Regions, income groups and lending groups that stand among the countries in its files, with their two-letter codes.
_AGGREGATES = (
    "AFE AFR AFW ARB CAA CEA CEB CEU CLA CME CSA CSS EAP EAR EAS ECA ECS EMU EUU FCS HIC HPC IBB IBD IBT IDA IDB IDX "
    "INX LAC LCN LDC LIC LMC LMY LTE MDE MEA MIC MNA NAC OED OSS PRE PSS PST SAS SSA SSF SST SXZ TEA TEC TLA TMN TSA "
    "TSS UMC WLD XZN "
    "ZH ZI 1A B8 F1 Z4 4E T4 XC Z7 7E T7 EU XD XE XF XG XH XI XJ XL XM XN XO XP XQ XT XU XY OE S1 S2 S3 S4 T2 T3 T5 "
    "T6 V1 V2 V3 V4 ZF ZG ZJ ZQ ZT 8S A4 A5 1W 6F 6X"
)
AGGREGATES = frozenset(_AGGREGATES.split())
CHANNEL_ISLANDS = ("CHI", "JG")


@cache
def _by_name() -> dict[str, str]:
    return {place.name().lower(): place.iso3 for place in places().values()} | NAMES


def named_area(name: str) -> tuple[str, str]:
    """A country by its World Bank name: its ISO code, or why it is left out; two empty texts for an unknown one."""
    key = " ".join(name.replace("’", "'").split()).lower()
    if key in NO_ISO:
        return "", NO_ISO[key]
    return _by_name().get(key, ""), ""


def coded_area(code: str) -> tuple[str, str]:
    """A country by its World Bank code, which is ISO's but for aggregates and the Channel Islands."""
    if code in AGGREGATES:
        return "", "aggregate areas"
    if code in CHANNEL_ISLANDS:
        return "", "areas without an ISO code"
    return (code, "") if code in places() else ("", "")
