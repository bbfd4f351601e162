//! Reading, walking and checking a clean file takes memory for the file and for its sets, never for
//! a segment or an element of it.

use allocation_counter::measure;
use bytes::Bytes;
use x12::guide;
use x12::interchange::read;
use x12::stream::{Piece, pieces};
use x12::walk::{walk, walk_each};

/// A set of so many clean claims.
fn file(claims: usize) -> Bytes {
    let mut set = "ST*837*0001*005010X222A1~BHT*0019*00*BATCH1*20260301*0915*CH~\
         NM1*41*2*WILLOW CLINIC*****46*WILLOW01~PER*IC*DANA REED*TE*2175550100~\
         NM1*40*2*CLAIMGATE*****46*CLAIMGATE~HL*1**20*1~\
         NM1*85*2*WILLOW CLINIC*****XX*1999001302~N3*100 MAIN STREET~\
         N4*SPRINGFIELD*IL*627010001~REF*EI*990000001~"
        .to_owned();
    for claim in 0..claims {
        set.push_str(&format!(
            "HL*{}*1*22*0~SBR*P*18*******CI~NM1*IL*1*HAZEL*NORA****MI*MEM{claim:06}~\
             N3*7 ELM STREET~N4*SPRINGFIELD*IL*62701~DMG*D8*19800402*F~\
             NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*EXPLAN1~CLM*A{claim}*120***11:B:1*Y*A*Y*Y~\
             HI*ABK:J0190*ABF:R509~LX*1~SV1*HC:99213*120*UN*1***1:2~DTP*472*D8*20260210~",
            claim + 2
        ));
    }
    let segments = set.matches('~').count() + 1;
    Bytes::from(format!(
        "ISA*00*          *00*          *ZZ*WILLOWCLINIC   *ZZ*CLAIMGATE      \
         *260301*0915*^*00501*000000001*0*T*:~GS*HC*WILLOWCLINIC*CLAIMGATE*20260301*0915*1*X*005010X222A1~\
         {set}SE*{segments}*0001~GE*1*1~IEA*1*000000001~"
    ))
}

/// How often memory is asked for to read and check a whole file.
fn asked_for_whole(file: &Bytes) -> u64 {
    let guide = guide::find("005010X222A1", "837").expect("the professional claim");
    measure(|| {
        let reading = read(file);
        let interchange = &reading.interchanges[0];
        assert!(interchange.faults.is_empty());
        let set = &interchange.groups[0].sets[0];
        let walked = walk(interchange, set, guide);
        assert!(set.faults.is_empty() && walked.faults.is_empty(), "{:?}", walked.faults.first());
    })
    .count_total
}

/// The same for a stream, without keeping the places of segments.
fn asked_for_stream(file: &Bytes) -> u64 {
    let guide = guide::find("005010X222A1", "837").expect("the professional claim");
    let mut placed = 0;
    let count = measure(|| {
        for piece in pieces(&file[..], 1 << 26) {
            let Ok(Piece::Set(set)) = piece else { continue };
            let (interchange, _, set) = set.parts();
            let (faults, _) = walk_each(interchange, set, guide, |_| placed += 1);
            assert!(set.faults.is_empty() && faults.is_empty(), "{:?}", faults.first());
        }
    })
    .count_total;
    assert!(placed > 0);
    count
}

#[test]
fn a_clean_file_takes_no_memory_for_a_segment_or_an_element() {
    let (small, large) = (file(500), file(4000));
    // What is made once for all files is made now.
    asked_for_whole(&small);
    for (name, ask) in [
        ("whole", asked_for_whole as fn(&Bytes) -> u64),
        ("streamed", asked_for_stream as fn(&Bytes) -> u64),
    ] {
        let (of_small, of_large) = (ask(&small), ask(&large));
        println!("{name}: {of_small} for 500 claims, {of_large} for 4,000");
        // Lists double as they grow: three times more for eight times as much. There are 48,000
        // segments in the large file.
        assert!(of_large <= of_small + 40, "{name}: {of_small}, then {of_large}");
        assert!(of_large < 150, "{name}: {of_large}");
    }
}
