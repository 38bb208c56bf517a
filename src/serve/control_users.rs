//! What users do, as calls of the control interface.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::control::{Told, body, caller};
use crate::crypto::signature;
use crate::server::Request;
use crate::world::conversation::{Card, Content, EnterConversation, Say};
use crate::world::message::permission::{AnswerSubscription, Choice};
use crate::world::message::ticket::RequestFormId;
use crate::world::open_data::SealOpenData;
use crate::world::phone_number::MintPhoneCode;
use crate::world::place_name::Language;
use crate::world::session::{ExpireSession, MintLoginCode, SessionState};
use crate::world::user::{AddUser, SwitchUser, User};
use crate::world::user_info::Source;
use crate::world::{Caller, World};

/// How many users there may be.
const USERS_MAX: usize = 10_000;
/// Longest id of a user, in characters.
const ID_CHARS_MAX: usize = 64;

/// Whom a call is about.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Whom {
    appid: Option<String>,
    user: Option<String>,
}

fn whom(world: &World, request: &Request) -> Result<Caller, String> {
    let whom: Whom = body(request)?;
    caller(world, whom.appid.as_deref(), whom.user.as_deref())
}

/// Name, `unionid` and openids of a user, as `--json` tells them too.
pub(super) fn told(world: &World, user: &User) -> Json {
    let mut apps = vec![world.app().app_id.clone()];
    apps.extend(world.other_apps().iter().map(|app| app.app_id.clone()));
    let ids = apps.into_iter().map(|app_id| {
        let open_id = world.open_id(&Caller::new(app_id.as_str(), user.id.as_str()));
        (app_id, Json::from(open_id))
    });
    json!({
        "name": user.id,
        "nickname": user.nickname,
        "openid": ids.collect::<serde_json::Map<_, _>>(),
    })
}

/// `{"name": "li", "nickname": "…"}`: a new user, or new facts of one.
pub(super) fn add(world: &mut World, request: &Request) -> Told {
    let mut facts: Json = body(request)?;
    let members = facts.as_object_mut().ok_or("the body is a JSON object")?;
    let name = members
        .shift_remove("name")
        .or_else(|| members.shift_remove("id"));
    let id = match name {
        None => format!("user{}", world.users().len() + 1),
        Some(Json::String(id)) if !id.is_empty() && id.chars().count() <= ID_CHARS_MAX => id,
        Some(_) => {
            return Err(format!(
                "`name` is a text of 1 to {ID_CHARS_MAX} characters"
            ));
        }
    };
    if world.user_of(&id).is_none() && world.users().len() >= USERS_MAX {
        return Err(format!("there are {USERS_MAX} users already"));
    }
    let known = json!(world.user_of(&id).cloned().unwrap_or_default());
    let mut whole = known.clone();
    for (key, value) in std::mem::take(members) {
        if known.get(&key).is_none() {
            let known: Vec<&str> = known
                .as_object()
                .into_iter()
                .flat_map(|it| it.keys().map(String::as_str))
                .collect();
            return Err(format!(
                "a user has no `{key}`; there are name, {}",
                known.join(", ")
            ));
        }
        whole[key] = value;
    }
    whole["id"] = id.into();
    let user: User = serde_json::from_value(whole).map_err(|error| error.to_string())?;
    world.apply(AddUser(user.clone()));
    Ok(told(world, &user))
}

/// Every user.
pub(super) fn all(world: &World) -> Json {
    let users = world.users().iter();
    users.map(|user| told(world, user)).collect()
}

/// The sessions of users who logged in: whether each is alive, with which key data are encrypted now, and which key
/// the app's server got last.
pub(super) fn sessions(world: &World) -> Json {
    let own = std::iter::once(world.app().app_id.as_str());
    let apps = own.chain(world.other_apps().iter().map(|app| app.app_id.as_str()));
    let callers = apps.flat_map(|app_id| {
        let users = world.users().iter();
        users.map(move |user| Caller::new(app_id, user.id.as_str()))
    });
    let told = callers.filter_map(|caller| session(world, &caller));
    told.collect()
}

/// The session of a user in an app; `None` before the first login.
fn session(world: &World, caller: &Caller) -> Option<Json> {
    let state = match world.session_state(caller) {
        SessionState::Absent => return None,
        SessionState::Alive => "alive",
        SessionState::Expired => "expired",
    };
    Some(json!({
        "appid": caller.app_id(),
        "user": caller.user_id(),
        "openid": world.open_id(caller),
        "state": state,
        "used": world.session_used(caller),
        "session_key": world.session_key(caller).map(|key| &key.base64),
        "server_key": world.server_key(caller).map(|key| &key.base64),
    }))
}

/// `{"appid", "user"}`: the platform ends the session, so that what was encrypted for it cannot be read any more.
pub(super) fn expire_session(world: &mut World, request: &Request) -> Told {
    let caller = whom(world, request)?;
    if world.session_state(&caller) != SessionState::Alive {
        return Err("the user has no living session in the app; POST login first".to_owned());
    }
    world.apply(ExpireSession(caller.clone()));
    Ok(session(world, &caller).unwrap_or_default())
}

/// `{"appid", "user"}`: `wx.login` of that user, whose code the app's server exchanges.
pub(super) fn login(world: &mut World, request: &Request) -> Told {
    let caller = whom(world, request)?;
    let code = world.apply(MintLoginCode(caller));
    Ok(json!({ "code": code.as_str() }))
}

/// `{"appid", "user"}`: the user taps the button for the phone number and agrees.
pub(super) fn phone_code(world: &mut World, request: &Request) -> Told {
    let caller = whom(world, request)?;
    if !world.has_phone_quota() {
        return Err(
            "the quota of the app for phone numbers is used up: the client fails with 1400001"
                .to_owned(),
        );
    }
    Ok(json!({ "code": world.apply(MintPhoneCode(caller)) }))
}

/// `{"appid", "user"}`: what `wx.getUserInfo` with credentials hands to the program.
pub(super) fn user_info(world: &mut World, request: &Request) -> Told {
    let caller = whom(world, request)?;
    if world.session_state(&caller) != SessionState::Alive {
        return Err("the user has no living session in the app; POST login first".to_owned());
    }
    let holder = world.user().id.clone();
    world
        .apply(SwitchUser(caller.user_id().to_owned()))
        .map_err(|error| error.to_string())?;
    let language = Language::default();
    let info = world.user_info(Source::UserInfo, language);
    let members = world.user_info_for_server(&caller, Source::UserInfo, language);
    // The one who held the phone is still there.
    let _ = world.apply(SwitchUser(holder));
    let raw_data = Json::Object(info.clone()).to_string();
    let key = world
        .session_key(&caller)
        .map(|key| key.base64.clone())
        .unwrap_or_default();
    let signature = signature::of_raw_data(&raw_data, &key);
    let sealed = world.apply(SealOpenData { caller, members });
    let sealed = sealed.ok_or("the session ended")?;
    Ok(json!({
        "userInfo": info,
        "rawData": raw_data,
        "signature": signature,
        "encryptedData": sealed.data,
        "iv": sealed.iv,
    }))
}

/// `{"appid", "user", "templates": ["…"], "answer": "accept"}`: the user answers `wx.requestSubscribeMessage`.
pub(super) fn subscribe(world: &mut World, request: &Request) -> Told {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        appid: Option<String>,
        user: Option<String>,
        templates: Vec<String>,
        answer: Option<String>,
    }
    let body: Body = body(request)?;
    let caller = caller(world, body.appid.as_deref(), body.user.as_deref())?;
    let choice = match body.answer.as_deref() {
        None | Some("accept") => Choice::Accept,
        Some("reject") => Choice::Reject,
        Some(other) => return Err(format!("`answer` is accept or reject, not {other}")),
    };
    let choices = body.templates.into_iter().map(|id| (id, choice)).collect();
    world.apply(AnswerSubscription {
        caller,
        choices,
        keep: false,
    });
    Ok(json!({}))
}

/// `{"appid", "user"}`: the user submits a form with `report-submit`.
pub(super) fn form_id(world: &mut World, request: &Request) -> Told {
    let caller = whom(world, request)?;
    let given = world.apply(RequestFormId {
        caller,
        timeout_ms: 0,
    });
    Ok(json!({ "formId": given.text }))
}

/// `{"appid", "user", "text": "…"}`, or `image` with a `media_id`, or `page` with a `title`: the user says
/// something to the customer service.
pub(super) fn say(world: &mut World, request: &Request) -> Told {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        appid: Option<String>,
        user: Option<String>,
        text: Option<String>,
        image: Option<String>,
        page: Option<String>,
        title: Option<String>,
    }
    let body: Body = body(request)?;
    let caller = caller(world, body.appid.as_deref(), body.user.as_deref())?;
    let content = match body {
        Body {
            text: Some(text), ..
        } => Content::Text(text),
        Body {
            image: Some(id), ..
        } => Content::Image(id),
        Body {
            page: Some(page),
            title,
            ..
        } => Content::Card(Card {
            title: title.unwrap_or_default(),
            page,
            image: String::new(),
        }),
        _ => return Err("give `text`, `image` (a media_id) or `page`".to_owned()),
    };
    world.apply(Say(caller, content));
    Ok(json!({}))
}

/// `{"appid", "user", "sessionFrom": "…"}`: the user opens the customer service by a button.
pub(super) fn enter_service(world: &mut World, request: &Request) -> Told {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Body {
        appid: Option<String>,
        user: Option<String>,
        session_from: Option<String>,
    }
    let body: Body = body(request)?;
    let caller = caller(world, body.appid.as_deref(), body.user.as_deref())?;
    world.apply(EnterConversation {
        caller,
        session_from: body.session_from.unwrap_or_default(),
        offer: None,
    });
    Ok(json!({}))
}
