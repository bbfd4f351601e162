//! Denials through the real program: rows of the office that are taken up while it serves, and the tables
//! of CORE 360 from their import to the payer's scorecard.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::fs;
use std::process::{Command, Output};

use claimgate::denials::Category;
use claimgate::ledger::Account;
use claimgate::store::{Work, WorkFilter};

use daemon::{Daemon, Place, drop_whole, files_of, wait};
use made::{days_ago, interchange, many};

fn told(output: &Output) -> (Option<i32>, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

/// A remittance of nothing: claims of 100.00, each with its codes (`CO*97`) and its remark or none.
fn remittance(number: u32, denied: &[(&str, &str, &str)]) -> String {
    let (today, service) = (days_ago(0).to_wire(), days_ago(20).to_wire());
    let claims: String = denied
        .iter()
        .map(|(claim, codes, remark)| {
            let remark = match *remark {
                "" => String::new(),
                code => format!("LQ*HE*{code}~"),
            };
            format!(
                "CLP*{claim}*1*100*0**12*P{claim}*11*1~NM1*QC*1*ROE*JANE****MI*W{claim}~\
                 SVC*HC:99213*100*0**1~DTM*472*{service}~CAS*{codes}*100~REF*6R*{claim}L1~{remark}"
            )
        })
        .collect();
    let body = format!(
        "BPR*H*0*C*NON************{today}~TRN*1*T{number}*1512345678~DTM*405*{today}~\
         N1*PR*ACME HEALTH~N3*1 PAYER WAY~N4*BOSTON*MA*02110~PER*BL*ACME CLAIMS*TE*6175550199~\
         N1*PE*CEDAR CLINIC*XX*1999001013~LX*1~{claims}"
    );
    let segments = body.matches('~').count() + 2;
    format!(
        "ISA*00*          *00*          *ZZ*ACME           *ZZ*CLAIMGATE      *{}*0000*^*00501*\
         {number:09}*0*T*:~GS*HP*ACME*CLAIMGATE*{today}*0000*{number}*X*005010X221A1~ST*835*0001~\
         {body}SE*{segments}*0001~GE*1*{number}~IEA*1*{number:09}~",
        &today[2..]
    )
}

/// Sends claims out, so that the payer may answer them.
fn send_out(place: &Place, count: usize) {
    place.drop_claims("batch.edi", interchange("CEDAR", 1, &many("C", count)).as_bytes());
    wait("the claims to leave", || !files_of(&place.payer("outbox"), ".x12").is_empty());
}

/// Lets the payer deny, and waits for the decision. The claims came before.
fn deny(place: &Place, number: u32, denied: &[(&str, &str, &str)]) {
    let text = remittance(number, denied);
    drop_whole(&place.payer("inbox"), &format!("{number}.835"), text.as_bytes());
    let arrivals = || place.store().arrivals(None, 99).expect("read");
    let is_decided = || arrivals().iter().filter(|one| one.verdict.is_some()).count();
    wait("the remittance", || is_decided() == number as usize + 1);
}

/// The items of denials, the newest last.
fn denials(place: &Place) -> Vec<Work> {
    let category = Some(Category::Denied);
    let filter = WorkFilter { category, ..WorkFilter::default() };
    let mut items = place.store().work(&filter).expect("read");
    items.sort_by_key(|item| item.id);
    items
}

fn hang_up(daemon: &Daemon<'_>) {
    let id = daemon.id().to_string();
    let sent = Command::new("kill").args(["-HUP", &id]).status().expect("sent");
    assert!(sent.success());
}

#[test]
fn new_rows_hold_from_the_next_denial_on_and_bad_ones_never() {
    let place = Place::new("", "");
    let row = |desk: &str| {
        let row = format!("[[denial]]\nreason = \"97\"\ndesk = \"{desk}\"\n");
        place.write("config/denials.toml", &format!("desks = [\"night shift\"]\n\n{row}"));
    };
    row("night shift");
    let daemon = place.start();
    send_out(&place, 3);
    let denied = |number: u32| {
        deny(&place, number, &[(&format!("C{number:05}"), "CO*97", "N20")]);
        let item = denials(&place).pop().expect("an item");
        (item.desk, item.evidence)
    };
    let (desk, evidence) = denied(1);
    assert_eq!(desk, "night shift");
    assert!(evidence.ends_with("desk by denials.toml line 3"), "{evidence}");

    // What is wrong is told with its place and what to write; what was in force stays.
    row("nightshift");
    hang_up(&daemon);
    wait("the refusal", || place.log().contains("the rules stay as they were"));
    let log = place.log();
    let refusal = log.lines().position(|line| line.contains("ERROR")).expect("an error");
    let refusal = log.lines().skip(refusal).collect::<Vec<_>>().join("\n");
    for said in
        ["denials.toml", "line 5", "there is no such desk; write one of", "send SIGHUP again"]
    {
        assert!(refusal.contains(said), "{said:?} is not in {refusal}");
    }
    assert_eq!(denied(2).0, "night shift");

    row("billing");
    hang_up(&daemon);
    wait("the new rows", || place.log().contains("and the rows of denials"));
    assert_eq!(denied(3).0, "billing");
    // Items that are open keep what was said when they came.
    assert_eq!(denials(&place)[0].desk, "night shift");
    daemon.stop();
}

/// The payer would be told to void what it never had.
#[test]
fn a_void_goes_out_without_what_a_person_laid_over_the_claim_since_it_was_sent() {
    let place = Place::new("", "[claims]\nfrequencies = [\"1\", \"8\"]\n");
    let daemon = place.start();
    send_out(&place, 1);
    deny(&place, 1, &[("C00001", "CO*16", "M76")]);
    let item = denials(&place).pop().expect("an item").id.0.to_string();
    let of_item = |words: &[&str]| {
        told(&place.command(&[&["queue", words[0], &item], &words[1..], &["--by", "ann"]].concat()))
    };
    let (code, text) = of_item(&["edit", "--set", "HI01-2=E1165"]);
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = of_item(&["release"]);
    assert!(
        code == Some(1) && text.contains("a void is of the claim as its payer has it"),
        "{text}"
    );
    let (code, text) = of_item(&["edit", "--undo-all"]);
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = of_item(&["release"]);
    assert!(code == Some(0) && text.contains("(CLM05-3 8)"), "{text}");
    daemon.stop();
}

/// The corrected 835 came under the same number: the broken one is no second payment.
#[test]
fn what_a_corrected_remittance_took_the_place_of_is_not_posted_beside_it() {
    let place = Place::new("", "");
    let daemon = place.start();
    send_out(&place, 1);
    let is_decided = |count: usize| {
        let arrivals = place.store().arrivals(None, 99).expect("read");
        arrivals.iter().filter(|one| one.verdict.is_some()).count() == count
    };
    let paid = |number: u32| {
        let text = remittance(number, &[("C00001", "CO*45", "")]);
        text.replace("BPR*H*0*C*NON", "BPR*I*60*C*CHK").replace("TRN*1*T2*", "TRN*1*T1*")
    };
    drop_whole(&place.payer("inbox"), "1.835", paid(1).as_bytes());
    wait("the broken one", || is_decided(2));
    let corrected = paid(2)
        .replace("*1*100*0**", "*1*100*60**")
        .replace("HC:99213*100*0*", "HC:99213*100*60*")
        .replace("CAS*CO*45*100~", "CAS*CO*45*40~");
    drop_whole(&place.payer("inbox"), "2.835", corrected.as_bytes());
    wait("the corrected one", || is_decided(3));
    daemon.stop();
    let filter = WorkFilter { category: Some(Category::OutOfBalance), ..WorkFilter::default() };
    let item = place.store().work(&filter).expect("read").pop().expect("the broken one");
    let id = item.id.0.to_string();
    assert!(item.note.starts_with("the corrected remittance came and is posted: arrival 3"));
    let words = ["queue", "post", &id, "--reason", "on top of the queue", "--by", "ann"];
    let (code, text) = told(&place.command(&words));
    assert!(code == Some(2) && text.contains("is resolved already"), "{text}");
    let cash = || {
        let balances = place.store().balances().expect("read");
        let cash = balances.into_iter().find(|total| total.account == Account::Cash);
        cash.map_or(0, |total| total.amount.cents())
    };
    assert_eq!(cash(), 6_000);
    // Somebody who knows better may.
    let (_, text) = told(&place.command(&[&words[..], &["--another"]].concat()));
    assert!(text.contains("is resolved"), "{text}");
    assert_eq!(cash(), 12_000);
}

/// The words of a report, row by row.
fn exported(place: &Place, report: &str) -> Vec<String> {
    let path = place.root.path().join(format!("{report}.csv"));
    let file = path.to_str().expect("a plain name");
    let (code, text) = told(&place.command(&["export", report, "--payer", "acme", "-o", file]));
    assert_eq!(code, Some(0), "{text}");
    fs::read_to_string(path).expect("the report").lines().map(str::to_owned).collect()
}

#[test]
fn what_stands_outside_the_tables_of_core_360_is_on_the_payers_scorecard() {
    let place = Place::new("", "");
    let table = place.root.path().join("core.tsv");
    let rows = "scenario\tcarc\trarc\tgroup\n2\t16\tM76,N290\tCO\n4\t97\tN20\tCO,PI\n";
    fs::write(&table, rows).expect("written");
    let table = table.to_str().expect("a plain name");
    let import = ["codes", "import", "core-360", table, "--edition", "2026 June"];
    let (code, text) = told(&place.command(&import));
    assert_eq!(code, Some(0), "{text}");
    let daemon = place.start();
    send_out(&place, 4);
    let inside = [("C00001", "CO*97", "N20"), ("C00002", "CO*50", "")];
    deny(&place, 1, &inside);
    assert!(!exported(&place, "scorecard").iter().any(|row| row.contains("C360")));
    deny(&place, 2, &[("C00003", "CO*97", "M15"), ("C00004", "OA*16", "M76")]);
    daemon.stop();

    let scorecard = exported(&place, "scorecard");
    let broken: Vec<&String> = scorecard.iter().filter(|row| row.contains("C360")).collect();
    let today = days_ago(0);
    let [row] = broken.as_slice() else { panic!("{scorecard:?}") };
    // Two remittances, one of which broke it, twice.
    assert!(row.starts_with("acme,C360,") && row.ends_with(&format!(",warns,2,1,50.00,2,{today}")));
    let combinations = exported(&place, "combinations");
    for (combination, codes) in [
        ("4,listed", "CO,97,N20"),
        ("outside", "CO,97,M15"),
        ("outside", "OA,16,M76"),
        ("not governed", "CO,50,"),
    ] {
        let is_it = |row: &&String| {
            row.starts_with("acme,") && row.contains(&format!("{combination},{codes},"))
        };
        assert!(
            combinations.iter().any(|row| is_it(&row)),
            "{combination} {codes}: {combinations:#?}"
        );
    }
    let outside = denials(&place).into_iter().find(|item| item.evidence.contains("M15"));
    let item = outside.expect("the item").id.0.to_string();
    let (_, text) = told(&place.command(&["queue", "show", &item]));
    assert!(text.contains("the payer breaks the rule"), "{text}");
    let (_, text) = told(&place.command(&["ledger"]));
    assert!(text.contains("C360"), "{text}");
}

/// ISA15 T while the payer is in production: what it tries out is no money, and is no answer to what went out in earnest.
#[test]
fn what_a_payer_in_production_tries_out_moves_nothing() {
    let place = Place::new("", "production = true\n");
    let _daemon = place.start();
    let claims = interchange("CEDAR", 1, &many("C", 1)).replace("*1*T*:", "*1*P*:");
    place.drop_claims("batch.edi", claims.as_bytes());
    wait("the claims to leave", || !files_of(&place.payer("outbox"), ".x12").is_empty());
    deny(&place, 1, &[("C00001", "CO*97", "N20")]);
    assert!(denials(&place).is_empty());
    let open = place.store().work(&WorkFilter::default()).expect("read");
    let told: Vec<&str> = open.iter().map(|item| item.what.as_str()).collect();
    assert!(told.len() == 1 && told[0].contains("ISA15"), "{told:?}");

    let text = remittance(2, &[("C00001", "CO*97", "N20")]).replace("*0*T*:", "*0*P*:");
    drop_whole(&place.payer("inbox"), "earnest.835", text.as_bytes());
    wait("the remittance", || denials(&place).len() == 1);
}
