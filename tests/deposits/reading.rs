//! Files of a bank as they are, and with one slip each.

use claimgate::bank::told::deposits;
use claimgate::bank::{BankFile, Columns, Entry, Form, Wrong, read};
use claimgate::change::{ArrivalId, ContentHash};
use proptest::prelude::*;

use crate::files::{Ach, bai2, nacha};

fn ach(trn: &str) -> Ach {
    Ach {
        day: "261103".to_owned(),
        cents: 14_800,
        trn: trn.to_owned(),
        company: "ACME HEALTH".to_owned(),
        company_id: "1512345678".to_owned(),
        number: 7,
    }
}

fn good_nacha() -> String {
    nacha(&[ach("TRN*1*A100*1599999999~"), Ach { number: 8, cents: 5, ..ach("") }])
}

fn good_bai2() -> String {
    bai2(
        "261104",
        &[
            (8_000, "16,174,8000,V,261105,,B77,000451,DEPOSITED CHECK/".to_owned()),
            (100, "16,142,100,Z,B78,,ACME, HCCLAIMPMT TRN*1*A1\n88,00*1512345678~".to_owned()),
            (700, "16,142,700,S,100,200,400,B79,,SETTLEMENT/".to_owned()),
            (900, "16,475,900,Z,B80,17/".to_owned()),
            (50, "16,142,50,D,2,0,20,1,30,B81,/\n88,TRN*1*A101*1512345678".to_owned()),
        ],
    )
}

fn entries(text: &str, form: Form) -> BankFile {
    read(text.as_bytes(), form, &Columns::default()).expect("a file that holds together")
}

/// Record, day, amount, way, trace, payer.
fn told(file: &BankFile) -> Vec<String> {
    let line = |entry: &Entry| {
        let Entry { record, day, amount, way, trace, payer_id, payer_name, .. } = entry;
        let claims = if entry.is_claim_payment { " claims" } else { "" };
        format!("{record} {day} {amount} {} {trace}/{payer_id}/{payer_name}{claims}", way.name())
    };
    file.entries.iter().map(line).collect()
}

#[test]
fn reads_entries_of_the_ach_network() {
    let file = entries(&good_nacha(), Form::Any);
    assert_eq!(file.form, Form::Nacha);
    assert_eq!(
        told(&file),
        [
            "3 2026-11-03 148.00 ACH A100/1599999999/ACME HEALTH claims",
            "7 2026-11-03 0.05 ACH /1512345678/ACME HEALTH claims",
        ]
    );
    // Without anything between records, and with blanks cut off at the ends of lines.
    let run: String = good_nacha().lines().collect();
    assert_eq!(told(&entries(&run, Form::Any)), told(&file));
    let cut: Vec<&str> =
        good_nacha().lines().map(str::trim_end).map(|line| &*line.to_owned().leak()).collect();
    assert_eq!(told(&entries(&cut.join("\r\n"), Form::Any)), told(&file));
    // Addenda in which the bank kept TRN02 alone: the company's id is no TRN03.
    let file = entries(&nacha(&[ach("TRN*1*A100~")]), Form::Nacha);
    assert_eq!(told(&file), ["3 2026-11-03 148.00 ACH A100//ACME HEALTH claims"]);
}

#[test]
fn leaves_out_what_is_no_deposit() {
    for (from, to, others) in [
        // A notice without money, a test of the way, a return, a credit of a person's account.
        ("622021000021", "623021000021", 1),
        ("CCDHCCLAIMPMT", "PPDPAYROLL   ", 1),
        ("0000014800", "0000000000", 1),
    ] {
        let text = nacha(&[ach("")]).replace(from, to).replace(
            "000000014800",
            match to {
                "0000000000" => "000000000000",
                _ => "000000014800",
            },
        );
        let file = entries(&text, Form::Any);
        assert_eq!((file.entries.len(), file.others), (0, others), "{to}");
    }
}

#[test]
fn reads_reports_of_balances() {
    let file = entries(&good_bai2(), Form::Any);
    assert_eq!((file.form, file.others), (Form::Bai2, 1));
    assert_eq!(
        told(&file),
        [
            "4 2026-11-05 80.00 CHK 000451//",
            "5 2026-11-04 1.00 ACH A100/1512345678/ACME, claims",
            "7 2026-11-04 7.00 ACH //SETTLEMENT",
            "9 2026-11-04 0.50 ACH A101/1512345678/ claims",
        ]
    );
    // The checks of a lockbox stand for its sum; what the bank deletes or tests is not there.
    let lockbox = bai2(
        "261104",
        &[
            (300, "16,115,300,Z,B1,/".to_owned()),
            (100, "16,116,100,Z,B2,77/".to_owned()),
            (200, "16,116,200,Z,B3,78/".to_owned()),
        ],
    );
    let traces = entries(&lockbox, Form::Any).entries;
    assert_eq!(traces.iter().map(|one| one.trace.as_str()).collect::<Vec<_>>(), ["77", "78"]);
    for status in ["2", "4"] {
        let text = lockbox.replace("OURBANK,1,", &format!("OURBANK,{status},"));
        assert_eq!(entries(&text, Form::Any).entries, []);
    }
}

/// No field of BAI2 has the name of a payer: its text has. A deposit that an earlier release read without it is
/// the same deposit.
#[test]
fn reads_the_name_of_a_payer_in_the_text_of_a_report() {
    let lines = [
        (8_400, "16,142,8400,Z,B5,,ACME HEALTH HCCLAIMPMT/".to_owned()),
        (8_500, "16,142,8500,Z,B6,,/\n88,ORIG CO NAME:ACME HEALTH ORIG ID:1512345678/".to_owned()),
        (8_600, "16,175,8600,Z,B7,000451,JANE ROE CHECK DEPOSIT/".to_owned()),
    ];
    let text = bai2("261104", &lines);
    let file = entries(&text, Form::Any);
    assert_eq!(
        told(&file),
        [
            "4 2026-11-04 84.00 ACH //ACME HEALTH claims",
            "5 2026-11-04 85.00 ACH //ACME HEALTH",
            "7 2026-11-04 86.00 CHK 000451//",
        ]
    );
    let same = entries(&text.replace("ACME HEALTH", "ACM HLTH"), Form::Any);
    let hash = |bytes: &[u8]| ContentHash(String::from_utf8_lossy(bytes).into_owned());
    let identities = |file| -> Vec<String> {
        let deposits = deposits(file, ArrivalId(1), &hash).into_iter();
        deposits.map(|deposit| deposit.identity).collect()
    };
    assert_eq!(identities(&file), identities(&same));
}

/// A check that was not paid, a transfer that was reversed or returned: deposits are taken back, and what that
/// costs is none.
#[test]
fn reads_what_a_bank_takes_back() {
    let table = "date,amount,trace,payer,details\n2026-11-13,-65.00,CHK77,ACME,RETURNED CHECK\n\
         2026-11-13,-12.00,,,RETURNED ITEM FEE\n2026-11-13,-65.00,1001,LANDLORD,CHECK\n\
         2026-11-13,(65.00),EFT88,ACME,Reversal\n";
    let expected = ["2 2026-11-13 -65.00  CHK77//ACME", "5 2026-11-13 -65.00  EFT88//ACME"];
    let file = entries(table, Form::Any);
    assert_eq!((told(&file), file.others), (expected.map(str::to_owned).to_vec(), 2));
    let lines = [
        (6_500, "16,555,6500,Z,B90,CHK77,DEPOSITED ITEM RETURNED/".to_owned()),
        (500, "16,567,500,Z,B91,CHK77,RETURN ITEM FEE/".to_owned()),
        (6_500, "16,558,6500,Z,B92,,ACH REVERSAL TRN*1*EFT88*1512345678~/".to_owned()),
        (700, "16,451,700,Z,B93,,ACH DEBIT RECEIVED/".to_owned()),
    ];
    let file = entries(&bai2("261113", &lines), Form::Any);
    let expected =
        ["4 2026-11-13 -65.00  CHK77//", "6 2026-11-13 -65.00  EFT88/1512345678/ claims"];
    assert_eq!((told(&file), file.others), (expected.map(str::to_owned).to_vec(), 2));
    // A credit that went back to its payer has the number of that credit; a reversal is a debit.
    let good = nacha(&[ach("TRN*1*A100*1599999999~")]);
    let returned = good.replacen("\n622", "\n621", 1).replacen("\n705TRN", "\n799R03", 1);
    let [entry] = entries(&returned, Form::Any).entries.try_into().expect("one");
    assert_eq!(entry.amount.cents(), -ach("").cents);
    let plain = good.replace("HCCLAIMPMT", "REVERSAL  ").replacen("\n622", "\n627", 1);
    let cents = format!("{:012}", ach("").cents);
    let plain = plain.replace(&format!("{:012}{cents}", 0), &format!("{cents}{:012}", 0));
    let [entry] = entries(&plain, Form::Any).entries.try_into().expect("one");
    assert_eq!((entry.amount.cents(), entry.trace.as_str()), (-ach("").cents, "A100"));
}

#[test]
fn reads_tables_of_all_kinds() {
    for (text, expected) in [
        (
            "date,amount,reference,payer\n2026-11-03,148.00,A100,ACME\n",
            "2 2026-11-03 148.00  A100//ACME",
        ),
        (
            "\u{feff}Posting Date;Description;Credit\r\n\r\n11/3/2026;\"ACME;\r\nTRN*1*A100*1512345678~\";\"$1,048.50\"\r\n",
            "3 2026-11-03 1048.50  A100/1512345678/ claims",
        ),
        (
            "Date\tAmount\tCheck Number\tPayer ID\n20261103\t12.5\t000451\t1512345678\n20261103\t-12.5\t\t\n",
            "2 2026-11-03 12.50  000451/1512345678/",
        ),
        (
            "Value Date,Amount,Memo\n2026-11-03T08:00,(12.50),HCCLAIMPMT taken back\n",
            "2 2026-11-03 -12.50  // claims",
        ),
        // A word says what leaves the account, where no sign does.
        (
            "Date,Amount,Type,Trace Number\n2026-11-03,12.00,DEBIT,A1\n2026-11-03,13.00,CREDIT,A2\n2026-11-03,1.00,DR,A3\n",
            "3 2026-11-03 13.00  A2//",
        ),
        (
            "Date,Amount,Type,Memo\n2026-11-03,12.50,ACH_DEBIT,HCCLAIMPMT taken back\n",
            "2 2026-11-03 -12.50  // claims",
        ),
    ] {
        assert_eq!(told(&entries(text, Form::Any)), [expected], "{text}");
    }
    let columns = Columns {
        date: "When".to_owned(),
        amount: "How much".to_owned(),
        trace: "Ref_No".to_owned(),
        ..Columns::default()
    };
    let text = "when,HOW MUCH,ref no\n2026-11-03,1.00,A1\n";
    let file = read(text.as_bytes(), Form::Csv, &columns).expect("read");
    assert_eq!(told(&file), ["2 2026-11-03 1.00  A1//"]);
}

fn refused(text: &str) -> Vec<String> {
    let wrongs = read(text.as_bytes(), Form::Any, &Columns::default()).expect_err("a slip");
    wrongs.iter().map(|Wrong { record, field, .. }| format!("{record} {field}")).collect()
}

#[test]
fn refuses_a_day_that_may_be_another_or_is_absurd() {
    for (day, expected) in [
        ("10/11/26", "two digits"),
        ("0001-01-01", "before 1990"),
        ("9999-12-31", "after 2100"),
        ("12/31/1989", "before 1990"),
        ("21010101", "after 2100"),
        ("2026-02-30", "no day"),
        ("31/12/2026", "no day"),
        ("11/3", "no day"),
        ("11/3/2026/1", "no day"),
    ] {
        let text = format!("date,amount\n2026-11-03,1.00\n{day},1.00\n");
        let wrongs = read(text.as_bytes(), Form::Any, &Columns::default()).expect_err("a slip");
        let said: Vec<String> = wrongs
            .iter()
            .map(|wrong| format!("{} {}: {}", wrong.record, wrong.field, wrong.what))
            .collect();
        assert!(said.len() == 1 && said[0].starts_with("3 date: "), "{day}: {said:?}");
        assert!(said[0].contains(expected), "{day}: {said:?}");
    }
    for day in ["1990-01-01", "12/31/2100"] {
        let text = format!("date,amount\n{day},1.00\n");
        assert!(read(text.as_bytes(), Form::Any, &Columns::default()).is_ok(), "{day}");
    }
}

/// The `n`th line of a text, changed.
fn with_line(text: &str, n: usize, change: impl Fn(&str) -> Option<String>) -> String {
    let lines = text.lines().enumerate();
    let lines = lines.filter_map(
        |(at, line)| {
            if at + 1 == n { change(line) } else { Some(line.to_owned()) }
        },
    );
    lines.collect::<Vec<_>>().join("\n")
}

fn with_digits(line: &str, at: std::ops::RangeInclusive<usize>) -> String {
    let (start, end) = (at.start() - 1, *at.end());
    format!("{}{:0>width$}{}", &line[..start], 4, &line[end..], width = end - start)
}

#[test]
fn refuses_entries_whose_counts_and_totals_do_not_hold() {
    for (line, field, expected) in [
        (5, 5..=10, &["5 entry/addenda count"][..]),
        (5, 11..=20, &["5 entry hash"]),
        (5, 21..=32, &["5 total of debits"]),
        (5, 33..=44, &["5 total of credits"]),
        (5, 88..=94, &["5 batch number"]),
        (9, 2..=7, &["9 batch count"]),
        (9, 14..=21, &["9 entry/addenda count"]),
        (9, 22..=31, &["9 entry hash"]),
        (9, 44..=55, &["9 total of credits"]),
        (3, 30..=39, &["5 total of credits", "9 total of credits"]),
        (2, 70..=75, &["2 effective entry date"]),
        (4, 88..=94, &["4 entry detail sequence number"]),
    ] {
        let text = with_line(&good_nacha(), line, |text| Some(with_digits(text, field.clone())));
        assert_eq!(refused(&text), expected, "record {line} {field:?}");
    }
    // A record that is gone.
    for (line, expected) in [
        (1, &["0 the file"][..]),
        (4, &["3 addenda", "4 entry/addenda count", "8 entry/addenda count"]),
        (5, &["5 record type", "8 entry/addenda count", "8 entry hash", "8 total of credits"]),
        (9, &["8 file control"]),
    ] {
        assert_eq!(refused(&with_line(&good_nacha(), line, |_| None)), expected, "record {line}");
    }
    // Cut off anywhere before its last record, it is refused.
    let good = good_nacha();
    let control = good.lines().take(8).map(|line| line.len() + 1).sum::<usize>();
    for cut in (0..control + 55).step_by(7) {
        refused(good.get(..cut).expect("plain letters"));
    }
}

#[test]
fn refuses_reports_whose_counts_and_totals_do_not_hold() {
    let good = good_bai2();
    assert_eq!(good.lines().count(), 13);
    for (from, to, expected) in [
        (
            "49,509750,9/",
            "49,509751,9/",
            &["11 account control total", "12 group control total"][..],
        ),
        ("49,509750,9/", "49,509750,8/", &["11 number of records"]),
        ("98,509750,1,11/", "98,9,1,11/", &["12 group control total", "13 file control total"]),
        ("98,509750,1,11/", "98,509750,2,11/", &["12 number of accounts"]),
        ("98,509750,1,11/", "98,509750,1,10/", &["12 number of records"]),
        ("99,509750,1,13/", "99,x,1,13/", &["13 file control total"]),
        ("99,509750,1,13/", "99,509750,3,13/", &["13 number of groups"]),
        ("99,509750,1,13/", "99,509750,1,3/", &["13 number of records"]),
        ("99,509750,1,13/", "", &["12 file trailer (99)"]),
        ("16,475,900,", "16,475,9x0,", &["8 amount", "11 account control total"]),
        // Whether money came or went the type code says.
        ("16,142,700,", "16,142,-700,", &["7 amount", "11 account control total"]),
        ("80,,2/", "80,,3/", &["1 version"]),
        ("261104,0600", "269904,0600", &["2 as-of date"]),
        (
            "16,174,",
            "17,174,",
            &["4 record type", "11 account control total", "11 number of records"],
        ),
    ] {
        let text = good.replace(from, to);
        assert_ne!(text, good, "{from}");
        assert_eq!(refused(&text), expected, "{to}");
    }
}

#[test]
fn refuses_tables_that_cannot_be_read() {
    for (text, expected) in [
        ("", &["0 the file"][..]),
        ("  \n", &["0 the file"]),
        ("when,what\n", &["1 date", "1 amount"]),
        ("date,amount\n2026-02-30,1.00\n", &["2 date"]),
        ("date,amount\n2026-11-03,1.005\n2026-11-03,one\n", &["2 amount", "3 amount"]),
        ("date,amount\n2026-11-03,1,000.00\n", &["2 the line"]),
        ("date,amount\n2026-11-03,\"1.00\n", &["2 the line"]),
        ("date,amount,text\n2026-11-03,1.00\n", &["2 the line"]),
    ] {
        assert_eq!(refused(text), expected, "{text:?}");
    }
}

#[test]
fn says_what_is_wrong_without_a_value() {
    let text = good_nacha().replace("7000123456789", "7SECRET456789").replace("148", "1x8");
    let wrongs = read(text.as_bytes(), Form::Nacha, &Columns::default()).expect_err("a slip");
    for wrong in wrongs {
        let told = wrong.to_string();
        assert!(!told.contains("123456789") && !told.contains("1x8"), "{told}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_panics_at_bytes_that_no_bank_would_send(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        form in prop::sample::select(vec![Form::Any, Form::Nacha, Form::Bai2, Form::Csv]),
    ) {
        drop(read(&bytes, form, &Columns::default()));
    }

    #[test]
    fn never_panics_at_a_file_with_slips(
        slips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..12),
        which in 0..3_u8,
    ) {
        let text = match which {
            0 => good_nacha(),
            1 => good_bai2(),
            _ => "date,amount,reference\n2026-11-03,\"1,000.00\",TRN*1*A*1512345678~\n".to_owned(),
        };
        let mut bytes = text.into_bytes();
        for (at, byte, what) in slips {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            match what {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        for form in [Form::Any, Form::Nacha, Form::Bai2, Form::Csv] {
            drop(read(&bytes, form, &Columns::default()));
        }
    }
}
