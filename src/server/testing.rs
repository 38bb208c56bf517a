//! A client of the server, for tests of interfaces.

use serde_json::Value as Json;

use super::request::Request;
use super::response::Response;
use super::routes::answer;
use crate::profile::Profile;
use crate::world::open_api::access_token::MintAccessToken;
use crate::world::session::{MintLoginCode, RedeemLoginCode, SessionKey};
use crate::world::{AdvanceTo, AppFacts, World};

/// The appid of the program in tests.
pub(crate) const APP: &str = "wx1111111111111111";

/// A world and a server over it.
pub(crate) struct Client {
    pub(crate) world: World,
}

impl Client {
    /// One user, one program with two pages.
    pub(crate) fn new(profile: Profile) -> Self {
        Self::of(
            profile,
            AppFacts {
                app_id: APP.into(),
                pages: vec!["pages/index/index".into(), "pages/goods/goods".into()],
                ..AppFacts::default()
            },
        )
    }

    /// One user, this program.
    pub(crate) fn of(profile: Profile, app: AppFacts) -> Self {
        let mut world = World::new(profile, app, 1);
        let day = world.profile().compat_date.midnight_unix_ms();
        world.apply(AdvanceTo(crate::world::Millis(day)));
        Self { world }
    }

    /// What a request gets.
    pub(crate) fn send(&mut self, request: &Request) -> Response {
        answer(&mut self.world, request)
    }

    /// What a `GET` gets.
    pub(crate) fn get(&mut self, url: &str) -> Response {
        self.send(&Request::get(url))
    }

    /// What a `POST` gets.
    pub(crate) fn post(&mut self, url: &str, body: impl Into<Vec<u8>>) -> Response {
        self.send(&Request::post(url, body))
    }

    /// A URL with a good token of the program.
    pub(crate) fn with_token(&mut self, url: &str) -> String {
        self.with_token_of(APP, url)
    }

    /// A URL with a good token of an app.
    pub(crate) fn with_token_of(&mut self, app_id: &str, url: &str) -> String {
        let app_id = app_id.to_owned();
        let token = self.world.apply(MintAccessToken(app_id)).text;
        let mark = if url.contains('?') { '&' } else { '?' };
        format!("{url}{mark}access_token={token}")
    }

    /// What a `POST` of JSON with a good token gets, as JSON.
    pub(crate) fn call(&mut self, url: &str, body: &Json) -> Json {
        let url = self.with_token(url);
        self.post(&url, body.to_string()).body_json()
    }

    /// What a `GET` with a good token gets, as JSON.
    pub(crate) fn read(&mut self, url: &str) -> Json {
        let url = self.with_token(url);
        self.get(&url).body_json()
    }

    /// Time passes.
    pub(crate) fn wait(&mut self, ms: i64) {
        let then = self.world.now().plus(ms);
        self.world.apply(AdvanceTo(then));
    }

    /// The user who holds the phone logs in; the key that the server gets.
    pub(crate) fn log_in(&mut self) -> SessionKey {
        let caller = self.world.caller();
        let code = self.world.apply(MintLoginCode(caller));
        let redeem = RedeemLoginCode {
            app_id: APP.to_owned(),
            code: code.as_str().to_owned(),
        };
        self.world.apply(redeem).expect("a new code").session_key
    }

    /// The openid of the user who holds the phone.
    pub(crate) fn open_id(&self) -> String {
        self.world.open_id(&self.world.caller())
    }
}

/// An upload of one file as a part of a name; the boundary is `x`.
pub(crate) fn upload(url: &str, part: &str, file_name: &str, bytes: &[u8]) -> Request {
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{file_name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
    Request::post(url, body).with_header("content-type", "multipart/form-data; boundary=x")
}

/// The `errcode` of a response; 0 without one.
pub(crate) fn code(response: &Response) -> i64 {
    code_of(&response.body_json())
}

/// The `errcode` of an answer; 0 without one.
pub(crate) fn code_of(json: &Json) -> i64 {
    json.get("errcode")
        .and_then(Json::as_i64)
        .unwrap_or_default()
}
