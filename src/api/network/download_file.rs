//! `wx.downloadFile`: fetches a file into a temporary one.
//!
//! Official page: `api/network/download/wx.downloadFile`. A status such as 404 is a success too, with
//! a file of what the server sent.
//!
//! Differs from the client: the file is there as soon as the request is sent, even if it is aborted.

use crate::api::exchange::{self, FAILS_WITH_FILES, LATENCY_MS, Progress, Request};
use crate::api::file_access;
use crate::api::{Api, Cx, Reply, transfer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Form, Group, Param, TapState};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::MakeTempFile;
use crate::world::network::Response;

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
        Param {
            since: Version(2, 10, 4),
            ..Param::optional("enableHttp2", Class::Boolean)
        },
        Param {
            since: Version(2, 10, 4),
            ..Param::optional("enableQuic", Class::Boolean)
        },
        Param {
            since: Version(2, 10, 4),
            ..Param::optional("enableProfile", Class::Boolean)
        },
    ],
    tap_state: TapState::Inherited,
    latency_ms: LATENCY_MS,
    fails: FAILS_WITH_FILES,
    differs: "Declared routes answer; without one the domain counts as not listed.",
    examples: &[Example {
        title: "Fetch a picture",
        js: "wx.downloadFile({ url: 'https://example.com/a.png' })",
        replies: "downloadFile:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = transfer(&SPEC, request, answered);

fn request(_: &mut Cx<'_>, options: &Value) -> Result<Request, Reason> {
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
    let content = response.body.bytes().clone();
    let file = match chosen.filter(|path| !path.is_empty() && sdk >= Version(1, 8, 0)) {
        Some(chosen) => {
            if let Err(reason) = file_access::write(cx, chosen, content) {
                return (progress, Err(reason));
            }
            ("filePath".to_owned(), chosen.into())
        }
        None => (
            "tempFilePath".to_owned(),
            temporary(cx, options, content).into(),
        ),
    };
    let status = Value::from(u32::from(response.status));
    (progress, Ok(vec![file, ("statusCode".to_owned(), status)]))
}

/// A temporary file with the ending of the URL; gives its path.
fn temporary(cx: &mut Cx<'_>, options: &Value, content: Vec<u8>) -> String {
    let url = options.get("url").as_str().unwrap_or_default();
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    cx.world.apply(MakeTempFile {
        caller: cx.caller.clone(),
        ending: ending.to_owned(),
        content,
    })
}
