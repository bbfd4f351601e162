#!/usr/bin/env python3
"""Writes src/code_sets/diagnosis_traits.bin: what the Medicare Code Editor says of diagnoses.

    venv/bin/python scripts/codes/diagnosis_traits.py

As icd10cm.py, which says how to prepare `venv`. Each period is two cells here: its days, and then
u16 traits with six bytes of zero. A code has a cell for each period in which its traits stay the
same, and none while it has no trait.
"""

import struct
from datetime import timedelta

from code_editor import FIRST_DAY, encode_code, encode_period, require, rows_of, write

# The bit of each trait, from the lowest. src/code_sets/diagnosis_traits.rs has the same order.
TRAITS = [
    "newborn",
    "pediatric",
    "maternity",
    "adult",
    "female",
    "male",
    "manifestation",
    "unacceptable",
    "reqsdx",
    "unspecified",
    "wrngproc",
]
CODES_LAST_DAY = {"manifestation": 422, "pediatric": 126, "newborn": 42, "maternity": 2_587}


def rows():
    for code, first, last, flags in sorted(rows_of(b"mce_i10dx_master"), key=lambda row: row[:3]):
        traits = sum(1 << bit for bit, name in enumerate(TRAITS) if name in flags)
        if traits:
            yield code, max(first, FIRST_DAY), last, traits


def joined():
    """Rows that follow each other with the same traits are one."""
    found = []
    for code, first, last, traits in rows():
        if found:
            known, known_first, known_last, known_traits = found[-1]
            follows = known_last + timedelta(days=1) == first
            if (known, known_traits) == (code, traits) and follows:
                found[-1] = (code, known_first, last, traits)
                continue
        found.append((code, first, last, traits))
    return found


found = joined()
end = max(last for _, _, last, _ in found)
for name, expected in CODES_LAST_DAY.items():
    bit = 1 << TRAITS.index(name)
    count = sum(1 for _, _, last, traits in found if last == end and traits & bit)
    require(count == expected, f"{count} codes are {name}, expected {expected}")
periods = sorted({(first, last, traits) for _, first, last, traits in found})
require(len(periods) <= 256, f"{len(periods)} periods do not fit into a byte")
cells = [struct.pack("<4sHH", b"DT10", 2 * len(periods), 0)]
for first, last, traits in periods:
    cells.append(encode_period((first, last)))
    cells.append(struct.pack("<H6x", traits))
for code, *period in found:
    cells.append(encode_code(code, periods.index(tuple(period))))
write("diagnosis_traits.bin", b"DT10", cells)
