//! `wx.downloadFile`: fetches a file into a temporary one.
//!
//! Official page: `api/network/download/wx.downloadFile`. A status such as 404 is a success too, with
//! a file of what the server sent.

use crate::api::exchange::{self, FAILS_WITH_FILES, LATENCY_MS, Progress, Request};
use crate::api::file_access;
use crate::api::{Api, Behaviour, Cx, Reply};
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
    differs: "Declared routes answer; without one the domain counts as not listed, unless its host is open.",
    examples: &[Example {
        title: "Fetch a picture",
        js: "wx.downloadFile({ url: 'https://example.com/a.png' })",
        replies: "downloadFile:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Transfer {
        request,
        answered,
        arrived,
    },
};

fn request(_: &mut Cx<'_>, options: &Value) -> Result<Request, Reason> {
    Ok(Request {
        method: "GET".to_owned(),
        url: exchange::url(options)?,
        body: String::new(),
    })
}

fn answered(_: &mut Cx<'_>, _: &Value, response: &Response) -> (Vec<Progress>, Reply) {
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
    let content = Value::Bytes("ArrayBuffer", response.body.bytes());
    let status = Value::from(u32::from(response.status));
    let members = [(CONTENT, content), ("statusCode", status)];
    let members = members.map(|(name, value)| (name.to_owned(), value));
    (progress, Ok(members.to_vec()))
}

/// The member that the file's path takes the place of.
const CONTENT: &str = "content";

/// The file is written when all of it is there.
fn arrived(cx: &mut Cx<'_>, options: &Value, mut members: Vec<(String, Value)>) -> Reply {
    let Some(member) = members.iter_mut().find(|(name, _)| name == CONTENT) else {
        return Ok(members);
    };
    let content = match &mut member.1 {
        Value::Bytes(_, bytes) => std::mem::take(bytes),
        _ => Vec::new(),
    };
    let chosen = file_access::text(options, "filePath");
    *member = if chosen.is_empty() || cx.world.profile().sdk < Version(1, 8, 0) {
        let path = temporary(cx, options, content);
        ("tempFilePath".to_owned(), path.into())
    } else {
        file_access::write(cx, chosen, content)?;
        ("filePath".to_owned(), chosen.into())
    };
    Ok(members)
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
