//! `encryptedData`, `iv` and, with cloud development, `cloudID` of a result.

use serde_json::{Map, Value as Json};

use super::Cx;
use crate::errmsg::Reason;
use crate::value::Value;
use crate::world::cloud_id::GiveCloudId;
use crate::world::open_data::SealOpenData;

/// The members, for the caller's server and cloud functions.
///
/// # Errors
/// No session is alive.
pub fn sealed(cx: &mut Cx<'_>, members: Map<String, Json>) -> Result<Vec<(String, Value)>, Reason> {
    let caller = cx.caller.clone();
    let sealed = cx.world.apply(SealOpenData {
        caller: caller.clone(),
        members: members.clone(),
    });
    let sealed = sealed.ok_or(Reason::LoginRequired)?;
    let mut result = vec![
        ("encryptedData".to_owned(), sealed.data.into()),
        ("iv".to_owned(), sealed.iv.into()),
    ];
    let id = cx.world.apply(GiveCloudId { caller, members });
    result.extend(id.map(|id| ("cloudID".to_owned(), id.into())));
    Ok(result)
}
