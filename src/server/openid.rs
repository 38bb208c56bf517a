//! Whom an `openid` in a request means.
//!
//! Official page: "Global return codes".

use super::errcode;
use super::fault::Fault;
use crate::world::{Caller, World};

/// The user who has the `openid` in the app.
///
/// # Errors
/// 40003 when nobody has it anywhere, 43104 when it is one of another app that is registered.
pub(super) fn user(world: &World, app_id: &str, open_id: &str) -> Result<Caller, Fault> {
    if let Some(caller) = world.caller_of(app_id, open_id) {
        return Ok(caller);
    }
    match world.app_of_open_id(open_id) {
        Some(other) => {
            let why = format!("the openid is one of {other}, the access_token is of {app_id}");
            Err(errcode::OPENID_OF_OTHER_APP.because(why))
        }
        None if open_id.is_empty() => Err(errcode::INVALID_OPENID.because("there is no openid")),
        None => Err(errcode::INVALID_OPENID
            .because("no user has this openid; it comes from code2Session and differs by app")),
    }
}

#[cfg(test)]
mod tests {
    use super::user;
    use crate::profile::Profile;
    use crate::server::testing::{APP, Client};
    use crate::world::Caller;
    use crate::world::registry::{Register, Registered};

    #[test]
    fn an_openid_of_another_app_is_told_from_one_of_nobody() {
        let mut client = Client::new(Profile::default());
        let other = Registered {
            app_id: "wx2222222222222222".into(),
            ..Registered::default()
        };
        assert_eq!(client.world.apply(Register(other)), Ok(()));
        let world = &client.world;
        let code = |app_id: &str, user_id: &str| {
            let open_id = world.open_id(&Caller::new(app_id, user_id));
            user(world, APP, &open_id).map_or_else(|fault| fault.errcode, |_| 0)
        };
        assert_eq!(user(world, APP, &client.open_id()), Ok(world.caller()));
        assert_eq!(code("wx2222222222222222", "user"), 43104);
        assert_eq!(code("wx3", "user"), 40003, "of an app that is not there");
        assert_eq!(code(APP, "nobody"), 40003);
        assert_eq!(user(world, APP, "").map_err(|it| it.errcode), Err(40003));
    }
}
