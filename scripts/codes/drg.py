#!/usr/bin/env python3
"""Prints the rows of src/code_sets/drg.rs: runs of MS-DRG numbers and the days they were in force.

    venv/bin/python scripts/codes/drg.py

As icd10cm.py, which says how to prepare `venv`. The package knows versions 40 to 44: what begins
with 40.0 may be older, what ends with 44.0 is still in force.
"""

import struct
from datetime import date

from code_editor import require, table_of

# The first day of each version; the last but one ends before the next begins.
FIRST_DAYS = {
    400: date(2022, 10, 1),
    401: date(2023, 4, 1),
    410: date(2023, 10, 1),
    411: date(2024, 4, 1),
    420: date(2024, 10, 1),
    421: date(2025, 4, 1),
    430: date(2025, 10, 1),
    431: date(2026, 4, 1),
    440: date(2026, 10, 1),
}

table = table_of(b"drg_descriptions")
magic, count, start, _ = struct.unpack_from("<4s3I", table)
require(magic == b"DGRD", f"unknown table format {magic!r}")
versions = sorted(FIRST_DAYS)
known = {}
for at in range(start, start + 20 * count, 20):
    number, first, last, _, _ = struct.unpack_from("<5I", table, at)
    spans = known.setdefault(number, set())
    spans.update(version for version in versions if first <= version <= last)


def runs():
    for number in sorted(known):
        spans = sorted(known[number])
        at = [versions.index(version) for version in spans]
        require(at == list(range(at[0], at[-1] + 1)), f"{number} has gaps")
        first = 0 if spans[0] == versions[0] else FIRST_DAYS[spans[0]]
        after = versions.index(spans[-1]) + 1
        last = 0 if after == len(versions) else versions[after]
        yield number, first, last


found = []
for number, first, last in runs():
    if found and found[-1][1] + 1 == number and found[-1][2:] == (first, last):
        found[-1] = (found[-1][0], number, first, last)
    else:
        found.append((number, number, first, last))
for low, high, first, last in found:
    ended = last and date.fromordinal(FIRST_DAYS[last].toordinal() - 1)
    first, ended = (day and int(day.strftime("%Y%m%d")) for day in (first, ended))
    print(f"    run({low}, {high}, {first}, {ended}),")
