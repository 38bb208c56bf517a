//! WeChat's server interfaces, as pure functions of the world: `api.weixin.qq.com` and WeChat Pay.
//!
//! [`answer`] takes a request as it came over HTTP and gives what goes back; no socket is opened here. An
//! interface is a row of the table of its group ([`routes`]) with a function of the world. The order of checks
//! is the same for all: path and verb, token, permission of the app, quota, body, parameters, whether what they
//! name exists, state.
//!
//! Official pages: "Server interfaces" (the whole chapter), "Global return codes", "Access token".

pub mod asked;
mod card;
mod code;
mod endpoint;
pub mod errcode;
mod errmsg_style;
mod fault;
mod login;
mod media;
mod message_body;
#[cfg(test)]
mod message_fuzz_tests;
mod multipart;
mod nearby;
mod openid;
mod pay;
#[cfg(test)]
mod property_tests;
mod quota;
pub mod request;
mod response;
pub mod routes;
mod security;
mod service;
mod soter;
mod subscribe;
mod template;
#[cfg(test)]
mod testing;
mod token;
mod token_api;
mod user;
pub mod xml;

pub use code::picture_of_code;
pub use endpoint::{Access, Answer, Endpoint, Handle, Verb};
pub use fault::Fault;
pub use pay::{PayInterface, pay_interfaces};
pub use request::Request;
pub use response::Response;
pub use routes::answer;
