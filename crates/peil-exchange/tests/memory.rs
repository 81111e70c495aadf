//! Memory does not grow with the length of a table. One test in a process of its own, because the
//! peak is counted for the process as a whole.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
};

use peil_exchange::table::{OpenOptions, open};

const ROWS: u64 = 200_000;
/// What may be used beyond what the process had; the file is four times as large.
const ROOM_BYTES: u64 = 16 << 20;

/// Most memory that the process ever used, in bytes; only Linux tells.
fn peak_memory_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes << 10)
}

#[test]
fn two_hundred_thousand_rows_pass_through_without_being_held() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("klanten.csv");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    let remark = "een opmerking; met een teken ".repeat(12);
    writeln!(file, "nummer;naam;opmerking").unwrap();
    for row in 0..ROWS {
        writeln!(file, "{row};Jansen;\"{remark}\"").unwrap();
    }
    file.into_inner().unwrap();
    assert!(fs::metadata(&path).unwrap().len() > 4 * ROOM_BYTES);

    let before = peak_memory_bytes();
    let reader = open(&path, &OpenOptions::default()).unwrap();
    let mut count = 0;
    for row in reader {
        let row = row.unwrap();
        count += 1;
        assert_eq!((row.number, row.cells.len()), (count + 1, 3));
    }
    assert_eq!(count, ROWS);
    if let (Some(before), Some(after)) = (before, peak_memory_bytes()) {
        assert!(
            after - before < ROOM_BYTES,
            "grew by {} bytes",
            after - before
        );
    }
}
