//! Codes of mini programs: pictures that open a page when somebody scans them.
//!
//! Official pages: "Get a mini program code", "Mini program code and mini program link". What is made is a fact of the
//! world ([`MakeCode`](crate::world::printed_code::made::MakeCode)): the user can scan it by its id or by the text of its picture.
//!
//! Differs from the platform: every picture is a QR code of `wxcode://APPID/ID`; a mini program code is one that is drawn in
//! the round style, so that any reader can tell which code it is. The pages of the build that runs count as published.
//!
//! Unverified: sizes outside 280 to 1280 count as the nearest; the picture is a JPEG, and a PNG with `is_hyaline`; a value
//! of `line_color` that is none gives 40097; `auto_color` takes one of some dark colours, which follows from the appid; builds
//! can be chosen, and the check of pages be left out, since 2021, and an empty `env_version` is the published one.

mod bitmap;
mod create_qr_code;
mod drawing;
mod get_qr_code;
mod get_unlimited_qr_code;
mod picture;
#[cfg(test)]
mod random_tests;
mod style;
#[cfg(test)]
mod testing;

pub use picture::picture_of_code;

use self::style::Style;
use super::asked::Asked;
use super::endpoint::{Answer, Endpoint};
use super::errcode::{self, Code};
use super::fault::Fault;
use crate::profile::Date;
use crate::world::World;
use crate::world::account::EnvVersion;
use crate::world::printed_code::made::{LIMITED_MAX, MakeCode, MakeProblem, UNKNOWN_PAGES_MAX};
use crate::world::registry::Kind;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[
    get_qr_code::ENDPOINT,
    get_unlimited_qr_code::ENDPOINT,
    create_qr_code::ENDPOINT,
];

/// From this day the build is chosen, and pages need not be checked.
const BUILDS_FROM: Date = Date::new(2021, 1, 1);
/// The parameter that WeChat adds itself.
const RESERVED: &str = "scancode_time";

/// Checks that the app is one that has codes.
///
/// # Errors
/// 48001.
fn check_app(world: &World, asked: &Asked<'_>) -> Result<(), Fault> {
    match world.registered(&asked.app_id) {
        Some(app) if app.kind != Kind::MiniProgram => {
            Err(errcode::API_UNAUTHORIZED.because("only mini programs have codes"))
        }
        _ => Ok(()),
    }
}

/// The member of the body that the code is about; empty when it is missing.
///
/// # Errors
/// 44002 without a body, the code that is given for a body or a member that is not of this form.
fn target(asked: &Asked<'_>, name: &str, code: Code) -> Result<String, Fault> {
    asked.text(name).map_err(|fault| {
        if fault.errcode == errcode::DATA_FORMAT.0 {
            code.because(fault.why)
        } else {
            fault
        }
    })
}

/// Refuses the parameter that WeChat adds.
///
/// # Errors
/// 85096.
fn check_reserved(text: &str) -> Result<(), Fault> {
    if text.contains(RESERVED) {
        return Err(errcode::SCANCODE_TIME_RESERVED.because("WeChat adds it; take another name"));
    }
    Ok(())
}

/// The build that `env_version` names.
///
/// # Errors
/// 40097 for another word.
fn build(world: &World, asked: &Asked<'_>) -> Result<EnvVersion, Fault> {
    if world.profile().compat_date < BUILDS_FROM {
        return Ok(EnvVersion::Release);
    }
    let word = asked.text("env_version")?;
    match word.as_str() {
        "" | "release" => Ok(EnvVersion::Release),
        "trial" => Ok(EnvVersion::Trial),
        "develop" => Ok(EnvVersion::Develop),
        _ => Err(errcode::INVALID_ARGS.because("env_version is release, trial or develop")),
    }
}

/// Makes a code and draws it.
fn made(world: &mut World, code: MakeCode, style: &Style) -> Result<Answer, Fault> {
    let id = world.apply(code).map_err(|problem| match problem {
        MakeProblem::TooManyCodes => errcode::TOO_MANY_CODES.because(format!(
            "an app makes {LIMITED_MAX} codes with a path in its life; take getwxacodeunlimit"
        )),
        MakeProblem::UnknownPage => errcode::INVALID_PAGE.because(
            "the program has no such page; correct it, or send check_path false to have the code anyway",
        ),
        MakeProblem::TooManyPages => errcode::TOO_MANY_CODES.because(format!(
            "with check_path false an app names {UNKNOWN_PAGES_MAX} pages that it does not have"
        )),
    })?;
    let bytes = picture::of_code(world, &id, style)
        .ok_or_else(|| errcode::SYSTEM_ERROR.because("the appid is too long for a QR code"))?;
    Ok(Answer::Bytes {
        content_type: style.content_type().to_owned(),
        bytes,
        headers: Vec::new(),
    })
}

/// The same answer with one more header line.
fn with_header(answer: Answer, name: &str, value: String) -> Answer {
    match answer {
        Answer::Bytes {
            content_type,
            bytes,
            mut headers,
        } => {
            headers.push((name.to_owned(), value));
            Answer::Bytes {
                content_type,
                bytes,
                headers,
            }
        }
        other => other,
    }
}
