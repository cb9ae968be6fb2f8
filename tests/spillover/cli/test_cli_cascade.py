"""The published cascade through the command line, from the reference's own wide files made long."""

import csv
import gzip

import pytest

RULES = {
    "pta": ("wheat_ukrrus_PTA_r05", {"UKR": 1.0, "RUS": 1.0}, 0.5),
    "rta": ("wheat_ukrrus_RTA_r0", {"UKR": 1.0, "RUS": 1.0}, 0.0),
}


@pytest.fixture(scope="module")
def folder(evaluation_data):
    return evaluation_data / "spillover" / "fsc_wheat_maize_rice_2015_2017"


@pytest.fixture
def files(folder, tmp_path):
    """Flows, production and reserves of the reference as the command's long tables."""
    with gzip.open(folder / "Wheat_E0_E0_avg.csv.gz", "rt") as lines:
        header, *rows = list(csv.reader(lines))
    links = [(r[0], to, x) for r in rows for to, x in zip(header[1:], r[1:], strict=True) if float(x)]
    write(tmp_path / "flows.csv", ("exporter_iso3", "importer_iso3", "quantity"), links)
    with gzip.open(folder / "Wheat_P0_Pkbyc.csv.gz", "rt") as lines:
        write(tmp_path / "production.csv", ("iso3", "quantity"), [(r["iso3"], r["P0"]) for r in csv.DictReader(lines)])
    with (folder / "Wheat_R0.csv").open() as lines:
        write(tmp_path / "reserves.csv", ("iso3", "quantity"), [(r["iso3"], r["R0"]) for r in csv.DictReader(lines)])
    return tmp_path


def write(path, header, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def command(folder, shock, rule="pta", reserve=0.5, out="out.csv"):
    write(folder / "shock.csv", ("iso3", "fraction"), shock.items())
    tables = ("flows", "production", "reserves", "shock")
    named = [part for name in tables for part in (f"--{name}", folder / f"{name}.csv")]
    return ["spillover", "cascade", *named, "--out", folder / out, "--rule", rule, "--reserve-fraction", str(reserve),
            "--consumption-fraction", "0.01"]  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_the_reference_outputs(rule, folder, files, clarion):
    name, shock, reserve = RULES[rule]
    told = clarion(*command(files, shock, rule, reserve), "--json").data
    assert told["mass_balance_error"] <= 1e-12
    with (files / "out.csv").open() as lines:
        got = {r["iso3"]: r for r in csv.DictReader(lines)}
    with (folder / "golden_R_outputs" / f"{name}.csv").open() as lines:
        golden = list(csv.DictReader(lines))
    assert list(next(iter(got.values()))) == ["iso3", "dP", "dR", "dC", "C0"]
    largest = max(float(r["C0"]) for r in golden)
    code = next(c for c in golden[0] if c in ("iso3", "country", "", "Country"))
    worst = max(abs(float(got[r[code]][c]) - float(r[c])) / largest for r in golden for c in ("dP", "dR", "dC", "C0"))
    print(f"{name}: largest difference {worst:.1e} of the largest C0")
    assert worst <= 1e-9
    totals = {c: sum(float(r[c]) for r in got.values()) for c in ("dP", "dR", "dC")}
    assert abs(totals["dR"] + totals["dC"] - totals["dP"]) <= 1e-12 * abs(totals["dP"])


def test_burkholz_keeps_mass(files, clarion):
    told = clarion(*command(files, {"UKR": 1.0, "RUS": 1.0}, "burkholz"), "--json").data
    assert told["mass_balance_error"] <= 1e-12


@pytest.mark.parametrize("reserve", [0.5, 1.0])
def test_where_the_reference_aborts(reserve, files, refused):
    (files / "out.csv").write_text("earlier")
    error = refused(*command(files, {"UKR": 1.0, "RUS": 1.0}, "rta", reserve), code=8)
    assert "Negative shortage" in error["what"]
    assert error["code"] == "model"
    assert (files / "out.csv").read_text() == "earlier"
    assert not [p for p in files.iterdir() if p.name.startswith(".")]


SMALL = {
    "flows": "exporter_iso3,importer_iso3,quantity\nUKR,EGY,10\n",
    "production": "iso3,quantity\nUKR,20\nEGY,5\n",
    "reserves": "iso3,quantity\nUKR,1\nEGY,1\n",
    "shock": "iso3,fraction\nUKR,0.5\n",
}


@pytest.fixture
def small(tmp_path):
    def put(**changed):
        for name, text in (SMALL | changed).items():
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / f"{name}.csv").write_bytes(data)
        named = [part for name in SMALL for part in (f"--{name}", tmp_path / f"{name}.csv")]
        return ["spillover", "cascade", *named, "--out", tmp_path / "out.csv"]

    return put


def test_a_small_world(small, clarion, tmp_path):
    clarion(*small())
    assert (tmp_path / "out.csv").read_text().startswith("iso3,dP,dR,dC,C0\n")


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"flows": "exporter_iso3,importer_iso3,quantity\nUKR,EGY,-10\n"}, "line 2"),
        ({"flows": "exporter_iso3,importer_iso3,quantity\nUKR,EGY,ten\n"}, "line 2"),
        ({"flows": "exporter_iso3,importer_iso3,quantity\nUKR,EGY,1\nUKR,EGY,2\n"}, "line 3"),
        ({"flows": "exporter_iso3,importer_iso3,amount\nUKR,EGY,1\n"}, ""),
        ({"flows": "exporter_iso3,importer_iso3,quantity\nUKR,EGY\n"}, "line 2"),
        ({"production": "iso3,quantity\nUKR,nan\nEGY,5\n"}, "line 2"),
        ({"reserves": "iso3,quantity\nUKR,inf\n"}, "line 2"),
        ({"shock": "iso3,fraction\nUKR,1.5\n"}, "line 2"),
        ({"shock": "iso3,fraction\nXYZ,0.5\n"}, ""),
        ({"shock": b"\x00\x01\x02\xff"}, ""),
        ({"shock": b"PK\x03\x04" + b"x" * 200}, ""),
        ({"shock": ""}, ""),
    ],
)
def test_files_that_cannot_be_used(changed, line, small, refused, tmp_path):
    error = refused(*small(**changed))
    assert next(iter(changed)) in error["where"]
    assert line in error["where"]
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "more",
    [["--rule", "magic"], ["--reserve-fraction", "1.5"], ["--reserve-fraction", "-1"], ["--consumption-fraction", "2"],
     ["--reserve-fraction", "nan"], ["--reserve-fraction", "half"], ["--flows", "/nowhere/flows.csv"]],
)  # fmt: skip
def test_options_that_cannot_be_used(more, small, refused, tmp_path):
    refused(*small(), *more)
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_that_is_not_there(small, refused):
    refused(*small(), "--out", "/nowhere/out.csv", code=4)
