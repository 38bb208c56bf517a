//! Hosts that requests without a rule may really go to, as the user of wxsim says.
//!
//! Official page: "Network", server domains. Only `https` is allowed, and a domain without a port
//! stands for URLs without one.
//!
//! Differs from the client: a domain may begin with `*.`; hosts of the own machine may be named,
//! with `http` too, and without a port they stand for every port.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Change, World, sealed::Sealed};

/// A host that is open: `api.example.com`, `*.example.com`, `localhost:8080`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct OpenHost {
    /// In small letters; without the `*` of a family.
    name: String,
    /// Whether every host below the name is meant, and not itself.
    below: bool,
    port: Option<u16>,
}

/// The text is no host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no host: {problem}; write api.example.com, *.example.com or localhost:8080")]
pub struct BadHost {
    text: String,
    problem: &'static str,
}

impl FromStr for OpenHost {
    type Err = BadHost;

    fn from_str(text: &str) -> Result<Self, BadHost> {
        let bad = |problem| BadHost {
            text: text.to_owned(),
            problem,
        };
        if text.contains("://") || text.contains('/') {
            return Err(bad("it has neither a scheme nor a path"));
        }
        let (below, rest) = match text.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let Some((name, port)) = name_and_port(rest) else {
            return Err(bad("letters, digits, `-` and dots, then `:` and a port"));
        };
        Ok(Self { name, below, port })
    }
}

impl TryFrom<String> for OpenHost {
    type Error = BadHost;

    fn try_from(text: String) -> Result<Self, BadHost> {
        text.parse()
    }
}

impl From<OpenHost> for String {
    fn from(host: OpenHost) -> Self {
        host.to_string()
    }
}

impl fmt::Display for OpenHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.below { "*." } else { "" };
        write!(f, "{star}{}", self.name)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

/// Host and port of an authority; `None` when it is not a plain one, such as `user@host`.
fn name_and_port(authority: &str) -> Option<(String, Option<u16>)> {
    let (name, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        address.parse::<std::net::Ipv6Addr>().ok()?;
        (format!("[{address}]"), port)
    } else {
        let end = authority.find(':').unwrap_or(authority.len());
        let (name, port) = authority.split_at(end);
        let label = |label: &str| {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            !label.is_empty() && label.chars().all(plain)
        };
        if !name.split('.').all(label) {
            return None;
        }
        (name.to_owned(), port)
    };
    let port = match port.strip_prefix(':') {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(digits.parse().ok()?)
        }
        None if port.is_empty() => None,
        _ => return None,
    };
    Some((name.to_ascii_lowercase(), port))
}

/// Whether it is the own machine.
fn is_loopback(name: &str) -> bool {
    let address = name.trim_start_matches('[').trim_end_matches(']');
    let address = address.parse::<std::net::IpAddr>();
    name == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

impl OpenHost {
    /// Whether a request to the URL may go out.
    pub fn admits(&self, url: &str) -> bool {
        self.admits_scheme(url, ["https", "http"])
    }

    /// Whether a WebSocket to the URL may be opened: `wss` as `https`, `ws` as `http`.
    pub fn admits_socket(&self, url: &str) -> bool {
        self.admits_scheme(url, ["wss", "ws"])
    }

    /// A URL with anything unusual before its path is never open, so that nothing reads another
    /// host out of it.
    fn admits_scheme(&self, url: &str, [secure, plain]: [&str; 2]) -> bool {
        let Some((scheme, rest)) = url.split_once("://") else {
            return false;
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let Some((name, port)) = name_and_port(authority) else {
            return false;
        };
        let own = is_loopback(&name);
        let scheme_fits = match scheme.to_ascii_lowercase().as_str() {
            scheme if scheme == secure => true,
            scheme if scheme == plain => own,
            _ => false,
        };
        let name_fits = if self.below {
            let below = name.strip_suffix(&self.name);
            below.is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
        } else {
            name == self.name
        };
        let port_fits = port == self.port || own && self.port.is_none();
        scheme_fits && name_fits && port_fits
    }
}

/// Host (an IPv6 address in brackets) and port of a URL with a plain authority.
pub fn host_and_port(url: &str) -> Option<(String, Option<u16>)> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    name_and_port(rest.split(['/', '?', '#']).next().unwrap_or_default())
}

/// Whether the URL leads to the machine that wxsim runs on.
pub fn is_own_machine(url: &str) -> bool {
    host_and_port(url).is_some_and(|(name, _)| is_loopback(&name))
}

/// Opens hosts.
#[derive(Clone, Debug)]
pub struct OpenHosts(pub Vec<OpenHost>);

impl Sealed for OpenHosts {}
impl Change for OpenHosts {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.open_hosts.extend(self.0);
    }
}

impl World {
    /// Whether a request to the URL may really go out when no rule answers it.
    pub fn is_open(&self, url: &str) -> bool {
        self.open_hosts.iter().any(|host| host.admits(url))
    }

    /// Whether a WebSocket to the URL may really be opened when no rule answers it.
    pub fn is_open_to_sockets(&self, url: &str) -> bool {
        let mut hosts = self.open_hosts.iter();
        hosts.any(|host| host.admits_socket(url))
    }
}

#[cfg(test)]
mod tests {
    use super::OpenHost;

    fn admits(host: &str, url: &str) -> bool {
        host.parse::<OpenHost>().expect(host).admits(url)
    }

    #[test]
    fn a_domain_is_open_as_it_is_written() {
        for (host, url) in [
            ("api.example.com", "https://api.example.com"),
            ("api.example.com", "HTTPS://API.Example.com/a?b#c"),
            ("API.example.com", "https://api.example.com?b"),
            ("api.example.com:8443", "https://api.example.com:8443/a"),
            ("*.example.com", "https://api.example.com/"),
            ("*.example.com", "https://a.b.example.com/"),
            ("localhost", "http://localhost:8080/a"),
            ("localhost", "http://localhost"),
            ("127.0.0.1:8080", "http://127.0.0.1:8080/a"),
            ("[::1]", "http://[::1]:9/"),
        ] {
            assert!(admits(host, url), "{host} {url}");
        }
    }

    #[test]
    fn nothing_else_is_open() {
        for (host, url) in [
            ("api.example.com", "http://api.example.com/"),
            ("api.example.com", "wss://api.example.com/"),
            ("api.example.com", "https://api.example.com:443/"),
            ("api.example.com:8443", "https://api.example.com/"),
            ("api.example.com", "https://api.example.com./"),
            ("api.example.com", "https://evil.com/api.example.com"),
            ("api.example.com", "https://api.example.com@evil.com/"),
            ("api.example.com", "https://evil.com@api.example.com/"),
            ("api.example.com", "https://evil.com\\@api.example.com/"),
            ("api.example.com", "https://api.example.com\t/"),
            ("api.example.com", "https://api.example.com%2f@evil.com/"),
            ("api.example.com", "https://xapi.example.com/"),
            ("api.example.com", "api.example.com"),
            ("*.example.com", "https://example.com/"),
            ("*.example.com", "https://.example.com/"),
            ("*.example.com", "https://evilexample.com/"),
            ("localhost:8080", "http://localhost:8081/"),
            ("localhost", "http://localhost.evil.com/"),
            ("127.0.0.1", "http://127.0.0.1:x/"),
            ("127.0.0.1", "http://127.0.0.1:99999/"),
            ("[::1]", "http://[::1/"),
            ("[::1]", "http://[::2]/"),
        ] {
            assert!(!admits(host, url), "{host} {url}");
        }
    }

    #[test]
    fn sockets_are_open_where_requests_are() {
        let admits = |host: &str, url: &str| {
            let host: OpenHost = host.parse().expect(host);
            host.admits_socket(url)
        };
        assert!(admits("a.example", "wss://a.example/b"));
        assert!(admits("a.example:8443", "WSS://a.example:8443"));
        assert!(admits("localhost", "ws://localhost:9/"));
        for url in ["ws://a.example/", "https://a.example/", "wss://b.example/"] {
            assert!(!admits("a.example", url), "{url}");
        }
        assert!(!admits("localhost", "http://localhost/"));
    }

    #[test]
    fn what_is_no_host_says_why() {
        for text in [
            "",
            "https://a.example",
            "a.example/b",
            "a b",
            "*",
            "*.",
            "a.*.example",
            "a.example:",
            "a.example:http",
            "user@a.example",
            ".a",
            "[::1",
        ] {
            let error = text.parse::<OpenHost>().expect_err(text);
            assert!(
                error.to_string().contains("write api.example.com"),
                "{error}"
            );
        }
        for text in ["*.a.example:1", "[::1]:80", "localhost"] {
            let host: OpenHost = text.parse().expect(text);
            assert_eq!(host.to_string(), text);
        }
    }
}
