//! Contracts through the real program: checked, tried on claims, held against remittances, and taken
//! up while it serves.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use claimgate::contracts::Class;
use claimgate::denials::Category;
use claimgate::store::{Work, WorkFilter};

use daemon::{Place, drop_whole, files_of, wait};
use made::{days_ago, interchange, many};

fn told(output: &Output) -> (Option<i32>, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

/// A contract that pays so much for a visit, by a fee schedule.
fn agree(place: &Place, fee: &str) {
    place.write("config/contracts/fees.csv", &format!("code,amount\n99213,{fee}\n"));
    let contract = "payer = \"acme\"\n[[rate]]\nschedule = \"fees.csv\"\n";
    place.write("config/contracts/acme.toml", contract);
}

/// A remittance of one claim of 100.00.
fn remittance(number: u32, claim: &str, paid: u32) -> String {
    let (today, service) = (days_ago(0).to_wire(), days_ago(20).to_wire());
    let rest = 100 - paid;
    let body = format!(
        "BPR*I*{paid}*C*CHK************{today}~TRN*1*T{number}*1512345678~DTM*405*{today}~\
         N1*PR*ACME HEALTH~N3*1 PAYER WAY~N4*BOSTON*MA*02110~PER*BL*ACME CLAIMS*TE*6175550199~\
         N1*PE*CEDAR CLINIC*XX*1999001013~LX*1~CLP*{claim}*1*100*{paid}**12*P{claim}*11*1~\
         NM1*QC*1*ROE*JANE****MI*W{claim}~SVC*HC:99213*100*{paid}**1~DTM*472*{service}~\
         CAS*CO*45*{rest}~REF*6R*{claim}L1~"
    );
    let segments = body.matches('~').count() + 2;
    format!(
        "ISA*00*          *00*          *ZZ*ACME           *ZZ*CLAIMGATE      *{}*0000*^*00501*\
         {number:09}*0*T*:~GS*HP*ACME*CLAIMGATE*{today}*0000*{number}*X*005010X221A1~ST*835*0001~\
         {body}SE*{segments}*0001~GE*1*{number}~IEA*1*{number:09}~",
        &today[2..]
    )
}

#[test]
fn commands_try_contracts_and_say_what_is_wrong_with_them() {
    let place = Place::new("", "");
    agree(&place, "70");
    let batch = place.root.path().join("batch.edi");
    fs::write(&batch, interchange("CEDAR", 1, &many("C", 2))).expect("written");
    let batch = batch.to_str().expect("a plain name");
    let (code, text) = told(&place.command(&["contracts", "check"]));
    assert!(code == Some(0) && text.contains("100 % of fees.csv, 1 code"), "{text}");
    let (code, text) = told(&place.command(&["contracts", "price", batch]));
    assert!(code == Some(0) && text.contains("acme: 99213, row 2 of fees.csv: 70.00"), "{text}");
    assert!(text.contains("2 of 2 lines priced: 140.00 of 200.00"), "{text}");
    let (_, text) = told(&place.command(&["contracts", "price", "--format", "json", batch]));
    assert!(text.contains("\"allowed_cents\":7000"), "{text}");
    let (code, text) = told(&place.command(&["contracts", "price", "--payer", "nobody", batch]));
    assert!(code == Some(2) && text.contains("no payer of the settings"), "{text}");
    let (code, text) = told(&place.command(&["contracts", "price", "/dev/null"]));
    assert!(code == Some(2) && text.contains("holds no X12 interchange"), "{text}");

    place.write(
        "config/contracts/acme.toml",
        "payer = \"acme\"\nto = \"2001-01-01\"\n[[rate]]\nschedule = \"fees.csv\"\n",
    );
    let (_, text) = told(&place.command(&["contracts", "price", "--format", "json", batch]));
    assert!(text.contains("\"why\":\"no contract\""), "{text}");

    agree(&place, "$70");
    let (code, text) = told(&place.command(&["contracts", "check"]));
    assert!(code == Some(2) && text.contains("fees.csv: amount: line 2, column 7"), "{text}");
    assert!(text.contains("2 | 99213,$70\n  |       ^^^"), "{text}");

    agree(&place, "1,095.00");
    let (code, text) = told(&place.command(&["contracts", "check"]));
    assert!(code == Some(2) && text.contains("fees.csv: line 2, column 9"), "{text}");
    assert!(text.contains("write 1,095.00 as 1095.00"), "{text}");

    let medicare = "payer = \"acme\"\n[[rate]]\npercent_of = \"mpfs\"\npercent = 110\n";
    place.write("config/contracts/acme.toml", medicare);
    let (code, text) = told(&place.command(&["contracts", "check"]));
    assert!(code == Some(1) && text.contains("needs mpfs"), "{text}");
    let (code, text) = told(&place.command(&["contracts", "price", batch]));
    assert!(code == Some(1) && text.contains("is not imported"), "{text}");
}

/// A dental line says in SV306 how often its procedure was done, and only where that was more than once.
#[test]
fn a_dental_line_without_units_is_one_procedure() {
    let place = Place::new("", "");
    let fees = "code,amount\nD0120,40\nD1110,60\nD2330,90\nD0230,12.50\n";
    place.write("config/contracts/fees.csv", fees);
    let contract = "payer = \"acme\"\n[[rate]]\nschedule = \"fees.csv\"\n";
    place.write("config/contracts/acme.toml", contract);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/stories");
    let dental = fs::read_to_string(root.join("dental-claims/monday.edi")).expect("a test file");
    let price = |text: &str| {
        let batch = place.root.path().join("batch.edi");
        fs::write(&batch, text).expect("written");
        let batch = batch.to_str().expect("a plain name");
        told(&place.command(&["contracts", "price", batch])).1
    };
    let text = price(&dental);
    assert!(text.contains("5 of 5 lines priced: 370.00 of 545.00"), "{text}");
    for (units, told) in [("3", "12.50 x 100 %, x 3 units"), ("x", "its units cannot be read")] {
        let text = price(&dental.replace("AD:D1110*98", &format!("AD:D0230*98****{units}")));
        assert!(text.contains(told), "{text}");
    }
    // What the other guides want is not made up.
    let office = interchange("CEDAR", 1, &many("C", 1));
    let text = price(&office.replace("*100*UN*1*", "*100*UN**").replace("99213", "D1110"));
    assert!(text.contains("its units cannot be read"), "{text}");
}

/// The desk works on; what posts money waits, for that is held against the contracts.
fn goes_on_without_contracts(place: &Place, item: &str) {
    for words in
        [&["queue", "list"][..], &["claim", "C00002"], &["ledger"], &["queue", "show", item]]
    {
        let (code, text) = told(&place.command(words));
        assert!(matches!(code, Some(0 | 1)), "{words:?}: {text}");
        assert!(text.contains("line 2, column 7"), "{text}");
        assert!(text.contains("this command goes on without them"), "{text}");
    }
    let words = ["queue", "attach", item, "1", "--reason", "it is his", "--by", "ann"];
    let (code, text) = told(&place.command(&words));
    assert!(code == Some(2) && text.contains("is held against the contracts"), "{text}");
    let (code, text) = told(&place.command(&["contracts", "check"]));
    assert!(code == Some(2) && text.contains("the settings cannot be used"), "{text}");
}

/// A packet states the contract, its price and what was paid, in words for the payer.
fn states_the_price(page: &str) {
    for said in [
        "pay what our contract says: 10.00",
        "99213, the fee schedule: 70.00 x",
        ">70.00<",
        ">60.00<",
    ] {
        assert!(page.contains(said), "the page says nothing of {said}: {page}");
    }
    assert!(!page.contains("denied"), "nothing was: {page}");
    for ours in ["fees.csv", "nothing that we know"] {
        assert!(!page.contains(ours), "the payer reads {ours}: {page}");
    }
}

#[test]
fn new_contracts_hold_from_the_next_remittance_on_and_bad_ones_never() {
    let place = Place::new("", "");
    agree(&place, "70");
    let daemon = place.start();
    let hang_up = || {
        let id = daemon.id().to_string();
        let sent = Command::new("kill").args(["-HUP", &id]).status().expect("sent");
        assert!(sent.success());
    };
    place.drop_claims("batch.edi", interchange("CEDAR", 1, &many("C", 3)).as_bytes());
    wait("the claims to leave", || !files_of(&place.payer("outbox"), ".x12").is_empty());
    let pay = |number: u32, claim: &str| {
        let text = remittance(number, claim, 60);
        drop_whole(&place.payer("inbox"), &format!("{number}.835"), text.as_bytes());
        // The batch came before.
        let arrivals = || place.store().arrivals(None, 99).expect("read");
        let is_decided = || arrivals().iter().filter(|one| one.verdict.is_some()).count();
        wait("the remittance", || is_decided() == number as usize + 1);
    };
    let underpaid = || {
        let category = Some(Category::Underpaid);
        place.store().work(&WorkFilter { category, ..WorkFilter::default() }).expect("read")
    };
    pay(1, "C00001");
    let work = underpaid();
    assert_eq!(work.len(), 1);
    assert!(work[0].what.contains("row 2 of fees.csv: 70.00 x 100 %"), "{}", work[0].what);
    assert_eq!((work[0].amount.cents(), work[0].desk.as_str()), (1_000, "contracts"));

    // An appeal of it states the contract, its price and what was paid.
    let packets = place.root.path().join("packets");
    let (into, item) = (packets.to_str().expect("a plain name"), work[0].id.0.to_string());
    let (code, text) = told(&place.command(&["appeal", &item, "-o", into, "--by", "ann"]));
    assert_eq!(code, Some(0), "{text}");
    let page = fs::read_to_string(packets.join(format!("appeal-{item}.html"))).expect("the page");
    states_the_price(&page);
    let sealed = fs::read(packets.join(format!("appeal-{item}.json"))).expect("the document");
    let sealed: serde_json::Value = serde_json::from_slice(&sealed).expect("JSON");
    let line = &sealed["underpaid"][0];
    assert_eq!(
        (&line["expected"], &line["paid"], &line["short"]),
        (&"70.00".into(), &"60.00".into(), &"10.00".into())
    );

    agree(&place, "sixty");
    hang_up();
    wait("the refusal", || place.log().contains("the rules stay as they were"));
    assert!(place.log().contains("line 2, column 7"), "{}", place.log());
    pay(2, "C00002");
    assert_eq!(underpaid().len(), 2);
    goes_on_without_contracts(&place, &item);

    agree(&place, "60");
    hang_up();
    wait("the new contract", || place.log().contains("so are the contracts"));
    pay(3, "C00003");
    assert_eq!(underpaid().len(), 2);
    let (_, text) = told(&place.command(&["claim", "C00003"]));
    assert!(text.contains("line 1 99213: 60.00 allowed, 60.00 expected, 60.00 paid"), "{text}");
    assert!(text.contains("as-expected"), "{text}");
    let (code, text) = told(&place.command(&["contracts", "rates", "--payer", "acme"]));
    assert!(code == Some(0) && text.contains("60.00  3 lines"), "{text}");
    tells_what_was_expected_then(&place, &underpaid());
    daemon.stop();
}

/// Reports tell what was expected then, not what the contract of today says: the last of three lines was
/// decided by another than the two that were paid too little.
fn tells_what_was_expected_then(place: &Place, work: &[Work]) {
    let export = |report: &str| {
        let file = place.root.path().join("report.csv");
        let path = file.to_str().expect("a plain name");
        let (code, text) = told(&place.command(&["export", report, "--with-numbers", "-o", path]));
        assert_eq!(code, Some(0), "{text}");
        fs::read_to_string(file).expect("read")
    };
    let (today, service) = (days_ago(0), days_ago(20));
    let of = |claim: u32| {
        format!("acme,cedar,1999001013,{claim},acme,GRP1 CI,1,99213,{service},100.00,")
    };
    let lines = export("underpayments");
    assert_eq!(lines.lines().count(), 3, "{lines}");
    for (claim, item) in (1..).zip(work) {
        let expected = format!(
            "{},underpaid,open,{today},{},10.00,{}70.00,0.00,70.00,60.00,-10.00,underpaid,",
            item.id.0,
            item.deadline.expect("a day to appeal"),
            of(claim)
        );
        assert!(lines.contains(&expected), "{expected}\n{lines}");
        assert!(lines.contains(&format!(",T{claim},{today},C0000{claim},")), "{lines}");
    }
    let lines = export("expected");
    assert_eq!(lines.lines().count(), 4, "{lines}");
    let expected = format!("acme,T3,{today},{}", &of(3)["acme,".len()..]);
    assert!(lines.contains(&expected), "{expected}\n{lines}");
    assert!(lines.contains("60.00,0.00,60.00,60.00,0.00,as-expected,"), "{lines}");
}

/// An interchange of one claim with three lines: 80053 for 40.00, 84443 for 50.00 and 85025 for 20.00.
fn panel() -> String {
    let text = interchange("CEDAR", 1, &many("C", 1));
    let day = format!("DTP*472*D8*{}~\nREF*6R*C00001L", days_ago(20).to_wire());
    let line = |number: u32, code: &str, charge: u32| {
        format!("LX*{number}~\nSV1*HC:{code}*{charge}*UN*1***1~\n{day}{number}~\n")
    };
    let (before, rest) = text.split_once("LX*1~").expect("a line");
    let (_, after) = rest.split_once("SE*").expect("the end of the set");
    let (count, after) = after.split_once('*').expect("a count");
    let count: u32 = count.parse::<u32>().expect("a number") + 8;
    let before = before.replace("CLM*C00001*100*", "CLM*C00001*110*");
    let lines = [line(1, "80053", 40), line(2, "84443", 50), line(3, "85025", 20)].concat();
    format!("{before}{lines}SE*{count}*{after}")
}

#[test]
fn a_simulated_payer_that_bundles_pays_what_is_agreed() {
    let place = Place::new("", "");
    let contract = "payer = \"acme\"\n[[rate]]\npercent_of = \"charge\"\npercent = 90\n";
    place.write("config/contracts/acme.toml", contract);
    let script = "[payer]\nname = \"ACME HEALTH\"\nid = \"ACME\"\n[[outcome]]\nname = \"p\"\nstep = [{ act = \"pay\", bundle = \"80050\" }]\n";
    place.write("bundles.toml", script);
    let daemon = place.start();
    place.drop_claims("batch.edi", panel().as_bytes());
    wait("the claim to leave", || !files_of(&place.payer("outbox"), ".x12").is_empty());
    let output = Command::new(env!("CARGO_BIN_EXE_claimgate"))
        .args(["simulate-payer", "--cycles", "1", "--every-ms", "0", "--script", "bundles.toml"])
        .args(["--state", "state.json", "--today", &days_ago(0).to_string()])
        .arg("--in")
        .arg(place.payer("outbox"))
        .arg("--out")
        .arg(place.payer("inbox"))
        .current_dir(place.root.path())
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    wait("the remittance", || place.store().expected(0, 9).expect("read").len() == 3);
    let told = place.store().expected(0, 9).expect("read");
    let found: Vec<_> = told
        .iter()
        .map(|line| (line.compared.class, line.compared.variance.cents(), line.item))
        .collect();
    let bundled = (Class::Bundled, 0, None);
    assert_eq!(found, [(Class::AsExpected, 0, None), bundled, bundled]);
    assert!(place.store().work(&WorkFilter::default()).expect("read").is_empty());
    daemon.stop();
}
