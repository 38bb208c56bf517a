//! `wx.uploadFile`: sends a local file as a form.
//!
//! Official page: `api/network/upload/wx.uploadFile`. Its data are always text. The file must be there
//! before anything is sent.
//!
//! Rules of `--route` do not look at bodies; the trace tells the file's name, size and type and the form
//! fields, and so does the note above its answer in a recording.
//!
//! Unverified: the words for a file that is missing.

use crate::api::exchange::{self, LATENCY_MS, Progress, Request};
use crate::api::file_access::{self, text};
use crate::api::{Api, Cx, Reply, query, transfer};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Form, Group, Param};
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
    examples: &[Example {
        title: "Send a picture",
        js: "const filePath = `${wx.env.USER_DATA_PATH}/a.txt`;\n\
             wx.getFileSystemManager().writeFileSync(filePath, 'tea');\n\
             wx.uploadFile({ url: 'https://example.com/up', filePath, name: 'file' })",
        replies: "uploadFile:ok",
    }],
    ..ApiSpec::ASYNC
};

/// What it can fail with.
const FAILS: &[Reason] = &[
    Reason::InvalidUrl(String::new()),
    FileProblem::NotFound.bare(),
    Reason::DomainNotListed,
    Reason::Timeout,
    Reason::Abort,
    Reason::Interrupted,
    Reason::TooManyRedirects,
    Reason::Network(String::new()),
];

/// The member of `wx`.
pub const API: Api = transfer(&SPEC, request, answered);

fn request(cx: &mut Cx<'_>, options: &Value) -> Result<Request, Reason> {
    let url = exchange::url(options)?;
    size(cx, options)?;
    let mut body = match options.get("formData") {
        Value::Object(members) => query::form(members),
        _ => String::new(),
    };
    if !body.is_empty() {
        body.push('&');
    }
    let (name, path) = (text(options, "name"), text(options, "filePath"));
    Ok(Request {
        method: "POST".to_owned(),
        url,
        body: format!("{body}{name}=@{path}"),
    })
}

/// Bytes of the file.
fn size(cx: &mut Cx<'_>, options: &Value) -> Result<usize, Reason> {
    let content = file_access::contents(cx, text(options, "filePath"));
    let content = content.map_err(|_| FileProblem::NotFound.bare())?;
    Ok(content.bytes().len())
}

fn answered(cx: &mut Cx<'_>, options: &Value, response: &Response) -> (Vec<Progress>, Reply) {
    let header = Value::object([("header", exchange::header(response))]);
    let size = size(cx, options).unwrap_or_default();
    let mut progress = exchange::progress(size, "totalBytesSent", "totalBytesExpectedToSend");
    progress.push(exchange::headers_received(header));
    let members = [
        ("data", exchange::text(&response.body).into()),
        ("statusCode", u32::from(response.status).into()),
    ];
    let members = members.map(|(name, value)| (name.to_owned(), value));
    (progress, Ok(members.to_vec()))
}
