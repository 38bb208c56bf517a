//! `wx.downloadFile`: fetches a file into a temporary one.
//!
//! Official page: `api/network/download/wx.downloadFile`. A status such as 404 is a success too, with
//! a file of what the server sent.
//!
//! Differs from the client: the file has a path and no content, `profile` is absent.

use crate::api::exchange::{self, FAILS, LATENCY_MS, Progress, Request};
use crate::api::{Api, Cx, Reply, transfer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Form, Group, Param, Support, TapState};
use crate::value::Value;
use crate::version::Version;
use crate::world::network::Response;
use crate::world::rng::{DrawText, Stream};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "downloadFile",
    group: Group::Network,
    summary: "Fetches a file from a server.",
    form: Form::Task(&[
        ("ProgressUpdate", Version(1, 4, 0)),
        ("HeadersReceived", Version(2, 1, 0)),
    ]),
    promise: false,
    params: &[
        Param::required("url", Class::String),
        Param::optional("header", Class::Object),
        Param {
            since: Version(1, 8, 0),
            ..Param::optional("filePath", Class::String)
        },
        Param {
            since: Version(2, 10, 0),
            ..Param::optional("timeout", Class::Number)
        },
    ],
    tap_state: TapState::Inherited,
    latency_ms: LATENCY_MS,
    fails: FAILS,
    support: Support::Partial("the file's content, profile"),
    differs: "Declared routes answer, and the file has a path but no content.",
    examples: &[Example {
        title: "Fetch a picture",
        js: "wx.downloadFile({ url: 'https://example.com/a.png' })",
        replies: "downloadFile:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = transfer(&SPEC, request, answered);

fn request(options: &Value) -> Result<Request, Reason> {
    Ok(Request {
        method: "GET".to_owned(),
        url: exchange::url(options)?,
        body: String::new(),
    })
}

fn answered(cx: &mut Cx<'_>, options: &Value, response: &Response) -> (Vec<Progress>, Reply) {
    let header = Value::object([("header", exchange::header(response))]);
    let mut progress = exchange::progress(
        response.body.bytes().len(),
        "totalBytesWritten",
        "totalBytesExpectedToWrite",
    );
    let first = exchange::headers_received(header);
    progress.insert(
        0,
        Progress {
            percent: 50,
            ..first
        },
    );
    let sdk = cx.world.profile().sdk;
    let chosen = options.get("filePath").as_str();
    let file = match chosen.filter(|path| !path.is_empty() && sdk >= Version(1, 8, 0)) {
        Some(path) => ("filePath".to_owned(), path.into()),
        None => ("tempFilePath".to_owned(), temporary(cx, options).into()),
    };
    let status = Value::from(u32::from(response.status));
    (progress, Ok(vec![file, ("statusCode".to_owned(), status)]))
}

/// A new path with the ending of the URL's.
fn temporary(cx: &mut Cx<'_>, options: &Value) -> String {
    let url = options.get("url").as_str().unwrap_or_default();
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let id = cx.world.apply(DrawText {
        stream: Stream::Ids,
        chars: 32,
    });
    let dot = if ending.is_empty() { "" } else { "." };
    format!("http://tmp/{id}{dot}{ending}")
}
