fn main() {
    let time = std::env::var("TIME").is_ok();
    for path in std::env::args().skip(1) {
        let bytes = bytes::Bytes::from(std::fs::read(&path).unwrap_or_default());
        let start = std::time::Instant::now();
        let r = x12::interchange::read(&bytes);
        let t1 = start.elapsed();
        let mut claims = 0;
        let mut nf = 0;
        let mut placed = 0;
        for i in &r.interchanges {
            if !time {
                for f in &i.faults {
                    println!("{path}: {} {f}", f.place.offset);
                }
            }
            for g in &i.groups {
                if !time {
                    for f in &g.faults {
                        println!("{path}: {} {f}", f.place.offset);
                    }
                }
                let v = String::from_utf8_lossy(i.group_header(g).text(8)).into_owned();
                for s in &g.sets {
                    if !time {
                        for f in &s.faults {
                            println!("{path}: {} {f}", f.place.offset);
                        }
                    }
                    let id = String::from_utf8_lossy(i.set_header(s).text(1)).into_owned();
                    let Some(guide) = x12::guide::find(&v, &id) else {
                        if !time {
                            println!("{path}: no guide {v} {id}");
                        }
                        continue;
                    };
                    let w = x12::walk::walk(i, s, guide);
                    nf += w.faults.len();
                    placed += w.placed.len();
                    if !time {
                        for f in &w.faults {
                            println!(
                                "{path}: seg {} {} @{} {:?} {f}",
                                f.place.segment, f.loop_id, f.place.offset, f.kind
                            );
                        }
                    }
                    if std::env::var("CLAIMS").is_ok() {
                        claims += x12::view::claim::claims(i, s, &w).count();
                    }
                }
            }
        }
        let t = start.elapsed();
        if time {
            println!(
                "{path} read {:?} all {:?} MB/s {:.1} claims {claims} faults {nf} placed {placed}",
                t1,
                t,
                bytes.len() as f64 / 1e6 / t.as_secs_f64()
            );
        } else {
            println!("{path}: ok={} claims={claims} strays={}", nf == 0, r.strays.len());
        }
    }
}
