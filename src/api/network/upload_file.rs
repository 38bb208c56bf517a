//! `wx.uploadFile`: sends a local file as a form.
//!
//! Official page: `api/network/upload/wx.uploadFile`. Its data are always text.
//!
//! Differs from the client: any path counts as a file of 1,000 bytes.

use crate::api::exchange::{self, FAILS, LATENCY_MS, Progress, Request};
use crate::api::{Api, Cx, Reply, query, transfer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Form, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::network::Response;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "uploadFile",
    group: Group::Network,
    summary: "Sends a local file to a server.",
    form: Form::Task(&[
        ("ProgressUpdate", Version(1, 4, 0)),
        ("HeadersReceived", Version(2, 1, 0)),
    ]),
    promise: false,
    params: &[
        Param::required("url", Class::String),
        Param::required("filePath", Class::String),
        Param::required("name", Class::String),
        Param::optional("header", Class::Object),
        Param::optional("formData", Class::Object),
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
            since: Version(3, 5, 0),
            ..Param::optional("enableProfile", Class::Boolean)
        },
    ],
    latency_ms: LATENCY_MS,
    fails: FAILS,
    support: Support::Partial("the file itself"),
    differs: "Declared routes answer, and any path counts as a file of 1,000 bytes.",
    examples: &[Example {
        title: "Send a picture",
        js: "wx.uploadFile({ url: 'https://example.com/up', filePath: 'http://tmp/a.png', name: 'file' })",
        replies: "uploadFile:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Bytes that every file counts as.
const FILE_BYTES: usize = 1_000;

/// The member of `wx`.
pub const API: Api = transfer(&SPEC, request, answered);

fn request(options: &Value) -> Result<Request, Reason> {
    let part = |key: &str| options.get(key).as_str().unwrap_or_default();
    let mut body = match options.get("formData") {
        Value::Object(members) => query::form(members),
        _ => String::new(),
    };
    if !body.is_empty() {
        body.push('&');
    }
    Ok(Request {
        method: "POST".to_owned(),
        url: exchange::url(options)?,
        body: format!("{body}{}=@{}", part("name"), part("filePath")),
    })
}

fn answered(_: &mut Cx<'_>, _: &Value, response: &Response) -> (Vec<Progress>, Reply) {
    let header = Value::object([("header", exchange::header(response))]);
    let mut progress = exchange::progress(FILE_BYTES, "totalBytesSent", "totalBytesExpectedToSend");
    progress.push(exchange::headers_received(header));
    let members = [
        ("data", exchange::text(&response.body).into()),
        ("statusCode", u32::from(response.status).into()),
    ];
    let members = members.map(|(name, value)| (name.to_owned(), value));
    (progress, Ok(members.to_vec()))
}
