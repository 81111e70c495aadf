//! A file of sentence vectors with twelve pieces and made-up numbers, to test with.

use sha2::{Digest, Sha256};

const WIDE: u32 = 8;
const NARROW: u32 = 4;
const ALL: u32 = WIDE + 3 * NARROW;
const MIDDLE: u32 = 6;
const INNER: u32 = 5;
const SIZE: u32 = 7;
const PIECES: [(&str, f32); 12] = [
    ("<unk>", 0.0),
    ("<s>", 0.0),
    ("</s>", 0.0),
    ("\u{2581}", -3.0),
    ("\u{2581}goed", -4.0),
    ("\u{2581}go", -3.5),
    ("ed", -2.0),
    ("e", -5.0),
    ("d", -5.0),
    ("\u{2581}slecht", -6.0),
    ("er", -2.5),
    ("a", -4.0),
];

pub(crate) fn section(tag: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut section = tag.to_vec();
    section.extend((content.len() as u64).to_le_bytes());
    section.extend(content);
    section
}

/// The file with its checksum made right.
pub(crate) fn sealed(body: &[u8]) -> Vec<u8> {
    let mut file = b"PEILSENT".to_vec();
    file.extend(1_u32.to_le_bytes());
    file.extend(Sha256::digest(body));
    file.extend(body);
    file
}

/// A table of characters in which A becomes a, and a tab a blank.
fn characters() -> Vec<u8> {
    let keys = [(u32::from(b'A'), 0_u32), (u32::from(b'\t'), 2)];
    let unit = |place: u32| {
        keys.iter()
            .find_map(|(byte, start)| match place ^ 1 ^ byte {
                0 => Some(byte | 0x100 | (0x100 << 10)),
                0x100 => Some(0x8000_0000 | start),
                _ => None,
            })
            .unwrap_or(if place == 0 { 1 << 10 } else { 0 })
    };
    let mut content = 2_048_u32.to_le_bytes().to_vec();
    content.extend((0..512).flat_map(|place| unit(place).to_le_bytes()));
    content.extend(b"a\0 \0");
    content
}

fn pieces() -> Vec<u8> {
    let mut content = 12_u32.to_le_bytes().to_vec();
    content.extend((-20.0_f64).to_le_bytes());
    for (number, (text, score)) in (0_u32..).zip(PIECES) {
        content.extend((number * 10).to_le_bytes());
        content.extend(score.to_le_bytes());
        let [length, ..] = text.len().to_le_bytes();
        content.push(length);
        content.extend(text.as_bytes());
    }
    content
}

fn table() -> Vec<u8> {
    let mut content = Vec::new();
    for number in [12, WIDE, 3] {
        content.extend(number.to_le_bytes());
    }
    for value in [-1.0_f32, -2.0, -1.5, 0.05, 0.06, 0.04] {
        content.extend(value.to_le_bytes());
    }
    content.extend((0..12 * WIDE / 4 * 3).map(|place| (place * 37 % 251) as u8));
    content
}

fn matrices() -> Vec<u8> {
    let mut shapes = vec![
        ("proj_b".to_owned(), 1, 3 * NARROW),
        ("norm_g".to_owned(), 1, 3 * NARROW),
        ("norm_b".to_owned(), 1, 3 * NARROW),
        ("all_g".to_owned(), 1, ALL),
        ("all_b".to_owned(), 1, ALL),
        ("out".to_owned(), ALL, MIDDLE),
        ("out_b".to_owned(), 1, MIDDLE),
        ("d0".to_owned(), MIDDLE, INNER),
        ("p1".to_owned(), MIDDLE, INNER),
        ("d1".to_owned(), INNER, INNER),
        ("d2".to_owned(), INNER, SIZE),
        ("p3".to_owned(), INNER, SIZE),
        ("d3".to_owned(), SIZE, SIZE),
    ];
    for length in [2, 3, 5] {
        shapes.push((format!("proj{length}"), WIDE, NARROW));
        for layer in [1, 2] {
            shapes.push((format!("w{layer}_{length}"), length * NARROW, NARROW));
            shapes.push((format!("b{layer}_{length}"), 1, NARROW));
        }
    }
    let mut content = Vec::new();
    content.extend(b"\x03eps");
    content.extend([1, 0, 0, 0, 1, 0, 0, 0, 0]);
    content.extend(1e-6_f32.to_le_bytes());
    for (name, height, width) in shapes {
        let [length, ..] = name.len().to_le_bytes();
        content.push(length);
        content.extend(name.as_bytes());
        content.extend(height.to_le_bytes());
        content.extend(width.to_le_bytes());
        content.push(1);
        content.extend(0.02_f32.to_le_bytes());
        content.extend((-20_i32).to_le_bytes());
        let seed = name.bytes().map(u32::from).sum::<u32>();
        content.extend((0..height * width).map(|place| ((place + 1) * seed % 41) as u8));
    }
    content
}

pub(crate) fn parts() -> [([u8; 4], Vec<u8>); 5] {
    [
        (*b"NAME", b"tiny".to_vec()),
        (*b"CHAR", characters()),
        (*b"PIEC", pieces()),
        (*b"TABL", table()),
        (*b"MATR", matrices()),
    ]
}

pub(crate) fn body() -> Vec<u8> {
    parts()
        .iter()
        .flat_map(|(tag, content)| section(*tag, content))
        .collect()
}
