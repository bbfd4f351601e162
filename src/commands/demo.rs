//! `claimgate demo`: the whole loop in one go, on sample files of our own, in a temporary place.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use tokio_util::sync::CancellationToken;
use x12::edit::Edit;

use super::serve::stop_signal;
use super::simulate_payer::{self, Counter, Places, files};
use super::store::Desk;
use super::{Arguments, Command, Failure, Outcome};
use crate::clock::{self, Zone};
use crate::gateway::{Gateway, Running};
use crate::ledger::Account;
use crate::lifecycle::State;
use crate::settings::plan::Plan;
use crate::settings::written::Settings;
use crate::store::{Work, WorkFilter};
use crate::transport::drop::drop_file;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimgate demo --once")]
pub struct DemoArguments {
    /// Tell the story and exit; without it the gateway stays up until Ctrl-C.
    #[arg(long)]
    once: bool,
    /// Keep the data in this new directory instead of a temporary one.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

/// The batch that the office drops.
const BATCH: &str = include_str!("demo/batch.edi");

/// The payer's settings; the directories are beneath the demonstration's own.
const PAYER: &str = include_str!("demo/acme.toml");

/// The gateway's settings, quick for the sake of the show.
const GATEWAY: &str = include_str!("demo/claimgate.toml");

/// How long any step of the story may take.
const STEP_TIMEOUT: Duration = Duration::from_secs(60);

const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Tells the story.
pub fn run(arguments: &DemoArguments, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let place = Place::new(arguments.keep.as_deref())?;
    let plan = place.plan()?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::World(format!("starting the runtime failed: {error}")))?;
    let told = runtime.block_on(async {
        let gateway = Gateway::open(plan)?;
        let running = gateway.start().await?;
        let token = CancellationToken::new();
        let payer = tokio::spawn(play_payer(place.payer_places(), token.clone()));
        let story = Story { place: &place, gateway: &gateway, running: &running };
        let mut told = story.tell(out).await;
        if told.is_ok() && !arguments.once {
            told = story.stay(out).await;
        }
        token.cancel();
        running.stop().await;
        match payer.await {
            Ok(Ok(())) => told,
            Ok(Err(error)) => told.and(Err(error)),
            Err(error) => told.and(Err(Failure::World(error.to_string()))),
        }
    });
    place.clear();
    told.map(|()| Outcome::Clean)
}

/// Where the demonstration lives.
struct Place {
    root: PathBuf,
    is_kept: bool,
}

impl Place {
    fn new(keep: Option<&Path>) -> Result<Place, Failure> {
        let root = match keep {
            Some(root) => root.to_owned(),
            None => std::env::temp_dir().join(format!("claimgate-demo-{}", std::process::id())),
        };
        let place = Place { root, is_kept: keep.is_some() };
        if place.root.exists() {
            return Err(Failure::Unusable(format!(
                "{} is there already; name a directory that is not",
                place.root.display()
            )));
        }
        place.write("config/claimgate.toml", GATEWAY)?;
        place.write("config/payers/acme.toml", PAYER)?;
        Ok(place)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), Failure> {
        let path = self.root.join(name);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| std::fs::write(&path, text)).map_err(|error| {
            Failure::World(format!("{} cannot be written: {error}", path.display()))
        })
    }

    fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    fn config(&self) -> PathBuf {
        self.root.join("config/claimgate.toml")
    }

    fn plan(&self) -> Result<Plan, Failure> {
        Settings::load(Some(&self.config()), &self.data()).map_err(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Failure::World(lines.join("\n"))
        })
    }

    fn office(&self, folder: &str) -> PathBuf {
        self.data().join("offices/office").join(folder)
    }

    /// What is the gateway's outbox is the payer's inbox.
    fn payer_places(&self) -> Places {
        let directory = self.data().join("payers/acme");
        Places {
            inbox: directory.join("outbox"),
            outbox: directory.join("inbox"),
            bank: Some(self.data().join("bank/inbox")),
            keep: None,
        }
    }

    fn clear(&self) {
        if !self.is_kept && std::fs::remove_dir_all(&self.root).is_err() {
            super::complain(&format_args!("{} could not be removed", self.root.display()));
        }
    }
}

/// Reads the payer's outbox and answers into its inbox, as a payer at the other end would; the bank
/// shows what it transfers.
async fn play_payer(places: Places, token: CancellationToken) -> Result<(), Failure> {
    let mut counter = Counter::open(simulate_payer::plain(true), &places)?;
    while token.run_until_cancelled(tokio::time::sleep(LOOK_EVERY)).await.is_some() {
        counter.look(&simulate_payer::now(None))?;
    }
    Ok(())
}

struct Story<'a> {
    place: &'a Place,
    gateway: &'a Gateway,
    running: &'a Running,
}

impl Story<'_> {
    async fn tell(&self, out: &mut dyn Write) -> Result<(), Failure> {
        writeln!(out, "claimgate demonstration, in {}", self.place.root.display())?;
        writeln!(out, "web page and metrics: http://{}/", self.running.web)?;
        out.flush()?;
        self.tell_batch(out).await?;
        self.tell_answers(out).await?;
        self.tell_corrections(out).await?;
        self.tell_deposits(out).await?;
        self.tell_end(out)
    }

    fn heading(&self, text: &str, out: &mut dyn Write) -> Result<(), Failure> {
        writeln!(out, "\n== {text}")?;
        out.flush()?;
        Ok(())
    }

    /// Runs a command on the demonstration's data, as a person would, and shows it.
    fn command(&self, words: &[&str], out: &mut dyn Write) -> Result<(), Failure> {
        use clap::Parser;
        writeln!(out, "$ claimgate {}", words.join(" "))?;
        let all = ["claimgate"].iter().chain(words);
        let parsed =
            Arguments::try_parse_from(all).map_err(|error| Failure::World(error.to_string()))?;
        let (config, data) = (self.place.config(), self.place.data());
        let desk = Desk { config: Some(&config), data: &data };
        match &parsed.command {
            Command::Queue(own) => super::queue::run(own, &desk, out)?,
            Command::Claim(own) => super::claim::run(own, &desk, out)?,
            Command::Audit(own) => super::audit::run(own, &desk, out)?,
            Command::Bank(own) => super::bank::run(own, &desk, out)?,
            _ => return Err(Failure::World("the story has no such command".to_owned())),
        };
        out.flush()?;
        Ok(())
    }

    async fn tell_batch(&self, out: &mut dyn Write) -> Result<(), Failure> {
        self.heading("An office drops a batch of claims into its inbox", out)?;
        let inbox = self.place.office("inbox");
        let today = clock::today(&Zone::UTC);
        // The sample's services lie a few weeks back, whenever the demonstration is run.
        let batch = BATCH
            .replace("{TODAY}", &today.to_wire())
            .replace("{YYMMDD}", today.to_wire().get(2..).unwrap_or_default())
            .replace("{SERVICE}", &days_before(today, 20).to_wire());
        drop_file(&inbox, "monday.edi", batch.as_bytes())
            .map_err(|error| Failure::World(error.to_string()))?;
        let acks = self.place.office("acks");
        self.wait("the acknowledgments", || files(&acks).len() >= 3).await?;
        for ack in files(&acks) {
            let name = ack.file_name().unwrap_or_default().to_string_lossy().into_owned();
            writeln!(out, "acks/{name}")?;
        }
        let reports = self.place.office("reports");
        self.wait("the report", || !files(&reports).is_empty()).await?;
        for report in files(&reports) {
            writeln!(out, "{}", std::fs::read_to_string(report).unwrap_or_default())?;
        }
        Ok(())
    }

    async fn tell_answers(&self, out: &mut dyn Write) -> Result<(), Failure> {
        self.heading("Clean claims go to the payer; it accepts, rejects, pays and denies", out)?;
        let settled = || {
            let states = self.states();
            states.get(&State::Ready).copied().unwrap_or_default() == 0
                && states.get(&State::Paid).is_some_and(|&count| count >= 2)
                && states.contains_key(&State::Returned)
                && states.contains_key(&State::Denied)
        };
        self.wait("the payer's answers", settled).await?;
        for (state, count) in self.states() {
            writeln!(out, "{count} {}", state.name())?;
        }
        self.heading("What needs a person is in the correction queue", out)?;
        self.command(&["queue", "list"], out)
    }

    async fn tell_corrections(&self, out: &mut dyn Write) -> Result<(), Failure> {
        self.heading("A specialist corrects the denial: the side was missing", out)?;
        let denied = self.item("denied")?;
        self.command(&["queue", "show", &denied], out)?;
        self.command(&["queue", "edit", &denied, "--set", "SV101-3=RT", "--by", "ann"], out)?;
        self.command(&["queue", "release", &denied, "--by", "ann"], out)?;
        self.heading("and the rejection: the member number was wrong", out)?;
        let rejected = self.item("claim-rejected")?;
        let member = self.member_segment(&rejected)?;
        let set = format!("{member}:NM109=W30001");
        self.command(&["queue", "edit", &rejected, "--set", &set, "--by", "ann"], out)?;
        self.command(&["queue", "release", &rejected, "--by", "ann"], out)?;
        let paid = || {
            let states = self.states();
            !states.contains_key(&State::Denied)
                && !states.contains_key(&State::Returned)
                && states.get(&State::Paid).is_some_and(|&count| count >= 4)
        };
        self.wait("the replacement to be paid", paid).await
    }

    async fn tell_deposits(&self, out: &mut dyn Write) -> Result<(), Failure> {
        self.heading("The bank shows the money; each deposit finds its remittance", out)?;
        let is_shown = || {
            let balances = self.gateway.store.balances().unwrap_or_default();
            let of = |account| balances.iter().find(|total| total.account == account);
            let is_settled = |account| of(account).is_none_or(|total| total.amount.is_zero());
            of(Account::Bank).is_some()
                && is_settled(Account::Cash)
                && is_settled(Account::Unexplained)
        };
        self.wait("the deposits", is_shown).await?;
        self.command(&["bank", "deposits", "--all"], out)
    }

    fn tell_end(&self, out: &mut dyn Write) -> Result<(), Failure> {
        self.heading("The replacement is paid; the whole chain is one history", out)?;
        self.command(&["claim", "DEMO0003"], out)?;
        self.heading("What is still held waits for its office", out)?;
        self.command(&["queue", "list"], out)?;
        self.heading("Every claim is accounted for", out)?;
        self.command(&["audit"], out)
    }

    async fn stay(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let root = self.place.root.display();
        writeln!(out, "\nThe gateway stays up until Ctrl-C. Look at it with")?;
        writeln!(out, "  curl http://{}/metrics", self.running.web)?;
        writeln!(
            out,
            "  claimgate --config {root}/config/claimgate.toml --data {root}/data queue list"
        )?;
        out.flush()?;
        stop_signal().await;
        Ok(())
    }

    fn states(&self) -> std::collections::BTreeMap<State, u64> {
        let totals = self.gateway.store.totals().unwrap_or_default();
        totals.into_iter().map(|total| (total.state, total.claims)).collect()
    }

    fn open_items(&self) -> Result<Vec<Work>, Failure> {
        let filter = WorkFilter { open_only: true, ..WorkFilter::default() };
        Ok(self.gateway.store.work(&filter)?)
    }

    fn item(&self, category: &str) -> Result<String, Failure> {
        let items = self.open_items()?;
        let found = items.iter().find(|item| item.category.name() == category);
        found
            .map(|item| item.id.0.to_string())
            .ok_or_else(|| Failure::World(format!("the queue has no item '{category}'")))
    }

    /// The NM1*IL of an item's claim.
    fn member_segment(&self, item: &str) -> Result<u32, Failure> {
        let items = self.open_items()?;
        let claim =
            items.iter().find(|known| known.id.0.to_string() == item).and_then(|known| known.claim);
        let missing = || Failure::World("the item's claim is gone".to_owned());
        let claim = self.gateway.store.claim(claim.ok_or_else(missing)?)?.ok_or_else(missing)?;
        let edits: &[Edit] = &claim.edits;
        let document = crate::gateway::knowledge::cut(self.gateway, &claim.place, edits);
        let document = document.ok_or_else(missing)?;
        let is_member = |segment: &x12::segment::Segment<'_>| {
            segment.tag_bytes() == b"NM1" && segment.text(1) == b"IL"
        };
        let number = document.segments().find(is_member).map(|segment| segment.number());
        number.ok_or_else(missing)
    }

    async fn wait(&self, what: &str, is_there: impl Fn() -> bool) -> Result<(), Failure> {
        let began = Instant::now();
        while !is_there() {
            if began.elapsed() > STEP_TIMEOUT {
                let seconds = STEP_TIMEOUT.as_secs();
                let text = format!("the demonstration waited {seconds} s for {what} in vain");
                return Err(Failure::World(text));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }
}

/// The day so many days earlier.
fn days_before(day: x12::value::Day, days: u32) -> x12::value::Day {
    (0..u32::from(u16::MAX))
        .map(|back| x12::value::Day::new(day.year() - 1, 1, 1).map(|first| first.plus_days(back)))
        .find(|candidate| candidate.is_some_and(|it| day.days_since(it) == i64::from(days)))
        .flatten()
        .unwrap_or(day)
}
