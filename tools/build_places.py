"""Write ``vocab/data/places.csv`` anew: codes from the fact table, names from Babel's CLDR.

Run it after an update of Babel; ``tests/vocab/test_place.py`` fails when the two disagree.
Usage: ``python tools/build_places.py PATH/TO/country_basics.csv``
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from babel import Locale

LANGUAGES = ("en", "ru", "uk", "kk", "hy", "ka")
OUT = Path(__file__).parents[1] / "src/clarion/vocab/data/places.csv"

# FAO's own area codes that the fact table lacks or that name areas which no longer exist.
FAO = {
    "ABW": "22", "AGO": "7", "AND": "6", "ASM": "5", "CYM": "36", "ESH": "205", "ETH": "238", "FLK": "65", "FRO": "64",
    "FSM": "145", "GIB": "82", "GLP": "87", "GRL": "85", "GUF": "69", "GUM": "88", "IMN": "264", "LIE": "125",
    "MHL": "127", "MNE": "273", "MNP": "163", "MSR": "142", "MTQ": "135", "MYT": "270", "NFK": "161", "NIU": "160",
    "NRU": "148", "PLW": "180", "PRI": "177", "REU": "182", "SDN": "276", "SMR": "192", "SPM": "190", "SRB": "272",
    "SSD": "277", "SUN": "228", "TCA": "224", "TKL": "218", "VGB": "239", "VIR": "240", "WLF": "243", "WSM": "244",
}  # fmt: skip
# The fact table gives Comtrade's own numbers here, or none; these are ISO 3166 numeric, which UN M49 shares.
M49 = {
    "ALA": "248", "BEL": "056", "CHE": "756", "DEU": "276", "ESH": "732", "FRA": "250", "FRO": "234", "GLP": "312",
    "GUF": "254", "IMN": "833", "IND": "356", "ITA": "380", "JEY": "832", "LIE": "438", "MAF": "663", "MCO": "492",
    "MTQ": "474", "NOR": "578", "PRI": "630", "REU": "638", "SDN": "729", "SJM": "744", "USA": "840", "VAT": "336",
    "VIR": "850", "ZAF": "710",
}  # fmt: skip
HISTORIC = {
    "ANT": ("AN", "530", "151", "Americas", "Caribbean", "CUW SXM BES", "Netherlands Antilles"),
    "BLX": ("", "058", "15", "Europe", "Western Europe", "BEL LUX", "Belgium-Luxembourg"),
    "CSK": ("", "200", "51", "Europe", "Eastern Europe", "CZE SVK", "Czechoslovakia"),
    "SCG": ("CS", "891", "186", "Europe", "Southern Europe", "SRB MNE", "Serbia and Montenegro"),
    "SUN": ("SU", "810", "228", "Europe", "Eastern Europe",
            "ARM AZE BLR EST GEO KAZ KGZ LVA LTU MDA RUS TJK TKM UKR UZB", "USSR"),
    "YUG": ("YU", "890", "248", "Europe", "Southern Europe", "BIH HRV MKD MNE SRB SVN", "Yugoslav SFR"),
    "PCI": ("", "582", "164", "Oceania", "Micronesia", "FSM MHL MNP PLW", "Pacific Islands, Trust Territory"),
    "XET": ("", "230", "62", "Africa", "Eastern Africa", "ETH ERI", "Ethiopia PDR"),
    "XSD": ("", "736", "206", "Africa", "Northern Africa", "SDN SSD", "Sudan (former)"),
}  # fmt: skip
# CLDR does not name what is gone, but for the English that FAO gives it.
HISTORIC_NAMES = {
    "ANT": ("Нидерландские Антильские острова", "Нідерландські Антильські острови", "Нидерланд Антиль аралдары",
            "Նիդեռլանդական Անտիլյան կղզիներ", "ნიდერლანდების ანტილის კუნძულები"),
    "BLX": ("Бельгия и Люксембург", "Бельгія та Люксембург", "Бельгия мен Люксембург", "Բելգիա և Լյուքսեմբուրգ",
            "ბელგია და ლუქსემბურგი"),
    "CSK": ("Чехословакия", "Чехословаччина", "Чехословакия", "Չեխոսլովակիա", "ჩეხოსლოვაკია"),
    "PCI": ("Подопечная территория Тихоокеанские острова", "Підопічна територія Тихоокеанські острови",
            "Тынық мұхит аралдары (қамқорлықтағы аумақ)", "Խաղաղօվկիանոսյան կղզիների խնամակալության տարածք",
            "წყნარი ოკეანის კუნძულების სამეურვეო ტერიტორია"),
    "SCG": ("Сербия и Черногория", "Сербія і Чорногорія", "Сербия және Черногория", "Սերբիա և Չեռնոգորիա",
            "სერბეთი და მონტენეგრო"),
    "SUN": ("СССР", "СРСР", "КСРО", "ԽՍՀՄ", "სსრკ"),
    "XET": ("Эфиопия (до 1993 года)", "Ефіопія (до 1993 року)", "Эфиопия (1993 жылға дейін)", "Եթովպիա (մինչև 1993 թ.)",
            "ეთიოპია (1993 წლამდე)"),
    "XSD": ("Судан (до 2012 года)", "Судан (до 2012 року)", "Судан (2012 жылға дейін)", "Սուդան (մինչև 2012 թ.)",
            "სუდანი (2012 წლამდე)"),
    "YUG": ("Югославия (СФРЮ)", "Югославія (СФРЮ)", "Югославия (ЮСФР)", "Հարավսլավիա (ՀՍՖՀ)", "იუგოსლავია (სფრი)"),
}  # fmt: skip
EXTRA = {  # not in the fact table; Kosovo's codes are the user-assigned ones of the World Bank and UNHCR
    "ATA": ("AQ", "010", "30", "Antarctica", "Antarctica"),
    "ATF": ("TF", "260", "71", "Africa", "Eastern Africa"),
    "BES": ("BQ", "535", "", "Americas", "Caribbean"),
    "BVT": ("BV", "074", "31", "Americas", "South America"),
    "CCK": ("CC", "166", "", "Oceania", "Australia and New Zealand"),
    "CXR": ("CX", "162", "42", "Oceania", "Australia and New Zealand"),
    "GGY": ("GG", "831", "", "Europe", "Northern Europe"),
    "HMD": ("HM", "334", "", "Oceania", "Australia and New Zealand"),
    "IOT": ("IO", "086", "", "Africa", "Eastern Africa"),
    "SGS": ("GS", "239", "", "Americas", "South America"),
    "SHN": ("SH", "654", "187", "Africa", "Western Africa"),
    "UMI": ("UM", "581", "", "Oceania", "Micronesia"),
    "XKX": ("XK", "412", "275", "Europe", "Southern Europe"),
}
DROP = {"GCY"}  # a statistical code, not a place


def names(iso2: str, fallback: str) -> dict[str, str]:
    found = {f"name_{lang}": Locale(lang).territories.get(iso2, "") for lang in LANGUAGES} if iso2 else {}
    return {f"name_{lang}": found.get(f"name_{lang}") or fallback for lang in LANGUAGES}


def main(basics: Path) -> None:
    out = []
    with basics.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            iso3 = row["iso3"]
            if iso3 in HISTORIC or iso3 in DROP:
                continue
            codes = {k: row[k] for k in ("iso3", "iso2", "m49", "fao_code", "region", "subregion")}
            codes["m49"] = codes["m49"].zfill(3) if codes["m49"] else {"TWN": "158"}.get(iso3, "")
            codes["m49"] = M49.get(iso3, codes["m49"])
            codes["fao_code"] = FAO.get(iso3, codes["fao_code"])
            codes["subregion"] = codes["subregion"].replace("East Asia", "Eastern Asia")  # as M49 writes it
            out.append(codes | {"kind": "place", "successors": ""} | names(codes["iso2"], iso3))
    for iso3, (iso2, m49, fao, region, subregion) in EXTRA.items():
        out.append({"iso3": iso3, "iso2": iso2, "m49": m49, "fao_code": fao, "region": region, "subregion": subregion,
                    "kind": "place", "successors": ""} | names(iso2, iso3))  # fmt: skip
    for iso3, (iso2, m49, fao, region, subregion, successors, name) in HISTORIC.items():
        named = dict(zip((f"name_{lang}" for lang in LANGUAGES), (name, *HISTORIC_NAMES[iso3]), strict=True))
        out.append({"iso3": iso3, "iso2": iso2, "m49": m49, "fao_code": fao, "region": region, "subregion": subregion,
                    "kind": "historic", "successors": successors} | named)  # fmt: skip
    out.sort(key=lambda r: r["iso3"])
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(out[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(out)
    print(f"{len(out)} places in {OUT}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
