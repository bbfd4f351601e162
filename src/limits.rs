//! Every bound in the program, with its reason.

/// The largest file we may be told to take: offsets into a file have 32 bits.
pub const FILE_BYTES_MAX: u64 = x12::interchange::FILE_BYTES_MAX as u64;

/// The largest transaction set that a command checks as it reads. A set of a hundred thousand
/// claims takes a fifth of it; memory grows to some three times as much.
pub const SET_BYTES_MAX: usize = 256 << 20;

/// What the guides say of so many segments of a group is kept from its 999 to its sets; further ones
/// are looked at anew. A group of 40,000 claims has as many, and keeps 50 MB.
pub const SEGMENTS_JUDGED_MAX: usize = 1 << 20;

/// The guides allow 5000 claims in a transaction set; payers' systems are built for that.
pub const CLAIMS_PER_SET_MAX: u64 = 5_000;

/// Rows of an office's table of denials. Each denial is held against all of them, and a table of
/// reasons times payers has fewer.
pub const DENIAL_ROWS_MAX: usize = 2_000;

/// A name of ours is a directory, a metric label and a column in a terminal.
pub const NAME_BYTES_MAX: usize = 40;

/// Arrivals that wait for the gateway. Each may hold a whole file in memory, so few.
pub const ARRIVALS_WAITING_MAX: usize = 16;

/// Interchanges of one connection whose replies are still due. Past this we stop reading, and the
/// sender's own socket makes it wait.
pub const REPLIES_DUE_MAX: usize = 64;

/// Interchanges that wait to be sent over one connection.
pub const OUTGOING_WAITING_MAX: usize = 16;

/// A sender that trickles its interchange holds memory; after this long we give it up.
pub const INTERCHANGE_SECONDS_MAX: u64 = 600;

/// Replies that nobody reads hold memory too; a write that takes longer is given up.
pub const WRITE_SECONDS_MAX: u64 = 60;

/// How long a connection may take to be made.
pub const CONNECT_SECONDS_MAX: u64 = 10;

/// The wait after a first failed connection; doubled from there on.
pub const RECONNECT_DELAY_MS_MIN: u64 = 500;

/// The longest wait between attempts to connect: a payer that comes back is found in a minute.
pub const RECONNECT_DELAY_MS_MAX: u64 = 60_000;

/// How long a stopping connection waits for the replies to what it has already handed over.
pub const STOP_SECONDS_MAX: u64 = 30;

/// How much a socket is read at a time.
pub const READ_BYTES: usize = 64 * 1024;

/// An interchange trailer with its blanks fits well into this; so much of a file's end is read to
/// see whether the file is whole.
pub const TAIL_BYTES: u64 = 512;

/// Files of one directory that are looked at before the listing is cut and the rest left to the
/// next look. Bounds memory, not the directory.
pub const FILES_PER_LOOK_MAX: usize = 250_000;

/// How long a file that was filed away is looked at after it last changed, for its writer may hold it open. Most
/// writers pause for seconds.
pub const FILED_WATCHED_SECONDS: u64 = 600;

/// Files of one channel that are looked at after they were filed away. Each is asked for its size at every look.
pub const FILED_FILES_WATCHED_MAX: usize = 10_000;

/// A readiness check that takes longer says so: something hangs.
pub const READINESS_SECONDS_MAX: u64 = 5;

/// Metrics must be folded this often or samples that nobody collects pile up in memory.
pub const METRICS_UPKEEP_SECONDS: u64 = 5;

/// A condition of a payer's rule is read by a person; one that is longer is several.
pub const EXPRESSION_BYTES_MAX: usize = 4_096;

/// How deep a condition may nest: reading and asking it goes as deep.
pub const EXPRESSION_DEPTH_MAX: usize = 32;

/// Steps that one condition may take for one claim or one line, about a millisecond: each line of a
/// claim of 999 with each other is too much, and is said instead of waited for.
pub const EXPRESSION_STEPS_MAX: usize = 50_000;

/// Steps that all rules of a payer together may take for one claim, a tenth of a second or so: two
/// hundred rules of twenty steps for each of a thousand lines.
pub const CLAIM_STEPS_MAX: usize = 4_000_000;

/// The largest regular expression of a payer's rule, as it lies in memory: some hundreds of signs. To look
/// for one in a long value takes milliseconds.
pub const PATTERN_BYTES_MAX: usize = 1 << 18;

/// All patterns of a payer together, tries included: a thousand such as `^\d{11}$`, or two hundred of the
/// largest, which take some seconds to read.
pub const PAYER_PATTERNS_BYTES_MAX: usize = 64 << 20;

/// Settings and code sets that are read anew, with a registry of eight million providers, take a minute or
/// two; a disk that takes longer hangs.
pub const RELOAD_SECONDS_MAX: u64 = 600;

/// The largest file of settings: a thousand rules with their lists of codes are a tenth of it.
pub const SETTINGS_BYTES_MAX: u64 = 4 << 20;

/// The largest fee schedule: a quarter of a million rows.
pub const FEE_SCHEDULE_BYTES_MAX: u64 = 16 << 20;

/// So many problems of one file are told; who mends these sees the rest.
pub const PROBLEMS_MAX: usize = 50;

/// Rules of one payer. Each is asked of every claim that it is about.
pub const PAYER_RULES_MAX: usize = 1_000;

/// Claims of one file that those of its later sets are held against, some sixty bytes each. More than
/// these would not fit into what reading a file may take.
pub const CLAIMS_SEEN_MAX: usize = 1_000_000;

/// Operations of one file that the visits of its later sets are held against, some hundred bytes each: few
/// claims bill one.
pub const OPERATIONS_SEEN_MAX: usize = 250_000;
