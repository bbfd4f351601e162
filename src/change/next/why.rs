//! Why an answer is as it is: in words for persons, and beside them whose decision it rests on and to whom that one
//! passed the claim on. Nothing is read back out of the words.

/// Why an answer is as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// In words, which persons alone read.
    pub note: String,
    /// The payer after the claim's own whose decision it rests on, by its name in the settings; `None` where that is
    /// its own.
    pub decided_by: Option<String>,
    /// To whom a payer passed the claim on, where one did and says so.
    pub passed_to: Option<PassedTo>,
}

/// To whom a payer says that it passed a claim on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedTo {
    pub name: String,
    /// The claim does not name it, though it names another.
    pub is_unnamed: bool,
}

impl Why {
    /// What rests on the decision of the claim's own payer, or on none.
    pub fn said(note: impl Into<String>) -> Why {
        Why { note: note.into(), ..Why::default() }
    }

    /// A payer passed a claim on, and to whom, where it says so; `None` is the claim's own.
    pub fn passed_on(by: Option<&str>, to: &str) -> Why {
        let note = format!("{} passed the claim on by itself", by.unwrap_or("the payer"));
        let why = Why { decided_by: by.map(str::to_owned), ..Why::said(note) };
        if to.is_empty() {
            return why;
        }
        let note = format!("{}, to {to}", why.note);
        Why { note, passed_to: Some(PassedTo { name: to.to_owned(), is_unnamed: false }), ..why }
    }

    /// The same of one that the claim does not name, though it names another.
    pub fn passed_on_to_unnamed(by: Option<&str>, to: &str) -> Why {
        let why = Why::passed_on(by, to);
        let note = format!("{}, which the claim does not name", why.note);
        let passed_to = why.passed_to.map(|to| PassedTo { is_unnamed: true, ..to });
        Why { note, passed_to, ..why }
    }

    /// It came of the decision of a payer on what was passed on to it.
    pub fn as_decided_by(self, by: &str) -> Why {
        let note = format!("{by} decided without a claim of ours: {}", self.note);
        Why { note, decided_by: Some(by.to_owned()), ..self }
    }

    /// The name of whom it was passed on to.
    pub fn passed_to(&self) -> Option<&str> {
        self.passed_to.as_ref().map(|to| to.name.as_str())
    }

    /// Whether it was passed on to one that the claim does not name, though it names another.
    pub fn is_to_unnamed(&self) -> bool {
        self.passed_to.as_ref().is_some_and(|to| to.is_unnamed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_facts_say_the_same() {
        let passed_on = Why::passed_on;
        for (why, note, decided_by, to) in [
            (passed_on(None, ""), "the payer passed the claim on by itself", None, None),
            (
                passed_on(Some("beacon"), "ZEBRA"),
                "beacon passed the claim on by itself, to ZEBRA",
                Some("beacon"),
                Some(("ZEBRA", false)),
            ),
            (
                Why::passed_on_to_unnamed(None, "ZEBRA"),
                "the payer passed the claim on by itself, to ZEBRA, which the claim does not name",
                None,
                Some(("ZEBRA", true)),
            ),
            (
                passed_on(None, "BEACON PLAN").as_decided_by("beacon"),
                "beacon decided without a claim of ours: the payer passed the claim on by itself, to \
                 BEACON PLAN",
                Some("beacon"),
                Some(("BEACON PLAN", false)),
            ),
            (Why::said("beacon is billed"), "beacon is billed", None, None),
        ] {
            assert_eq!(why.note, note);
            assert_eq!(why.decided_by.as_deref(), decided_by, "{note}");
            assert_eq!(why.passed_to().map(|name| (name, why.is_to_unnamed())), to, "{note}");
        }
    }
}
