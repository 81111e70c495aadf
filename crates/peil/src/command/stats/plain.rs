//! Markdown as text for a terminal: headings underlined, tables aligned, marks and addresses left
//! out. As much Markdown as the pages of `docs/methods` use, and no more.

/// A page without its marks.
pub(super) fn text(markdown: &str) -> String {
    let mut text = String::new();
    let mut table: Vec<Vec<String>> = Vec::new();
    for line in markdown.lines() {
        if let Some(row) = line.strip_prefix('|') {
            table.push(cells(row));
            continue;
        }
        write_table(&mut text, &table);
        table.clear();
        if line.starts_with("    ") {
            // A formula, in which every sign counts.
            text.extend([line, "\n"]);
        } else if line.starts_with('#') {
            write_heading(&mut text, line);
        } else if !line.starts_with("<!--") {
            text.extend([&unmarked(line), "\n"]);
        }
    }
    write_table(&mut text, &table);
    text
}

/// A heading, underlined unless it is one within a section.
fn write_heading(text: &mut String, line: &str) {
    let words = line.trim_start_matches('#');
    let title = unmarked(words.trim());
    let rule = match line.len() - words.len() {
        1 => "=",
        2 => "-",
        _ => "",
    };
    text.extend([&title, "\n"]);
    if !rule.is_empty() {
        text.extend([&rule.repeat(title.chars().count()), "\n"]);
    }
}

fn cells(row: &str) -> Vec<String> {
    let row = row.trim_end().trim_end_matches('|');
    row.split('|').map(|cell| unmarked(cell.trim())).collect()
}

/// Columns side by side; the line that only marks the head is left out.
fn write_table(text: &mut String, table: &[Vec<String>]) {
    let is_mark = |cell: &String| cell.chars().all(|sign| "-: ".contains(sign));
    let is_head = |row: &Vec<String>| row.iter().all(|cell| !cell.is_empty() && is_mark(cell));
    let mut widths: Vec<usize> = Vec::new();
    for row in table.iter().filter(|row| !is_head(row)) {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in table {
        let columns: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| {
                if is_head(row) {
                    "-".repeat(*width)
                } else {
                    format!("{cell:<width$}")
                }
            })
            .collect();
        let line = columns.join("  ");
        text.extend([line.trim_end(), "\n"]);
    }
}

/// A line without marks for code and stress, and with the words of links only.
fn unmarked(line: &str) -> String {
    let mut words = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("](") {
        let Some((address, behind)) = after.split_once(')') else {
            break;
        };
        let Some((plain, link)) = before.rsplit_once('[') else {
            words.extend([before, "](", address, ")"]);
            rest = behind;
            continue;
        };
        words.extend([plain, link]);
        rest = behind;
    }
    words.push_str(rest);
    words.replace(['`', '*'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reads_well_without_its_marks() {
        let page = "# Mean\n\n## Formula\nWith **n** answers, see [Methods](README.md):\n\n    a * b\n\n\
                    | group | n |\n|---|--:|\n| `north` | 5 |\n<!-- end -->\nDone.\n";
        let expected = "Mean\n====\n\nFormula\n-------\nWith n answers, see Methods:\n\n    a * b\n\n\
                        group  n\n-----  -\nnorth  5\nDone.\n";
        assert_eq!(text(page), expected);
    }

    #[test]
    fn brackets_that_are_no_link_stay() {
        assert_eq!(
            unmarked("counts[11] and [l, u](see"),
            "counts[11] and [l, u](see"
        );
    }
}
