//! `POST /cgi-bin/callback/check`: whether the host to which messages are pushed can be found and reached.
//!
//! Official page: "Network communication detection" (`callbackCheck`). The answer has no `errcode`; of `dns` and
//! `ping` comes what was asked for.
//!
//! Unverified: parameters are looked at before the URL.
//!
//! Differs from the platform: nothing goes over the network. A host that is an address has that one, one on this
//! machine 127.0.0.1, and another one of a range that belongs to nobody; all of them answer at once.

use serde_json::{Map, json};

use super::OWN_ADDRESS;
use crate::crypto::digest;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "callbackCheck",
    Verb::Post,
    "/cgi-bin/callback/check",
    handle,
);

/// From where it can be looked: telecom, the other carrier, the platform itself.
const OPERATORS: [&str; 3] = ["CHINANET", "UNICOM", "CAP"];
/// The operator who fits the address.
const ANY_OPERATOR: &str = "DEFAULT";

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let (action, operator) = (asked.text("action")?, asked.text("check_operator")?);
    let (resolves, pings) = match action.as_str() {
        "dns" => (true, false),
        "ping" => (false, true),
        "all" => (true, true),
        _ => return Err(errcode::INVALID_ACTION.because("`action` is dns, ping or all")),
    };
    if operator != ANY_OPERATOR && !OPERATORS.contains(&operator.as_str()) {
        let why = "`check_operator` is CHINANET, UNICOM, CAP or DEFAULT";
        return Err(errcode::INVALID_CHECK_OPERATOR.because(why));
    }
    let host = world
        .push_settings(&asked.app_id)
        .and_then(|it| host_of(&it.url));
    let host = host.ok_or_else(|| {
        errcode::CALLBACK_URL_MISSING.because("the app has no URL for pushed messages")
    })?;
    let found = Found::of(host);
    let mut told = Map::new();
    if resolves {
        let dns = json!([{ "ip": found.ip, "real_operator": found.operator }]);
        told.insert("dns".to_owned(), dns);
    }
    if pings {
        let from = match operator.as_str() {
            ANY_OPERATOR => found.operator,
            other => other,
        };
        let ping = json!([{
            "ip": found.ip,
            "from_operator": from,
            "package_loss": "0%",
            "time": format!("{}.{:03}ms", found.microseconds / 1_000, found.microseconds % 1_000),
        }]);
        told.insert("ping".to_owned(), ping);
    }
    Ok(Answer::Data(told.into()))
}

/// The host of a URL, without port and what is before it.
fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    (!host.is_empty()).then_some(host)
}

/// What is found out about a host.
struct Found {
    ip: String,
    operator: &'static str,
    /// Time of a ping.
    microseconds: u32,
}

impl Found {
    fn of(host: &str) -> Self {
        let digits = digest::sha256(host.as_bytes());
        let number = |at: usize| {
            let part = digits.get(at..at + 4).unwrap_or_default();
            u32::from_str_radix(part, 16).unwrap_or_default()
        };
        let is_address = host.parse::<std::net::IpAddr>().is_ok();
        let ip = match host {
            address if is_address => address.to_owned(),
            "localhost" => OWN_ADDRESS.to_owned(),
            _ => format!("203.0.113.{}", 1 + number(0) % 254),
        };
        let operator = OPERATORS.get(number(4) as usize % 2);
        Self {
            ip,
            operator: operator.copied().unwrap_or(OPERATORS[0]),
            microseconds: 20_000 + number(8) % 10_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::Profile;
    use crate::server::testing::{APP, Client, code_of};
    use crate::world::open_api::push::{PushSettings, SetPush};

    fn check(client: &mut Client, action: &str, operator: &str) -> Json {
        let body = json!({ "action": action, "check_operator": operator });
        client.call("/cgi-bin/callback/check", &body)
    }

    fn client(url: &str) -> Client {
        let mut client = Client::new(Profile::default());
        let settings = PushSettings {
            url: url.into(),
            ..PushSettings::default()
        };
        client.world.apply(SetPush(APP.into(), settings));
        client
    }

    #[test]
    fn what_was_asked_for_comes_without_errcode() {
        let mut client = client("https://user@shop.example.com:8443/push?a=1");
        let all = check(&mut client, "all", "DEFAULT");
        let names: Vec<&String> = all.as_object().expect("an object").keys().collect();
        assert_eq!(names, ["dns", "ping"]);
        let found = &all["dns"][0];
        assert!(
            found["ip"]
                .as_str()
                .is_some_and(|it| it.starts_with("203.0.113."))
        );
        let ping = &all["ping"][0];
        assert_eq!(ping["ip"], found["ip"]);
        assert_eq!(ping["from_operator"], found["real_operator"]);
        assert_eq!(ping["package_loss"], "0%");
        let time = ping["time"].as_str().and_then(|it| it.strip_suffix("ms"));
        assert!(time.is_some_and(|it| it.len() == 6 && it.parse::<f64>().is_ok()));
        assert_eq!(
            check(&mut client, "dns", "CAP"),
            json!({ "dns": all["dns"] })
        );
        let ping = check(&mut client, "ping", "CAP");
        assert_eq!(ping["ping"][0]["from_operator"], "CAP");
        assert_eq!(ping.get("dns"), None);
    }

    #[test]
    fn an_address_is_its_own_and_this_machine_has_one() {
        for (url, ip) in [
            ("http://localhost:8080", "127.0.0.1"),
            ("http://127.0.0.1:8080/", "127.0.0.1"),
            ("http://[::1]:8080/", "::1"),
            ("http://10.0.0.7?a=://b", "10.0.0.7"),
        ] {
            let told = check(&mut client(url), "dns", "DEFAULT");
            assert_eq!(told["dns"][0]["ip"], ip, "{url}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        let mut client = client("http://localhost/");
        for (action, operator, expected) in [
            ("", "DEFAULT", 40202),
            ("DNS", "DEFAULT", 40202),
            ("dns", "", 40203),
            ("dns", "MOBILE", 40203),
        ] {
            let answer = check(&mut client, action, operator);
            assert_eq!(code_of(&answer), expected, "{action} {operator}");
        }
        for url in ["", "localhost", "http://", "http:///x"] {
            let settings = PushSettings {
                url: url.into(),
                ..PushSettings::default()
            };
            client.world.apply(SetPush(APP.into(), settings));
            assert_eq!(code_of(&check(&mut client, "all", "CAP")), 40201, "{url}");
        }
    }
}
