//! A packet as a page to print: it stands alone, runs nothing and fetches nothing. What comes out of
//! files is escaped.

use askama::Template;

use super::Packet;
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

    /// How long the first submission took, in words.
    fn filed(&self) -> String {
        let Some((days, limit)) = self.packet.filed_after else { return String::new() };
        let limit = match limit {
            Some(limit) => format!("; the payer gives {limit} days"),
            None => String::new(),
        };
        format!("The claim was first sent {days} days after the first day of service{limit}.")
    }
}

fn with_number(name: &Name) -> String {
    match name.number.is_empty() {
        true => name.name.clone(),
        false => format!("{} ({})", name.name, name.number),
    }
}
