//! How long each part of the road takes, from bytes to claims and back: `cargo bench --bench
//! parts`. With `BENCH_FILE` set, parts that read measure with that file.

mod read;
mod reconcile;
#[path = "../sample/mod.rs"]
mod sample;
mod scrub;
mod walk;
mod write;

fn main() {
    divan::main();
}
