//! How columns are written down.

use std::sync::Arc;

use super::{
    bytes::{Reader, Writer},
    codes::Codes,
    column::{Answers, Coded, Column, ColumnKey, Days, Text, Value},
    ids,
};
use crate::Mention;

impl Column {
    /// The column as bytes.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        match self {
            Self::Texts(column) => write_coded(&mut writer, column, write_text),
            Self::Days(days) => {
                writer.count(days.runs.len());
                let (mut before, mut end_before) = (0, 0);
                for (day, end) in &days.runs {
                    writer.small(zigzag(i64::from(*day) - before));
                    writer.small(u64::from(end - end_before));
                    (before, end_before) = (i64::from(*day), *end);
                }
            }
            Self::Weights(column) => {
                write_coded(&mut writer, column, |writer, weight| writer.u32(*weight));
            }
            Self::People(codes) => {
                let limit = codes.iter().max().map_or(0, |most| most as usize + 1);
                writer.count(limit);
                writer.bytes.extend(codes.pack(limit));
            }
            Self::Ids(ids) => ids::write(&mut writer, ids),
            Self::Answers(answers) => write_answers(&mut writer, answers),
        }
        writer.bytes
    }

    /// Reads a column of so many rows; nothing when it is not one.
    pub(super) fn read(key: &ColumnKey, bytes: &[u8], rows: usize) -> Option<Self> {
        let reader = &mut Reader::new(bytes);
        let column = match key {
            ColumnKey::Days => Self::Days(read_days(reader, rows)?),
            ColumnKey::Weights => Self::Weights(read_coded(reader, rows, Reader::u32)?),
            ColumnKey::People => {
                let limit = reader.count()?;
                let packed = reader.take(reader.rest.len())?;
                Self::People(Codes::unpack(packed, rows, limit)?)
            }
            ColumnKey::Ids => Self::Ids(ids::read(reader, rows)?),
            ColumnKey::Dimension(_) => Self::Texts(read_coded(reader, rows, read_text)?),
            ColumnKey::Answers(_) => Self::Answers(read_answers(reader, rows)?),
        };
        reader.rest.is_empty().then_some(column)
    }
}

/// Numbers near nought as small numbers.
const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

const fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

fn write_coded<T>(writer: &mut Writer, column: &Coded<T>, one: impl Fn(&mut Writer, &T)) {
    writer.count(column.values.len());
    for value in &column.values {
        one(writer, value);
    }
    writer.bytes.extend(column.codes.pack(column.values.len()));
}

fn read_coded<'a, T>(
    reader: &mut Reader<'a>,
    rows: usize,
    one: impl FnMut(&mut Reader<'a>) -> Option<T>,
) -> Option<Coded<T>> {
    let values = reader.list(one)?;
    if values.is_empty() {
        return None;
    }
    let codes = Codes::unpack(reader.take(reader.rest.len())?, rows, values.len())?;
    Some(Coded { values, codes })
}

fn write_text(writer: &mut Writer, text: &Text) {
    writer.u8(u8::from(text.is_some()));
    if let Some(text) = text {
        writer.text(text);
    }
}

fn read_text(reader: &mut Reader<'_>) -> Option<Text> {
    match reader.u8()? {
        0 => Some(None),
        _ => Some(Some(reader.text()?.into())),
    }
}

fn read_days(reader: &mut Reader<'_>, rows: usize) -> Option<Days> {
    let (mut day, mut end) = (0_i64, 0_u32);
    let runs = reader.list(|reader| {
        day = day.checked_add(unzigzag(reader.small()?))?;
        end = end.checked_add(u32::try_from(reader.small()?).ok()?)?;
        Some((i32::try_from(day).ok()?, end))
    })?;
    (end as usize == rows).then(|| Days::new(runs))
}

/// Bytes that a run of the same answer takes at most, about.
const RUN: usize = 5;

fn write_answers(writer: &mut Writer, answers: &Answers) {
    writer.count(answers.values.len());
    for value in &answers.values {
        let has = |bit: u8, is: bool| if is { bit } else { 0 };
        writer.u8(has(1, value.score.is_some())
            | has(2, value.options.is_some())
            | has(4, value.has_words));
        if let Some(score) = value.score {
            writer.i32(score);
        }
        if let Some(options) = &value.options {
            writer.count(options.len());
            for option in options {
                writer.text(option);
            }
        }
        writer.count(value.mentions.len());
        for mention in &value.mentions {
            writer.text(&mention.theme);
            writer.u8(mention.tone.cast_unsigned());
        }
    }
    writer.u32(answers.start);
    writer.count(answers.codes.len());
    writer.u8(u8::from(answers.rows.is_some()));
    let mut before = 0;
    for row in answers.rows.iter().flatten() {
        writer.small(u64::from(row - before));
        before = *row;
    }
    let limit = answers.values.len() + 1;
    let runs = answers.codes.runs();
    // Submissions with one answer lie together by that answer.
    let are_runs = runs.len() * RUN < answers.codes.len() * Codes::bits(limit) as usize / 8;
    writer.u8(u8::from(are_runs));
    if are_runs {
        writer.count(runs.len());
        for (code, rows) in runs {
            writer.small(u64::from(code));
            writer.small(u64::from(rows));
        }
    } else {
        writer.bytes.extend(answers.codes.pack(limit));
    }
}

fn read_value(reader: &mut Reader<'_>) -> Option<Value> {
    let has = reader.u8()?;
    let score = if has & 1 > 0 {
        Some(reader.i32()?)
    } else {
        None
    };
    let options = if has & 2 > 0 {
        let options = reader.list(|reader| reader.text().map(Arc::from))?;
        Some(options.into_iter().collect())
    } else {
        None
    };
    let mentions = reader.list(|reader| {
        Some(Mention {
            theme: reader.text()?.to_owned(),
            tone: reader.u8()?.cast_signed(),
        })
    })?;
    Some(Value {
        score,
        options,
        has_words: has & 4 > 0,
        mentions: mentions.into_iter().collect(),
    })
}

fn read_answers(reader: &mut Reader<'_>, shelf_rows: usize) -> Option<Answers> {
    let values = reader.list(read_value)?;
    let start = reader.u32()?;
    let number = reader.count()?;
    if number > shelf_rows {
        return None;
    }
    let mut rows = None;
    let mut end = (start as usize).checked_add(number)?;
    if reader.u8()? > 0 {
        let mut before = 0_u32;
        let mut list = Vec::with_capacity(number);
        for _ in 0..number {
            before = before.checked_add(u32::try_from(reader.small()?).ok()?)?;
            list.push(before);
        }
        end = before as usize + usize::from(number > 0);
        rows = Some(list);
    }
    if end > shelf_rows {
        return None;
    }
    let limit = values.len() + 1;
    let codes = if reader.u8()? > 0 {
        let mut codes = Vec::with_capacity(number);
        let runs = reader.list(|reader| Some((reader.small()?, reader.small()?)))?;
        for (code, rows) in runs {
            let code = u32::try_from(code).ok().filter(|c| (*c as usize) < limit)?;
            let rows = usize::try_from(rows).ok()?;
            if rows > number - codes.len() {
                return None;
            }
            codes.extend(std::iter::repeat_n(code, rows));
        }
        (codes.len() == number).then(|| Codes::new(&codes, limit))?
    } else {
        Codes::unpack(reader.take(reader.rest.len())?, number, limit)?
    };
    Some(Answers::new(values, rows, start, codes))
}
