//! What choosing pictures and videos has in common: the question, and when there is none.

use super::Cx;
use super::chosen_files::Choice;
use super::question::Question;
use crate::errmsg::{FileProblem, Reason};
use crate::world::device::{SystemPermission, SystemState};

/// What choosing pictures and videos can fail with.
pub const FAILS: &[Reason] = &[
    Reason::Cancel,
    Reason::SystemPermissionDenied,
    Reason::File(FileProblem::NoSuchFile, String::new()),
];

/// The question for files.
///
/// # Errors
/// The system refuses the only source.
pub fn ask_choice(cx: &Cx<'_>, choice: &Choice) -> Result<Question, Reason> {
    let source = match (choice.album, choice.camera) {
        (true, false) => Some(SystemPermission::Album),
        (false, true) => Some(SystemPermission::Camera),
        _ => None,
    };
    let state = source.map(|source| cx.world.system_permission(source));
    if state == Some(SystemState::Denied) {
        return Err(Reason::SystemPermissionDenied);
    }
    Ok(Question {
        entries: choice.entries(),
        ..Question::new("media", choice.text())
    })
}
