#!/usr/bin/env python3
"""Writes src/code_sets/diagnosis_traits.bin and procedure_traits.bin: what the Medicare Code Editor
says of diagnoses and of ICD-10-PCS procedures.

    venv/bin/python scripts/codes/traits.py

As icd10cm.py, which says how to prepare `venv`. Each period is two cells here: its days, and then
u16 traits with six bytes of zero. A code has a cell for each period in which its traits stay the
same, and none while it has no trait.
"""

import struct
from datetime import timedelta

from code_editor import FIRST_DAY, encode_code, encode_period, require, rows_of, write

# The bit of each trait, from the lowest. src/code_sets/traits.rs has the same order.
OF_DIAGNOSES = [
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
OF_PROCEDURES = ["noncovered", "lcov", "los"]

# How many codes have a trait in the last edition.
DIAGNOSES = {"manifestation": 422, "pediatric": 126, "newborn": 42, "maternity": 2_587}
PROCEDURES = {"los": 1}


def rows(table, names):
    for code, first, last, flags in sorted(rows_of(table), key=lambda row: row[:3]):
        traits = sum(1 << bit for bit, name in enumerate(names) if name in flags)
        if traits:
            yield code, max(first, FIRST_DAY), last, traits


def joined(table, names):
    """Rows that follow each other with the same traits are one."""
    found = []
    for code, first, last, traits in rows(table, names):
        if found:
            known, known_first, known_last, known_traits = found[-1]
            follows = known_last + timedelta(days=1) == first
            if (known, known_traits) == (code, traits) and follows:
                found[-1] = (code, known_first, last, traits)
                continue
        found.append((code, first, last, traits))
    return found


def write_traits(target, magic, table, names, counts):
    found = joined(table, names)
    end = max(last for _, _, last, _ in found)
    for name, expected in counts.items():
        bit = 1 << names.index(name)
        count = sum(1 for _, _, last, traits in found if last == end and traits & bit)
        require(count == expected, f"{count} codes are {name}, expected {expected}")
    periods = sorted({(first, last, traits) for _, first, last, traits in found})
    require(len(periods) <= 256, f"{len(periods)} periods do not fit into a byte")
    cells = [struct.pack("<4sHH", magic, 2 * len(periods), 0)]
    for first, last, traits in periods:
        cells.append(encode_period((first, last)))
        cells.append(struct.pack("<H6x", traits))
    for code, *period in found:
        cells.append(encode_code(code, periods.index(tuple(period))))
    write(target, magic, cells)


write_traits("diagnosis_traits.bin", b"DT10", b"mce_i10dx_master", OF_DIAGNOSES, DIAGNOSES)
write_traits("procedure_traits.bin", b"PT10", b"mce_i10sg_master", OF_PROCEDURES, PROCEDURES)
