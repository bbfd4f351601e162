//! Which files of an inbox are complete. The listing is the truth; nothing else is believed.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::{Instant, SystemTime};

use memchr::memmem;
use x12::cutting::is_blank;

use crate::limits;
use crate::settings::plan::WatchPlan;

/// What earlier looks at an inbox saw.
#[derive(Debug, Default)]
pub(super) struct Looks {
    known: HashMap<OsString, Look>,
    /// What is no plain file; told of once.
    odd: HashSet<OsString>,
}

/// One look.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// Files that are complete, the oldest first.
    pub ready: Vec<OsString>,
    /// Something is still growing, so look again soon.
    pub growing: bool,
    /// Something new is no plain file.
    pub odd: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub size: u64,
    pub changed: Option<SystemTime>,
    /// When it was first seen with this size and time of change.
    pub since: Instant,
}

impl Looks {
    /// Looks through an inbox.
    pub(super) fn look(
        &mut self,
        inbox: &Path,
        plan: &WatchPlan,
        now: Instant,
    ) -> io::Result<Seen> {
        let mut known = HashMap::new();
        let mut odd = HashSet::new();
        let mut ready = Vec::new();
        let mut seen = Seen::default();
        for entry in fs::read_dir(inbox)?.take(limits::FILES_PER_LOOK_MAX) {
            let Ok(entry) = entry else { continue };
            let name = entry.file_name();
            // It may have vanished since it was listed, which is no trouble.
            let Ok(kind) = entry.file_type() else { continue };
            if is_excluded(&name) {
                continue;
            }
            if !kind.is_file() {
                seen.odd |= !self.odd.contains(&name);
                odd.insert(name);
                continue;
            }
            let Ok(data) = entry.metadata() else { continue };
            let fresh = Look { size: data.len(), changed: data.modified().ok(), since: now };
            let look = self.known.get(&name).filter(|look| look.same_as(&fresh)).copied();
            let look = look.unwrap_or(fresh);
            let still = now.saturating_duration_since(look.since);
            if still < plan.stable {
                seen.growing = true;
            } else if still >= plan.torn_timeout || ends_whole(&entry.path()) {
                ready.push((look.changed, name.clone()));
            }
            known.insert(name, look);
        }
        self.known = known;
        self.odd = odd;
        ready.sort();
        seen.ready = ready.into_iter().map(|(_, name)| name).collect();
        Ok(seen)
    }
}

impl Look {
    pub(super) fn same_as(&self, other: &Look) -> bool {
        self.size == other.size && self.changed == other.changed
    }
}

/// Names under which programs keep files that they have not finished, and hidden ones.
pub fn is_excluded(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_lowercase();
    let unfinished = [".tmp", ".part", ".filepart", ".crdownload"];
    name.starts_with(['.', '~'])
        || name.ends_with('~')
        || unfinished.iter().any(|ending| name.ends_with(ending))
}

/// Whether a file ends in a complete IEA. A file that cannot be read yet does not.
pub(super) fn ends_whole(path: &Path) -> bool {
    let tail = || -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let start = file.metadata()?.len().saturating_sub(limits::TAIL_BYTES);
        file.seek(SeekFrom::Start(start))?;
        let mut tail = Vec::new();
        file.take(limits::TAIL_BYTES).read_to_end(&mut tail)?;
        Ok(tail)
    };
    tail().is_ok_and(|tail| has_whole_trailer(&tail))
}

/// The trailer is `IEA`, a separator, a count of digits, the separator, a control number, and a
/// terminator. When only blanks follow, one of them may be the terminator, or it was left out; then
/// the control number must have its nine characters, or the file may be still on its way.
fn has_whole_trailer(tail: &[u8]) -> bool {
    let end = tail.iter().rposition(|byte| !is_blank(*byte)).map_or(0, |last| last + 1);
    let Some(start) = memmem::rfind(&tail[..end], b"IEA") else { return false };
    let begins_segment = start == 0 || !tail[start - 1].is_ascii_alphanumeric();
    let Some((&separator, rest)) = tail[start + 3..end].split_first() else { return false };
    let Some(split) = rest.iter().position(|&byte| byte == separator) else { return false };
    let (count, number) = (&rest[..split], &rest[split + 1..]);
    let digits = number.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_closed = match &number[digits..] {
        [] => digits == 9 || end < tail.len() && digits > 0,
        // It may stand more than once.
        [terminator, more @ ..] => {
            let ends_nothing = |byte: &u8| byte == terminator || is_blank(*byte);
            digits > 0 && more.iter().all(ends_nothing)
        }
    };
    let counts = !count.is_empty() && count.iter().all(u8::is_ascii_digit);
    begins_segment && !separator.is_ascii_alphanumeric() && counts && is_closed
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tempfile::TempDir;

    use super::*;

    const PLAN: WatchPlan = WatchPlan {
        scan_every: Duration::from_secs(5),
        stable: Duration::from_secs(2),
        torn_timeout: Duration::from_secs(60),
    };
    const WHOLE: &str = "GE*1*1~IEA*1*000000001~";

    /// Looks after so many seconds and says which files are ready.
    fn ready(looks: &mut Looks, inbox: &Path, start: Instant, seconds: u64) -> Vec<OsString> {
        let now = start + Duration::from_secs(seconds);
        looks.look(inbox, &PLAN, now).expect("a listing").ready
    }

    #[test]
    fn knows_a_complete_trailer() {
        let whole = [
            "~IEA*1*000000001~",
            "~\r\nIEA*1*000000001~\r\n",
            "\nIEA|1|000000001\n",
            "~IEA*1*000000001",
            "~IEA*12*1~",
            "~IEA*1*000000001~\0\0\u{1a}",
            "~IEA*1*000000001~~\r\n~",
            "\u{1c}IEA\u{1d}1\u{1d}000000001\u{1c}",
            "IEA*1*1\n",
        ];
        for tail in whole {
            assert!(has_whole_trailer(tail.as_bytes()), "{tail:?}");
        }
        let torn = [
            "",
            "   ",
            "~IEA",
            "~IEA*",
            "~IEA*1",
            "~IEA*1*0000",
            "~IEA**000000001~",
            "~XIEA*1*000000001~",
            "~IEA*1*000000001~GS*",
            "SE*3*0001~GE*1*1~",
            "\0\0\0\0",
        ];
        for tail in torn {
            assert!(!has_whole_trailer(tail.as_bytes()), "{tail:?}");
        }
    }

    #[test]
    fn waits_until_a_file_stands_still() {
        let inbox = TempDir::new().expect("a directory");
        let path = inbox.path().join("a.837");
        let (mut looks, start) = (Looks::default(), Instant::now());
        fs::write(&path, WHOLE).expect("a file");
        assert!(ready(&mut looks, inbox.path(), start, 0).is_empty());
        assert!(ready(&mut looks, inbox.path(), start, 1).is_empty());
        fs::write(&path, format!("{WHOLE}{WHOLE}")).expect("a longer file");
        assert!(ready(&mut looks, inbox.path(), start, 3).is_empty(), "it grew");
        assert_eq!(ready(&mut looks, inbox.path(), start, 5), ["a.837"]);
    }

    #[test]
    fn gives_up_waiting_for_the_rest_of_a_torn_file() {
        let inbox = TempDir::new().expect("a directory");
        fs::write(inbox.path().join("torn"), "ISA*00*").expect("a file");
        fs::write(inbox.path().join("empty"), "").expect("a file");
        let (mut looks, start) = (Looks::default(), Instant::now());
        for seconds in [0, 3, 59] {
            assert!(ready(&mut looks, inbox.path(), start, seconds).is_empty());
        }
        assert_eq!(ready(&mut looks, inbox.path(), start, 60).len(), 2);
    }

    #[test]
    fn leaves_alone_what_is_not_meant_for_it() {
        let inbox = TempDir::new().expect("a directory");
        let others = [".hidden", "a.tmp", "a.PART", "a.filepart", "a.crdownload", "~lock", "a~"];
        for name in others {
            fs::write(inbox.path().join(name), WHOLE).expect("a file");
        }
        fs::create_dir(inbox.path().join("folder")).expect("a directory");
        let outside = inbox.path().join(".outside");
        fs::write(&outside, WHOLE).expect("a file");
        std::os::unix::fs::symlink(&outside, inbox.path().join("link.837")).expect("a link");
        let (mut looks, start) = (Looks::default(), Instant::now());
        let first = looks.look(inbox.path(), &PLAN, start).expect("a listing");
        assert_eq!(first, Seen { odd: true, ..Seen::default() });
        let later = looks.look(inbox.path(), &PLAN, start + Duration::from_secs(99));
        assert_eq!(later.expect("a listing"), Seen::default(), "told once");
    }

    #[test]
    fn takes_the_oldest_first() {
        let inbox = TempDir::new().expect("a directory");
        for (name, hours) in [("b", 1), ("c", 3), ("a", 2)] {
            fs::write(inbox.path().join(name), WHOLE).expect("a file");
            let changed = SystemTime::now() - Duration::from_secs(hours * 3_600);
            let file = File::options().write(true).open(inbox.path().join(name));
            file.and_then(|file| file.set_modified(changed)).expect("a time of change");
        }
        let (mut looks, start) = (Looks::default(), Instant::now());
        ready(&mut looks, inbox.path(), start, 0);
        assert_eq!(ready(&mut looks, inbox.path(), start, 2), ["c", "a", "b"]);
    }

    #[test]
    fn takes_thousands_of_files_in_one_look() {
        let inbox = TempDir::new().expect("a directory");
        for number in 0..3_000 {
            fs::write(inbox.path().join(format!("{number}.837")), WHOLE).expect("a file");
        }
        let (mut looks, start) = (Looks::default(), Instant::now());
        ready(&mut looks, inbox.path(), start, 0);
        assert_eq!(ready(&mut looks, inbox.path(), start, 2).len(), 3_000);
    }
}
