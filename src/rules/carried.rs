//! What an event carries from one place to another, for the rules about secrets and personal data.

use std::borrow::Cow;

use serde_json::{Value as Json, json};

use crate::runtime::trace::{Entry, Event};

/// Where something goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// An answer that the program gets.
    Response,
    /// Data of a page or component.
    Data,
    /// The phone's storage.
    Storage,
    /// The console.
    Console,
    /// A request that the program sends.
    Request,
    /// Another call that it makes.
    Call,
}

impl Way {
    /// Its name in the data of a finding.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Data => "data",
            Self::Storage => "storage",
            Self::Console => "console",
            Self::Request => "request",
            Self::Call => "call",
        }
    }

    /// Where it is then, in English and Chinese.
    pub(super) const fn words(self) -> [&'static str; 2] {
        match self {
            Self::Response => ["comes to the client in an answer", "通过响应到达了客户端"],
            Self::Data => ["is in the data of the page", "出现在页面数据中"],
            Self::Storage => ["is put into the storage", "被写入了本地缓存"],
            Self::Console => ["is printed to the console", "被打印到控制台"],
            Self::Request => ["is sent by the client", "由客户端发送"],
            Self::Call => ["is handed to an API", "被传给了 API"],
        }
    }
}

/// What an event carries.
pub(super) struct Carried<'a> {
    /// Where.
    pub(super) way: Way,
    /// The call, when it is one.
    pub(super) call: Option<u32>,
    /// What it is about: the API, the URL.
    pub(super) name: String,
    /// What.
    pub(super) what: Cow<'a, Json>,
}

/// What an event carries; `None` when it is of another kind.
pub(super) fn carried(entry: &Entry) -> Option<Carried<'_>> {
    let of = |way, call, name: &str, what| {
        Some(Carried {
            way,
            call,
            name: name.to_owned(),
            what,
        })
    };
    match &entry.event {
        Event::Call {
            call, api, options, ..
        } => {
            // A request is looked at when it is sent.
            let is_sent = SENDING.contains(&api.as_str());
            (!is_sent).then(|| of(way_of(api), Some(*call), api, Cow::Borrowed(options)))?
        }
        Event::Sync { api, arguments, .. } => of(way_of(api), None, api, Cow::Borrowed(arguments)),
        Event::Reply { call, api, result } => {
            of(Way::Response, Some(*call), api, Cow::Borrowed(result))
        }
        Event::Progress {
            call,
            api,
            argument,
            ..
        } => of(Way::Response, Some(*call), api, Cow::Borrowed(argument)),
        Event::Told {
            event, argument, ..
        } => of(Way::Response, None, event, Cow::Borrowed(argument)),
        Event::SetData { route, data, .. } => of(Way::Data, None, route, Cow::Borrowed(data)),
        Event::Console { level, text } => {
            of(Way::Console, None, level, Cow::Owned(text.as_str().into()))
        }
        Event::Request {
            call,
            url,
            header,
            body,
            ..
        } => of(
            Way::Request,
            Some(*call),
            // What stands behind the path may be the secret itself.
            url.split(['?', '#']).next().unwrap_or_default(),
            Cow::Owned(json!({ "url": url, "header": header, "body": body })),
        ),
        _ => None,
    }
}

/// Where what an API is given goes.
fn way_of(api: &str) -> Way {
    if is_storing(api) {
        Way::Storage
    } else {
        Way::Call
    }
}

/// APIs whose calls are looked at as requests.
const SENDING: [&str; 3] = ["request", "uploadFile", "connectSocket"];

/// Whether an API keeps what it is given on the phone.
pub(super) fn is_storing(api: &str) -> bool {
    matches!(
        api,
        "setStorage" | "setStorageSync" | "batchSetStorage" | "batchSetStorageSync"
    )
}

/// The host of a URL, in small letters, without port.
pub(super) fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_host_is_without_port_and_user() {
        assert_eq!(host("https://A.example:8443/b?c#d"), "a.example");
        assert_eq!(host("wss://u@b.example?x=/"), "b.example");
        assert_eq!(host("/a"), "");
    }
}
