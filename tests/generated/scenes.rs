//! Kinds of claims to start with, beside those that rules show: each a clean claim with changes.

use claimgate::scrub::Example;
use claimgate::scrub::example::Clean;

/// A kind of claim, in words.
pub struct Scene {
    pub name: &'static str,
    pub claim: Example,
}

pub const fn professional(
    name: &'static str,
    changes: &'static [(&'static str, &'static str)],
) -> Scene {
    Scene { name, claim: Example::passes(changes) }
}

pub const fn of(
    clean: Clean,
    name: &'static str,
    changes: &'static [(&'static str, &'static str)],
) -> Scene {
    Scene { name, claim: Example::passes(changes).of(clean) }
}

/// The lines of the visit, from the first service on.
pub const VISIT: &str = "SV1*HC:99213:25*60*UN*1***1:2";
pub const TRACING: &str = "SV1*HC:93000*40*UN*1***2";
const FIRST_DAY: &str = "DTP*472*D8*20261006~\nREF*6R*A1-1";
pub const MEDICARE: (&str, &str) = ("SBR*P*18*GRP1******CI", "SBR*P*18*******MB");
pub const MEDICARE_NUMBER: (&str, &str) = ("*MI*W1", "*MI*1AC2DE3FG45");
pub const OLD: (&str, &str) = ("DMG*D8*19800101*F", "DMG*D8*19480101*F");

pub static SCENES: &[Scene] = &[
    professional(
        "an emergency ride",
        &[
            ("PXC*207Q00000X~\nNM1*85", "PXC*341600000X~\nNM1*85"),
            ("11:B:1", "41:B:1"),
            ("HI*ABK:E119*ABF:I10", "CR1*LB*180**A*DH*12~\nCRC*07*Y*01*05~\nHI*ABK:I2510*ABF:I10"),
            (
                "NM1*82*1*POE*SAM****XX*1999001021~\nPRV*PE*PXC*207Q00000X~\n",
                "NM1*PW*2~\nN3*1 ELM ST~\nN4*BOSTON*MA*02110~\nNM1*45*2*HARBOR HOSPITAL~\nN3*9 HARBOR RD~\nN4*BOSTON*MA*02118~\n",
            ),
            (VISIT, "SV1*HC:A0427:RH*60*UN*1***1:2"),
            (TRACING, "SV1*HC:A0425:RH*40*UN*12***1"),
        ],
    ),
    professional(
        "a ride to dialysis and back",
        &[
            MEDICARE,
            MEDICARE_NUMBER,
            OLD,
            ("11:B:1", "41:B:1"),
            (
                "HI*ABK:E119*ABF:I10",
                "CR1*LB*160**D*DH*7.4***DIALYSIS AND BACK*CANNOT SIT~\nCRC*07*Y*01*06*09~\nHI*ABK:N186*ABF:Z992",
            ),
            (
                "NM1*82*1*POE*SAM****XX*1999001021~\nPRV*PE*PXC*207Q00000X~\n",
                "NM1*PW*2~\nN3*1 ELM ST~\nN4*BOSTON*MA*02110~\nNM1*45*2*DIALYSIS CENTER~\nN3*9 HARBOR RD~\nN4*BOSTON*MA*02118~\n",
            ),
            (VISIT, "SV1*HC:A0428:RJ*60*UN*1***1:2"),
            (TRACING, "SV1*HC:A0425:RJ*40*UN*7.4***1"),
        ],
    ),
    professional(
        "a wheelchair to rent",
        &[
            MEDICARE,
            MEDICARE_NUMBER,
            OLD,
            ("PXC*207Q00000X~\nNM1*85", "PXC*332B00000X~\nNM1*85"),
            ("11:B:1", "12:B:1"),
            ("HI*ABK:E119*ABF:I10", "HI*ABK:G35D*ABF:M6281"),
            ("NM1*82*1*POE*SAM****XX*1999001021~\nPRV*PE*PXC*207Q00000X~\n", ""),
            (VISIT, "SV1*HC:K0001:RR:KH:KX*60*UN*1***1:2"),
            (
                FIRST_DAY,
                "CR3*I*MO*13~\nCRC*09*Y*ZV~\nDTP*472*RD8*20261006-20261027~\nDTP*463*D8*20261001~\nREF*6R*A1-1~\nNM1*DK*1*FIR*HUGO****XX*1999001377",
            ),
            (TRACING, "SV1*HC:E0973:RR:KH:KX*40*UN*1***2"),
            ("REF*6R*A1-2", "REF*6R*A1-2~\nNM1*DK*1*FIR*HUGO****XX*1999001377"),
        ],
    ),
    professional(
        "oxygen at home",
        &[
            ("PXC*207Q00000X~\nNM1*85", "PXC*332B00000X~\nNM1*85"),
            ("11:B:1", "12:B:1"),
            ("HI*ABK:E119*ABF:I10", "HI*ABK:J449*ABF:J9611"),
            (VISIT, "SV1*HC:E1390:RR*60*UN*1***1:2"),
            (
                FIRST_DAY,
                "CR3*R*MO*99~\nDTP*472*D8*20261006~\nDTP*607*D8*20261001~\nDTP*463*D8*20250901~\nDTP*461*D8*20250901~\nMEA*TR*R1*54~\nREF*6R*A1-1",
            ),
            (TRACING, "SV1*HC:E0431:RR*40*UN*1***2"),
        ],
    ),
    professional(
        "anesthesia by a nurse under a doctor",
        &[
            ("PXC*207Q00000X~\nNM1*85", "PXC*207L00000X~\nNM1*85"),
            ("11:B:1", "24:B:1"),
            ("HI*ABK:E119*ABF:I10~\n", "HI*ABK:K3580*ABF:I10~\nHI*BP:44970~\n"),
            (
                "LX*1",
                "NM1*77*2*CEDAR SURGERY*****XX*1999001104~\nN3*2 OAK ST~\nN4*BOSTON*MA*021103202~\nLX*1",
            ),
            (VISIT, "SV1*HC:00840:QX:QS:P3*60*MJ*78***1:2"),
            (TRACING, "SV1*HC:00840:QK:P3*40*MJ*78***1"),
            ("REF*6R*A1-2", "REF*6R*A1-2~\nNM1*82*1*LARCH*MILES****XX*1999001427"),
        ],
    ),
    professional(
        "a spine that is set right, for Medicare",
        &[
            MEDICARE,
            MEDICARE_NUMBER,
            OLD,
            (
                "HI*ABK:E119*ABF:I10",
                "DTP*454*D8*20260915~\nDTP*455*D8*20260914~\nCR2********A**NECK PAIN~\nHI*ABK:M9901*ABF:M542",
            ),
            (VISIT, "SV1*HC:98940:AT*60*UN*1***1:2"),
            (TRACING, "SV1*HC:98943:GY*40*UN*1***2"),
        ],
    ),
    professional(
        "a laboratory that sends a part out",
        &[
            ("PXC*207Q00000X~\nNM1*85", "PXC*291U00000X~\nNM1*85"),
            ("11:B:1", "81:B:1"),
            ("HI*ABK:E119*ABF:I10", "REF*X4*22D0456789~\nHI*ABK:E119*ABF:I10"),
            (
                "NM1*82*1*POE*SAM****XX*1999001021~\nPRV*PE*PXC*207Q00000X~\n",
                "NM1*DN*1*CEDAR*JOAN****XX*1999001328~\n",
            ),
            (VISIT, "SV1*HC:80053*60*UN*1***1:2"),
            (TRACING, "SV1*HC:82784:90*40*UN*1***1"),
            (
                "REF*6R*A1-2",
                "REF*6R*A1-2~\nREF*F4*22D0456780~\nPS1*LAB7*21.5~\nNM1*QB*2******XX*1999001369",
            ),
        ],
    ),
    professional(
        "shots of a child",
        &[
            ("DMG*D8*19800101*F", "DMG*D8*20250601*M"),
            ("SBR*P*18*GRP1******CI", "SBR*P*18*******MC"),
            ("*Y*A*Y*Y~", "*Y*A*Y*Y***02~"),
            ("HI*ABK:E119*ABF:I10", "CRC*ZZ*Y*AV*S2~\nHI*ABK:Z00129*ABF:Z23"),
            (VISIT, "SV1*HC:90471*60*UN*1***2"),
            (TRACING, "SV1*HC:90707:SL*40*UN*1***2****Y"),
            ("REF*6R*A1-2", "REF*6R*A1-2~\nREF*BT*LOT77~\nLIN**N4*00006468100~\nCTP****.5*ML"),
        ],
    ),
    professional(
        "a screening of the breast",
        &[
            ("HI*ABK:E119*ABF:I10", "REF*EW*123456~\nHI*ABK:Z1231*ABF:I10"),
            (VISIT, "SV1*HC:77067*60*UN*1***1"),
            (TRACING, "SV1*HC:77063*40*UN*1***1"),
        ],
    ),
    professional(
        "a doctor's rounds in hospital",
        &[
            ("11:B:1", "21:B:1"),
            (
                "HI*ABK:E119*ABF:I10",
                "DTP*435*D8*20261001~\nDTP*096*D8*20261008~\nHI*ABK:I130*ABF:I5021*ABF:E1122*ABF:N1830*ABF:Z794",
            ),
            (
                "LX*1",
                "NM1*77*2*CEDAR HOSPITAL*****XX*1999001104~\nN3*2 OAK ST~\nN4*BOSTON*MA*021103202~\nLX*1",
            ),
            (VISIT, "SV1*HC:99223:AI*60*UN*1***1:2"),
            (TRACING, "SV1*HC:99232*40*UN*3***1"),
            ("DTP*472*D8*20261006~\nREF*6R*A1-2", "DTP*472*RD8*20261003-20261005~\nREF*6R*A1-2"),
        ],
    ),
    professional(
        "a doctor who bills alone, with supplies",
        &[
            ("NM1*85*2*CEDAR CLINIC*****XX*1999001013", "NM1*85*1*POE*SAM****XX*1999001013"),
            ("NM1*82*1*POE*SAM****XX*1999001021~\nPRV*PE*PXC*207Q00000X~\n", ""),
            (TRACING, "SV1*HC:A4550*40*UN*1***1"),
        ],
    ),
    professional(
        "a visit, for a part of Medicare that pays doctors seldom",
        &[("SBR*P*18*GRP1******CI", "SBR*P*18*******MA"), MEDICARE_NUMBER, OLD],
    ),
    professional(
        "a visit by video",
        &[
            ("11:B:1", "10:B:1"),
            (VISIT, "SV1*HC:99214:95*60*UN*1***1"),
            (TRACING, "SV1*HC:90833:95*40*UN*1***1"),
        ],
    ),
    professional(
        "a birth",
        &[
            ("11:B:1", "21:B:1"),
            (
                "HI*ABK:E119*ABF:I10",
                "DTP*484*D8*20260101~\nDTP*435*D8*20261005~\nHI*ABK:O80*ABF:Z370*ABF:Z3A39",
            ),
            (
                "LX*1",
                "NM1*77*2*CEDAR HOSPITAL*****XX*1999001104~\nN3*2 OAK ST~\nN4*BOSTON*MA*021103202~\nLX*1",
            ),
            (VISIT, "SV1*HC:59400*60*UN*1***1:2"),
            (TRACING, "SV1*HC:01967:AA*40*MJ*140***1"),
        ],
    ),
    professional(
        "an injury at work, billed to the employer's insurer",
        &[
            (
                "SBR*P*18*GRP1******CI~\nNM1*IL*1*ROE*JANE****MI*W1~\nN3*1 ELM ST~\nN4*BOSTON*MA*02110~\nDMG*D8*19800101*F~\n",
                "SBR*P********WC~\nNM1*IL*2*GRAY SHIPYARD~\n",
            ),
            ("HL*2*1*22*0", "HL*2*1*22*1"),
            (
                "CLM*A1*100*",
                "HL*3*2*23*0~\nPAT*20~\nNM1*QC*1*ROE*TIM~\nN3*1 ELM ST~\nN4*BOSTON*MA*02110~\nDMG*D8*19800101*M~\nREF*Y4*CASE77~\nREF*SY*123450002~\nCLM*A1*100*",
            ),
            ("*Y*A*Y*Y~", "*Y*A*Y*Y**EM:OA~"),
            (
                "HI*ABK:E119*ABF:I10",
                "DTP*439*D8*20261001~\nDTP*297*D8*20261001~\nDTP*444*D8*20261002~\nHI*ABK:S61411A*ABF:W268XXA",
            ),
            (VISIT, "SV1*HC:12001*60*UN*1***1:2"),
            (TRACING, "SV1*HC:99213:25*40*UN*1***1"),
        ],
    ),
    professional(
        "old services with codes of their time",
        &[
            ("11:B:1", "11:B:7"),
            ("HI*ABK:E119*ABF:I10", "REF*F8*OLD1~\nHI*BK:25000*BF:4019"),
            ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20150930~\nREF*6R*A1-1"),
            ("DTP*472*D8*20261006~\nREF*6R*A1-2", "DTP*472*D8*20150929~\nREF*6R*A1-2"),
        ],
    ),
    professional(
        "glasses and a hearing test",
        &[
            ("HI*ABK:E119*ABF:I10", "DTP*471*D8*20260901~\nCRC*E1*Y*L1*L2~\nHI*ABK:H5213*ABF:H903"),
            (VISIT, "SV1*HC:V2100:RT*60*UN*1***1"),
            (TRACING, "SV1*HC:92557*40*UN*1***2"),
        ],
    ),
    professional(
        "care plan oversight at home",
        &[
            ("HI*ABK:E119*ABF:I10", "REF*1J*1999001104~\nCRC*75*Y*IH~\nHI*ABK:E119*ABF:I10"),
            (VISIT, "SV1*HC:G0181*60*UN*1***1:2"),
            (TRACING, "SV1*HC:G0179*40*UN*1***1"),
        ],
    ),
    professional(
        "an encounter that a plan has prepaid",
        &[
            ("*0930*CH", "*0930*RP"),
            ("CLM*A1*100*", "CLM*A1*0*"),
            ("*60*UN*", "*0*UN*"),
            ("*40*UN*", "*0*UN*"),
        ],
    ),
    of(
        Clean::Inpatient,
        "the first part of a long stay",
        &[
            ("11:A:1*", "11:A:2*"),
            ("DTP*096*TM*1130~\n", ""),
            ("CL1*1*1*01", "CL1*1*1*30"),
            ("*DA*4~", "*DA*5~"),
            ("BE:80:::4", "BE:80:::5"),
        ],
    ),
    of(
        Clean::Inpatient,
        "the last part of a long stay",
        &[("11:A:1*", "11:A:4*"), ("DTP*435*DT*202602011420", "DTP*435*D8*20260105")],
    ),
    of(
        Clean::Inpatient,
        "a man who died, for Medicare",
        &[
            ("SBR*P*18*******CI", "SBR*P*18*******MA"),
            ("*MI*MEM000001", "*MI*1AC2DE3FG45"),
            ("DMG*D8*19500402*F", "DMG*D8*19500402*M"),
            ("CL1*1*1*01", "CL1*2*4*20"),
            ("HI*BH:11:D8:20260130", "HI*BH:11:D8:20260130*BH:55:D8:20260205"),
            ("ABF:J9601:::::::Y", "ABF:J9601:::::::W"),
            ("ABF:E119:::::::Y", "ABF:E119:::::::U"),
        ],
    ),
    of(
        Clean::Inpatient,
        "an old stay with codes of its time",
        &[
            ("11:A:1*", "11:A:7*"),
            ("20260201-20260205", "20150901-20150905"),
            ("202602011420", "201509011420"),
            ("REF*EA*RECORD1", "REF*F8*OLD1~\nREF*EA*RECORD1"),
            ("HI*ABK:J189:::::::Y~\nHI*ABJ:J189", "HI*BK:486:::::::Y~\nHI*BJ:486"),
            (
                "HI*ABF:J9601:::::::Y*ABF:E119:::::::Y*ABF:I10:::::::N~\nHI*BBR:3E03329:D8:20260201~\nHI*BBQ:02HV33Z:D8:20260202*BBQ:5A1935Z:D8:20260203",
                "HI*BF:51881:::::::Y",
            ),
            ("HI*BH:11:D8:20260130", "HI*BH:11:D8:20150830"),
        ],
    ),
    of(
        Clean::Inpatient,
        "a newborn",
        &[
            ("DMG*D8*19500402*F", "DMG*D8*20260201*M"),
            ("CL1*1*1*01", "CL1*4*5*01"),
            ("HI*ABK:J189:::::::Y", "HI*ABK:Z3800"),
            ("HI*ABJ:J189", "HI*ABJ:Z3800"),
            ("HI*DR:193", "HI*DR:795"),
            ("HI*ABF:J9601:::::::Y*ABF:E119:::::::Y*ABF:I10:::::::N", "HI*ABF:P599:::::::N"),
            (
                "HI*BBR:3E03329:D8:20260201~\nHI*BBQ:02HV33Z:D8:20260202*BBQ:5A1935Z:D8:20260203~\n",
                "",
            ),
            ("SV2*0120**6000", "SV2*0171**6000"),
            ("HI*BE:01:::1500*BE:80:::4", "HI*BE:54:::3200"),
        ],
    ),
    of(
        Clean::Inpatient,
        "Part B alone of a stay",
        &[
            ("11:A:1*", "12:A:1*"),
            ("DTP*096*TM*1130~\n", ""),
            ("SV2*0120**6000*DA*4", "SV2*0361*HC:11042*6000*UN*1"),
            (
                "HI*BBR:3E03329:D8:20260201~\nHI*BBQ:02HV33Z:D8:20260202*BBQ:5A1935Z:D8:20260203~\n",
                "",
            ),
            ("HI*BE:01:::1500*BE:80:::4", "HI*BE:01:::1500"),
        ],
    ),
    of(
        Clean::Inpatient,
        "a psychiatric hospital, paid by the day",
        &[
            ("PXC*282N00000X", "PXC*283Q00000X"),
            ("HI*ABK:J189:::::::Y", "HI*ABK:F332"),
            ("HI*ABJ:J189", "HI*ABJ:F332"),
            ("HI*DR:193", "HI*DR:885"),
            (
                "HI*BBR:3E03329:D8:20260201~\nHI*BBQ:02HV33Z:D8:20260202*BBQ:5A1935Z:D8:20260203~\n",
                "HI*BBR:GZ3ZZZZ:D8:20260202~\n",
            ),
            ("SV2*0120**6000", "SV2*0124**6000"),
            ("CL1*1*1*01", "CL1*3*1*65"),
        ],
    ),
    of(
        Clean::Inpatient,
        "a stay that nobody pays",
        &[
            ("11:A:1*", "11:A:0*"),
            ("HI*BH:11", "HI*BI:77:RD8:20260201-20260205~\nHI*BH:11"),
            ("BE:80:::4", "BE:81:::4"),
        ],
    ),
    of(
        Clean::Inpatient,
        "rehabilitation, by its rate",
        &[
            ("PXC*282N00000X", "PXC*283X00000X"),
            (
                "LX*1~\nSV2*0120**6000*DA*4~\nREF*6R*LINE-1",
                "LX*1~\nSV2*0024*HP:A0101*0*UN*1~\nREF*6R*LINE-0~\nLX*5~\nSV2*0128**6000*DA*4~\nREF*6R*LINE-1",
            ),
        ],
    ),
    of(Clean::Nursing, "a swing bed", &[("21:A:1*", "18:A:1*")]),
    of(
        Clean::Nursing,
        "a nursing home while the patient stays",
        &[
            ("21:A:1*", "21:A:3*"),
            ("DTP*096*TM*1000~\n", ""),
            ("CL1*3*4*01", "CL1*3*4*30"),
            ("*5880*DA*14", "*5880*DA*15"),
            ("BE:80:::14", "BE:80:::15"),
            ("*UN*14~\nLX*2", "*UN*15~\nLX*2"),
        ],
    ),
    of(
        Clean::Outpatient,
        "home health, for Medicare",
        &[
            ("PXC*282N00000X", "PXC*251E00000X"),
            ("SBR*P*18*******CI", "SBR*P*18*******MA"),
            ("*MI*MEM000001", "*MI*1AC2DE3FG45"),
            ("13:A:1*", "32:A:9*"),
            (
                "DTP*434*RD8*20260209-20260209~",
                "DTP*434*RD8*20260115-20260213~\nDTP*435*D8*20260115~",
            ),
            ("CL1*1*1*01", "CL1*9*1*30"),
            (
                "HI*ABK:S93401A~\nHI*APR:M25571*APR:R600~\nHI*ABN:W010XXA~\nHI*BH:05:D8:20260209~\nHI*BG:17~",
                "HI*ABK:I5032~\nHI*ABF:E119~\nHI*BH:50:D8:20260110~\nHI*BE:61:::16984*BE:85:::17031~",
            ),
            (
                "LX*1~\nSV2*0450*HC:99284:25*620*UN*1",
                "LX*4~\nSV2*0023*HP:1AA11*0*UN*1~\nDTP*472*D8*20260115~\nREF*6R*LINE-0~\nLX*1~\nSV2*0551*HC:G0299*620*UN*4",
            ),
            ("SV2*0320*HC:73610:RT*285*UN*1", "SV2*0421*HC:G0151*285*UN*3"),
            (
                "SV2*0250**70*UN*2~\nDTP*472*D8*20260209~\nLIN**N4*00002757001~\nCTP****2*ML",
                "SV2*0551*HC:Q5001*70*UN*1~\nDTP*472*D8*20260209",
            ),
        ],
    ),
    of(
        Clean::Outpatient,
        "a month of hospice",
        &[
            ("PXC*282N00000X", "PXC*251G00000X"),
            ("SBR*P*18*******CI", "SBR*P*18*******MA"),
            ("*MI*MEM000001", "*MI*1AC2DE3FG45"),
            ("13:A:1*", "81:A:3*"),
            (
                "DTP*434*RD8*20260209-20260209~",
                "DTP*434*RD8*20260201-20260228~\nDTP*435*D8*20251201~",
            ),
            ("CL1*1*1*01", "CL1*9*1*30"),
            (
                "HI*ABK:S93401A~\nHI*APR:M25571*APR:R600~\nHI*ABN:W010XXA~\nHI*BH:05:D8:20260209~\nHI*BG:17~",
                "HI*ABK:C3490~\nHI*BH:27:D8:20260225~\nHI*BE:61:::16984~",
            ),
            (
                "LX*1~\nSV2*0450*HC:99284:25*620*UN*1~\nDTP*472*D8*20260209",
                "LX*1~\nSV2*0651*HC:Q5001*620*UN*28~\nDTP*472*D8*20260201",
            ),
            ("SV2*0320*HC:73610:RT*285*UN*1", "SV2*0551*HC:G0299*285*UN*4"),
            (
                "SV2*0250**70*UN*2~\nDTP*472*D8*20260209~\nLIN**N4*00002757001~\nCTP****2*ML",
                "SV2*0571*HC:G0156*70*UN*4~\nDTP*472*D8*20260210",
            ),
        ],
    ),
    of(
        Clean::Outpatient,
        "the election of hospice",
        &[
            ("SBR*P*18*******CI", "SBR*P*18*******MA"),
            ("*MI*MEM000001", "*MI*1AC2DE3FG45"),
            ("*975***13:A:1*", "*0***81:A:A*"),
            (
                "DTP*434*RD8*20260209-20260209~",
                "DTP*434*RD8*20260209-20260209~\nDTP*435*D8*20260209~",
            ),
            (
                "HI*ABK:S93401A~\nHI*APR:M25571*APR:R600~\nHI*ABN:W010XXA~\nHI*BH:05:D8:20260209~\nHI*BG:17~",
                "HI*ABK:C3490~\nHI*BH:27:D8:20260209~",
            ),
            ("LX*1~\nSV2*0450*HC:99284:25*620*UN*1", "LX*1~\nSV2*0650*HC:Q5001*0*UN*1"),
            (
                "\nLX*2~\nSV2*0320*HC:73610:RT*285*UN*1~\nDTP*472*D8*20260209~\nLX*3~\nSV2*0250**70*UN*2~\nDTP*472*D8*20260209~\nLIN**N4*00002757001~\nCTP****2*ML~",
                "",
            ),
        ],
    ),
    of(
        Clean::Outpatient,
        "a month of dialysis",
        &[
            ("PXC*282N00000X", "PXC*261QE0700X"),
            ("SBR*P*18*******CI", "SBR*P*18*******MA"),
            ("*MI*MEM000001", "*MI*1AC2DE3FG45"),
            ("13:A:1*", "72:A:1*"),
            ("20260209-20260209", "20260201-20260228"),
            ("CL1*1*1*01", "CL1*9*1*30"),
            (
                "HI*ABK:S93401A~\nHI*APR:M25571*APR:R600~\nHI*ABN:W010XXA~\nHI*BH:05:D8:20260209~\nHI*BG:17~",
                "HI*ABK:N186~\nHI*ABF:Z992~\nHI*BH:51:D8:20260220~\nHI*BE:A8:::70*BE:A9:::165*BE:48:::10.5*BE:D5:::1.3~\nHI*BG:74~",
            ),
            ("SV2*0450*HC:99284:25*620*UN*1", "SV2*0821*HC:90999:G6:V7*620*UN*1"),
            (
                "SV2*0320*HC:73610:RT*285*UN*1~\nDTP*472*D8*20260209",
                "SV2*0821*HC:90999:G6:V7*285*UN*1~\nDTP*472*D8*20260211",
            ),
            (
                "SV2*0250**70*UN*2~\nDTP*472*D8*20260209~\nLIN**N4*00002757001~\nCTP****2*ML",
                "SV2*0634*HC:Q4081:JE*70*UN*20~\nDTP*472*D8*20260209",
            ),
        ],
    ),
    of(
        Clean::Outpatient,
        "an emergency, for the doctors' part of Medicare",
        &[("SBR*P*18*******CI", "SBR*P*18*******MB"), ("*MI*MEM000001", "*MI*1AC2DE3FG45")],
    ),
    of(
        Clean::Outpatient,
        "a rural clinic",
        &[
            ("PXC*282N00000X", "PXC*261QR1300X"),
            ("13:A:1*", "71:A:1*"),
            ("CL1*1*1*01", "CL1*3*1*01"),
            ("HI*APR:M25571*APR:R600~\n", ""),
            ("SV2*0450*HC:99284:25*620*UN*1", "SV2*0521*HC:99213:CG*620*UN*1"),
        ],
    ),
    of(
        Clean::Outpatient,
        "a laboratory of a hospital, for strangers",
        &[
            ("13:A:1*", "14:A:1*"),
            ("CL1*1*1*01", "CL1*3**01"),
            ("HI*APR:M25571*APR:R600~\nHI*ABN:W010XXA~\nHI*BH:05:D8:20260209~\nHI*BG:17~\n", ""),
            ("HI*ABK:S93401A", "HI*ABK:E119"),
            ("SV2*0450*HC:99284:25*620*UN*1", "SV2*0301*HC:80053*620*UN*1"),
            ("SV2*0320*HC:73610:RT*285*UN*1", "SV2*0305*HC:85025*285*UN*1"),
            (
                "SV2*0250**70*UN*2~\nDTP*472*D8*20260209~\nLIN**N4*00002757001~\nCTP****2*ML",
                "SV2*0300*HC:36415*70*UN*1~\nDTP*472*D8*20260209",
            ),
        ],
    ),
    of(
        Clean::Outpatient,
        "weeks of therapy",
        &[
            ("13:A:1*", "74:A:3*"),
            ("20260209-20260209", "20260201-20260228"),
            ("CL1*1*1*01", "CL1*3*1*30"),
            (
                "HI*APR:M25571*APR:R600~\nHI*ABN:W010XXA~\nHI*BH:05:D8:20260209~\nHI*BG:17~\n",
                "HI*BH:11:D8:20260109*BH:35:D8:20260202~\n",
            ),
            ("HI*ABK:S93401A", "HI*ABK:M1711"),
            ("SV2*0450*HC:99284:25*620*UN*1", "SV2*0424*HC:97161:GP*620*UN*1"),
            (
                "SV2*0320*HC:73610:RT*285*UN*1~\nDTP*472*D8*20260209",
                "SV2*0421*HC:97110:GP*285*UN*3~\nDTP*472*D8*20260211",
            ),
            (
                "SV2*0250**70*UN*2~\nDTP*472*D8*20260209~\nLIN**N4*00002757001~\nCTP****2*ML",
                "SV2*0421*HC:97112:GP*70*UN*1~\nDTP*472*D8*20260218",
            ),
        ],
    ),
    of(
        Clean::Outpatient,
        "surgery of a day",
        &[
            ("CL1*1*1*01", "CL1*3*1*01"),
            ("HI*APR:M25571*APR:R600~\nHI*ABN:W010XXA~\nHI*BH:05:D8:20260209~\nHI*BG:17~\n", ""),
            ("HI*ABK:S93401A", "HI*ABK:H2511"),
            ("NM1*DN*1", "NM1*72*1*LARCH*MILES****XX*1999001427~\nNM1*DN*1"),
            (
                "NM1*72*1*LARCH*MILES****XX*1999001427~\nNM1*DN*1*CEDAR*JOAN****XX*1999001468",
                "NM1*72*1*LARCH*MILES****XX*1999001427",
            ),
            ("SV2*0450*HC:99284:25*620*UN*1", "SV2*0360*HC:66984:RT*620*UN*1"),
            ("SV2*0320*HC:73610:RT*285*UN*1", "SV2*0276*HC:V2632*285*UN*1"),
        ],
    ),
    of(
        Clean::Outpatient,
        "old services of a hospital with codes of their time",
        &[
            ("13:A:1*", "13:A:7*"),
            ("20260209-20260209", "20150901-20150902"),
            (
                "HI*ABK:S93401A~\nHI*APR:M25571*APR:R600~\nHI*ABN:W010XXA~\nHI*BH:05:D8:20260209~",
                "HI*BK:84500~\nHI*PR:71947~\nHI*BN:E8859~\nHI*BF:4019*BF:25000~\nHI*BH:05:D8:20150901~",
            ),
            ("CL1*1*1*01", "CL1*1*1*01~\nREF*F8*OLD1"),
            ("DTP*472*D8*20260209~\nREF*6R*LINE-1", "DTP*472*D8*20150901~\nREF*6R*LINE-1"),
            ("DTP*472*D8*20260209~\nLX*3", "DTP*472*RD8*20150901-20150902~\nLX*3"),
            ("DTP*472*D8*20260209~\nLIN", "DTP*472*D8*20150902~\nLIN"),
        ],
    ),
    of(
        Clean::Dental,
        "braces of a boy",
        &[
            ("DMG*D8*19800402*F", "DMG*D8*20130402*M"),
            ("DTP*472*D8*20260223~", "DTP*452*D8*20260110~\nDTP*472*D8*20260223~\nDN1*24*22~"),
            ("SV3*AD:D0120*55", "SV3*AD:D8080*55"),
            ("LX*2~\nSV3*AD:D1110*98~\nREF*6R*WDO1001L2~\n", ""),
            ("*265*", "*167*"),
        ],
    ),
    of(
        Clean::Dental,
        "a bridge in place of an old one",
        &[
            (
                "SV3*AD:D2330*112~\nTOO*JP*8*M",
                "SV3*AD:D6240*112***R~\nTOO*JP*8~\nDTP*441*D8*20100101",
            ),
            ("SV3*AD:D0120*55", "SV3*AD:D5110*55**01*I"),
        ],
    ),
    of(
        Clean::Dental,
        "teeth that are taken out",
        &[
            ("DTP*472*D8*20260223~", "DTP*472*D8*20260223~\nDN2*1*M****JP~\nDN2*32*E****JP~"),
            ("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D7240*112~\nTOO*JP*32"),
        ],
    ),
    of(
        Clean::Dental,
        "diagnoses that lines point at",
        &[
            (
                "DTP*472*D8*20260223~\nNM1*82*1*ASH*ROBIN****XX*1999001419",
                "DTP*472*RD8*20260220-20260223~\nHI*ABK:K0252*ABF:K0500*ABF:E119*ABF:I10~\nNM1*82*2*ASH DENTAL*****XX*1999001419",
            ),
            ("SV3*AD:D0120*55", "SV3*AD:D0120*55*********1:2:3:4"),
            ("SV3*AD:D1110*98", "SV3*AD:D1110*98*********2"),
        ],
    ),
    of(
        Clean::Dental,
        "diagnoses of the dentists' own list",
        &[
            ("DTP*472*D8*20260223~", "DTP*472*D8*20260223~\nHI*TQ:111000~"),
            ("SV3*AD:D0120*55", "SV3*AD:D0120*55*********1"),
        ],
    ),
    of(
        Clean::Dental,
        "old services of a dentist with codes of their time",
        &[
            ("11:B:1*", "11:B:7*"),
            ("DTP*472*D8*20260223~", "DTP*472*D8*20150223~\nREF*F8*OLD1~\nHI*BK:52100~"),
            ("SV3*AD:D0120*55", "SV3*AD:D0120*55*********1"),
        ],
    ),
    of(
        Clean::Dental,
        "lines of several days, for Medicare",
        &[
            ("SBR*P*18*GRP100******CI", "SBR*P*18*******MB"),
            ("*MI*MEM000001", "*MI*1AC2DE3FG45"),
            ("DTP*472*D8*20260223~\nNM1*82", "NM1*82"),
            ("SV3*AD:D0120*55", "SV3*AD:D0120*55~\nDTP*472*D8*20260223"),
            ("SV3*AD:D1110*98", "SV3*AD:D1110*98~\nDTP*472*D8*20260224"),
            ("TOO*JP*8*M", "TOO*JP*8*M~\nDTP*472*RD8*20260224-20260225"),
        ],
    ),
    of(
        Clean::Dental,
        "a dental visit, for a hospital's plan of Medicare",
        &[("SBR*P*18*GRP100******CI", "SBR*P*18*******MA"), ("*MI*MEM000001", "*MI*1AC2DE3FG45")],
    ),
    of(
        Clean::Dental,
        "what is asked before it is done",
        &[
            ("*Y*A*Y*Y~\nDTP*472*D8*20260223~", "*Y*A*Y*Y**********PB~"),
            ("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D2740*112***I~\nTOO*JP*8"),
        ],
    ),
];
