//! A packet as a page to print: it stands alone, runs nothing and fetches nothing. What comes out of
//! files is escaped.

use askama::Template;

use super::{Filed, Packet};
use crate::convert::eob;
use crate::convert::statement::Name;

/// The page.
pub fn page(packet: &Packet) -> String {
    let claim = packet.decision.as_ref().map(|decision| eob::claim(&decision.claim));
    let page = Page { packet, claim };
    page.render().expect("texts and amounts can be written to memory")
}

#[derive(Template)]
#[template(path = "appeal.html")]
struct Page<'a> {
    packet: &'a Packet,
    /// What the payer decided, laid out.
    claim: Option<String>,
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
        self.packet.filed.map_or_else(String::new, Filed::in_words)
    }
}

fn with_number(name: &Name) -> String {
    match name.number.is_empty() {
        true => name.name.clone(),
        false => format!("{} ({})", name.name, name.number),
    }
}
