//! Segments of the base standard: which elements they have, and which of those depend on each
//! other.
//!
//! A 999 tells faults against the base standard from faults against a guide; this is the first
//! half. The segments of all sets that we read are here, with the control segments.
//!
//! ```
//! use x12::guide::row::Tag;
//! use x12::guide::segments::{base, is_x12_tag};
//!
//! // Three kinds of tag: of a set that we know, of another one, of none.
//! assert!(base(Tag::new(b"NM1")).is_some());
//! assert!(base(Tag::new(b"W05")).is_none() && is_x12_tag(Tag::new(b"W05")));
//! assert!(!is_x12_tag(Tag::new(b"QQQ")));
//! ```

use super::base::{BASES, COMPOSITES, DEPENDING};
use super::row::{Content, Element, Tag};

/// A segment of the base standard.
///
/// ```
/// use x12::guide::row::Tag;
/// use x12::guide::segments::{Base, base};
///
/// let nm1: &Base = base(Tag::new(b"NM1")).expect("NM1");
/// assert_eq!(nm1.elements.len(), 12);
/// assert_eq!(nm1.element(9).expect("NM109").position, 9);
/// // If either of NM108 and NM109 is there, both are; NM111 needs NM110; NM112 needs NM103.
/// let notes: Vec<String> = nm1.notes.iter().map(ToString::to_string).collect();
/// assert_eq!(notes, ["P0809", "C1110", "C1203"]);
///
/// let sv1 = base(Tag::new(b"SV1")).expect("SV1");
/// assert_eq!(sv1.composite(1).expect("the procedure").number, 3);
/// assert!(sv1.composite(2).is_none());
/// ```
#[derive(Debug)]
pub struct Base {
    /// Its tag.
    pub tag: Tag,
    /// What it is, in our words.
    pub name: &'static str,
    /// Its elements in order, none left out. Required stands for mandatory.
    pub elements: &'static [Element],
    /// Which elements depend on each other.
    pub notes: &'static [Note],
}

/// A composite of the base standard.
///
/// ```
/// use x12::guide::row::Tag;
/// use x12::guide::segments::{Composite, base};
///
/// let hi = base(Tag::new(b"HI")).expect("HI");
/// let code: &Composite = hi.composite(1).expect("C022");
/// assert_eq!(code.number, 22);
/// assert_eq!(code.parts.len(), 9);
/// assert!(!code.notes.is_empty());
/// ```
#[derive(Debug)]
pub struct Composite {
    /// Its number: 3 for C003.
    pub number: u16,
    /// What it is, in our words.
    pub name: &'static str,
    /// Its parts in order, none left out.
    pub parts: &'static [Element],
    /// Which parts depend on each other.
    pub notes: &'static [Note],
}

/// A dependency between elements of one segment, or between parts of one composite.
///
/// ```
/// use x12::guide::segments::{Note, Relation};
///
/// let note = Note { relation: Relation::Paired, positions: &[8, 9] };
/// assert_eq!(note.to_string(), "P0809");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind of dependency.
    pub relation: Relation,
    /// The elements; the first one is the one that sets the condition, if there is a condition.
    pub positions: &'static [u8],
}

/// How elements of one segment depend on each other; the standard's letter stands behind each.
///
/// ```
/// use x12::guide::segments::Relation;
///
/// assert_eq!(Relation::ListConditional.letter(), 'L');
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// If one is there, all are (P).
    Paired,
    /// At least one is there (R).
    AtLeastOne,
    /// At most one is there (E).
    Exclusive,
    /// If the first is there, so are all the others (C).
    Conditional,
    /// If the first is there, so is at least one of the others (L).
    ListConditional,
}

impl Relation {
    /// The standard's letter.
    pub const fn letter(self) -> char {
        match self {
            Relation::Paired => 'P',
            Relation::AtLeastOne => 'R',
            Relation::Exclusive => 'E',
            Relation::Conditional => 'C',
            Relation::ListConditional => 'L',
        }
    }
}

impl std::fmt::Display for Note {
    /// As the standard writes it: `P0304`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.relation.letter())?;
        self.positions.iter().try_for_each(|position| write!(f, "{position:02}"))
    }
}

impl Base {
    /// Element `position`, from 1.
    pub fn element(&self, position: u8) -> Option<&'static Element> {
        self.elements.get(usize::from(position).checked_sub(1)?)
    }

    /// The composite at `position`, if there is one.
    pub fn composite(&self, position: u8) -> Option<&'static Composite> {
        match self.element(position)?.content {
            Content::Simple(_) => None,
            Content::Composite(parts) => {
                let is_it = |it: &&&'static Composite| std::ptr::eq(it.parts, parts);
                COMPOSITES.iter().find(is_it).copied()
            }
        }
    }
}

/// The segment with this tag, if it is one of the sets that we know.
///
/// ```
/// use x12::guide::row::Tag;
/// use x12::guide::segments::base;
///
/// assert_eq!(base(Tag::new(b"CLP")).expect("CLP").elements.len(), 14);
/// ```
pub fn base(tag: Tag) -> Option<&'static Base> {
    let index = BASES.binary_search_by_key(&tag, |base| base.tag).ok()?;
    BASES.get(index)
}

/// The dependencies between the parts of a composite of the base.
pub(crate) fn notes_of(parts: &'static [Element]) -> &'static [Note] {
    let composite = DEPENDING.iter().find(|composite| std::ptr::eq(composite.parts, parts));
    composite.map_or(&[], |composite| composite.notes)
}

/// Whether any transaction set of X12 005010 has a segment with this tag.
///
/// So that a segment that does not belong here differs from one that does not exist.
///
/// ```
/// use x12::guide::row::Tag;
/// use x12::guide::segments::is_x12_tag;
///
/// assert!(is_x12_tag(Tag::new(b"CLM")) && !is_x12_tag(Tag::new(b"CLN")));
/// ```
pub fn is_x12_tag(tag: Tag) -> bool {
    TAGS.binary_search(&tag).is_ok()
}

const fn pack<const N: usize>(names: [&str; N]) -> [Tag; N] {
    let mut tags = [Tag::new(b""); N];
    let mut i = 0;
    while i < N {
        tags[i] = Tag::new(names[i].as_bytes());
        i += 1;
    }
    tags
}

// In the order of `Tag`: two characters first, then three.
static TAGS: &[Tag] = &pack([
    "B1", "B2", "B3", "B4", "B9", "BC", "BL", "BR", "BW", "BX", "C2", "C3", "C4", "C8", "CD", "CI",
    "CM", "CQ", "CS", "CT", "CV", "D9", "DB", "DD", "DH", "DK", "DL", "DM", "DN", "DP", "DR", "E1",
    "E4", "E5", "E6", "E8", "EA", "EB", "EC", "ED", "EI", "EM", "EQ", "ER", "ES", "F9", "FC", "FG",
    "FH", "FK", "G1", "G2", "G3", "G4", "G5", "GA", "GE", "GF", "GH", "GR", "GS", "GY", "H1", "H2",
    "H3", "H5", "H6", "HC", "HD", "HI", "HL", "HS", "IA", "IC", "ID", "IH", "IM", "IT", "JL", "JS",
    "K1", "K2", "K3", "L0", "L1", "L3", "L4", "L5", "L7", "L8", "L9", "LC", "LE", "LH", "LM", "LN",
    "LP", "LQ", "LS", "LT", "LV", "LX", "M0", "M1", "M2", "M3", "M7", "MC", "MI", "MS", "N1", "N2",
    "N3", "N4", "N5", "N7", "N8", "N9", "NA", "OD", "OI", "OP", "P1", "P2", "P4", "P5", "PD", "PI",
    "PL", "PM", "PR", "PS", "PT", "Q2", "Q3", "Q5", "Q6", "Q7", "Q8", "R1", "R2", "R3", "R4", "R9",
    "RA", "RB", "RC", "RD", "RE", "RH", "RO", "RP", "RS", "RT", "S1", "S2", "S5", "S9", "SA", "SB",
    "SC", "SE", "SG", "SI", "SP", "SR", "SS", "ST", "SV", "SW", "T1", "T2", "T3", "T6", "T8", "TA",
    "TF", "TI", "TS", "TT", "UC", "UD", "UM", "UR", "V1", "V2", "V3", "V4", "V5", "V9", "VC", "VR",
    "W1", "W2", "W3", "W4", "W5", "W6", "WS", "X1", "X2", "X4", "X7", "XD", "XH", "XQ", "Y1", "Y2",
    "Y3", "Y4", "Y5", "Y6", "Y7", "ZA", "ZD", "ZR", "ZT", "AAA", "ACD", "ACK", "ACS", "ACT", "AD1",
    "ADI", "ADJ", "ADT", "ADV", "ADX", "AEI", "AES", "AIN", "AK1", "AK2", "AK3", "AK4", "AK5",
    "AK9", "AM1", "AMT", "ANI", "AOC", "AOI", "AOL", "AOR", "AP1", "APE", "API", "APR", "ARC",
    "ARS", "ASI", "ASL", "ASM", "ASO", "AST", "AT1", "AT2", "AT3", "AT4", "AT5", "AT6", "AT7",
    "AT8", "AT9", "ATA", "ATH", "ATN", "ATR", "ATV", "AVA", "AWD", "AXL", "B10", "B11", "B12",
    "B13", "B2A", "B3A", "B3B", "B9A", "BA1", "BA2", "BAA", "BAK", "BAL", "BAT", "BAU", "BAX",
    "BBC", "BCA", "BCD", "BCH", "BCI", "BCM", "BCO", "BCP", "BCQ", "BCS", "BCT", "BCU", "BDD",
    "BDS", "BEG", "BEN", "BEP", "BFR", "BFS", "BGF", "BGN", "BGP", "BHT", "BIA", "BIG", "BIN",
    "BIX", "BJF", "BLI", "BLN", "BLR", "BLS", "BMA", "BMG", "BMM", "BMP", "BMS", "BNR", "BNX",
    "BOL", "BOR", "BOS", "BOX", "BPA", "BPP", "BPR", "BPT", "BQR", "BQT", "BRA", "BRC", "BRR",
    "BSC", "BSD", "BSF", "BSI", "BSN", "BSR", "BSS", "BSW", "BT1", "BTA", "BTC", "BTI", "BTP",
    "BTR", "BTS", "BUY", "BVA", "BVB", "BVP", "BVS", "C8C", "CA1", "CAD", "CAI", "CAL", "CAS",
    "CAT", "CB1", "CBS", "CCI", "CD1", "CD2", "CD3", "CDA", "CDD", "CDI", "CDS", "CED", "CF1",
    "CF2", "CFI", "CFT", "CGS", "CHB", "CHR", "CIC", "CID", "CII", "CIV", "CL1", "CLD", "CLI",
    "CLM", "CLP", "CLR", "CMA", "CMC", "CN1", "COB", "COM", "CON", "CPR", "CR1", "CR2", "CR3",
    "CR4", "CR5", "CR6", "CR7", "CR8", "CRC", "CRD", "CRI", "CRO", "CRS", "CRT", "CRV", "CSB",
    "CSC", "CSD", "CSE", "CSF", "CSH", "CSI", "CSM", "CSS", "CST", "CSU", "CTB", "CTC", "CTP",
    "CTT", "CTX", "CUR", "CYC", "DAD", "DAI", "DAM", "DDI", "DED", "DEF", "DEG", "DEL", "DEP",
    "DEX", "DFI", "DIS", "DLV", "DMA", "DMG", "DMI", "DN1", "DN2", "DOS", "DPN", "DRT", "DSB",
    "DTM", "DTP", "DVI", "E01", "E03", "E10", "E13", "E20", "E22", "E24", "E26", "E30", "E34",
    "E40", "E41", "EDF", "EFI", "EIA", "ELV", "EMP", "EMS", "EMT", "ENE", "ENM", "ENR", "ENT",
    "EQD", "ERI", "ERP", "ESI", "ETD", "EXI", "F01", "F02", "F04", "F05", "F07", "F09", "F10",
    "F11", "F12", "F13", "F14", "F6X", "FA1", "FA2", "FAA", "FAC", "FBB", "FCL", "FDA", "FGS",
    "FIR", "FIS", "FNA", "FOB", "FOS", "FPT", "FRM", "FSA", "FST", "FTH", "G01", "G05", "G07",
    "G08", "G11", "G12", "G13", "G14", "G15", "G17", "G18", "G19", "G20", "G21", "G22", "G23",
    "G24", "G25", "G26", "G28", "G29", "G30", "G31", "G32", "G33", "G35", "G36", "G37", "G38",
    "G39", "G40", "G42", "G43", "G45", "G46", "G47", "G48", "G49", "G50", "G51", "G53", "G54",
    "G55", "G61", "G62", "G63", "G66", "G68", "G69", "G70", "G72", "G73", "G76", "G82", "G83",
    "G84", "G85", "G86", "G87", "G88", "G89", "G91", "G92", "G93", "G94", "G95", "GDP", "GID",
    "GR2", "GR4", "GR5", "GRI", "GRP", "HAD", "HCP", "HCR", "HLH", "HPL", "HSD", "ICH", "ICM",
    "ID1", "ID2", "ID3", "ID4", "IDB", "IDC", "IEA", "IGI", "III", "IIS", "IK3", "IK4", "IK5",
    "IMA", "IMC", "IMM", "IMP", "IN1", "IN2", "INC", "IND", "INI", "INQ", "INR", "INS", "INT",
    "INV", "INX", "IRA", "IRP", "IS1", "IS2", "ISA", "ISB", "ISC", "ISD", "ISE", "ISI", "ISR",
    "ISS", "IT1", "IT3", "IT8", "ITA", "ITC", "ITD", "IV1", "JCT", "JID", "JIL", "JIT", "L10",
    "L11", "L12", "L13", "L1A", "LAD", "LC1", "LCD", "LCT", "LDT", "LEP", "LEQ", "LET", "LFG",
    "LFH", "LFI", "LH1", "LH2", "LH3", "LH4", "LH6", "LHE", "LHR", "LHT", "LIC", "LID", "LIE",
    "LIN", "LN1", "LN2", "LOC", "LOD", "LRQ", "LS1", "LTE", "LTR", "LUC", "LUI", "M10", "M11",
    "M12", "M13", "M14", "M15", "M20", "M21", "M7A", "MAN", "MBL", "MCD", "MCT", "MEA", "MI1",
    "MIA", "MIC", "MII", "MIN", "MIR", "MIS", "MIT", "MKS", "MLA", "MLS", "MNC", "MOA", "MPI",
    "MPP", "MRC", "MS1", "MS2", "MS3", "MS4", "MS5", "MS6", "MSG", "MSI", "MSS", "MTX", "N10",
    "N11", "N12", "N7A", "N7B", "N8A", "NCA", "NCD", "NM1", "NTE", "NX1", "NX2", "OBI", "OID",
    "OOI", "OPS", "OPX", "OQS", "ORI", "OTI", "PAD", "PAI", "PAL", "PAM", "PAS", "PAT", "PAY",
    "PBI", "PCL", "PCR", "PCS", "PCT", "PDD", "PDE", "PDI", "PDL", "PDP", "PDR", "PDS", "PEN",
    "PER", "PEX", "PID", "PIN", "PKD", "PKG", "PKL", "PLA", "PLB", "PLC", "PLD", "PLI", "PO1",
    "PO3", "PO4", "POC", "POD", "PPA", "PPD", "PPL", "PPY", "PR1", "PR2", "PRC", "PRD", "PRF",
    "PRI", "PRJ", "PRM", "PRR", "PRS", "PRT", "PRV", "PS1", "PSA", "PSC", "PSD", "PTD", "PTF",
    "PTS", "PUN", "PWK", "PYD", "PYM", "PYT", "QTY", "R11", "R12", "R13", "R2A", "R2B", "R2C",
    "R2D", "RAB", "RAP", "RAT", "RCD", "RCR", "RDD", "RDI", "RDM", "RDR", "RDT", "REA", "REC",
    "RED", "REF", "REL", "REN", "REP", "REQ", "RES", "RET", "RIC", "RLD", "RLT", "RMR", "RMT",
    "RPA", "RQS", "RRA", "RSC", "RSD", "RST", "RT1", "RTE", "RTS", "RTT", "RU1", "RU2", "RU3",
    "RYL", "S3A", "S3E", "S3S", "S4A", "S4E", "S4S", "SAC", "SAD", "SAL", "SBR", "SBT", "SCA",
    "SCD", "SCH", "SCL", "SCM", "SCN", "SCP", "SCR", "SCS", "SCT", "SD1", "SDP", "SDQ", "SER",
    "SES", "SFC", "SHD", "SHI", "SHP", "SHR", "SID", "SII", "SIN", "SL1", "SLA", "SLI", "SLN",
    "SMA", "SMB", "SMD", "SMO", "SMR", "SMS", "SN1", "SOI", "SOM", "SPA", "SPE", "SPI", "SPK",
    "SPR", "SPS", "SPY", "SRA", "SRD", "SRE", "SRM", "SRT", "SSC", "SSD", "SSE", "SSS", "SST",
    "STA", "STC", "STP", "STS", "SUM", "SUP", "SV1", "SV2", "SV3", "SV4", "SV5", "SV6", "SV7",
    "SVA", "SVC", "SVD", "SWC", "SWD", "SWR", "TA1", "TA3", "TAX", "TBA", "TBI", "TC2", "TCD",
    "TD1", "TD3", "TD4", "TD5", "TDS", "TDT", "TED", "TEM", "TER", "TFA", "TFD", "TFM", "TFR",
    "TFS", "THE", "TIA", "TID", "TII", "TIS", "TLN", "TMD", "TOA", "TOO", "TOV", "TPB", "TPD",
    "TRF", "TRL", "TRN", "TRS", "TS2", "TS3", "TSD", "TSI", "TSP", "TST", "TSU", "TUD", "TXI",
    "TXN", "TXP", "UCS", "UDA", "UIT", "UQS", "USD", "USI", "UWI", "VAD", "VAR", "VAT", "VC1",
    "VDI", "VEH", "VID", "VRC", "W01", "W03", "W04", "W05", "W06", "W07", "W08", "W09", "W10",
    "W12", "W13", "W14", "W15", "W17", "W18", "W19", "W20", "W27", "W28", "W66", "W76", "WGP",
    "WLD", "X01", "X02", "XPO", "YNQ", "ZC1",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_the_order_that_look_up_needs() {
        assert!(BASES.is_sorted_by(|a, b| a.tag < b.tag));
        assert!(TAGS.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn every_base_segment_is_a_known_tag() {
        for base in BASES {
            assert!(is_x12_tag(base.tag), "{:?} is not among the tags", base.tag);
        }
    }

    #[test]
    fn dependencies_name_elements_that_the_segment_has() {
        for base in BASES {
            for note in base.notes {
                let last = u8::try_from(base.elements.len()).unwrap_or(u8::MAX);
                let fits = note.positions.iter().all(|&at| (1..=last).contains(&at));
                assert!(fits && note.positions.len() > 1, "{:?}: {note:?}", base.tag);
            }
        }
    }

    #[test]
    fn dependencies_of_composites_name_parts_that_they_have() {
        let depend = |composite: &&&'static Composite| !composite.notes.is_empty();
        let depending: Vec<u16> = COMPOSITES.iter().filter(depend).map(|it| it.number).collect();
        assert_eq!(depending, DEPENDING.iter().map(|it| it.number).collect::<Vec<_>>());
        for composite in DEPENDING {
            for note in composite.notes {
                let fits = |&at: &u8| (1..=composite.parts.len()).contains(&usize::from(at));
                assert!(note.positions.iter().all(fits), "C{:03}: {note}", composite.number);
            }
        }
    }

    #[test]
    fn every_element_of_the_base_has_a_name_and_its_place() {
        let whole = BASES.iter().map(|base| base.elements);
        for elements in whole.chain(COMPOSITES.iter().map(|composite| composite.parts)) {
            for (index, element) in elements.iter().enumerate() {
                assert_eq!(usize::from(element.position), index + 1);
                assert!(!element.name.is_empty(), "{element:?}");
            }
        }
    }

    #[test]
    fn finds_the_composite_at_a_position() {
        let hi = base(Tag::new(b"HI")).and_then(|hi| hi.composite(1));
        let notes = hi.map(|it| it.notes.iter().map(Note::to_string).collect::<Vec<_>>());
        assert_eq!(notes, Some(vec!["P0304".to_owned(), "E0809".to_owned()]));
        assert_eq!(hi.map(|it| it.number), Some(22));
        assert!(base(Tag::new(b"CLM")).is_some_and(|clm| clm.composite(1).is_none()));
        assert!(base(Tag::new(b"CLM")).is_some_and(|clm| clm.element(21).is_none()));
    }

    #[test]
    fn finds_segments_and_only_those() {
        let nm1 = base(Tag::new(b"NM1"));
        assert_eq!(nm1.map(|base| (base.elements.len(), base.notes.len())), Some((12, 3)));
        assert!(base(Tag::new(b"PO1")).is_none());
        assert!(is_x12_tag(Tag::new(b"PO1")));
        assert!(!is_x12_tag(Tag::new(b"ZZZ")));
        assert!(!is_x12_tag(Tag::new(b"")));
        assert!(!is_x12_tag(Tag::new(b"CLMX")));
    }
}
