//! `scan ID [longpress|album]`: the user scans a code of the world in WeChat, and the program opens.
//!
//! Official pages: "Scene values", "Open a mini program by a QR code of a link". A user who has the program in front leaves
//! it to scan. A code is named by its id, or by the text that a reader of QR codes reads from its picture
//! (`wxcode://APPID/ID`); that the server made it makes no difference.

use std::fmt;
use std::str::FromStr;

use super::core::Core;
use super::sim::{Sim, StepError};
use super::step::BadStep;
use crate::world::foreground::RunState;
use crate::world::printed_code::Scan;

/// Scans a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanStep {
    /// Name of the code.
    pub code: String,
    /// How it is scanned.
    pub scan: Scan,
}

impl FromStr for ScanStep {
    type Err = BadStep;

    fn from_str(text: &str) -> Result<Self, BadStep> {
        let (code, way) = text
            .split_once(char::is_whitespace)
            .unwrap_or((text, Scan::Camera.name()));
        let way = way.trim();
        let scan = Scan::ALL.into_iter().find(|(name, _)| *name == way);
        match scan {
            Some((_, scan)) if !code.is_empty() => Ok(Self {
                code: code.to_owned(),
                scan,
            }),
            _ => Err(BadStep(format!(
                "`scan` needs the id of a code and perhaps how: camera, longpress or album; such as \
                 `scan table-7 album`, not `{text}`"
            ))),
        }
    }
}

impl fmt::Display for ScanStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scan {
            Scan::Camera => write!(f, "scan {}", self.code),
            scan => write!(f, "scan {} {}", self.code, scan.name()),
        }
    }
}

impl Sim {
    /// Opens the program by a code, or brings it back.
    pub(super) fn scan(&mut self, step: &ScanStep) -> Result<(), StepError> {
        let options = self.with(|core| core.world.opened_by_code(&step.code, step.scan));
        let options = options.map_err(|error| StepError::BadScan(error.to_string()))?;
        match self.with(|core| core.world.run_state()) {
            RunState::NotRunning => {
                self.with(Core::forget_scripts);
                self.cold_start(options);
                return Ok(());
            }
            RunState::Foreground => self.background()?,
            RunState::Background { .. } => {}
        }
        self.resume(Some(options))
    }
}

#[cfg(test)]
mod tests {
    use super::ScanStep;
    use crate::world::printed_code::Scan;

    #[test]
    fn a_code_is_named_by_its_id_or_the_text_of_its_picture() {
        for (text, code, scan) in [
            ("table-7", "table-7", Scan::Camera),
            ("table-7 album", "table-7", Scan::Album),
            (
                "wxcode://wx1/aB_-9 longpress",
                "wxcode://wx1/aB_-9",
                Scan::LongPress,
            ),
        ] {
            let step: ScanStep = text.parse().expect(text);
            assert_eq!((&*step.code, step.scan), (code, scan));
            assert_eq!(step.to_string(), format!("scan {text}"));
        }
        for wrong in ["", " album", "table-7 upside-down"] {
            assert!(wrong.parse::<ScanStep>().is_err(), "{wrong}");
        }
    }
}
