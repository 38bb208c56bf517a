//! What is printed when the server is ready.

use std::net::SocketAddr;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::net::certificate::NAMES;
use crate::serve::CONTROL;

/// Whom the world knows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Facts {
    pub(super) apps: Vec<Json>,
    pub(super) users: Vec<Json>,
    pub(super) merchants: Vec<Json>,
}

/// What is printed when the server is ready.
pub(super) struct Started<'a> {
    pub(super) address: SocketAddr,
    pub(super) token: &'a str,
    pub(super) facts: &'a Facts,
    pub(super) authority: Option<&'a Path>,
}

impl Started<'_> {
    fn url(&self) -> String {
        let scheme = if self.authority.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}", self.address)
    }

    /// The first line, for a machine.
    pub(super) fn json(&self) -> String {
        let first = json!({
            "url": self.url(),
            "control_token": self.token,
            "apps": self.facts.apps,
            "users": self.facts.users,
            "merchants": self.facts.merchants,
            "ca": self.authority,
        });
        format!("{first}\n")
    }

    /// The same for a person.
    pub(super) fn text(&self) -> String {
        let (url, token) = (self.url(), self.token);
        let Facts {
            apps,
            users,
            merchants,
        } = self.facts;
        let text = |json: &Json, key: &str| json[key].as_str().unwrap_or_default().to_owned();
        let apps = apps.iter().map(|app| {
            format!(
                "  appid {}  secret {}  {}\n",
                text(app, "appid"),
                text(app, "secret"),
                text(app, "name")
            )
        });
        let users = users
            .iter()
            .take(10)
            .map(|user| format!("  {}  {}\n", text(user, "name"), user["openid"]));
        let merchants = merchants.iter().map(|it| {
            format!(
                "  mch_id {}  key {}  v3 key {}\n",
                text(it, "mch_id"),
                text(it, "key"),
                text(it, "v3_key")
            )
        });
        let (apps, users, merchants): (String, String, String) =
            (apps.collect(), users.collect(), merchants.collect());
        let trust = self.authority.map_or_else(String::new, |path| {
            let path = path.display();
            let names = NAMES.join(" ");
            format!(
                "\nHTTPS: let clients trust {path} (NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, SSL_CERT_FILE)\n\
                 and lead these names to {}: {names}\n",
                self.address.ip()
            )
        });
        format!(
            "wxsim serve at {url}\n{apps}{merchants}users\n{users}\
             control  {url}{CONTROL}#token={token}\n  Authorization: Bearer {token}\n\
             \nPoint an SDK at it:\n\
             \x20 co-wechat-api     api.prefix = '{url}/cgi-bin/'; api.snsPrefix = '{url}/sns/'; api.wxaPrefix = '{url}/wxa/'\n\
             \x20 node-easywechat   {{ http: {{ baseURL: '{url}/' }} }}\n\
             \x20 wechatpy          mount an adapter on client._http that sends https://api.weixin.qq.com to {url}\n\
             \x20 wechat-mp-sdk     WechatMp::builder().base_url(\"{url}\")\n\
             \x20 WxJava            config.setApiHostUrl(\"{url}\")\n\
             \x20 tenpay            replace https://api.mch.weixin.qq.com in pay.urls by {url}\n\
             docs/serve.md has whole examples.\n{trust}\nCtrl-C ends it.\n\n"
        )
    }
}
