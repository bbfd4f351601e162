//! What is asked of a remittance: one table. X12's own answers to requests for interpretation
//! (RFI) stand beside each rule, so that a payer can be shown who says so.

/// A rule of remittances.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `V01` … `V47`, and C360 of CAQH CORE; stable for ever.
    pub id: &'static str,
    pub name: &'static str,
    pub effect: Effect,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// Requests for interpretation that say so, by their numbers.
    pub rfis: &'static [u16],
}

/// What becomes of what breaks a rule. Whatever it is, it is kept, read and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Nothing of the remittance is posted by itself.
    HoldsPayment,
    /// The claim is not posted by itself; its neighbours are.
    HoldsClaim,
    /// Posted, and told.
    Warns,
    /// No fault: something that the office may want to know.
    Notes,
    /// Says how something is read; nothing can break it.
    Reads,
}

impl Effect {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Effect::HoldsPayment => "holds the payment",
            Effect::HoldsClaim => "holds the claim",
            Effect::Warns => "warns",
            Effect::Notes => "notes",
            Effect::Reads => "reads",
        }
    }
}

impl Rule {
    /// Whether a payer that breaks it did something wrong.
    pub fn is_fault(&self) -> bool {
        match self.effect {
            Effect::HoldsPayment | Effect::HoldsClaim | Effect::Warns | Effect::Reads => true,
            Effect::Notes => false,
        }
    }

    /// `V16 (RFI 791, 1147)`.
    pub fn cited(&self) -> String {
        if self.rfis.is_empty() {
            return self.id.to_owned();
        }
        let numbers: Vec<String> = self.rfis.iter().map(u16::to_string).collect();
        format!("{} (RFI {})", self.id, numbers.join(", "))
    }
}

/// The rule of that id.
pub fn rule(id: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.id == id).expect("whoever names a rule takes it from the table")
}

const fn row(
    id: &'static str,
    effect: Effect,
    name: &'static str,
    (why, fix): (&'static str, &'static str),
    rfis: &'static [u16],
) -> Rule {
    Rule { id, name, effect, why, fix, rfis }
}

const ASK: &str = "ask the payer for a corrected 835";
const TELL: &str = "tell the payer; nothing is to be done for the money";

/// Every rule.
pub static RULES: [Rule; 48] = [
    row(
        "V01",
        Effect::HoldsPayment,
        "BPR02 is all CLP04 less all PLB amounts",
        ("what came into the bank cannot be explained", ASK),
        &[],
    ),
    row(
        "V02",
        Effect::HoldsClaim,
        "CLP04 is CLP03 less every adjustment of the claim and its services",
        ("part of the charge would stay open without a reason", ASK),
        &[2601],
    ),
    row(
        "V03",
        Effect::HoldsClaim,
        "SVC03 is SVC02 less the adjustments of the service",
        ("part of the line would stay open without a reason", ASK),
        &[2601],
    ),
    row(
        "V04",
        Effect::Warns,
        "the services come to the claim, where there are any",
        ("what the services leave over is posted to the claim as a whole", TELL),
        &[],
    ),
    row(
        "V05",
        Effect::Warns,
        "CLP05 is all adjustments of group PR, but in a reversal",
        (
            "the patient's bill follows the adjustments, not CLP05",
            "compare before the patient is billed",
        ),
        &[680, 2548],
    ),
    row(
        "V06",
        Effect::Reads,
        "AMT and QTY enter no sum",
        ("they tell of amounts that stand in CAS, CLP and SVC already", ""),
        &[1115, 2601],
    ),
    row(
        "V07",
        Effect::HoldsPayment,
        "BPR02 is not negative",
        ("what the office owes is carried forward by a PLB with FB or WO, never paid", ASK),
        &[758, 1756],
    ),
    row(
        "V08",
        Effect::Warns,
        "nothing is paid exactly when BPR01 is H and BPR04 is NON",
        ("a transfer is awaited that never comes, or comes unawaited", "compare with the bank"),
        &[352],
    ),
    row(
        "V09",
        Effect::Warns,
        "TRN02 is used once by a payer for a payee",
        (
            "a transfer is found by its number, and two may be taken for one",
            "compare amount and day too",
        ),
        &[654, 1708, 1847],
    ),
    row(
        "V10",
        Effect::Warns,
        "TRN03 is BPR10 when money is transferred",
        ("the bank repeats one of them, and the transfer may not be found", TELL),
        &[],
    ),
    row(
        "V11",
        Effect::HoldsClaim,
        "CLP02 is a status of the guide",
        ("it cannot be told what the payer did with the claim", "ask the payer, then post by hand"),
        &[],
    ),
    row(
        "V12",
        Effect::Warns,
        "CAS01 is CO, OA, PI or PR",
        ("it does not say who bears the amount, so the patient is not billed for it", TELL),
        &[1147],
    ),
    row(
        "V13",
        Effect::Warns,
        "reason and remark codes are in effect on the day of payment",
        ("the code may mean something else by now, or nothing", "read the payer's own list"),
        &[],
    ),
    row(
        "V14",
        Effect::Warns,
        "a reason that says too little has a remark beside it",
        ("without a remark nobody can tell what to correct", "ask the payer what it wants"),
        &[],
    ),
    row(
        "V15",
        Effect::Warns,
        "a reason stands once with its group in one place",
        ("two amounts of one kind may be one amount told twice", TELL),
        &[213],
    ),
    row(
        "V16",
        Effect::HoldsClaim,
        "a reversal has every amount of its original with the other sign, and all its adjustments",
        (
            "the claim would not come back to where it was before that payment",
            "it is posted by itself when the payment comes that it takes back; ask the payer for \
             that one, or for a reversal of what it paid; `claimgate queue attach` posts it as it is \
             where as much was paid",
        ),
        &[227, 791, 1147, 1429, 1776, 2442],
    ),
    row("V17", Effect::Warns, "an amount of PLB is not zero", ("it moves nothing", TELL), &[1324]),
    row(
        "V18",
        Effect::Warns,
        "PLB L6 is the interest of the claims, AMT*I, with the other sign",
        ("what was paid for waiting cannot be told from what was paid for care", TELL),
        &[1324, 2123, 2184, 2202],
    ),
    row(
        "V19",
        Effect::Warns,
        "a reason of PLB is one of the guide's",
        ("it cannot be told what the money is for", "ask the payer what it means"),
        &[],
    ),
    row(
        "V20",
        Effect::Warns,
        "SVC06 has what was submitted where SVC01 is another procedure",
        ("the line is found by other signs, or not at all", TELL),
        &[366, 2320],
    ),
    row(
        "V21",
        Effect::Warns,
        "what is rolled up has OA-94 with the charges of the other lines, which CO-97 takes to zero",
        ("the charge of the claim is told twice, or not at all", TELL),
        &[2009, 2320],
    ),
    row(
        "V22",
        Effect::Warns,
        "REF*6R is the number of a line as it was sent, or LX01 where none was",
        ("the line is found by other signs, or not at all", TELL),
        &[1684, 2224],
    ),
    row(
        "V23",
        Effect::HoldsClaim,
        "a later payer says with OA-23 what was settled before it, where a payer before it paid",
        (
            "its CO-45 takes off what a payer before it has paid already, unless these paid nothing",
            "it is posted by itself once the payers before it are known to have paid nothing; where \
             one paid, `claimgate queue attach` posts it, with so much of its CO-45 as goes beyond \
             what they paid and took off",
        ),
        &[1696, 2194],
    ),
    row(
        "V24",
        Effect::Warns,
        "an adjustment is not zero",
        ("it says nothing about money", TELL),
        &[],
    ),
    row(
        "V25",
        Effect::HoldsPayment,
        "the payee is one of those that were billed for",
        (
            "it is somebody else's money and somebody else's patients",
            "return the file to the payer, or correct who is paid",
        ),
        &[],
    ),
    row(
        "V26",
        Effect::Warns,
        "the days of the services lie within the claim's",
        ("the services may be another claim's", "compare with the claim before it is corrected"),
        &[],
    ),
    row(
        "V27",
        Effect::Notes,
        "who the payer corrects, which payer comes first, and to whom it passed the claim on",
        (
            "the next claim of the patient fails on what is not taken over",
            "correct the registration",
        ),
        &[],
    ),
    row(
        "V28",
        Effect::Warns,
        "TS3 counts and adds up the claims after its LX, and TS2 their covered and outlier days",
        ("a claim may be missing from the file", "compare the claims with what was sent"),
        &[],
    ),
    row(
        "V29",
        Effect::Reads,
        "a default code in SVC01 (99199, D9999, 0949) says that SVC06 has the service",
        ("the payer had no valid code for what was submitted", ""),
        &[366],
    ),
    row(
        "V30",
        Effect::Reads,
        "text of a payer in PER*CX is no contact and decides nothing",
        ("payers put their notices there", ""),
        &[1883],
    ),
    row(
        "V31",
        Effect::HoldsPayment,
        "a payment has a number, TRN02",
        ("it is not told from another, and neither the bank nor the payer finds it", ASK),
        &[],
    ),
    row(
        "V32",
        Effect::HoldsClaim,
        "CLP03 and CLP04 are negative in a reversal (CLP02 22), and in nothing else",
        (
            "it cannot be told whether the payer pays or takes back",
            "ask the payer, then post it with `claimgate queue attach` or write it off",
        ),
        &[],
    ),
    row(
        "V33",
        Effect::HoldsClaim,
        "what is decided on a claim is said once",
        (
            "one payment told twice would be posted twice",
            "ask the payer; `claimgate queue write-off` when the money goes back, \
             `claimgate queue attach` when it is a payment of its own",
        ),
        &[],
    ),
    row(
        "V34",
        Effect::Warns,
        "no more is decided on than the claim's charge",
        (
            "the payer's decisions come to more than was ever billed, and nothing was taken back",
            "ask the payer which of its decisions holds; what was paid twice is to be given back",
        ),
        &[],
    ),
    row(
        "V35",
        Effect::HoldsPayment,
        "what a PLB says is said once under one TRN02",
        (
            "what is carried, taken or given beside the claims would be booked twice",
            "ask the payer; `claimgate queue post` posts the payment but for what was said before",
        ),
        &[],
    ),
    row(
        "V36",
        Effect::HoldsClaim,
        "outside of a reversal nobody is billed more than was charged, or less than nothing",
        (
            "the patient would be asked for more than the service was billed for, or paid for it",
            "ask the payer what it means; `claimgate queue attach` posts it as it is",
        ),
        &[],
    ),
    row(
        "V37",
        Effect::HoldsPayment,
        "CUR02, where it is there, is USD",
        (
            "amounts of another currency are not amounts of ours",
            "ask the payer for an 835 in dollars, or post by hand what the bank made of it",
        ),
        &[],
    ),
    row(
        "V38",
        Effect::HoldsClaim,
        "a payer says no more than a hundred things of a claim",
        (
            "nobody decides on one claim so often, and what is said twice is no longer told apart",
            "ask the payer what it means; `claimgate queue attach` posts a payment as it is",
        ),
        &[],
    ),
    row(
        "V39",
        Effect::HoldsPayment,
        "the transaction set is taken, not rejected with a 999",
        (
            "where segments are missing or out of their order, amounts may belong to another claim \
             or line",
            "have it sent again; or `claimgate queue post` posts the claims that can be read and add \
             up, and the rest waits",
        ),
        &[],
    ),
    row(
        "V40",
        Effect::Warns,
        "what is decided on comes to the claim's charge",
        (
            "what is left of the charge is neither paid nor taken off, and would stay open for ever",
            "compare CLP03 and SVC02 with the claim as it was sent; ask the payer to decide on the rest, or \
             for the decision that it says pays it (94, 23, B13); a part of the claim that comes in a CLP of its \
             own, now or later, closes the item",
        ),
        &[],
    ),
    row(
        "V41",
        Effect::HoldsPayment,
        "a remittance that names no payer of the settings has the number (TRN03) or the name of the channel's, or decides as the first on a claim that went to it",
        (
            "it may be another payer's, whose decisions and takebacks would count as the channel's",
            "put its TRN03 among the `payer_ids` of the payer that it is, then `claimgate queue post` posts it \
             as that one's; without that as the channel's",
        ),
        &[],
    ),
    row(
        "V42",
        Effect::HoldsClaim,
        "outside of a reversal less than ten times the charge is paid",
        (
            "a point that slipped makes a fortune of a fee, and adjustments below nothing balance it",
            "hold it against the deposit, and ask the payer; `claimgate queue attach` posts it as it is",
        ),
        &[],
    ),
    row(
        "V43",
        Effect::HoldsPayment,
        "the day of payment, BPR16, is not a month after the file (GS04) or before every service that is paid, nor a \
         year before the file where no service is of that year",
        (
            "a year that slipped puts the money into another year's reports, and its deposit is never waited for, \
             or for ever",
            "compare with the bank; ask the payer for a corrected 835, or `claimgate queue post` posts it as it is",
        ),
        &[],
    ),
    row(
        "V44",
        Effect::HoldsPayment,
        "BPR01 is not P (a transfer is only tried out), and not H (a notice without money) where something is paid",
        (
            "no money is on its way, and the claims would be paid in the books alone",
            "compare with the bank; where the money came, `claimgate queue post` posts it",
        ),
        &[],
    ),
    row(
        "V45",
        Effect::Warns,
        "an office is paid (N1*PE, REF*TJ) for claims of its own, where the settings of both offices name their `providers`",
        (
            "the money lies with another office, and the one that waits for it finds its claim paid",
            "ask the payer to pay each office under its own numbers; whoever has the money passes it on, or gives it \
             back",
        ),
        &[],
    ),
    row(
        "V46",
        Effect::Warns,
        "the PLBs of a remittance give no more interest than all that is paid for claims, and no ten times as much of any other reason, \
         or under references that nobody knows (WO, WU, FB)",
        (
            "a point that slipped makes a fortune of a bonus, and what a payer gave by mistake is to be given back",
            "hold it against the deposit, and ask the payer; what is expected, a `[[plb]]` of denials.toml says",
        ),
        &[],
    ),
    row(
        "V47",
        Effect::Warns,
        "a CAS ends with CAS19 and a PLB with PLB14",
        (
            "what stands beyond is in no sum, for X12 has no such element",
            "ask the payer what it is; a seventh adjustment wants a CAS or a PLB of its own",
        ),
        &[],
    ),
    row(
        "C360",
        Effect::Warns,
        "the group, reason and remark of a denial stand together in the tables of CAQH CORE 360",
        (
            "the remark may not say what is to be corrected",
            "show the payer the table; ask what it means",
        ),
        &[],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_order_and_say_why() {
        let (last, numbered) = RULES.split_last().expect("rules");
        assert_eq!(last.id, "C360");
        assert!(numbered.is_sorted_by(|one, next| one.id < next.id));
        for rule in &RULES {
            let number = rule.id.strip_prefix('V').and_then(|number| number.parse::<u8>().ok());
            assert!(number.is_some() || rule.id == "C360", "{}", rule.id);
            assert!(rule.rfis.is_sorted(), "{}", rule.id);
            assert!(!rule.why.is_empty(), "{}", rule.id);
            assert_eq!(rule.fix.is_empty(), rule.effect == Effect::Reads, "{}", rule.id);
        }
        assert_eq!(rule("V16").id, "V16");
        assert_eq!(rule("V03").cited(), "V03 (RFI 2601)");
    }
}
