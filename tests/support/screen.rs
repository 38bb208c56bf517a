//! What a terminal shows of the bytes that a program writes: enough of one for what wxsim draws.

use unicode_width::UnicodeWidthChar as _;

/// A terminal that shortens its lines when it becomes narrower.
pub(crate) struct Screen {
    columns: usize,
    rows: Vec<Vec<char>>,
    row: usize,
    column: usize,
    /// Bytes of a character or sequence that is not complete.
    rest: Vec<u8>,
}

/// The second half of a wide character.
const HALF: char = '\0';

impl Screen {
    pub(crate) fn new(columns: usize, rows: usize) -> Self {
        Self {
            columns,
            rows: vec![vec![' '; columns]; rows],
            row: 0,
            column: 0,
            rest: Vec::new(),
        }
    }

    /// The window has another size.
    pub(crate) fn resize(&mut self, columns: usize, rows: usize) {
        self.columns = columns;
        while self.rows.len() > rows {
            if self.row + 1 < self.rows.len() {
                self.rows.pop();
            } else {
                self.rows.remove(0);
                self.row -= 1;
            }
        }
        self.rows.resize(rows, Vec::new());
        for row in &mut self.rows {
            row.resize(columns, ' ');
        }
        self.column = self.column.min(columns - 1);
    }

    /// What can be read, without what is empty at the end.
    pub(crate) fn text(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| shown(row)).collect();
        rows.join("\n").trim_end().to_owned()
    }

    /// The program writes.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
        let bytes = std::mem::take(&mut self.rest);
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text,
            Err(error) => {
                self.rest = bytes[error.valid_up_to()..].to_vec();
                std::str::from_utf8(&bytes[..error.valid_up_to()]).expect("it is valid so far")
            }
        };
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            if c != '\u{1b}' {
                self.put(c);
                continue;
            }
            let mut ahead = chars.clone();
            if ahead.next() != Some('[') {
                continue;
            }
            let parameters: String = ahead
                .clone()
                .take_while(|c| !c.is_ascii_alphabetic())
                .collect();
            let Some(last) = ahead.nth(parameters.len()) else {
                let waiting = format!("\u{1b}{}", chars.as_str());
                self.rest.splice(0..0, waiting.into_bytes());
                return;
            };
            chars = ahead;
            self.control(&parameters, last);
        }
    }

    fn put(&mut self, c: char) {
        match c {
            '\r' => self.column = 0,
            '\n' => self.down(),
            '\u{8}' => self.column = self.column.saturating_sub(1),
            c if c.is_control() => {}
            c => {
                let width = c.width().unwrap_or(0).min(2);
                if self.column + width > self.columns {
                    self.column = 0;
                    self.down();
                }
                for half in 0..width {
                    self.rows[self.row][self.column + half] = if half == 0 { c } else { HALF };
                }
                self.column += width;
            }
        }
    }

    fn down(&mut self) {
        if self.row + 1 < self.rows.len() {
            self.row += 1;
        } else {
            self.rows.remove(0);
            self.rows.push(vec![' '; self.columns]);
        }
    }

    fn control(&mut self, parameters: &str, last: char) {
        let mut numbers = parameters.split(';').map(|own| own.parse::<usize>().ok());
        let first = numbers.next().flatten();
        let count = first.unwrap_or(1).max(1);
        match last {
            'A' => self.row = self.row.saturating_sub(count),
            'B' => self.row = (self.row + count).min(self.rows.len() - 1),
            'C' => self.column = (self.column + count).min(self.columns - 1),
            'D' => self.column = self.column.saturating_sub(count),
            'G' => self.column = count.min(self.columns) - 1,
            'H' => {
                let column = numbers.next().flatten().unwrap_or(1).max(1);
                self.row = count.min(self.rows.len()) - 1;
                self.column = column.min(self.columns) - 1;
            }
            'J' => {
                let from = if first == Some(2) { 0 } else { self.row + 1 };
                self.rows[from..].iter_mut().for_each(|row| row.fill(' '));
                if from > self.row {
                    self.rows[self.row][self.column..].fill(' ');
                }
            }
            'K' => {
                let from = if first == Some(2) { 0 } else { self.column };
                self.rows[self.row][from.min(self.columns)..].fill(' ');
            }
            _ => {} // Colours and modes.
        }
    }
}

fn shown(row: &[char]) -> String {
    let text: String = row.iter().filter(|c| **c != HALF).collect();
    text.trim_end().to_owned()
}
