#!/usr/bin/env python3
"""Writes src/code_sets/icd10pcs.bin: every ICD-10-PCS code and its days of effect.

    venv/bin/python scripts/codes/icd10pcs.py

As icd10cm.py, which says how to prepare `venv`.
"""

import re

from code_editor import check_counts, encode, join, require, rows_of, write

CODE = re.compile(r"[0-9A-HJ-NP-Z]{7}")

# Codes valid on 1 October of the year, as CMS announced them.
CODES_ON_OCTOBER_1 = {
    2015: 71_974,
    2016: 75_789,
    2017: 78_705,
    2018: 78_881,
    2019: 77_559,
    2020: 78_115,
    2021: 78_220,
    2022: 78_496,
    2023: 78_603,
    2024: 78_948,
    2025: 79_115,
    2026: 79_256,
}

periods_by_code = join(rows_of(b"mce_i10sg_master"))
for code in periods_by_code:
    require(CODE.fullmatch(code), f"{code} does not look like a code")
check_counts(periods_by_code, CODES_ON_OCTOBER_1)
write("icd10pcs.bin", b"PC10", encode(b"PC10", periods_by_code))
