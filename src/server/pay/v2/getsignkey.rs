//! `/sandboxnew/pay/getsignkey`: the key of the sandbox.
//!
//! Official page of WeChat Pay: "Sandbox" (v2). The request is signed with the merchant's key; the key that comes
//! back signs everything else under `/sandboxnew`, always the same.

use super::Interface;
use super::asked::{Asked, Field, sandbox_key};
use super::refusal::Refusal;
use crate::world::World;
use crate::world::pay::fields::Fields;

pub(super) const INTERFACE: Interface = Interface {
    path: "/sandboxnew/pay/getsignkey",
    fields: &[Field::needed("mch_id", 32), Field::needed("nonce_str", 32)],
    handle,
};

#[expect(clippy::unnecessary_wraps, reason = "the form of all interfaces")]
fn handle(world: &mut World, asked: &Asked) -> Result<Fields, Refusal> {
    let mut fields = Fields::new();
    fields.text("sandbox_signkey", &sandbox_key(world, &asked.mch_id));
    Ok(fields)
}
