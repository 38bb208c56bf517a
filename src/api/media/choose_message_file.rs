//! `wx.chooseMessageFile`: the user chooses files of a chat.
//!
//! Official page: `api/media/image/wx.chooseMessageFile`. `count` is needed, 100 at most; `extension` counts
//! with `type: 'file'` only.
//!
//! Unverified: endings are compared with and without their dot, in any case.

use serde_json::Value as Json;

use crate::api::chosen_files::{self, number, temporary, wanted};
use crate::api::file_access::text;
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param, TapState};
use crate::value::Value;
use crate::version::Version;
use crate::world::album::MediaKind;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "chooseMessageFile",
    group: Group::Media,
    summary: "Lets the user choose files of a chat.",
    since: Version(2, 5, 0),
    params: &[
        Param::required("count", Class::Number),
        Param::optional("type", Class::String),
        Param {
            since: Version(2, 6, 0),
            ..Param::optional("extension", Class::Array)
        },
    ],
    tap_state: TapState::Given,
    privacy: Some(PrivacyItem::ChosenFiles),
    fails: &[
        Reason::Cancel,
        Reason::Parameter(String::new()),
        Reason::File(FileProblem::NoSuchFile, String::new()),
    ],
    examples: &[Example {
        title: "A document",
        js: "wx.chooseMessageFile({ count: 1, type: 'file', success: ({ tempFiles }) => console.log(tempFiles[0].name) })",
        replies: "chooseMessageFile:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Most files that may be chosen.
const COUNT_MAX: f64 = 100.0;
/// Seconds between the message and the call.
const SENT_BEFORE_S: i64 = 3_600;
/// Files of the simulated chat.
const CHAT: [(&str, &str); 3] = [
    ("photo.jpg", "image"),
    ("clip.mp4", "video"),
    ("report.pdf", "file"),
];

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

/// Kinds that may be chosen.
fn kinds(options: &Value) -> Vec<String> {
    let wanted = text(options, "type");
    let all = ["image", "video", "file"];
    let kinds = all.iter().filter(|kind| match wanted {
        "image" | "video" | "file" => wanted == **kind,
        _ => true,
    });
    kinds.map(|kind| (*kind).to_owned()).collect()
}

fn ask(_: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let count = options.get("count").as_f64().unwrap_or_default();
    if !(0.0..=COUNT_MAX).contains(&count) {
        let text = "parameter.count should be between 0 and 100;";
        return Err(Reason::Parameter(text.to_owned()));
    }
    let kinds = kinds(options);
    let line = format!("files of a chat, at most {count} ({})", kinds.join(", "));
    Ok(Question {
        entries: kinds,
        ..Question::new("file", line)
    })
}

/// A file of the chat.
struct Sent {
    name: String,
    kind: String,
    content: Vec<u8>,
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    let kinds = kinds(options);
    let mut sent = Vec::new();
    if let Some(wanted) = wanted(answer) {
        let first = kinds.first().map_or("file", String::as_str);
        for file in wanted {
            let kind = file.kind.clone().unwrap_or_else(|| first.to_owned());
            let own = file
                .path
                .as_deref()
                .and_then(|path| path.rsplit('/').next());
            let usual = CHAT
                .iter()
                .find(|(_, of)| *of == kind)
                .map(|(name, _)| *name);
            let name = file.name.as_deref().or(own).or(usual).unwrap_or("file");
            let name = name.to_owned();
            let content = chosen_files::bytes(cx, &file, media_kind(&kind))?;
            sent.push(Sent {
                name,
                kind,
                content,
            });
        }
    } else if answer.as_str() == Some("choose") {
        for (name, kind) in CHAT {
            if !kinds.iter().any(|known| known == kind) || !fits(options, name) {
                continue;
            }
            let plain = chosen_files::FileWanted::default();
            let mut content = chosen_files::bytes(cx, &plain, media_kind(kind))?;
            if kind == "file" {
                content.extend(b"%PDF-1.4\n%%EOF\n");
            }
            let (name, kind) = (name.to_owned(), kind.to_owned());
            sent.push(Sent {
                name,
                kind,
                content,
            });
        }
    } else {
        return Err(Reason::Cancel);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 100"
    )]
    sent.truncate(options.get("count").as_f64().unwrap_or_default() as usize);
    let files = sent.into_iter().map(|file| facts(cx, file)).collect();
    Ok(vec![("tempFiles".to_owned(), Value::Array(files))])
}

/// Whether the ending of a name is among those of the options.
fn fits(options: &Value, name: &str) -> bool {
    let endings = options.get("extension").items();
    if text(options, "type") != "file" || endings.is_empty() {
        return true;
    }
    let own = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let mut endings = endings.iter().filter_map(Value::as_str);
    endings.any(|ending| ending.trim_start_matches('.').eq_ignore_ascii_case(own))
}

fn media_kind(kind: &str) -> Option<MediaKind> {
    match kind {
        "image" => Some(MediaKind::Image),
        "video" => Some(MediaKind::Video),
        _ => None,
    }
}

fn facts(cx: &mut Cx<'_>, file: Sent) -> Value {
    let sent_at = cx.world.now().0.div_euclid(1_000) - SENT_BEFORE_S;
    let ending = file.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let size = number(file.content.len());
    #[expect(clippy::cast_precision_loss, reason = "seconds of a date")]
    let time = Value::Number(sent_at as f64);
    let path = temporary(cx, ending, file.content);
    Value::object([
        ("name", file.name.into()),
        ("path", path.into()),
        ("size", size),
        ("time", time),
        ("type", file.kind.into()),
    ])
}
