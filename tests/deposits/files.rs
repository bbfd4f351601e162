//! Files of a bank, made up for tests, with counts and totals that hold.

/// An entry of a NACHA file.
#[derive(Clone, Debug)]
pub struct Ach {
    /// YYMMDD.
    pub day: String,
    pub cents: i64,
    /// The addenda; empty for none.
    pub trn: String,
    pub company: String,
    pub company_id: String,
    /// The last seven digits of the trace number.
    pub number: u32,
}

/// A file of CCD entries, a batch for each.
pub fn nacha(entries: &[Ach]) -> String {
    let mut lines = vec![pad(&format!(
        "101 021000021 0110000152611020930A094101{:<23}{:<23}",
        "OUR BANK", "THEIR BANK"
    ))];
    let (mut records, mut hash, mut credits) = (0, 0, 0);
    for (index, entry) in entries.iter().enumerate() {
        let Ach { day, cents, trn, company, company_id, number } = entry;
        let batch = index + 1;
        lines.push(pad(&format!(
            "5220{company:<16}{:<20}{company_id:<10}CCDHCCLAIMPMT{day}{day}   101100001{batch:07}",
            ""
        )));
        let has_addenda = u8::from(!trn.is_empty());
        lines.push(pad(&format!(
            "622021000021{:<17}{cents:010}{:<15}{:<22}  {has_addenda}01100001{number:07}",
            "000123456789", "1999001013", "CEDAR CLINIC"
        )));
        if !trn.is_empty() {
            lines.push(pad(&format!("705{trn:<80}0001{number:07}")));
        }
        let of_batch = 1 + u32::from(has_addenda);
        let end = format!(
            "{of_batch:06}{:010}{:012}{cents:012}{company_id:<10}{:<19}{:<6}01100001{batch:07}",
            2_100_002, 0, "", ""
        );
        lines.push(pad(&format!("8220{end}")));
        records += of_batch;
        hash += 2_100_002_u64;
        credits += cents;
    }
    let blocks = (lines.len() + 1).div_ceil(10);
    lines.push(pad(&format!(
        "9{:06}{blocks:06}{records:08}{hash:010}{:012}{credits:012}",
        entries.len(),
        0
    )));
    while lines.len() % 10 != 0 {
        lines.push("9".repeat(94));
    }
    lines.join("\n") + "\n"
}

fn pad(line: &str) -> String {
    assert!(line.len() <= 94, "{} characters: {line}", line.len());
    format!("{line:<94}")
}

/// A BAI2 file of one account: lines of transactions, as they stand, with the cents of each.
pub fn bai2(day: &str, transactions: &[(i64, String)]) -> String {
    let mut lines = vec![
        format!("01,OURBANK,CLINIC,{day},0930,1,80,,2/"),
        format!("02,CLINIC,OURBANK,1,{day},0600,USD,2/"),
        "03,000123456789,USD,010,500000,,/".to_owned(),
    ];
    let mut total = 500_000;
    for (cents, text) in transactions {
        lines.extend(text.lines().map(str::to_owned));
        total += cents;
    }
    let of_account = lines.len() - 2 + 1;
    lines.push(format!("49,{total},{of_account}/"));
    lines.push(format!("98,{total},1,{}/", lines.len()));
    lines.push(format!("99,{total},1,{}/", lines.len() + 1));
    lines.join("\n") + "\n"
}
