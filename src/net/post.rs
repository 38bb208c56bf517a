//! What goes out to developers' servers: message push and payment notifications.

use std::sync::OnceLock;
use std::time::Duration;

use ureq::http::{HeaderName, HeaderValue, Request};
use ureq::{Agent, Error};

use super::agent;
use super::listener::Post;
use crate::world::open_api::delivery::Outcome;

/// How long a developer's server may take, in seconds (official page: "Message push").
const ANSWER_S: u64 = 5;
/// Longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: u64 = 1 << 20;

/// Sends bodies, each over a connection of its own.
#[derive(Debug, Default)]
pub struct Poster {
    agent: OnceLock<Agent>,
}

impl Poster {
    /// Sends a body, or asks without one, and waits for the answer.
    pub fn send(&self, post: &Post) -> Outcome {
        let agent = self.agent.get_or_init(|| agent(None));
        match answered(agent, post) {
            Ok(outcome) => outcome,
            Err(error) => Outcome::Failed(error.to_string()),
        }
    }
}

fn answered(agent: &Agent, post: &Post) -> Result<Outcome, Error> {
    let method = if post.body.is_empty() { "GET" } else { "POST" };
    let mut builder = Request::builder().method(method).uri(&post.url);
    for (name, value) in &post.headers {
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            builder = builder.header(name, value);
        }
    }
    let timeout = Some(Duration::from_secs(ANSWER_S));
    let mut response = if post.body.is_empty() {
        let request = agent.configure_request(builder.body(())?);
        agent.run(request.timeout_global(timeout).build())?
    } else {
        let request = agent.configure_request(builder.body(post.body.clone())?);
        agent.run(request.timeout_global(timeout).build())?
    };
    let body = response
        .body_mut()
        .with_config()
        .limit(ANSWER_BYTES_MAX)
        .read_to_vec()?;
    Ok(Outcome::Answered {
        status: response.status().as_u16(),
        body,
    })
}
