//! The words of `launch` and `resume`: `[PATH[?QUERY]] [scene=N] [referrer=APPID] [extra=JSON]`.

use std::fmt::Write as _;

use super::step::BadStep;
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions, ReferrerInfo};

/// How the program is opened; every word is optional, and `extra` is the last.
pub(super) fn options(rest: &str) -> Result<EnterOptions, BadStep> {
    let (words, extra) = match rest.find("extra=") {
        Some(at) if at == 0 || rest[..at].ends_with(char::is_whitespace) => {
            let (words, extra) = rest.split_at(at);
            (words, Some(extra["extra=".len()..].trim()))
        }
        _ => (rest, None),
    };
    let mut options = EnterOptions::new("", DEFAULT_SCENE);
    let mut referrer = None;
    for word in words.split_whitespace() {
        if let Some(scene) = word.strip_prefix("scene=") {
            let bad = |_| BadStep(format!("`{scene}` is no scene value"));
            options.scene = scene.parse().map_err(bad)?;
        } else if let Some(app_id) = word.strip_prefix("referrer=") {
            referrer = Some(app_id.to_owned());
        } else {
            options = EnterOptions {
                scene: options.scene,
                ..EnterOptions::at(word, options.scene)
            };
        }
    }
    if let Some(extra) = extra {
        serde_json::from_str::<serde_json::Value>(extra)
            .map_err(|error| BadStep(format!("`extra={extra}` is not JSON: {error}")))?;
        if referrer.is_none() {
            return Err(BadStep(
                "`extra` needs `referrer=APPID`, whose data it is".to_owned(),
            ));
        }
    }
    let extra_data = extra.map(str::to_owned);
    options.referrer_info = referrer.map(|app_id| ReferrerInfo { app_id, extra_data });
    Ok(options)
}

/// The words of options, as they are read.
pub(super) fn text(options: &EnterOptions) -> String {
    let pair = |(key, value): &(String, String)| format!("{key}={value}");
    let query: Vec<String> = options.query.iter().map(pair).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let mut text = format!("{}{mark}{}", options.path, query.join("&"));
    let _ = write!(text, " scene={}", options.scene);
    if let Some(referrer) = &options.referrer_info {
        let _ = write!(text, " referrer={}", referrer.app_id);
        if let Some(extra) = &referrer.extra_data {
            let _ = write!(text, " extra={extra}");
        }
    }
    text.trim().to_owned()
}
