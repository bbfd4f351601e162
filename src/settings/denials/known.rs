//! `[[plb]]`: what payers take beside their claims and the office knows of.

use toml::Spanned;
use x12::value::{Day, Money};

use super::Reader;
use super::written::{PlbSettings, Text};
use crate::denials::known::PlbRow;

impl Reader<'_> {
    pub(super) fn known(&mut self, written: &Spanned<PlbSettings>) -> Option<PlbRow> {
        let (settings, span) = (written.get_ref(), written.span());
        let keys = [
            ("payer", &settings.payer),
            ("reason", &settings.reason),
            ("amount_max", &settings.amount_max),
            ("until", &settings.until),
            ("meaning", &settings.meaning),
        ];
        for (key, _) in keys.iter().filter(|(_, value)| value.is_none()) {
            let what =
                format!("say its `{key}`: whose it is, up to what amount, until when and why");
            self.source.report(span.start..span.start + 1, "plb", &what);
        }
        let reason = self.code(&settings.reason, "reason", "provider-adjustment");
        if let (Some(reason), Some(written)) = (reason.as_deref(), &settings.reason)
            && CARRIED.contains(&reason)
        {
            let what = "what this takes was carried or given before, and is told when it was not; a row cannot \
                        know it";
            self.source.report(written.span(), "reason", what);
        }
        let trimmed = |text: &Text| text.as_ref().map(|text| text.get_ref().trim().to_owned());
        let (payer, amount_max) = (self.payer(&settings.payer), self.amount(&settings.amount_max));
        let (until, meaning) =
            (self.day(&settings.until), self.words(&settings.meaning, "meaning"));
        Some(PlbRow {
            payer: payer?,
            provider: trimmed(&settings.provider),
            reason: reason?,
            reference: trimmed(&settings.reference),
            amount_max: amount_max?,
            until: until?,
            meaning: meaning?,
            place: self.place(span.start),
        })
    }

    fn amount(&mut self, written: &Text) -> Option<Money> {
        let written = written.as_ref()?;
        let amount = Money::parse(written.get_ref().as_bytes());
        let amount = amount.filter(|amount| Money::ZERO < *amount);
        if amount.is_none() {
            let what =
                "this is no amount above nothing; write dollars and cents, such as \"92.50\"";
            self.source.report(written.span(), "amount_max", what);
        }
        amount
    }

    fn day(&mut self, written: &Text) -> Option<Day> {
        let written = written.as_ref()?;
        let day = Day::parse_dashed(written.get_ref());
        if day.is_none() {
            let what = "this is no day; write one such as \"2027-06-30\"";
            self.source.report(written.span(), "until", what);
        }
        day
    }
}

/// Balances that are carried from payment to payment, and takebacks.
const CARRIED: [&str; 4] = ["FB", "WO", "WU", "72"];
