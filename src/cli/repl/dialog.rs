//! A question to the user as a dialog at the terminal: arrow keys, letters, numbers, a field to type into.

use std::io::{self, Write};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use crossterm::terminal::{self, Clear, ClearType, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, queue};
use serde_json::Value as Json;

use super::drawing::{Drawing, Entry};
use crate::api::question::Question;
use crate::repl::Words;

/// Columns and rows of a terminal that does not say.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// What a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    /// This entry is marked.
    Mark(usize),
    /// This entry is the answer.
    Take(usize),
    /// Nobody answers.
    Leave,
    /// The key means nothing here.
    Nothing,
}

/// What a key has led to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pressed {
    /// The dialog goes on.
    On,
    /// Nobody answers.
    Left,
    /// That answer, with what it says.
    Said(String, Json),
}

/// The answer that a person chooses; `None` leaves the question open.
pub(super) fn answer(question: &Question, words: Words) -> Option<Json> {
    let entries = entries(question, words);
    if entries.is_empty() || enable_raw_mode().is_err() {
        return None;
    }
    let dialog = Dialog {
        question,
        entries: &entries,
        words,
        marked: 0,
        field: None,
        rows: 0,
    };
    let chosen = dialog.run(&mut anstream::stdout());
    let _ = disable_raw_mode();
    chosen.ok().flatten()
}

/// What can be chosen: the answers, and a field where the dialog has a place for a text.
fn entries(question: &Question, words: Words) -> Vec<Entry> {
    let template = question.typed("TEXT").map(|own| own.to_string());
    let answers = question.answers().into_iter();
    let answers = answers.filter(|own| own != "ignore" && Some(own) != template.as_ref());
    let is_list = question.key == "actionSheet";
    let mut entries: Vec<Entry> = answers
        .enumerate()
        .map(|(at, answer)| {
            let entry = question.entries.get(at).filter(|_| is_list);
            Entry {
                label: entry.unwrap_or(&answer).clone(),
                answer: Some(answer),
            }
        })
        .collect();
    if template.is_some() {
        let field = Entry {
            label: words.type_a_text().to_owned(),
            answer: None,
        };
        entries.insert(entries.len().min(1), field);
    }
    entries
}

struct Dialog<'a> {
    question: &'a Question,
    entries: &'a [Entry],
    words: Words,
    marked: usize,
    /// What was typed into the field, while it has the keyboard.
    field: Option<String>,
    /// Rows that are drawn.
    rows: u16,
}

impl Dialog<'_> {
    fn run(mut self, out: &mut impl Write) -> io::Result<Option<Json>> {
        loop {
            self.draw(out)?;
            match read()? {
                // What a terminal does to its lines by itself is not known: all is drawn anew.
                Event::Resize(..) => {
                    queue!(out, Clear(ClearType::All), cursor::MoveTo(0, 0))?;
                    self.rows = 0;
                }
                Event::Key(key) if key.kind != KeyEventKind::Release => match self.key(key) {
                    Pressed::On => {}
                    Pressed::Left => {
                        self.close(out, "…")?;
                        return Ok(None);
                    }
                    Pressed::Said(said, answer) => {
                        self.close(out, &said)?;
                        return Ok(Some(answer));
                    }
                },
                _ => {}
            }
        }
    }

    fn key(&mut self, key: KeyEvent) -> Pressed {
        let is_ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        if let Some(field) = &mut self.field {
            match key.code {
                KeyCode::Char('c' | 'd') if is_ctrl => return Pressed::Left,
                KeyCode::Char('u') if is_ctrl => field.clear(),
                KeyCode::Char(c) if !is_ctrl => field.push(c),
                KeyCode::Backspace => drop(field.pop()),
                KeyCode::Esc => self.field = None,
                KeyCode::Enter => {
                    if let Some(answer) = self.question.typed(field) {
                        return Pressed::Said(field.clone(), answer);
                    }
                }
                _ => {}
            }
            return Pressed::On;
        }
        match step(key.code, is_ctrl, self.marked, self.entries) {
            Move::Mark(at) => self.marked = at,
            Move::Take(at) => {
                let Entry { label, answer } = &self.entries[at];
                let Some(answer) = answer else {
                    (self.marked, self.field) = (at, Some(String::new()));
                    return Pressed::On;
                };
                let json = serde_json::from_str(answer);
                let json = json.unwrap_or_else(|_| Json::String(answer.clone()));
                return Pressed::Said(label.clone(), json);
            }
            Move::Leave => return Pressed::Left,
            Move::Nothing => {}
        }
        Pressed::On
    }

    fn drawing(&self) -> Drawing<'_> {
        let (columns, rows) = terminal::size().unwrap_or(USUAL_SIZE);
        Drawing {
            question: self.question,
            entries: self.entries,
            words: self.words,
            columns: usize::from(columns),
            rows: usize::from(rows),
        }
    }

    fn draw(&mut self, out: &mut impl Write) -> io::Result<()> {
        let lines = self.drawing().open(self.marked, self.field.as_deref());
        self.wipe(out)?;
        write!(out, "{}", lines.join("\r\n"))?;
        self.rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        out.flush()
    }

    /// Takes away what is drawn.
    fn wipe(&self, out: &mut impl Write) -> io::Result<()> {
        queue!(out, cursor::MoveToColumn(0))?;
        if self.rows > 1 {
            queue!(out, cursor::MoveUp(self.rows - 1))?;
        }
        queue!(out, Clear(ClearType::FromCursorDown))
    }

    fn close(&self, out: &mut impl Write, said: &str) -> io::Result<()> {
        self.wipe(out)?;
        write!(out, "{}\r\n", self.drawing().closed(said).join("\r\n"))?;
        out.flush()
    }
}

/// Answers that say no.
const NO: [&str; 5] = ["deny", "cancel", "refuse", "reject", "close"];

fn step(code: KeyCode, is_ctrl: bool, marked: usize, entries: &[Entry]) -> Move {
    let last = entries.len() - 1;
    let find = |names: &[&str]| {
        let mut answers = entries.iter().map(|own| own.answer.as_deref());
        let at = answers.position(|own| own.is_some_and(|own| names.contains(&own)));
        at.map_or(Move::Leave, Move::Take)
    };
    match code {
        KeyCode::Char('c' | 'd') if is_ctrl => Move::Leave,
        KeyCode::Up | KeyCode::Left | KeyCode::BackTab => {
            Move::Mark(marked.checked_sub(1).unwrap_or(last))
        }
        KeyCode::Down | KeyCode::Right | KeyCode::Tab => {
            Move::Mark(if marked == last { 0 } else { marked + 1 })
        }
        KeyCode::Enter => Move::Take(marked),
        KeyCode::Char('y' | 'Y') => Move::Take(0),
        KeyCode::Char('n' | 'N') => find(&NO),
        KeyCode::Esc => match find(&["dismiss"]) {
            Move::Leave => find(&["cancel"]),
            found => found,
        },
        KeyCode::Char(digit) => match digit.to_digit(10).map(|own| own as usize) {
            Some(number @ 1..) if number <= entries.len() => Move::Take(number - 1),
            _ => Move::Nothing,
        },
        _ => Move::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use serde_json::json;

    use super::{Dialog, Move, Pressed, Question, Words, entries, step};

    #[test]
    fn keys_move_the_mark_or_answer() {
        let scope = entries(&Question::new("scope.camera", ""), Words::English);
        let typed = |code, marked| step(code, false, marked, &scope);
        assert_eq!(typed(KeyCode::Down, 2), Move::Mark(0));
        assert_eq!(typed(KeyCode::Up, 0), Move::Mark(2));
        assert_eq!(typed(KeyCode::Enter, 1), Move::Take(1));
        assert_eq!(typed(KeyCode::Char('y'), 1), Move::Take(0));
        assert_eq!(typed(KeyCode::Char('n'), 0), Move::Take(1));
        assert_eq!(typed(KeyCode::Esc, 0), Move::Take(2));
        assert_eq!(typed(KeyCode::Char('3'), 0), Move::Take(2));
        assert_eq!(typed(KeyCode::Char('9'), 0), Move::Nothing);
        assert_eq!(step(KeyCode::Char('c'), true, 0, &scope), Move::Leave);
        let modal = entries(&Question::new("modal", ""), Words::English);
        assert_eq!(step(KeyCode::Esc, false, 0, &modal), Move::Take(1));
    }

    #[test]
    fn a_text_is_typed_into_the_field() {
        let question = Question {
            editable: true,
            ..Question::new("modal", "名字")
        };
        let entries = entries(&question, Words::English);
        let labels: Vec<&str> = entries.iter().map(|own| own.label.as_str()).collect();
        assert_eq!(labels, ["confirm", "type a text…", "cancel"]);
        let mut dialog = Dialog {
            question: &question,
            entries: &entries,
            words: Words::English,
            marked: 0,
            field: None,
            rows: 0,
        };
        let mut press = |code| dialog.key(KeyEvent::new(code, KeyModifiers::NONE));
        assert_eq!(press(KeyCode::Char('2')), Pressed::On);
        for code in ['小', 'x', 'n'].map(KeyCode::Char) {
            assert_eq!(press(code), Pressed::On);
        }
        assert_eq!(press(KeyCode::Backspace), Pressed::On);
        let end = press(KeyCode::Enter);
        assert_eq!(end, Pressed::Said("小x".into(), json!({"confirm": "小x"})));
        assert_eq!(press(KeyCode::Esc), Pressed::On, "out of the field");
        let end = press(KeyCode::Esc);
        assert_eq!(end, Pressed::Said("cancel".into(), json!("cancel")));
    }
}
