//! WeChat's server interfaces, as pure functions of the world: `api.weixin.qq.com` and WeChat Pay.
//!
//! [`answer`] takes a request as it came over HTTP and gives what goes back; no socket is opened here. An
//! interface is a row of the table of its group ([`routes`]) with a function of the world. The order of checks
//! is the same for all: path and verb, token, permission of the app, quota, body, parameters, whether what they
//! name exists, state.
//!
//! Official pages: "Server interfaces" (the whole chapter), "Global return codes", "Access token".

mod asked;
mod card;
mod endpoint;
pub mod errcode;
mod errmsg_style;
mod fault;
mod login;
mod multipart;
mod request;
mod response;
pub mod routes;
#[cfg(test)]
mod testing;
mod token;
mod token_api;
pub mod xml;

pub use endpoint::{Access, Endpoint, Verb};
pub use fault::Fault;
pub use request::Request;
pub use response::Response;
pub use routes::answer;
