//! Kinds of claims that are right, and look like those that a rule holds.

use claimgate::scrub::example::Clean;

use crate::scenes::{MEDICARE, MEDICARE_NUMBER, OLD, Scene, TRACING, VISIT, of, professional};

const MEDICARE_A: (&str, &str) = ("SBR*P*18*******CI", "SBR*P*18*******MA");
const NUMBER_A: (&str, &str) = ("*MI*MEM000001", "*MI*1AC2DE3FG45");
const CARS: (&str, &str) = ("SBR*P*18*******CI", "SBR*P*18*******AM");
const NO_OPERATIONS: (&str, &str) =
    ("HI*BBR:3E03329:D8:20260201~\nHI*BBQ:02HV33Z:D8:20260202*BBQ:5A1935Z:D8:20260203~\n", "");
const HOSPICE_DAYS: (&str, &str) = (
    "SV2*0022*HP:KAXD1*0*UN*14~\nLX*2~\nSV2*0120**5880*DA*14~\nLX*3~\nSV2*0420**1820*UN*10",
    "SV2*0651*HC:Q5001*5880*UN*14~\nDTP*472*D8*20260206~\nLX*2~\nSV2*0551*HC:G0299*1820*UN*10~\nDTP*472*D8*20260210",
);

pub static BORDERS: &[Scene] = &[
    of(
        Clean::Nursing,
        "a death at home under hospice",
        &[
            ("21:A:1*", "81:A:4*"),
            ("DTP*096*TM*1000~\n", ""),
            ("CL1*3*4*01", "CL1*3*1*40"),
            ("HI*BI:70:RD8:20260201-20260206~\nHI*BH:50:D8:20260210", "HI*BH:55:D8:20260220"),
            ("BE:80:::14", "BE:61:::44100"),
            HOSPICE_DAYS,
        ],
    ),
    of(
        Clean::Nursing,
        "a death under hospice, for Medicaid",
        &[
            ("SBR*P*18*******MA", "SBR*P*18*******MC"),
            ("*MI*1AC2DE3FG45", "*MI*STATE00045"),
            ("21:A:1*", "81:A:4*"),
            ("DTP*096*TM*1000~\n", ""),
            ("CL1*3*4*01", "CL1*3*1*20"),
            ("HI*BI:70:RD8:20260201-20260206~\nHI*BH:50:D8:20260210~\nHI*BE:80:::14~\n", ""),
            HOSPICE_DAYS,
        ],
    ),
    of(
        Clean::Nursing,
        "a nursing home that asks Medicare for a denial",
        &[
            ("HI*BI:70:RD8:20260201-20260206~\nHI*BH:50:D8:20260210~\n", ""),
            ("HI*BE:80:::14", "HI*BE:81:::14~\nHI*BG:21"),
            ("SV2*0022*HP:KAXD1*0*UN*14", "SV2*0250**0*UN*14"),
        ],
    ),
    of(
        Clean::HomeHealth,
        "home health that asks Medicare for a denial",
        &[
            ("32:A:4", "32:A:0"),
            ("HI*BE:61:::44100*BE:85:::17167", "HI*BE:61:::44100*BE:85:::17167~\nHI*BG:21"),
        ],
    ),
    of(
        Clean::HomeHealth,
        "home health, for another insurer",
        &[
            ("SBR*P*18*******MA", "SBR*P*18*******CI"),
            ("*MI*1AC2DE3FG45", "*MI*MEM000001"),
            ("HI*BE:61:::44100*BE:85:::17167~\n", ""),
            ("SV2*0023*HP:1AA11*0*UN*1", "SV2*0570*HC:G0156*0*UN*1"),
        ],
    ),
    of(
        Clean::Inpatient,
        "rehabilitation, for Medicare",
        &[
            MEDICARE_A,
            NUMBER_A,
            ("PXC*282N00000X", "PXC*283X00000X"),
            NO_OPERATIONS,
            (
                "LX*1~\nSV2*0120**6000*DA*4~\nREF*6R*LINE-1",
                "LX*1~\nSV2*0024*HP:A0101*0*UN*1~\nREF*6R*LINE-0~\nLX*5~\nSV2*0128**6000*DA*4~\nREF*6R*LINE-1",
            ),
        ],
    ),
    of(
        Clean::Inpatient,
        "a newborn from another hospital",
        &[
            ("DMG*D8*19500402*F", "DMG*D8*20260130*M"),
            ("CL1*1*1*01", "CL1*1*4*01"),
            ("HI*ABK:J189:::::::Y", "HI*ABK:P220:::::::Y"),
            ("HI*ABJ:J189", "HI*ABJ:P220"),
            ("HI*ABF:J9601:::::::Y*ABF:E119:::::::Y*ABF:I10:::::::N~\n", ""),
            NO_OPERATIONS,
            ("HI*BH:11:D8:20260130~\n", ""),
            ("HI*BE:01:::1500*BE:80:::4", "HI*BE:54:::2900"),
            ("SV2*0120**6000", "SV2*0174**6000"),
        ],
    ),
    of(
        Clean::Inpatient,
        "late charges of a stay",
        &[
            ("11:A:1*", "11:A:5*"),
            ("SV2*0120**6000*DA*4", "SV2*0258**6000*UN*4"),
            ("*BE:80:::4", ""),
        ],
    ),
    of(
        Clean::Inpatient,
        "a stay that ends on its first day",
        &[
            ("20260201-20260205", "20260201-20260201"),
            ("CL1*1*1*01", "CL1*1*1*02"),
            ("DTP*096*TM*1130", "DTP*096*TM*2130"),
            ("HI*BBQ:02HV33Z:D8:20260202*BBQ:5A1935Z:D8:20260203~\n", ""),
            ("SV2*0120**6000*DA*4", "SV2*0360**6000*UN*4"),
            ("*BE:80:::4", ""),
        ],
    ),
    of(
        Clean::Inpatient,
        "residential treatment",
        &[
            ("PXC*282N00000X", "PXC*323P00000X"),
            ("HI*ABK:J189:::::::Y", "HI*ABK:F332:::::::Y"),
            ("HI*ABJ:J189", "HI*ABJ:F332"),
            ("HI*DR:193", "HI*DR:885"),
            NO_OPERATIONS,
            ("*BE:80:::4", ""),
            ("SV2*0120**6000*DA*4", "SV2*1001**6000*UN*4"),
        ],
    ),
    of(
        Clean::Outpatient,
        "an operation, with its surgeon",
        &[
            ("SV2*0320*HC:73610:RT", "SV2*0360*HC:27814:RT"),
            ("NM1*DN", "NM1*72*1*LARCH*MILES*E***XX*1999001427~\nNM1*DN"),
        ],
    ),
    of(
        Clean::Outpatient,
        "stitches in the emergency department",
        &[("SV2*0320*HC:73610:RT", "SV2*0450*HC:12002")],
    ),
    of(
        Clean::Outpatient,
        "a driver, for the insurer of the car",
        &[
            CARS,
            ("HI*ABK:S93401A", "REF*LU*IL~\nHI*ABK:S93401A"),
            ("ABN:W010XXA", "ABN:V4352XA"),
            ("HI*BH:05", "HI*BH:01"),
        ],
    ),
    professional(
        "a driver, for the insurer of the car",
        &[
            ("GRP1******CI", "GRP1******AM"),
            ("*Y*A*Y*Y", "*Y*A*Y*Y**AA:::MA"),
            ("HI*ABK:E119*ABF:I10", "DTP*439*D8*20261001~\nHI*ABK:S134XXA*ABF:V4352XA"),
        ],
    ),
    professional(
        "spouses with one insurer",
        &[(
            "LX*1",
            "SBR*S*01*GRP1******CI~\nOI***Y***Y~\nNM1*IL*1*ROE*JOHN****MI*W2~\nNM1*PR*2*ACME HEALTH*****PI*ACME1~\nLX*1",
        )],
    ),
    professional(
        "a daughter with her mother's name",
        &[
            ("SBR*P*18*", "SBR*P**"),
            ("HL*2*1*22*0", "HL*2*1*22*1"),
            (
                "CLM*A1*100*",
                "HL*3*2*23*0~\nPAT*19~\nNM1*QC*1*ROE*JANE~\nN3*1 ELM ST~\nN4*BOSTON*MA*02110~\nDMG*D8*20060101*F~\nCLM*A1*100*",
            ),
        ],
    ),
    professional(
        "two kinds of therapy on one day",
        &[
            MEDICARE,
            MEDICARE_NUMBER,
            OLD,
            (
                "HI*ABK:E119*ABF:I10~\n",
                "HI*ABK:M6281*ABF:R2689~\nNM1*DN*1*CEDAR*JOAN****XX*1999001328~\n",
            ),
            (VISIT, "SV1*HC:97530:GO:CO:59*60*UN*1***1:2"),
            (TRACING, "SV1*HC:97110:GP:CQ:KX*40*UN*1***2"),
        ],
    ),
    professional("a nebulizer, rented", &[(VISIT, "SV1*HC:E0570:RR:KH:BP*60*UN*1***1:2")]),
    professional(
        "a denial that is older than the visit",
        &[(
            "LX*1",
            "SBR*S*18*******CI~\nCAS*PR*204*100~\nAMT*D*0~\nOI***Y***Y~\nNM1*IL*1*ROE*JANE****MI*W2~\nNM1*PR*2*OLD PLAN*****PI*OLD1~\nDTP*573*D8*20260105~\nLX*1",
        )],
    ),
];
