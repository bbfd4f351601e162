//! The numbers that the project holds itself to, each with its target: `cargo bench --bench
//! numbers`. Words after `--` choose rows by what their names hold, such as `-- check`.

mod check;
mod codes;
mod daemon;
mod posting;
mod reading;
mod rules;
#[path = "../sample/mod.rs"]
mod sample;

use std::time::Duration;

/// A number, and what it should be.
struct Row {
    name: &'static str,
    measured: f64,
    unit: &'static str,
    target: Target,
}

/// What a number is held to.
enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// Printed so that it can be watched.
    Watched,
}

/// A name, and what is measured under it.
type Measure = (&'static str, fn() -> Vec<Row>);

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_wanted =
        |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    println!("{:<44} {:>10} {:<9} {:>10}  met", "number, median of several runs", "", "", "target");
    let measures: [Measure; 12] = [
        ("read claims", reading::claims),
        ("read many claims", reading::many_claims),
        ("read remittances", reading::remittances),
        ("read many remittances", reading::many_remittances),
        ("cores", check::on_two_cores),
        ("check", check::checking),
        ("rules", rules::of_a_payer),
        ("codes", codes::with_pairs),
        ("memory", check::writing),
        ("daemon one file", daemon::one_file),
        ("daemon many files", daemon::many_files),
        ("posting", posting::posting),
    ];
    for (name, measure) in measures {
        if is_wanted(name) {
            for row in measure() {
                print(&row);
            }
        }
    }
}

fn print(row: &Row) {
    let (target, met) = match row.target {
        Target::AtLeast(least) => (format!(">= {least}"), row.measured >= least),
        Target::AtMost(most) => (format!("<= {most}"), row.measured <= most),
        Target::Watched => (String::new(), true),
    };
    let met = match row.target {
        Target::Watched => "",
        Target::AtLeast(_) | Target::AtMost(_) if met => "yes",
        Target::AtLeast(_) | Target::AtMost(_) => "NO",
    };
    // Ratios are small, and held to what they are.
    let places = if row.unit == "times" { 2 } else { 1 };
    let Row { name, measured, unit, .. } = row;
    println!("{name:<44} {measured:>10.places$} {unit:<9} {target:>10}  {met}");
}

/// How long this thread has had a processor, so that what else the machine does is left out;
/// `None` where the system does not tell.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// How long all threads of a process have had processors, those that ended too, by its number or as
/// `self`; nothing where the system does not tell.
fn processor_seconds(process: &str) -> f64 {
    // In which Linux counts it.
    const TICKS_A_SECOND: f64 = 100.0;
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // Behind the name, which may hold anything, the twelfth and thirteenth number.
    let numbers = text.rsplit(')').next().unwrap_or_default();
    let times = numbers.split_whitespace().skip(11).take(2);
    times.filter_map(|time| time.parse::<f64>().ok()).sum::<f64>() / TICKS_A_SECOND
}

/// The one in the middle.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    *times.get(times.len() / 2).expect("something was measured")
}

/// The one in the middle.
fn median_of(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    *numbers.get(numbers.len() / 2).expect("something was measured")
}
