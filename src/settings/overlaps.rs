//! Directories that are one, or lie in one another, however they are written: two parties in one
//! directory would take each other's files.

use std::path::{Component, Path, PathBuf};

use super::check::file_of;
use super::plan::Plan;
use super::{AllWritten, Problem};

pub(super) fn refuse_overlaps(all: &AllWritten, plan: &Plan, problems: &mut Vec<Problem>) {
    let offices = plan.offices.iter().map(|office| &office.directories.receiving.inbox);
    let payers = plan.payers.iter().map(|payer| &payer.directories.receiving.inbox);
    let bank = plan.bank.directories.iter().map(|bank| &bank.inbox);
    let inboxes = offices.chain(payers).chain(bank);
    let bases: Vec<Base> =
        inboxes.map(|inbox| Base::of(inbox.parent().unwrap_or(Path::new("")))).collect();
    let data_dir = real(&all.data_dir);
    for (index, base) in bases.iter().enumerate() {
        let mut refuse = |what: String| {
            let file = file_of(all, plan, index);
            let is_bank = index == plan.offices.len() + plan.payers.len();
            let key = if is_bank { "bank.directory" } else { "directory" };
            problems.push(Problem { file, key: key.into(), what });
        };
        let is_ours = |name: &&str| base.real.starts_with(data_dir.join(name));
        if data_dir.starts_with(&base.real) || OURS.iter().any(is_ours) {
            refuse(format!(
                "{} holds the gateway's own data; choose a directory of its own",
                base.written.display()
            ));
        }
        for other in &bases[..index] {
            if base.real.starts_with(&other.real) || other.real.starts_with(&base.real) {
                let is_plain = base.written.starts_with(&other.written)
                    || other.written.starts_with(&base.written);
                refuse(format!(
                    "{} and {} lie in one another{}, so files would be taken twice; choose \
                     separate directories",
                    base.written.display(),
                    other.written.display(),
                    if is_plain { "" } else { " by a link" },
                ));
            }
        }
    }
}

/// What the gateway keeps in its data directory beside its channels.
const OURS: [&str; 2] = ["archive", "codes"];

/// Where a party has its directories.
struct Base {
    /// As the settings say it, without dots.
    written: PathBuf,
    /// Where it really lies.
    real: PathBuf,
}

impl Base {
    fn of(path: &Path) -> Base {
        Base { written: plain(path), real: real(path) }
    }
}

/// Where a path leads, links and all; of what is not there yet, where it will be made.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.into());
    let mut missing = Vec::new();
    let mut there = absolute.as_path();
    loop {
        if let Ok(found) = there.canonicalize() {
            let rest: PathBuf = missing.iter().rev().collect();
            return plain(&found.join(rest));
        }
        // What ends in two dots has no name; it is taken by its text.
        let (Some(name), Some(above)) = (there.file_name(), there.parent()) else {
            return plain(&absolute);
        };
        missing.push(name);
        there = above;
    }
}

/// A path without dots.
fn plain(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.into());
    let mut plain = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part @ (Component::Prefix(_) | Component::RootDir | Component::Normal(_)) => {
                plain.push(part);
            }
        }
    }
    plain
}
