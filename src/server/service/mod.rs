//! Customer service: messages to users who spoke or entered, and the sign that somebody types.
//!
//! Official pages: "Customer service messages" (the chapter of the server interfaces).
//!
//! Differs from the platform: the world holds conversations with mini programs alone, so tokens of official accounts
//! and mobile apps are refused.

mod business_typing;
mod media;
mod send;
mod typing;

use super::endpoint::Endpoint;
use crate::world::World;
use crate::world::registry::Kind;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] =
    &[send::ENDPOINT, typing::ENDPOINT, business_typing::ENDPOINT];

/// Whether an app is a mini program.
fn is_mini_program(world: &World, app_id: &str) -> bool {
    let registered = world.registered(app_id);
    registered.is_some_and(|it| it.kind == Kind::MiniProgram)
}
