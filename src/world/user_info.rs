//! What the platform tells of a user, by era.
//!
//! Official pages: `UserInfo`, `wx.getUserInfo`, `wx.getUserProfile`; announcements of 2021-02-24,
//! 2021-10 and 2022-10-25. Versions published after 2021-04-28 get an anonymous user from
//! `wx.getUserInfo`; since 2022-10-25 nobody gets another from either API.
//!
//! Unverified: from 2021-10-01 gender and places are empty and the language is `zh_CN`; the address of
//! the grey avatar.

use serde_json::{Map, Value as Json, json};

use super::place_name::{Language, PlaceName};
use super::scope::{Scope, Standing};
use super::user::User;
use super::{Caller, World};
use crate::profile::Date;

/// From this day gender and places are not told.
const PLACES_UNTOLD_FROM: Date = Date::new(2021, 10, 1);
/// After this day the profile is anonymous too.
const PROFILE_UNTIL: Date = Date::new(2022, 10, 25);
/// Nickname of an anonymous user.
pub const ANONYMOUS_NAME: &str = "微信用户";
/// Avatar of an anonymous user.
pub const ANONYMOUS_AVATAR: &str = "https://thirdwx.qlogo.cn/mmopen/vi_32/wxsim-grey-avatar/132";

/// Which API tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `wx.getUserInfo` and its button.
    UserInfo,
    /// `wx.getUserProfile`.
    Profile,
}

impl World {
    /// Whether the API tells of an anonymous user only.
    pub fn is_anonymous(&self, source: Source) -> bool {
        match source {
            Source::UserInfo => {
                let standing = self.scope_standing(&self.app.app_id, Scope::UserInfo);
                standing == Standing::Retired
            }
            Source::Profile => self.profile.compat_date > PROFILE_UNTIL,
        }
    }

    /// `userInfo`, its members in the order of `rawData`, its places in that language.
    pub fn user_info(&self, source: Source, language: Language) -> Map<String, Json> {
        let untold = self.profile.compat_date >= PLACES_UNTOLD_FROM;
        let user = if self.is_anonymous(source) {
            User {
                nickname: ANONYMOUS_NAME.to_owned(),
                avatar_url: ANONYMOUS_AVATAR.to_owned(),
                ..nowhere(self.user())
            }
        } else if untold {
            nowhere(self.user())
        } else {
            self.user().clone()
        };
        let members = [
            ("nickName", json!(user.nickname)),
            ("gender", json!(user.gender)),
            ("language", json!(user.language)),
            ("city", json!(user.city.told(language))),
            ("province", json!(user.province.told(language))),
            ("country", json!(user.country.told(language))),
            ("avatarUrl", json!(user.avatar_url)),
        ];
        members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }

    /// What is encrypted beside `userInfo`; only `wx.getUserInfo` tells who the user is.
    pub fn user_info_for_server(
        &self,
        caller: &Caller,
        source: Source,
        language: Language,
    ) -> Map<String, Json> {
        let info = self.user_info(source, language);
        if source == Source::Profile {
            return info;
        }
        let mut members = Map::new();
        members.insert("openId".to_owned(), self.open_id(caller).into());
        members.extend(info);
        if let Some(union_id) = self.union_id(caller) {
            members.insert("unionId".to_owned(), union_id.into());
        }
        members
    }
}

/// The user without gender and places.
fn nowhere(user: &User) -> User {
    User {
        gender: 0,
        country: PlaceName::default(),
        province: PlaceName::default(),
        city: PlaceName::default(),
        language: "zh_CN".to_owned(),
        ..user.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::{ANONYMOUS_NAME, Language, Source};
    use crate::profile::{Date, Profile};
    use crate::world::{AppFacts, World};

    fn on(day: Date, published: Date) -> World {
        let app = AppFacts {
            published,
            open_platform: Some("open".into()),
            ..AppFacts::default()
        };
        World::new(Profile::on(day), app, 1)
    }

    #[test]
    fn the_user_becomes_anonymous_step_by_step() {
        let old = Date::new(2018, 6, 4);
        let name = |day: Date, published: Date, source: Source| {
            on(day, published).user_info(source, Language::En)["nickName"].clone()
        };
        let known = "小明";
        assert_eq!(name(old, old, Source::UserInfo), known);
        let (new, later) = (Date::new(2021, 5, 1), Date::new(2021, 11, 1));
        assert_eq!(name(new, new, Source::UserInfo), ANONYMOUS_NAME);
        assert_eq!(name(new, old, Source::UserInfo), known, "an old version");
        assert_eq!(name(new, new, Source::Profile), known);
        let city =
            |day: Date, language| on(day, old).user_info(Source::Profile, language)["city"].clone();
        assert_eq!(city(new, Language::En), "Guangzhou");
        assert_eq!(city(new, Language::ZhTw), "廣州");
        assert_eq!(city(later, Language::ZhTw), "");
        let last = Date::new(2022, 10, 26);
        assert_eq!(name(last, old, Source::Profile), ANONYMOUS_NAME);
        assert_eq!(name(last, old, Source::UserInfo), ANONYMOUS_NAME);
    }

    #[test]
    fn the_members_are_in_the_order_of_raw_data() {
        let world = on(Date::new(2018, 6, 4), Date::new(2018, 6, 4));
        let info = world.user_info(Source::UserInfo, Language::En);
        let keys: Vec<&str> = info.keys().map(String::as_str).collect();
        let order = "nickName gender language city province country avatarUrl";
        assert_eq!(keys.join(" "), order);
        let caller = world.caller();
        let server = world.user_info_for_server(&caller, Source::UserInfo, Language::En);
        assert_eq!(server.keys().next().map(String::as_str), Some("openId"));
        let profile = world.user_info_for_server(&caller, Source::Profile, Language::En);
        assert!(!profile.contains_key("openId") && !profile.contains_key("unionId"));
    }
}
