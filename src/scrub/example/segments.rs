//! Segments that the examples of several rules add to a clean claim.

/// In front of the first line: a payer that paid 85 of the 100 before.
pub const OTHER_PAYER: &str = "\
    SBR*S*18*******CI~\n\
    AMT*D*85~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    LX*1";

/// The same with the day on which it paid, and the patient's share.
pub const OTHER_PAYER_DECIDED: &str = "\
    SBR*S*18*******CI~\n\
    CAS*PR*1*15~\n\
    AMT*D*85~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    DTP*573*D8*20261020~\n\
    LX*1";

/// In place of the number of the first line, what another payer did with the line.
pub const FIRST_LINE_PAID: &str = "\
    REF*6R*A1-1~\n\
    SVD*OLD1*50*HC:99213:25**1~\n\
    CAS*CO*45*10~\n\
    DTP*573*D8*20261020";

/// The same of the second line.
pub const SECOND_LINE_PAID: &str = "\
    REF*6R*A1-2~\n\
    SVD*OLD1*35*HC:93000**1~\n\
    CAS*CO*45*5~\n\
    DTP*573*D8*20261020";

/// In front of the first line: another payer that is the first one, and has not paid.
pub const OTHER_FIRST_PAYER: &str = "\
    SBR*P*18*******CI~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    LX*1";

/// In front of the claim: a child of the subscriber, who is treated.
pub const PATIENT: &str = "\
    HL*3*2*23*0~\n\
    PAT*19~\n\
    NM1*QC*1*ROE*TIM~\n\
    N3*1 ELM ST~\n\
    N4*BOSTON*MA*02110~\n\
    DMG*D8*20180101*M~\n\
    CLM*A1*100*";

/// Whom the clean visit is billed to, and who is insured there.
pub const PAYER: &str = "GRP1******CI~\nNM1*IL*1*ROE*JANE****MI*W1~";

/// In their place: Medicare, and its number of the patient.
pub const MEDICARE: &str = "******MB~\nNM1*IL*1*ROE*JANE****MI*1EG4TE5MK73~";
