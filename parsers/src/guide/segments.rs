//! Segments of the base standard: how many elements they have, and which of those depend on each
//! other.
//!
//! A 999 tells faults against the base standard from faults against a guide; this is the first
//! half. The segments of the claim (837), the remittance (835), the acknowledgment (999) and the
//! claim status (277) are here, with the control segments.

use super::row::Tag;

/// A segment of the base standard.
#[derive(Debug)]
pub struct Base {
    /// Its tag.
    pub tag: Tag,
    /// How many elements it has.
    pub elements: u8,
    /// Which elements depend on each other.
    pub notes: &'static [Note],
}

/// A dependency between elements of one segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind of dependency.
    pub relation: Relation,
    /// The elements; the first one is the one that sets the condition, if there is a condition.
    pub positions: &'static [u8],
}

/// How elements of one segment depend on each other; the standard's letter stands behind each.
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

/// The segment with this tag, if it is one of the sets that we know.
pub fn base(tag: Tag) -> Option<&'static Base> {
    let index = BASES.binary_search_by_key(&tag, |base| base.tag).ok()?;
    BASES.get(index)
}

/// Whether any transaction set of X12 005010 has a segment with this tag.
///
/// So that a segment that does not belong here differs from one that does not exist.
pub fn is_x12_tag(tag: Tag) -> bool {
    TAGS.binary_search(&tag).is_ok()
}

const fn segment(tag: &str, elements: u8, notes: &'static [Note]) -> Base {
    Base { tag: Tag::new(tag.as_bytes()), elements, notes }
}

const fn paired(positions: &'static [u8]) -> Note {
    Note { relation: Relation::Paired, positions }
}

const fn at_least_one(positions: &'static [u8]) -> Note {
    Note { relation: Relation::AtLeastOne, positions }
}

const fn exclusive(positions: &'static [u8]) -> Note {
    Note { relation: Relation::Exclusive, positions }
}

const fn conditional(positions: &'static [u8]) -> Note {
    Note { relation: Relation::Conditional, positions }
}

const fn list_conditional(positions: &'static [u8]) -> Note {
    Note { relation: Relation::ListConditional, positions }
}

// In the order of `Tag`: two characters first, then three. The dependencies of CR4, CR5, CR6, CR7,
// CR8, IMM, SV4, SV6, SV7 and UR are left out: no guide of ours uses those segments.
static BASES: &[Base] = &[
    segment("GE", 2, &[]),
    segment("GS", 8, &[]),
    segment("HI", 12, &[]),
    segment("HL", 4, &[]),
    segment("K3", 3, &[]),
    segment("LQ", 2, &[conditional(&[1, 2])]),
    segment("LX", 1, &[]),
    segment("N1", 6, &[at_least_one(&[2, 3]), paired(&[3, 4])]),
    segment("N2", 2, &[]),
    segment("N3", 2, &[]),
    segment("N4", 7, &[exclusive(&[2, 7]), conditional(&[6, 5]), conditional(&[7, 4])]),
    segment("OI", 6, &[]),
    segment("SE", 2, &[]),
    segment("ST", 3, &[]),
    segment("UR", 2, &[]),
    segment("AK1", 3, &[]),
    segment("AK2", 3, &[]),
    segment("AK3", 4, &[]),
    segment("AK4", 4, &[]),
    segment("AK5", 6, &[]),
    segment("AK9", 9, &[]),
    segment("AMT", 3, &[]),
    segment("BHT", 6, &[]),
    segment(
        "BPR",
        21,
        &[
            paired(&[6, 7]),
            conditional(&[8, 9]),
            paired(&[12, 13]),
            conditional(&[14, 15]),
            paired(&[18, 19]),
            conditional(&[20, 21]),
        ],
    ),
    segment(
        "CAS",
        19,
        &[
            list_conditional(&[5, 6, 7]),
            conditional(&[6, 5]),
            conditional(&[7, 5]),
            list_conditional(&[8, 9, 10]),
            conditional(&[9, 8]),
            conditional(&[10, 8]),
            list_conditional(&[11, 12, 13]),
            conditional(&[12, 11]),
            conditional(&[13, 11]),
            list_conditional(&[14, 15, 16]),
            conditional(&[15, 14]),
            conditional(&[16, 14]),
            list_conditional(&[17, 18, 19]),
            conditional(&[18, 17]),
            conditional(&[19, 17]),
        ],
    ),
    segment("CL1", 4, &[]),
    segment("CLM", 20, &[]),
    segment("CLP", 14, &[]),
    segment("CN1", 6, &[]),
    segment("CR1", 10, &[paired(&[1, 2]), paired(&[5, 6])]),
    segment("CR2", 12, &[paired(&[1, 2]), conditional(&[4, 3]), paired(&[5, 6])]),
    segment("CR3", 5, &[paired(&[2, 3])]),
    segment("CR4", 29, &[]),
    segment("CR5", 18, &[]),
    segment("CR6", 21, &[]),
    segment("CR7", 3, &[]),
    segment("CR8", 9, &[]),
    segment("CRC", 7, &[]),
    segment(
        "CTP",
        11,
        &[
            paired(&[4, 5]),
            conditional(&[6, 7]),
            conditional(&[9, 2]),
            conditional(&[10, 2]),
            conditional(&[11, 3]),
        ],
    ),
    segment("CTX", 6, &[]),
    segment(
        "CUR",
        21,
        &[
            conditional(&[8, 7]),
            conditional(&[9, 7]),
            list_conditional(&[10, 11, 12]),
            conditional(&[11, 10]),
            conditional(&[12, 10]),
            list_conditional(&[13, 14, 15]),
            conditional(&[14, 13]),
            conditional(&[15, 13]),
            list_conditional(&[16, 17, 18]),
            conditional(&[17, 16]),
            conditional(&[18, 16]),
            list_conditional(&[19, 20, 21]),
            conditional(&[20, 19]),
            conditional(&[21, 19]),
        ],
    ),
    segment("DMG", 11, &[paired(&[1, 2]), paired(&[10, 11]), conditional(&[11, 5])]),
    segment("DN1", 4, &[]),
    segment("DN2", 6, &[paired(&[4, 5])]),
    segment("DSB", 8, &[paired(&[7, 8])]),
    segment("DTM", 6, &[at_least_one(&[2, 3, 5]), conditional(&[4, 3]), paired(&[5, 6])]),
    segment("DTP", 3, &[]),
    segment("FRM", 5, &[at_least_one(&[2, 3, 4, 5])]),
    segment("HCP", 15, &[at_least_one(&[1, 13]), paired(&[9, 10]), paired(&[11, 12])]),
    segment("HSD", 8, &[paired(&[1, 2]), conditional(&[6, 5])]),
    segment("IEA", 2, &[]),
    segment("IK3", 4, &[]),
    segment("IK4", 4, &[]),
    segment("IK5", 6, &[]),
    segment("IMM", 6, &[]),
    segment("ISA", 16, &[]),
    segment(
        "LIN",
        31,
        &[
            paired(&[4, 5]),
            paired(&[6, 7]),
            paired(&[8, 9]),
            paired(&[10, 11]),
            paired(&[12, 13]),
            paired(&[14, 15]),
            paired(&[16, 17]),
            paired(&[18, 19]),
            paired(&[20, 21]),
            paired(&[22, 23]),
            paired(&[24, 25]),
            paired(&[26, 27]),
            paired(&[28, 29]),
            paired(&[30, 31]),
        ],
    ),
    segment(
        "MEA",
        12,
        &[
            at_least_one(&[3, 5, 6, 8]),
            exclusive(&[4, 12]),
            list_conditional(&[5, 4, 12]),
            list_conditional(&[6, 4, 12]),
            list_conditional(&[7, 3, 5, 6]),
            exclusive(&[8, 3]),
            paired(&[11, 12]),
        ],
    ),
    segment("MIA", 24, &[]),
    segment("MOA", 9, &[]),
    segment("NM1", 12, &[paired(&[8, 9]), conditional(&[11, 10]), conditional(&[12, 3])]),
    segment("NTE", 2, &[]),
    segment("PAT", 9, &[paired(&[5, 6]), paired(&[7, 8])]),
    segment("PER", 9, &[paired(&[3, 4]), paired(&[5, 6]), paired(&[7, 8])]),
    segment(
        "PLB",
        14,
        &[paired(&[5, 6]), paired(&[7, 8]), paired(&[9, 10]), paired(&[11, 12]), paired(&[13, 14])],
    ),
    segment("PRV", 6, &[paired(&[2, 3])]),
    segment("PS1", 3, &[]),
    segment("PWK", 9, &[paired(&[5, 6])]),
    segment("QTY", 4, &[at_least_one(&[2, 4]), exclusive(&[2, 4])]),
    segment("RDM", 5, &[]),
    segment("REF", 4, &[at_least_one(&[2, 3])]),
    segment("SBR", 9, &[]),
    segment("STC", 12, &[]),
    segment("SV1", 21, &[paired(&[3, 4])]),
    segment("SV2", 10, &[at_least_one(&[1, 2]), paired(&[4, 5])]),
    segment("SV3", 11, &[]),
    segment("SV4", 18, &[]),
    segment("SV5", 7, &[at_least_one(&[4, 5]), conditional(&[6, 4])]),
    segment("SV6", 7, &[]),
    segment("SV7", 6, &[]),
    segment("SVC", 7, &[]),
    segment("SVD", 6, &[]),
    segment("TA1", 5, &[]),
    segment("TOO", 3, &[paired(&[1, 2])]),
    segment("TRN", 4, &[]),
    segment("TS2", 19, &[]),
    segment("TS3", 24, &[]),
];

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
                let fits = note.positions.iter().all(|&at| (1..=base.elements).contains(&at));
                assert!(fits && note.positions.len() > 1, "{:?}: {note:?}", base.tag);
            }
        }
    }

    #[test]
    fn finds_segments_and_only_those() {
        let nm1 = base(Tag::new(b"NM1"));
        assert_eq!(nm1.map(|base| (base.elements, base.notes.len())), Some((12, 3)));
        assert!(base(Tag::new(b"PO1")).is_none());
        assert!(is_x12_tag(Tag::new(b"PO1")));
        assert!(!is_x12_tag(Tag::new(b"ZZZ")));
        assert!(!is_x12_tag(Tag::new(b"")));
        assert!(!is_x12_tag(Tag::new(b"CLMX")));
    }
}
