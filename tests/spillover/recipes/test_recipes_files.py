"""The published files are read whole, and each fault of one is named with its file."""

from __future__ import annotations

import gzip

import numpy as np
import polars as pl
import pytest
from recipes_worlds import random_world, write_folder

from clarion.errors import InputError, UnknownName
from clarion.spillover.engine.recipes import read_recipes, trade_shares


@pytest.fixture
def world():
    return random_world(21, 4, 3, 2, 0.8)


@pytest.fixture
def folder(world, tmp_path):
    return write_folder(world, tmp_path)


def test_files_come_back_as_they_were(world, folder):
    read, made = read_recipes(folder)
    assert made is None
    for name in ("countries", "names", "regions", "items", "processes"):
        assert getattr(read, name) == getattr(world, name)
    for name in ("beta", "used", "exported", "start", "stock"):
        np.testing.assert_array_equal(getattr(read, name), getattr(world, name))
    for name in ("alpha", "nu", "trade"):
        np.testing.assert_array_equal(getattr(read, name).toarray(), getattr(world, name).toarray())


def test_packed_files_are_read_too(world, folder):
    for path in folder.glob("*.mtx"):
        with gzip.open(f"{path}.gz", "wb") as packed:
            packed.write(path.read_bytes())
        path.unlink()
    np.testing.assert_array_equal(read_recipes(folder)[0].alpha.toarray(), world.alpha.toarray())


def test_trade_from_flows(folder):
    (folder / "sparse_trade.mtx").unlink()
    flows = folder / "flows.csv"
    flows.write_text(
        "year,item,exporter_iso3,importer_iso3,tonnes\n"
        "2013,item 1,C00,C01,30\n2013,item 1,C00,C02,10\n2013,item 1,C00,C00,5\n2013,item 1,C00,XXX,7\n"
        "2013,nothing known,C00,C01,7\n2012,item 1,C00,C03,99\n"
    )
    read, made = read_recipes(folder, flows)
    assert made is not None
    assert (made.items, made.rows, made.left_out) == (("item 1",), 2, 3)
    column = read.trade.toarray()[:, 1]
    assert column.tolist() == [0, 0, 0, 0, 0.75, 0, 0, 0.25, 0, 0, 0, 0]
    assert read.trade.nnz == 2
    with pytest.raises(InputError, match="no row of 1999"):
        read_recipes(folder, flows, 1999)


def test_items_by_the_names_of_others():
    flows = pl.DataFrame({"item": ["Wheat", "soya"], "exporter_iso3": ["RUS", "UKR"], "importer_iso3": ["EGY", "EGY"],
                          "tonnes": [1.0, 2.0]})  # fmt: skip
    made = trade_shares(flows, ("EGY", "RUS", "UKR"), ("Soyabeans", "Wheat and products"))
    assert made.items == ("Soyabeans", "Wheat and products")
    assert made.matrix.toarray()[1, 3] == made.matrix.toarray()[0, 4] == 1
    with pytest.raises(InputError, match="No flow"):
        trade_shares(flows, ("EGY", "RUS", "UKR"), ("Yams",))


FAULTS = {
    "no matrix of trade": lambda f: (f / "sparse_trade.mtx").unlink(),
    "no sparse_nu.mtx": lambda f: (f / "sparse_nu.mtx").unlink(),
    "cannot be read": lambda f: (f / "item-index.csv").unlink(),
    "name comes twice": lambda f: (f / "item-index.csv").write_text("a\na\nb\n"),
    "the indexes make it": lambda f: (f / "item-index.csv").write_text("a\nb\n"),
    "lacks Country 1": lambda f: (f / "country-information.csv").write_text(",area,code,region\n0,Country 0,A,\n"),
    "no MatrixMarket file": lambda f: (f / "sparse_alpha.mtx").write_text("hello"),
    "negative or no numbers": lambda f: spoil(f / "sparse_x0.mtx", "-5"),
    "more than there is": lambda f: spoil(f / "sparse_eta_exp.mtx", "7"),
    "more than one": lambda f: spoil(f / "sparse_trade.mtx", "7"),
}  # fmt: skip


def spoil(path, value):
    """Change the last entry."""
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:-1], " ".join([*lines[-1].split()[:-1], value])]) + "\n")


@pytest.mark.parametrize("said", FAULTS)
def test_faults_are_named(folder, said):
    FAULTS[said](folder)
    with pytest.raises(InputError, match=said) as caught:
        read_recipes(folder)
    assert caught.value.where
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("text", "said"),
    [("a,b\n1,2\n", "no column"), ("item,exporter_iso3,importer_iso3,tonnes\nitem 1,C00,C01,-4\n", "not an amount"),
     ("item,exporter_iso3,importer_iso3,tonnes\nitem 1,C00,C01,many\n", "not an amount"), ("", "cannot be read")],
)  # fmt: skip
def test_faults_of_flows(folder, text, said):
    flows = folder / "flows.csv"
    flows.write_text(text)
    with pytest.raises(InputError, match=said):
        read_recipes(folder, flows)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        read_recipes(tmp_path / "nowhere")


def test_names_that_are_not_there(world):
    assert world.country("c02") == 2
    with pytest.raises(UnknownName, match="'UKR'"):
        world.country("UKR")
    with pytest.raises(UnknownName) as caught:
        world.item("item 7")
    assert "item " in caught.value.next_step
