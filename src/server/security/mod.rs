//! Content security: what users write and upload, checked before others see it.

#[cfg(test)]
mod any_body_tests;
mod img_sec_check;
mod media_check_async;
mod msg_sec_check;
mod picture;

use super::asked::Asked;
use super::endpoint::Endpoint;
use super::errcode;
use super::fault::Fault;
use crate::profile::Date;
use crate::world::{Caller, World};

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[
    img_sec_check::ENDPOINT,
    msg_sec_check::ENDPOINT,
    media_check_async::ENDPOINT,
];

/// From this day version 2 exists: that of the earliest answer of it that was published.
const V2_FROM: Date = Date::new(2021, 5, 26);
/// How long ago a user may have been active, in milliseconds.
const ACTIVE_WITHIN_MS: i64 = 2 * 3_600_000;

/// Whether the request is of version 2. Before that existed the member meant nothing.
fn is_v2(world: &World, asked: &Asked<'_>) -> Result<bool, Fault> {
    let says_so = asked.text("version")? == "2";
    Ok(says_so && world.profile().compat_date >= V2_FROM)
}

/// A member that must be there.
fn required(asked: &Asked<'_>, name: &str) -> Result<String, Fault> {
    let text = asked.text(name)?;
    if text.is_empty() {
        return Err(errcode::DATA_FORMAT.because(format!("`{name}` is missing")));
    }
    Ok(text)
}

/// `scene` of version 2, 1 to 4.
fn scene(asked: &Asked<'_>) -> Result<i64, Fault> {
    let scene = required(asked, "scene")?;
    let known = scene.parse().ok().filter(|scene| (1..=4).contains(scene));
    known.ok_or_else(|| {
        errcode::INVALID_SCENE
            .because("`scene` is 1 (profile), 2 (comment), 3 (forum) or 4 (social log)")
    })
}

/// Checks that `openid` is that of a user who was active lately.
fn check_user(world: &World, app_id: &str, open_id: &str) -> Result<(), Fault> {
    let callers = |app_id: &str| {
        let users = world.users().iter();
        let callers: Vec<Caller> = users.map(|user| Caller::new(app_id, &*user.id)).collect();
        callers
    };
    let is_it = |caller: &Caller| world.open_id(caller) == open_id;
    let Some(caller) = callers(app_id).into_iter().find(is_it) else {
        let mut others = world.other_apps().iter().map(|it| it.app_id.as_str());
        let running = world.app().app_id.as_str();
        let is_other = is_known(&callers(running), is_it)
            || others.any(|other| is_known(&callers(other), is_it));
        let code = if is_other {
            errcode::OPENID_OF_OTHER_APP
        } else {
            errcode::INVALID_OPENID
        };
        return Err(code.into());
    };
    let last = world.last_active(&caller);
    if last.is_none_or(|last| world.now().since(last) > ACTIVE_WITHIN_MS) {
        return Err(errcode::USER_NOT_ACTIVE
            .because("the user neither opened the program nor logged in within two hours"));
    }
    Ok(())
}

fn is_known(callers: &[Caller], is_it: impl Fn(&Caller) -> bool) -> bool {
    callers.iter().any(is_it)
}
