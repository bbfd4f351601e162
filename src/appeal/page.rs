//! A packet as a page to print: it stands alone, runs nothing and fetches nothing. What comes out of
//! files is escaped.

use askama::Template;

use super::{Decision, Filed, Packet};
use crate::convert::eob;
use crate::convert::statement::Name;

/// The page.
pub fn page(packet: &Packet) -> String {
    let claim = packet.decision.as_ref().map(|decision| eob::claim(&decision.claim));
    let before = packet.before.iter().map(|one| (one, eob::claim(&one.claim))).collect();
    let page = Page { packet, claim, before };
    page.render().expect("texts and amounts can be written to memory")
}

#[derive(Template)]
#[template(path = "appeal.html")]
struct Page<'a> {
    packet: &'a Packet,
    /// What the payer decided, laid out.
    claim: Option<String>,
    /// What payers before decided, laid out.
    before: Vec<(&'a Decision, String)>,
}

impl Page<'_> {
    fn deadline(&self) -> String {
        self.packet.deadline.map_or_else(|| "not known here".to_owned(), |day| day.to_string())
    }

    /// Until when: what nobody decided on is filed anew.
    fn until(&self) -> &'static str {
        if self.packet.decision.is_some() { "Last day to appeal" } else { "Last day to file" }
    }

    /// How long it took to file the claim, in words.
    fn filed(&self) -> String {
        let own = self.packet.filed.map_or_else(String::new, Filed::in_words);
        if self.packet.before.is_empty() {
            return own;
        }
        let before = self.packet.filed_before.map_or_else(String::new, Filed::before_in_words);
        let mut decided: Vec<String> = self.packet.before.iter().map(Decision::named).collect();
        // One remittance may decide in several parts.
        decided.dedup();
        let payers = if decided.len() == 1 { "payer" } else { "payers" };
        format!("{before} Decided by the {payers} before this one: {}. {own}", decided.join(", "))
    }
}

fn with_number(name: &Name) -> String {
    match name.number.is_empty() {
        true => name.name.clone(),
        false => format!("{} ({})", name.name, name.number),
    }
}
