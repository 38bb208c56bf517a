//! A question to the user as a dialog at the terminal: arrow keys, letters, numbers.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, queue, terminal};
use serde_json::Value as Json;

use crate::api::question::Question;
use crate::repl::Words;

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

/// The answer that a person chooses; `None` leaves the question open.
pub(super) fn answer(question: &Question, words: Words) -> Option<Json> {
    let answers: Vec<String> = question
        .answers()
        .into_iter()
        .filter(|own| own != "ignore")
        .collect();
    if answers.is_empty() || enable_raw_mode().is_err() {
        return None;
    }
    let chosen = choose(question, &answers, words);
    let _ = disable_raw_mode();
    let answer = &answers[chosen.ok().flatten()?];
    Some(serde_json::from_str(answer).unwrap_or_else(|_| Json::String(answer.clone())))
}

fn choose(question: &Question, answers: &[String], words: Words) -> io::Result<Option<usize>> {
    let mut out = anstream::stdout();
    let title = Style::new().bold();
    let dim = Style::new().dimmed();
    write!(out, "{title}┌ {}{title:#}\r\n", question.key)?;
    for line in question.text.lines().flat_map(|line| line.split(" / ")) {
        write!(out, "│ {line}\r\n")?;
    }
    let mut marked = 0;
    loop {
        for (at, answer) in answers.iter().enumerate() {
            draw(&mut out, label(question, at, answer), at == marked)?;
        }
        write!(out, "{dim}└ {}{dim:#}", words.keys())?;
        out.flush()?;
        let next = loop {
            let Event::Key(key) = read()? else { continue };
            if key.kind == KeyEventKind::Release {
                continue;
            }
            let is_ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
            match step(key.code, is_ctrl, marked, answers) {
                Move::Nothing => {}
                next => break next,
            }
        };
        let lines = u16::try_from(answers.len()).unwrap_or(u16::MAX);
        queue!(out, cursor::MoveToColumn(0), cursor::MoveUp(lines))?;
        queue!(out, terminal::Clear(terminal::ClearType::FromCursorDown))?;
        match next {
            Move::Mark(at) => marked = at,
            Move::Take(at) => {
                write!(out, "└ {}\r\n", label(question, at, &answers[at]))?;
                out.flush()?;
                return Ok(Some(at));
            }
            Move::Leave | Move::Nothing => {
                write!(out, "└ …\r\n")?;
                out.flush()?;
                return Ok(None);
            }
        }
    }
}

fn draw(out: &mut impl Write, label: &str, is_marked: bool) -> io::Result<()> {
    let style = Style::new().fg_color(Some(AnsiColor::Cyan.into())).bold();
    if is_marked {
        write!(out, "│ {style}❯ {label}{style:#}\r\n")
    } else {
        write!(out, "│   {label}\r\n")
    }
}

/// An entry of a list by what it says.
fn label<'a>(question: &'a Question, at: usize, answer: &'a str) -> &'a str {
    let is_list = question.key == "actionSheet";
    let entry = question.entries.get(at).filter(|_| is_list);
    entry.map_or(answer, String::as_str)
}

/// Answers that say no.
const NO: [&str; 5] = ["deny", "cancel", "refuse", "reject", "close"];

fn step(code: KeyCode, is_ctrl: bool, marked: usize, answers: &[String]) -> Move {
    let last = answers.len() - 1;
    let find = |names: &[&str]| {
        let at = answers.iter().position(|own| names.contains(&own.as_str()));
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
            Some(number @ 1..) if number <= answers.len() => Move::Take(number - 1),
            _ => Move::Nothing,
        },
        _ => Move::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::{Move, step};

    #[test]
    fn keys_move_the_mark_or_answer() {
        let answers = ["allow", "deny", "dismiss"].map(str::to_owned);
        let typed = |code, marked| step(code, false, marked, &answers);
        assert_eq!(typed(KeyCode::Down, 2), Move::Mark(0));
        assert_eq!(typed(KeyCode::Up, 0), Move::Mark(2));
        assert_eq!(typed(KeyCode::Enter, 1), Move::Take(1));
        assert_eq!(typed(KeyCode::Char('y'), 1), Move::Take(0));
        assert_eq!(typed(KeyCode::Char('n'), 0), Move::Take(1));
        assert_eq!(typed(KeyCode::Esc, 0), Move::Take(2));
        assert_eq!(typed(KeyCode::Char('3'), 0), Move::Take(2));
        assert_eq!(typed(KeyCode::Char('9'), 0), Move::Nothing);
        assert_eq!(step(KeyCode::Char('c'), true, 0, &answers), Move::Leave);
        let modal = ["confirm", "cancel"].map(str::to_owned);
        assert_eq!(step(KeyCode::Esc, false, 0, &modal), Move::Take(1));
    }
}
