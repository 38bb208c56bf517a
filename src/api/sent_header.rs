//! Header lines of requests, as they are sent.
//!
//! Official page: "Network": the `referer` is the client's own; `content-type` is JSON by default.
//!
//! Unverified: a value that is neither text nor number is sent as the name of its class.

use crate::profile::Platform;
use crate::value::{Value, json_number};
use crate::world::World;
use crate::world::account::EnvVersion;

/// Header lines that are sent: those of the options as text, `referer` as the client has it.
pub fn sent_header(world: &World, api: &str, options: &Value) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    if let Value::Object(given) = options.get("header") {
        for (name, value) in given {
            let name = match name.to_ascii_lowercase() {
                lower if lower == "referer" => continue,
                lower if lower == CONTENT_TYPE => lower,
                _ => name.clone(),
            };
            let value = match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => json_number(*number).to_string(),
                other => format!("[object {}]", other.class()),
            };
            lines.push((name, value));
        }
    }
    let kind = match api {
        "request" => "application/json",
        "uploadFile" => "multipart/form-data",
        _ => "",
    };
    let has_kind = lines.iter().any(|(name, _)| name == CONTENT_TYPE);
    if !kind.is_empty() && (api != "request" || !has_kind) {
        lines.retain(|(name, _)| name != CONTENT_TYPE);
        lines.push((CONTENT_TYPE.to_owned(), kind.to_owned()));
    }
    lines.push(("referer".to_owned(), referer(world)));
    lines
}

const CONTENT_TYPE: &str = "content-type";

/// Where requests come from, as the client tells servers.
fn referer(world: &World) -> String {
    let app = world.app();
    let version = match (world.profile().platform, app.env_version) {
        (Platform::Devtools, _) => "devtools",
        (_, EnvVersion::Release) => "1",
        (_, EnvVersion::Develop | EnvVersion::Trial) => "0",
    };
    let app_id = &app.app_id;
    format!("https://servicewechat.com/{app_id}/{version}/page-frame.html")
}

#[cfg(test)]
mod tests {
    use super::sent_header;
    use crate::profile::{Platform, Profile};
    use crate::value::Value;
    use crate::world::{AppFacts, World};

    #[test]
    fn header_lines_are_texts_and_the_referer_is_the_clients() {
        let sent = |platform, api, options: &Value| {
            let profile = Profile {
                platform,
                ..Profile::default()
            };
            let world = World::new(profile, AppFacts::default(), 1);
            let lines = sent_header(&world, api, options).into_iter();
            let lines: Vec<String> = lines
                .map(|(name, value)| format!("{name}: {value}"))
                .collect();
            lines.join("\n")
        };
        let header = Value::object([
            ("X-Number", Value::Number(7.0)),
            ("X-List", Value::Array(Vec::new())),
            ("Referer", "https://me".into()),
            ("CONTENT-Type", "text/xml".into()),
        ]);
        let options = Value::object([("header", header)]);
        let referer = |version| {
            format!(
                "referer: https://servicewechat.com/wx0000000000000000/{version}/page-frame.html"
            )
        };
        assert_eq!(
            sent(Platform::Ios, "request", &options),
            format!(
                "X-Number: 7\nX-List: [object Array]\ncontent-type: text/xml\n{}",
                referer("1")
            )
        );
        assert_eq!(
            sent(Platform::Devtools, "request", &Value::Undefined),
            format!("content-type: application/json\n{}", referer("devtools"))
        );
        assert_eq!(
            sent(Platform::Ios, "uploadFile", &options),
            format!(
                "X-Number: 7\nX-List: [object Array]\ncontent-type: multipart/form-data\n{}",
                referer("1")
            )
        );
        assert_eq!(
            sent(Platform::Ios, "connectSocket", &Value::Undefined),
            referer("1")
        );
    }
}
