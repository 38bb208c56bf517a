//! `GET /cgi-bin/getcallbackip`: the addresses from which the platform pushes.
//!
//! Official page: "Get addresses of the push servers" (`getCallbackIp`). The answer has no `errcode`.
//!
//! Differs from the platform: there is one address, the one of this machine.

use serde_json::json;

use super::OWN_ADDRESS;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("getCallbackIp", Verb::Get, "/cgi-bin/getcallbackip", handle);

#[expect(clippy::unnecessary_wraps, reason = "interfaces have this form")]
fn handle(_: &mut World, _: &Asked<'_>) -> Result<Answer, Fault> {
    Ok(Answer::Data(json!({ "ip_list": [OWN_ADDRESS] })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::Profile;
    use crate::server::testing::{Client, code};

    #[test]
    fn the_addresses_are_a_list_without_errcode() {
        let mut client = Client::new(Profile::default());
        let path = "/cgi-bin/getcallbackip";
        assert_eq!(client.read(path), json!({ "ip_list": ["127.0.0.1"] }));
        assert_eq!(code(&client.get(path)), 41001);
        let url = client.with_token(path);
        assert_eq!(code(&client.post(&url, "{}")), 43001);
    }
}
