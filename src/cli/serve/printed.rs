//! A request with what it got, as a person or a machine reads it.

use serde_json::{Value as Json, json};

use crate::serve::Seen;

/// A request as JSON.
pub(super) fn line(seen: &Seen<'_>, whole: bool) -> Json {
    let (request, response) = (seen.request, seen.response);
    let mut line = json!({
        "at": seen.at,
        "method": request.method,
        "path": request.path,
        "status": response.status,
    });
    let body = response.body_json();
    if let Some(code) = body.get("errcode") {
        line["errcode"] = code.clone();
    }
    if !response.why.is_empty() {
        line["why"] = response.why.as_str().into();
    }
    if whole {
        line["query"] = request.query.as_str().into();
        line["body"] = String::from_utf8_lossy(&request.body).into();
        line["response"] = match &body {
            Json::Null => format!("{} bytes", response.body.len()).into(),
            body => body.clone(),
        };
    }
    line
}

/// A request as a person reads it.
pub(super) fn shown(seen: &Seen<'_>) -> String {
    let (request, response) = (seen.request, seen.response);
    let body = response.body_json();
    let code = body
        .get("errcode")
        .and_then(Json::as_i64)
        .filter(|code| *code != 0);
    let code = code.map_or_else(String::new, |code| {
        format!(" {code} {}", body["errmsg"].as_str().unwrap_or_default())
    });
    let why = if response.why.is_empty() {
        String::new()
    } else {
        format!("\n    {}", response.why)
    };
    format!(
        "{} {} → {}{code}{why}",
        request.method, request.path, response.status
    )
}
