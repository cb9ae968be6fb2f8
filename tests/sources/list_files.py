"""Small sanctions lists in their publishers' forms, with invented people and the traps of the real files.

The OFAC CSVs, OFAC's simple XML, the UN XML, the Official-Journal CSV and the closed British list follow real files.
The EU file, the UK list, the Swiss list and OFAC's advanced XML follow their published element and column names.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

HERE = Path(__file__).parent / "lists"


def text(name: str) -> str:
    return (HERE / f"{name}.xml").read_text(encoding="utf-8")


SDN = (
    '9001,"TESTOV, Ivan Petrovich","individual","UKRAINE-EO13660] [RUSSIA-EO14024","Director",-0- ,-0- ,-0- ,-0- ,'
    '-0- ,-0- ,"DOB 14 Jun 1975; alt. DOB circa 1974; POB Tver, Russia; nationality Russia; Gender Male; Passport 12 '
    "3456789 (Russia) issued 01 Feb 2010; Tax ID No. 7701234567 (Russia); Secondary sanctions risk: Example Order; "
    "a.k.a. 'TESTIK'; Linked To: TEST HOLDING, LLC; minor poet\"\r\n"
    '9002,"TEST HOLDING, LLC",-0- ,"RUSSIA-EO14024",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Registration Number '
    '1027700000001 (Russia); Website www.test.example; Organization Established Date 17 Dec 2016."\r\n'
    '9003,"OCEAN TEST","vessel","IRAN",-0- ,"EP123","Tanker","5000","2500","Panama","TEST HOLDING, LLC","Vessel '
    'Registration Identification IMO 9000001; MMSI 123456789."\r\n'
    '9004,"EMPTYSON, Olga","individual","BELARUS",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
)
ALT = '9001,1,"aka","TIESTOV, Ivan",-0- \r\n9002,2,"fka","TEST TRUST",-0- \r\n9001,3,"nka","TESTOV, John",-0- \r\n\x1a'
ADD = '9001,1,"1 Test Street","Moscow 101000","Russia",-0- \r\n9002,2,-0- ,-0- ,-0- ,-0- \r\n\x1a'
COMMENTS = '9001,"; D.N.I. 11111111 (Spain); more of a long remark"\r\n\x1a'
OFAC_XML = text("ofac")
ADVANCED = text("ofac_advanced")
FSF_XML = text("eu_fsf")

_ACT = ("Type", "OrganisationType", "PublicationDate", "EntryIntoForceDate", "NumberTitle", "Programme",
        "PublicationUrl")  # fmt: skip
FSF_COLUMNS = [
    "fileGenerationDate", "Entity_LogicalId", "Entity_EU_ReferenceNumber", "Entity_UnitedNationId",
    "Entity_DesignationDate", "Entity_DesignationDetails", "Entity_Remark", "Entity_SubjectType",
    "Entity_SubjectType_ClassificationCode", *(f"Entity_Regulation_{a}" for a in _ACT),
    *(f"NameAlias_{a}" for a in ("LastName", "FirstName", "MiddleName", "WholeName", "NameLanguage", "Gender", "Title",
      "Function", "LogicalId", "RegulationLanguage", "Remark")), *(f"NameAlias_Regulation_{a}" for a in _ACT),
    *(f"Address_{a}" for a in ("City", "Street", "PoBox", "ZipCode", "Region", "Place", "AsAtListingTime",
      "ContactInfo", "CountryIso2Code", "CountryDescription", "LogicalId", "RegulationLanguage", "Remark")),
    *(f"Address_Regulation_{a}" for a in _ACT),
    *(f"BirthDate_{a}" for a in ("BirthDate", "Day", "Month", "Year", "YearRangeFrom", "YearRangeTo", "Circa",
      "CalendarType", "ZipCode", "Region", "Place", "City", "CountryIso2Code", "CountryDescription", "LogicalId",
      "RegulationLanguage", "Remark")), *(f"BirthDate_Regulation_{a}" for a in _ACT),
    *(f"Identification_{a}" for a in ("Number", "Diplomatic", "KnownExpired", "KnownFalse", "ReportedLost",
      "RevokedByIssuer", "IssuedBy", "IssuedDate", "ValidFrom", "ValidTo", "LatinNumber", "NameOnDocument", "TypeCode",
      "TypeDescription", "Region", "CountryIso2Code", "CountryDescription", "LogicalId", "RegulationLanguage",
      "Remark")), *(f"Identification_Regulation_{a}" for a in _ACT),
    *(f"Citizenship_{a}" for a in ("Region", "CountryIso2Code", "CountryDescription", "LogicalId", "RegulationLanguage",
      "Remark")), *(f"Citizenship_Regulation_{a}" for a in _ACT),
]  # fmt: skip


def _fsf_row(**values: str) -> str:
    base = {
        "fileGenerationDate": "05/08/2026", "Entity_LogicalId": "901", "Entity_EU_ReferenceNumber": "EU.9001.01",
        "Entity_DesignationDate": "2014-03-17", "Entity_Remark": "Date of listing: 17.3.2014",
        "Entity_SubjectType": "person", "Entity_SubjectType_ClassificationCode": "P",
        "Entity_Regulation_Type": "amendment", "Entity_Regulation_OrganisationType": "council",
        "Entity_Regulation_PublicationDate": "2014-03-17", "Entity_Regulation_NumberTitle": "284/2014 (OJ L86)",
        "Entity_Regulation_Programme": "UKR",
    } | values  # fmt: skip
    return ";".join(base.get(column, "") for column in FSF_COLUMNS)


FSF_CSV = "\ufeff" + "\r\n".join([
    ";".join(FSF_COLUMNS),
    _fsf_row(NameAlias_LastName="Testov", NameAlias_FirstName="Ivan", NameAlias_MiddleName="Petrovich",
             NameAlias_WholeName="Ivan Petrovich Testov", NameAlias_Gender="M", NameAlias_Function="Director",
             NameAlias_LogicalId="1"),
    _fsf_row(NameAlias_WholeName="Иван Петрович ТЕCТОВ", NameAlias_NameLanguage="RU", NameAlias_LogicalId="2"),
    _fsf_row(NameAlias_WholeName="Testik", NameAlias_LogicalId="3", NameAlias_Remark="lo quality a.k.a."),
    _fsf_row(BirthDate_BirthDate="1975-06-14", BirthDate_Day="14", BirthDate_Month="6", BirthDate_Year="1975",
             BirthDate_Circa="false", BirthDate_CalendarType="GREGORIAN", BirthDate_City="Tver",
             BirthDate_CountryIso2Code="RU", BirthDate_CountryDescription="RUSSIAN FEDERATION",
             BirthDate_LogicalId="1"),
    _fsf_row(Identification_Number="12 3456789", Identification_TypeCode="passport",
             Identification_TypeDescription="National passport", Identification_CountryIso2Code="RU",
             Identification_LogicalId="1", Identification_KnownExpired="true"),
    _fsf_row(Citizenship_CountryIso2Code="RU", Citizenship_CountryDescription="RUSSIAN FEDERATION",
             Citizenship_LogicalId="1"),
    _fsf_row(Entity_LogicalId="902", Entity_EU_ReferenceNumber="EU.9002.02", Entity_SubjectType="enterprise",
             Entity_SubjectType_ClassificationCode="E", Entity_Remark="", NameAlias_WholeName="Test Holding",
             NameAlias_LogicalId="9"),
]) + "\r\n"  # fmt: skip

JOURNAL_HEADER = (
    "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,weakAlias,previousName,country,"
    "nationality,jurisdiction,birthDate,birthPlace,position,passportNumber,gender,appearance,ethnicity,fatherName,"
    "motherName,incorporationDate,legalForm,sector,registrationNumber,taxNumber,idNumber,innCode,ogrnCode,kppCode,"
    "okpoCode,leiCode,swiftBic,ticker,imoNumber,mmsi,flag,address,phone,email,website,notes"
)


def journal_row(act: str, **values: str) -> str:
    import csv

    base = {"celex": act, "programKey": "EU-UKR", "annex": "I", "measure": "Asset freeze", "schema": "Person"} | values
    out = io.StringIO()
    csv.writer(out).writerow(base.get(column, "") for column in JOURNAL_HEADER.split(","))
    return out.getvalue()


def journal(act: str = "32099R0001") -> str:
    return JOURNAL_HEADER + "\r\n" + journal_row(
        act, recordId="1", startDate="17.3.2014", reason="Wrote tests.", name="Ivan Petrovich TESTOV",
        alias='Ioann TESTOW (Иван Петрович ТЕСТОВ); Олена ТЕСТОВА - born ПРОБНАЯ; "TEST; Ivan"', weakAlias="Testik",
        previousName="Ivan PROBNY", nationality="Russian", birthDate="14.6.1975 or 1976; 1.1.1974", gender="male",
        birthPlace="Tver, Russia", innCode="7701234567", ogrnCode="1027700000001", position="Director; Poet",
    ) + journal_row(act, annex="XIX.A", measure="Financial restrictions", schema="LegalEntity",
                    name="Test Bank Тест Банк", address="Moscow")  # fmt: skip


UK_COLUMNS = [
    "Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1", "Name 2", "Name 3",
    "Name 4", "Name 5", "Name type", "Alias strength", "Title", "Name non-latin script", "Non-latin script type",
    "Non-latin script language", "Regime Name", "Designation Type", "Designation source", "Sanctions Imposed",
    "Other Information", "UK Statement of Reasons", "Address Line 1", "Address Line 2", "Address Line 3",
    "Address Line 4", "Address Line 5", "Address Line 6", "Address Postal Code", "Address Country", "Phone number",
    "Website", "Email address", "Date Designated", "D.O.B", "Nationality(/ies)", "National Identifier number",
    "National Identifier additional information", "Passport number", "Passport additional information", "Position",
    "Gender", "Town of birth", "Country of birth", "Type of entity", "Subsidiaries", "Parent company",
    "Business registration number (s)", "IMO number", "Current owner/operator (s)", "Previous owner/operator (s)",
    "Current believed flag of ship", "Previous flags", "Type of ship", "Tonnage of ship", "Length of ship",
    "Year Built", "Hull identification number (HIN)",
]  # fmt: skip
_UK = {
    "Last Updated": "14/04/2026", "Unique ID": "RUS9001", "OFSI Group ID": "90001", "Regime Name": "The Russia "
    "(Sanctions) (EU Exit) Regulations 2019", "Designation Type": "Individual", "Designation source": "UK",
    "Sanctions Imposed": "Asset freeze|Travel Ban", "Date Designated": "24/02/2022", "Gender": "Male",
    "Name 6": "TESTOV", "Name 1": "Ivan", "Name 2": "Petrovich", "Name type": "Primary Name",
    "Nationality(/ies)": "(1) Russia (2) Cyprus", "Position": "(1) Director (2) Poet",
}  # fmt: skip


def _csv(columns: list[str], rows: list[dict[str, str]], first: str) -> str:
    import csv

    out = io.StringIO()
    out.write(first + "\r\n")
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


UK_CSV = "\ufeff" + _csv(UK_COLUMNS, [
    _UK | {"D.O.B": "dd/mm/1975", "Address Line 1": "1 Test Street", "Address Country": "Russia",
           "Name non-latin script": "Иван ТЕСТОВ", "Non-latin script type": "Cyrillic",
           "Non-latin script language": "Russian"},
    _UK | {"D.O.B": "14/06/1975", "Address Line 1": "1 Test Street", "Address Country": "Russia"},
    _UK | {"Name type": "Alias", "Alias strength": "Low quality a.k.a", "Name 6": "TESTIK", "Name 1": "", "Name 2": ""},
    {"Unique ID": "RUS9002", "Name 6": "Test Holding", "Name type": "Primary Name", "Designation Type": "Entity",
     "Regime Name": "The Russia (Sanctions) (EU Exit) Regulations 2019", "Sanctions Imposed": "Trust services",
     "Business registration number (s)": "INN 7701234567", "Date Designated": "24/02/2022"},
], "Report Date: 26-Aug-2026")  # fmt: skip
UK_XML = text("uk")

CONLIST_COLUMNS = [
    "Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "Name Non-Latin Script",
    "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth", "Country of Birth", "Nationality",
    "Passport Number", "Passport Details", "National Identification Number", "National Identification Details",
    "Position", "Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code",
    "Country", "Other Information", "Group Type", "Alias Type", "Alias Quality", "Regime", "Listed On",
    "UK Sanctions List Date Designated", "Last Updated", "Group ID",
]  # fmt: skip
_CON = {
    "Name 6": "TESTOV", "Name 1": "Ivan", "Name 2": "Petrovich", "Group Type": "Individual",
    "Alias Type": "Primary name", "Regime": "Russia", "Listed On": "24/02/2022", "Last Updated": "04/05/2022",
    "Group ID": "90001", "Passport Number": "(1) 111 (2) 222", "Nationality": "Russia",
    "Other Information": "(UK Sanctions List Ref):RUS9001 A poet. (Gender):Male (Website):test.example",
}  # fmt: skip
_CON_ROWS = [
    _CON | {"DOB": "00/00/1975", "Name Non-Latin Script": "Иван ТЕСТОВ"}, _CON | {"DOB": "14/06/1975"},
    _CON | {"Name 6": "TESTIK", "Name 1": "", "Name 2": "", "Alias Type": "AKA", "Alias Quality": "Low quality"},
]  # fmt: skip
CONLIST_CSV = _csv(CONLIST_COLUMNS, _CON_ROWS, "Last Updated,04/05/2022")
UN_XML = text("un")
SECO_XML = text("seco")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def ofac_folder(folder: Path, **changed: str) -> Path:
    """OFAC's four CSVs in a folder of their own."""
    inner = folder / "ofac"
    inner.mkdir(exist_ok=True)
    for name, text in ({"sdn": SDN, "alt": ALT, "add": ADD, "sdn_comments": COMMENTS} | changed).items():
        if text:
            write(inner, f"{name}.csv", text)
    return inner


def ofac_zip(folder: Path) -> Path:
    path = folder / "ofac.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(ofac_folder(folder).iterdir()):
            archive.writestr(file.name, file.read_bytes())
    return path


def conlist_xlsx(folder: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Last Updated", "04/05/2022"])
    sheet.append(CONLIST_COLUMNS)
    for row in _CON_ROWS:
        sheet.append([row.get(column) or None for column in CONLIST_COLUMNS])
    path = folder / "ConList.xlsx"
    book.save(path)
    return path
