//! `wx.startSoterAuthentication`: the phone recognises its user and signs a text.
//!
//! Official pages: `api/open-api/soter/wx.startSoterAuthentication`, "Biometric authentication". Of the modes that
//! are asked for, the first that the phone has and the user enrolled is taken. A failed try is not told: the
//! dialog stays until the user is recognised, closes it, or tried too often. A failure has the members of a
//! success, with empty texts.
//!
//! On iOS the call that used up the tries fails with 90009, every later one with 90010; on Android all
//! do with 90010. The server proves `resultJSONSignature` (RSA/PSS, SHA-256, 20 bytes of salt) over the very text of
//! `resultJSON`; the step `server soter` does.
//!
//! Differs from the client: names and versions of the secure parts of the phone are made up.
//! Unverified: which check comes first; a missing challenge is a matter of the client (90004), a missing list of modes
//! one of the base library; the dialog for a fingerprint does not show `authContent`; the developer tool
//! does not have the API.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply, Turn};
use crate::errmsg::{Reason, SoterProblem};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::soter::{MissRecognition, Mode, SignRecognition};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "startSoterAuthentication",
    group: Group::Soter,
    summary: "Lets the phone recognise its user, and signs a text when it does.",
    since: Version(1, 5, 0),
    params: &[
        Param::required("requestAuthModes", Class::Array),
        Param::defaulted("challenge", Class::String),
        Param::defaulted("authContent", Class::String),
    ],
    latency_ms: 50,
    fails: &[
        Reason::Soter(SoterProblem::NoSoter),
        Reason::Soter(SoterProblem::BadChallenge),
        Reason::Soter(SoterProblem::LongContent),
        Reason::Soter(SoterProblem::NoMode),
        Reason::Soter(SoterProblem::NotAllowed),
        Reason::Soter(SoterProblem::NotEnrolled("fingerprint")),
        Reason::Soter(SoterProblem::KeyUpdate),
        Reason::Soter(SoterProblem::Busy),
        Reason::Soter(SoterProblem::Frozen),
        Reason::Soter(SoterProblem::NotRecognised),
        Reason::Soter(SoterProblem::Cancelled),
        Reason::NotSupported,
    ],
    differs: "Names and versions of the secure parts of the phone are made up.",
    examples: &[Example {
        title: "Confirm an order by fingerprint",
        js: "wx.startSoterAuthentication({ requestAuthModes: ['fingerPrint'], challenge: 'order-1' })",
        replies: "startSoterAuthentication:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Dialog { ask, answered },
};

/// Longest challenge in characters.
const CHALLENGE_MAX: usize = 512;
/// Longest text of the dialog in characters.
const CONTENT_MAX: usize = 42;

/// The text of an option; the empty one when it is not given.
fn text<'o>(options: &'o Value, key: &str) -> &'o str {
    options.get(key).as_str().unwrap_or_default()
}

/// Length of a text as scripts count it.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The mode by which the user is recognised.
fn mode(cx: &Cx<'_>, options: &Value) -> Result<Mode, SoterProblem> {
    if cx.world.soter_modes().is_empty() {
        return Err(SoterProblem::NoSoter);
    }
    let challenge = text(options, "challenge");
    if challenge.is_empty() || length(challenge) > CHALLENGE_MAX {
        return Err(SoterProblem::BadChallenge);
    }
    if length(text(options, "authContent")) > CONTENT_MAX {
        return Err(SoterProblem::LongContent);
    }
    let wanted = options.get("requestAuthModes").items().iter();
    let wanted: Vec<&str> = wanted.filter_map(Value::as_str).collect();
    cx.world.soter_choice(&wanted)
}

fn question(cx: &Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let mode = mode(cx, options).map_err(Reason::Soter)?;
    let shown = match (mode, text(options, "authContent")) {
        (Mode::FingerPrint, _) | (_, "") => String::new(),
        (Mode::Facial, content) => format!(": {content}"),
    };
    let again = match cx.world.recognition_try() {
        1 => String::new(),
        number => format!(" (try {number})"),
    };
    let asked = format!("recognise the user by {}{again}{shown}", mode.name());
    Ok(Question::new("soter", asked))
}

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    if cx.world.profile().platform == Platform::Devtools {
        return Err(Reason::NotSupported);
    }
    question(cx, options)
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Turn {
    match answer.as_str() {
        Some("recognised") => Turn::Reply(recognised(cx, options)),
        Some("unrecognised") => match cx.world.apply(MissRecognition) {
            Some(problem) => Turn::Reply(Err(Reason::Soter(problem))),
            None => match question(cx, options) {
                Ok(question) => Turn::Ask(question),
                Err(reason) => Turn::Reply(Err(reason)),
            },
        },
        _ => Turn::Reply(Err(Reason::Soter(SoterProblem::Cancelled))),
    }
}

fn recognised(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let mode = mode(cx, options).map_err(Reason::Soter)?;
    let challenge = text(options, "challenge").to_owned();
    let signed = cx.world.apply(SignRecognition { mode, challenge });
    let signed = signed.map_err(Reason::Soter)?;
    Ok(vec![
        ("errCode".to_owned(), 0.into()),
        ("authMode".to_owned(), mode.name().into()),
        ("resultJSON".to_owned(), signed.json.into()),
        ("resultJSONSignature".to_owned(), signed.signature.into()),
    ])
}
