mod common;
use common::*;
use std::path::Path;
#[test]
fn explore() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let index = std::fs::read_to_string(folder.join("CONSENSUS.tsv")).expect("x");
    for l in index.lines() {
        let c: Vec<_> = l.split('\t').collect();
        if c[3] != "both-accept"
            || !(c[1].contains("X222") || c[1].contains("X221") || c[1].contains("X231"))
        {
            continue;
        }
        let bytes = std::fs::read(folder.join(c[0])).expect("f");
        let lines = lines_of(&bytes);
        println!("{} {} {}", if lines.is_empty() { "ok" } else { "BAD" }, c[1], c[0]);
        for l in lines {
            println!("     {l}");
        }
    }
    for f in files_under(&folder.join("stupidedi/005010"), ".edi") {
        let p = f.to_string_lossy().to_string();
        if !(p.contains("X222A1")
            || p.contains("X221A1")
            || p.contains("X231")
            || p.contains("X214"))
            || !p.contains("/pass/")
        {
            continue;
        }
        let bytes = std::fs::read(&f).expect("f");
        let lines = lines_of(&bytes);
        println!("{} {}", if lines.is_empty() { "ok" } else { "BAD" }, p);
        for l in lines {
            println!("     {l}");
        }
    }
}
