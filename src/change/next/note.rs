//! What is kept of an answer in words: whose decision it rests on, and to whom that one passed the claim on.

/// That a payer passed a claim on, and to whom, where it says so; `None` is the claim's own.
pub fn passed_on(by: Option<&str>, to: &str) -> String {
    let by = by.unwrap_or(ITS_OWN);
    if to.is_empty() { format!("{by}{BY_ITSELF}") } else { format!("{by}{BY_ITSELF}{TO}{to}") }
}

/// The same of one that the claim does not name, though it names another.
pub fn passed_on_to_unnamed(by: Option<&str>, to: &str) -> String {
    passed_on(by, to) + UNNAMED
}

/// What came of the decision of a payer on what was passed on to it.
pub fn decided(by: &str, why: &str) -> String {
    format!("{by}{WITHOUT_OURS}{why}")
}

/// To whom a claim was passed on.
pub fn passed_to(note: &str) -> Option<&str> {
    let to = note.split_once(BY_ITSELF)?.1.strip_prefix(TO)?;
    Some(to.strip_suffix(UNNAMED).unwrap_or(to))
}

/// Whether a claim was passed on to a payer that it does not name, though it names another.
pub fn is_to_unnamed(note: &str) -> bool {
    note.ends_with(UNNAMED)
}

/// The payer after the claim's own whose decision an answer rests on; `None` where that is its own.
pub fn decided_by(note: &str) -> Option<&str> {
    let parted = note.split_once(WITHOUT_OURS).or_else(|| note.split_once(BY_ITSELF));
    parted.map(|(by, _)| by).filter(|by| *by != ITS_OWN)
}

const ITS_OWN: &str = "the payer";
const BY_ITSELF: &str = " passed the claim on by itself";
const TO: &str = ", to ";
const UNNAMED: &str = ", which the claim does not name";
const WITHOUT_OURS: &str = " decided without a claim of ours: ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_tells_whose_decision_it_rests_on() {
        let of =
            |note: &str| (decided_by(note).map(str::to_owned), passed_to(note).map(str::to_owned));
        let name = |name: &str| Some(name.to_owned());
        assert_eq!(of(&passed_on(None, "")), (None, None));
        assert_eq!(of(&passed_on(None, "BEACON PLAN")), (None, name("BEACON PLAN")));
        assert_eq!(of(&passed_on(Some("beacon"), "ZEBRA")), (name("beacon"), name("ZEBRA")));
        assert_eq!(of(&decided("beacon", "nothing is left")), (name("beacon"), None));
        let unnamed = decided("beacon", &passed_on(None, "BEACON PLAN"));
        assert_eq!(of(&unnamed), (name("beacon"), name("BEACON PLAN")));
        let to_unnamed = passed_on_to_unnamed(None, "BEACON PLAN");
        assert_eq!(of(&to_unnamed), (None, name("BEACON PLAN")));
        assert!(is_to_unnamed(&to_unnamed) && !is_to_unnamed(&passed_on(None, "BEACON PLAN")));
        assert_eq!(of("beacon is billed"), (None, None));
    }
}
