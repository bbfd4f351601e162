//! Contracts: files of `config/contracts/`, read and checked into a book of them.
//!
//! All that is wrong is listed, with file, line and column; a file with a problem is not used at all.

mod fees;
#[cfg(test)]
mod tests;
mod written;

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use x12::value::{Day, Money, is_npi};

use super::plan::PayerPlan;
use super::source::Source;
use super::{Problem, files_in, layers, tell};
use crate::contracts::schedule::Schedule;
use crate::contracts::share::Share;
use crate::contracts::terms::{
    Bilateral, Book, By, CodeRange, Codes, Contract, Medicare, Rate, Several, SeveralBy,
};
use crate::limits::{FEE_SCHEDULE_BYTES_MAX, SETTINGS_BYTES_MAX};
use written::{
    BilateralSettings, ContractSettings, Number, RateSettings, SeveralSettings, Text, Texts,
};

/// Reads all contracts of a directory. When anything is added to `problems`, none is to be used.
pub(super) fn read_all(folder: &Path, payers: &[PayerPlan], problems: &mut Vec<Problem>) -> Book {
    let mut shelf = Shelf { folder, schedules: HashMap::new() };
    let mut contracts = Vec::new();
    let mut texts = Vec::new();
    for path in files_in(folder, problems) {
        let file = path.display().to_string();
        let text = match layers::read_file(&path, SETTINGS_BYTES_MAX) {
            Ok(text) => text,
            Err(why) => {
                tell(problems, &file, "", || why);
                continue;
            }
        };
        let contract = {
            let source = Source { file: &file, text: &text, problems, reported: 0 };
            let mut reader = Reader { source, shelf: &mut shelf, payers };
            reader.contract(&path)
        };
        if let Some(contract) = contract {
            contracts.push(contract);
            texts.push((file, text));
        }
    }
    let book = Book::new(contracts);
    refuse_rivals(&book, &texts, problems);
    book
}

/// Nobody could say which of two contracts holds.
fn refuse_rivals(book: &Book, texts: &[(String, String)], problems: &mut Vec<Problem>) {
    for (earlier, later) in book.rivals() {
        let (Some(other), Some((file, text))) = (book.contracts().get(earlier), texts.get(later))
        else {
            continue;
        };
        let what = format!(
            "{} holds for the same payer, plans, providers and days; end one of them, or say in \
             `plans` or `providers` whom it is for",
            other.file
        );
        let at = text.find("payer").unwrap_or_default();
        let mut source = Source { file, text, problems, reported: 0 };
        source.report(at..at + "payer".len(), "payer", &what);
    }
}

/// Fee schedules that were read; a broken one is told once.
struct Shelf<'a> {
    folder: &'a Path,
    schedules: HashMap<String, Option<Arc<Schedule>>>,
}

impl Shelf<'_> {
    /// The fee schedule of that name, or why it cannot be had.
    fn schedule(
        &mut self,
        name: &str,
        problems: &mut Vec<Problem>,
    ) -> Result<Option<Arc<Schedule>>, String> {
        if let Some(known) = self.schedules.get(name) {
            return Ok(known.clone());
        }
        let path = self.folder.join(name);
        let text = layers::read_file(&path, FEE_SCHEDULE_BYTES_MAX)
            .map_err(|why| format!("the fee schedule {name}: {why}"))?;
        let file = path.display().to_string();
        let mut source = Source { file: &file, text: &text, problems, reported: 0 };
        let schedule = fees::read(name, &mut source);
        let schedule = (source.reported == 0).then(|| Arc::new(schedule));
        self.schedules.insert(name.to_owned(), schedule.clone());
        Ok(schedule)
    }
}

struct Reader<'a, 's> {
    source: Source<'a>,
    shelf: &'a mut Shelf<'s>,
    payers: &'a [PayerPlan],
}

impl Reader<'_, '_> {
    fn contract(&mut self, path: &Path) -> Option<Contract> {
        let settings: ContractSettings = match toml::from_str(self.source.text) {
            Ok(settings) => settings,
            Err(error) => {
                let what = format!("none of it is used: {}", error.message());
                self.source.report(error.span().unwrap_or(0..1), "", &what);
                return None;
            }
        };
        let payer = self.payer(&settings.payer);
        let (from, to) = (self.day(&settings.from, "from"), self.day(&settings.to, "to"));
        if let (Some(first), Some(last), Some(written)) = (from, to, &settings.to)
            && last < first
        {
            let what = "`to` is before `from`, so the contract would never hold";
            self.source.report(written.span(), "to", what);
        }
        if settings.rate.is_empty() {
            self.source.report(0..1, "rate", "it prices nothing; add a [[rate]]");
        }
        let rates = settings.rate.iter().enumerate();
        let rates: Vec<Option<Rate>> =
            rates.map(|(at, rate)| self.rate(at, rate.get_ref(), rate.span())).collect();
        let sequestration = settings.sequestration.as_ref().and_then(|written| {
            let percent = &written.get_ref().percent;
            self.must(percent.is_some(), written.span(), "sequestration", "say its `percent`: 2");
            let share = self.percent(percent, "sequestration");
            let is_part = share.is_none_or(|share| share <= Share::WHOLE);
            let at = percent.as_ref().map_or_else(|| written.span(), Spanned::span);
            let what = "no more than all can be held back of a payment; write one such as 2";
            self.must(is_part, at, "sequestration", what);
            share
        });
        let contract = Contract {
            file: text_of(path.file_name()),
            name: text_of(path.file_stem()),
            payer: payer.unwrap_or_default(),
            plans: self.texts(&settings.plans),
            providers: self.providers(&settings.providers),
            from,
            to,
            rates: rates.into_iter().flatten().collect(),
            is_lesser_of: settings.lesser_of_charge.unwrap_or(true),
            tolerance: self.money(&settings.tolerance, "tolerance").unwrap_or(TOLERANCE),
            several: settings.several_procedures.as_ref().and_then(|written| self.several(written)),
            bilateral: settings.bilateral.as_ref().and_then(|written| self.bilateral(written)),
            modifiers: self.modifiers(&settings.modifiers),
            sequestration,
        };
        (self.source.reported == 0).then_some(contract)
    }

    fn must(&mut self, holds: bool, at: Range<usize>, key: &str, what: &str) {
        if !holds {
            self.source.report(at.start..at.start + 1, key, what);
        }
    }

    fn payer(&mut self, written: &Text) -> Option<String> {
        let Some(written) = written else {
            self.source.report(0..1, "payer", "say in `payer` whose contract it is");
            return None;
        };
        Some(self.source.payer(written, self.payers))
    }

    fn providers(&mut self, written: &Texts) -> Vec<String> {
        for one in written.iter().flat_map(|list| list.get_ref()) {
            if !is_npi(one.get_ref().as_bytes()) {
                let what = "this is no NPI: ten digits, the last a check digit";
                self.source.report(one.span(), "providers", what);
            }
        }
        self.texts(written)
    }

    fn texts(&self, written: &Texts) -> Vec<String> {
        let list = written.iter().flat_map(|list| list.get_ref());
        list.map(|one| one.get_ref().trim().to_ascii_uppercase()).collect()
    }

    fn rate(&mut self, at: usize, written: &RateSettings, span: Range<usize>) -> Option<Rate> {
        let by = self.by(written, &span)?;
        let is_fixed = matches!(by, By::Amount(_));
        if let (true, Some(percent)) = (is_fixed, &written.percent) {
            self.source.report(percent.span(), "percent", "an `amount` has no percent; remove one");
        }
        let is_whole = matches!(by, By::Amount(_) | By::Schedule(_));
        self.must(
            is_whole || written.percent.is_some(),
            span,
            "rate",
            "say in `percent` how much of it is paid, such as 100",
        );
        let name = written.name.as_ref().map(|name| name.get_ref().clone());
        Some(Rate {
            name: name.unwrap_or_else(|| format!("rate {}", at + 1)),
            codes: self.codes(&written.codes, "codes"),
            modifiers: self.texts(&written.modifiers),
            places: self.texts(&written.places_of_service),
            by,
            share: self.percent(&written.percent, "percent").unwrap_or(Share::WHOLE),
        })
    }

    /// What a rate is a part of: one of three keys says it.
    fn by(&mut self, written: &RateSettings, span: &Range<usize>) -> Option<By> {
        let is_medicare =
            written.percent_of.as_ref().is_some_and(|of| of.get_ref().as_str() == "mpfs");
        let locality = written.locality.as_ref().map(Spanned::span);
        let strangers = locality.or(written.conversion_factor.as_ref().map(Spanned::span));
        if let (false, Some(at)) = (is_medicare, strangers) {
            let what =
                "only a percent of \"mpfs\" has a locality and a conversion factor; remove it";
            self.source.report(at, "rate", what);
        }
        match (&written.schedule, &written.amount, &written.percent_of) {
            (Some(file), None, None) => self.schedule(file).map(By::Schedule),
            (None, Some(_), None) => self.money(&written.amount, "amount").map(By::Amount),
            (None, None, Some(of)) => match of.get_ref().as_str() {
                "charge" => Some(By::Charge),
                "mpfs" => self.medicare(written).map(By::Medicare),
                _ => {
                    let what =
                        "a percent is of the \"charge\", or of \"mpfs\", Medicare's fee schedule";
                    self.source.report(of.span(), "percent_of", what);
                    None
                }
            },
            (_, _, _) => {
                let what = "write one of `schedule`, `amount` and `percent_of`";
                self.source.report(span.start..span.start + 1, "rate", what);
                None
            }
        }
    }

    fn schedule(&mut self, file: &Spanned<String>) -> Option<Arc<Schedule>> {
        let name = file.get_ref();
        let is_name = !name.is_empty() && !name.contains(['/', '\\']) && name != "..";
        if !is_name {
            let what = "name a CSV file that stands beside the contract, without a directory";
            self.source.report(file.span(), "schedule", what);
            return None;
        }
        match self.shelf.schedule(name, self.source.problems) {
            Ok(Some(schedule)) => Some(schedule),
            Ok(None) => {
                // What is wrong with it was told in its own lines.
                self.source.reported += 1;
                None
            }
            Err(why) => {
                self.source.report(file.span(), "schedule", &why);
                None
            }
        }
    }

    fn medicare(&mut self, written: &RateSettings) -> Option<Medicare> {
        let locality = written.locality.as_ref();
        let is_number = |text: &str| text.len() == 7 && text.bytes().all(|b| b.is_ascii_digit());
        if let Some(wrong) = locality.filter(|one| !is_number(one.get_ref())) {
            let what = "a locality is the contractor's five digits and its own two: \"1421201\"";
            self.source.report(wrong.span(), "locality", what);
            return None;
        }
        let conversion_factor = match &written.conversion_factor {
            None => None,
            Some(factor) => Some(self.conversion_factor(factor)?),
        };
        let locality = locality.map(|one| one.get_ref().clone()).unwrap_or_default();
        Some(Medicare { locality, conversion_factor })
    }

    /// Ten-thousandths.
    fn conversion_factor(&mut self, written: &Spanned<toml::Value>) -> Option<u32> {
        let text = self.raw(written.span());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let is_number = (1..=3).contains(&whole.len()) && fraction.len() <= 4;
        let number = format!("{whole}{fraction:0<4}").parse().ok().filter(|_| is_number);
        if number.is_none() {
            let what = "this is no conversion factor; write one such as 33.2875";
            self.source.report(written.span(), "conversion_factor", what);
        }
        number
    }

    fn several(&mut self, written: &Spanned<SeveralSettings>) -> Option<Several> {
        let (settings, span) = (written.get_ref(), written.span());
        let key = "several_procedures";
        let percents =
            settings.percents.as_ref().map(Spanned::get_ref).filter(|all| !all.is_empty());
        let Some(percents) = percents else {
            let what =
                "say in `percents` what is paid of the dearest, the next and the rest: [100, 50]";
            self.source.report(span.start..span.start + 1, key, what);
            return None;
        };
        let shares: Vec<Option<Share>> =
            percents.iter().map(|one| self.share(one, "percents")).collect();
        let codes = self.codes(&settings.codes, "codes");
        let by = match settings.by.as_ref().map(|by| (by.get_ref().as_str(), by.span())) {
            Some(("mpfs", _)) => SeveralBy::Medicare { indicators: self.indicators(settings) },
            None | Some(("codes", _)) => {
                self.must(!codes.0.is_empty(), span.clone(), key, "say in `codes` what is reduced");
                let what = "`indicators` are Medicare's; write by = \"mpfs\" beside them";
                self.must(settings.indicators.is_none(), span, key, what);
                SeveralBy::Codes { codes, except: self.codes(&settings.except, "except") }
            }
            Some((_, at)) => {
                let what =
                    "it is by \"codes\", or by \"mpfs\", the indicators of Medicare's schedule";
                self.source.report(at, "by", what);
                return None;
            }
        };
        Some(Several { shares: shares.into_iter().collect::<Option<_>>()?, by })
    }

    /// Indicators of Medicare's schedule that reduce anything.
    fn indicators(&mut self, settings: &SeveralSettings) -> Vec<u8> {
        let mut indicators = Vec::new();
        for one in settings.indicators.iter().flat_map(Spanned::get_ref) {
            match u8::try_from(*one.get_ref()) {
                Ok(indicator @ 1..=7) => indicators.push(b'0' + indicator),
                _ => self.source.report(
                    one.span(),
                    "indicators",
                    "what reduces several procedures are 1 to 7: [2, 3]",
                ),
            }
        }
        indicators
    }

    fn bilateral(&mut self, written: &Spanned<BilateralSettings>) -> Option<Bilateral> {
        let BilateralSettings { percent, by } = written.get_ref();
        self.must(percent.is_some(), written.span(), "bilateral", "say its `percent`: 150");
        let by_medicare = match by.as_ref().map(|by| (by.get_ref().as_str(), by.span())) {
            Some(("mpfs", _)) => true,
            None | Some(("always", _)) => false,
            Some((_, at)) => {
                let what =
                    "it is \"always\" so, or by \"mpfs\", the indicator of Medicare's schedule";
                self.source.report(at, "by", what);
                return None;
            }
        };
        Some(Bilateral { share: self.percent(percent, "bilateral")?, by_medicare })
    }

    fn modifiers(
        &mut self,
        written: &BTreeMap<Spanned<String>, Spanned<toml::Value>>,
    ) -> BTreeMap<String, Share> {
        let mut modifiers = BTreeMap::new();
        for (name, value) in written {
            let code = name.get_ref();
            if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                let what = "a modifier has two letters or digits";
                self.source.report(name.span(), "modifiers", what);
            } else if code == "50" {
                let what = "what both sides come to stands in [bilateral]";
                self.source.report(name.span(), "modifiers", what);
            }
            if let Some(share) = self.share(value, "modifiers") {
                modifiers.insert(code.to_ascii_uppercase(), share);
            }
        }
        modifiers
    }

    fn codes(&mut self, written: &Texts, key: &str) -> Codes {
        let mut codes = Vec::new();
        for one in written.iter().flat_map(|list| list.get_ref()) {
            match CodeRange::parse(&one.get_ref().to_ascii_uppercase()) {
                Some(range) => codes.push(range),
                None => {
                    let what =
                        "this is no code, block such as 97110-97530, or beginning such as J*";
                    self.source.report(one.span(), key, what);
                }
            }
        }
        Codes(codes)
    }

    fn percent(&mut self, written: &Number, key: &str) -> Option<Share> {
        self.share(written.as_ref()?, key)
    }

    fn share(&mut self, written: &Spanned<toml::Value>, key: &str) -> Option<Share> {
        let share = Share::parse(&self.raw(written.span()));
        if share.is_none() {
            let what = "this is no percent from 0 to 1000; write one such as 112.5";
            self.source.report(written.span(), key, what);
        }
        share
    }

    fn money(&mut self, written: &Number, key: &str) -> Option<Money> {
        let written = written.as_ref()?;
        let money = Money::parse(self.raw(written.span()).as_bytes());
        let money = money.filter(|money| !money.is_negative());
        if money.is_none() {
            let what = "this is no amount; write dollars and cents, such as 92.50";
            self.source.report(written.span(), key, what);
        }
        money
    }

    fn day(&mut self, written: &Number, key: &str) -> Option<Day> {
        let written = written.as_ref()?;
        let day = Day::parse_dashed(&self.raw(written.span()));
        if day.is_none() {
            let what = "this is no day; write one such as \"2026-01-31\"";
            self.source.report(written.span(), key, what);
        }
        day
    }

    /// A value as it stands in the file, so that no digit of it is rounded; without its quotes.
    fn raw(&self, span: Range<usize>) -> String {
        let text = self.source.text.get(span).unwrap_or_default();
        text.trim_matches(['"', '\'']).trim().to_owned()
    }
}

fn text_of(part: Option<&OsStr>) -> String {
    part.unwrap_or_default().to_string_lossy().into_owned()
}

/// A cent: payers round their steps in another order.
const TOLERANCE: Money = Money::from_cents(1);
