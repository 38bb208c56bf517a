//! `encryptedData` and `iv` of a result.

use serde_json::{Map, Value as Json};

use super::Cx;
use crate::errmsg::Reason;
use crate::value::Value;
use crate::world::open_data::SealOpenData;

/// The two members, for the caller's server.
///
/// # Errors
/// No session is alive.
pub fn sealed(cx: &mut Cx<'_>, members: Map<String, Json>) -> Result<Vec<(String, Value)>, Reason> {
    let caller = cx.caller.clone();
    let sealed = cx.world.apply(SealOpenData { caller, members });
    let sealed = sealed.ok_or(Reason::LoginRequired)?;
    Ok(vec![
        ("encryptedData".to_owned(), sealed.data.into()),
        ("iv".to_owned(), sealed.iv.into()),
    ])
}
