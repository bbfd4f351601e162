//! Tells the X12 file that comes in as JSON, for the seeds of the target `json_in`.

use std::io::{Read, Write};

use bytes::Bytes;
use x12::{interchange, json};

fn main() -> std::io::Result<()> {
    let mut file = Vec::new();
    std::io::stdin().read_to_end(&mut file)?;
    let mut document = Vec::new();
    json::write::write(&interchange::read(&Bytes::from(file)), &mut document)?;
    std::io::stdout().write_all(&document)
}
