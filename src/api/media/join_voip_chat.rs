//! `wx.joinVoIPChat`: joins a voice chat, or makes it.
//!
//! Official page: `api/media/voip/wx.joinVoIPChat`. Guarded by `scope.record`, a room with pictures by `scope.camera` too. Whoever
//! gives the same `groupId` at the same time is in the same room.
//!
//! Differs from the client: the others in a room come by steps; `signature` is not checked.
//! Unverified: a recording under way keeps the microphone; in the background it fails as when the user leaves meanwhile.

use crate::api::file_access::text;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{Reason, VoipProblem};
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;
use crate::world::voip::{JoinChat, Muted, VoiceChat};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "joinVoIPChat",
    group: Group::Media,
    summary: "Joins a voice chat, or makes it.",
    since: Version(2, 7, 0),
    params: &[
        Param::required("signature", Class::String),
        Param::required("nonceStr", Class::String),
        Param::required("timeStamp", Class::Number),
        Param::required("groupId", Class::String),
        Param::optional("roomType", Class::String),
        Param::optional("muteConfig", Class::Object),
        Param::since("forceCellularNetwork", Class::Boolean, Version(2, 29, 0)),
    ],
    guard: Guard::ScopeWith("scope.record", "scope.camera", ("roomType", "video")),
    privacy: Some(PrivacyItem::Microphone),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::SystemPermissionDenied,
        Reason::InvalidValue("roomType", String::new()),
        Reason::Voip(VoipProblem::Joined),
        Reason::Voip(VoipProblem::MicrophoneInUse),
        Reason::Voip(VoipProblem::Left),
    ],
    differs: "Nobody hears anybody: others join and speak by steps. The signature is not checked.",
    examples: &[Example {
        title: "Join",
        js: "wx.joinVoIPChat({ signature: 's', nonceStr: 'n', timeStamp: 1, groupId: 'g' })",
        replies: "joinVoIPChat:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let video = match text(options, "roomType") {
        "" | "voice" => false,
        "video" => true,
        other => return Err(Reason::InvalidValue("roomType", other.to_owned())),
    };
    let chat = JoinChat(VoiceChat {
        group_id: text(options, "groupId").to_owned(),
        video,
        muted: muted(options.get("muteConfig"), Muted::default()),
        others: Vec::new(),
    });
    cx.world.apply(chat).map_err(Reason::Voip)?;
    let own = cx.world.open_id(&cx.caller);
    Ok(vec![
        ("openIdList".to_owned(), Value::Array(vec![own.into()])),
        ("errCode".to_owned(), 0_u32.into()),
    ])
}

/// What `muteConfig` says; what it does not say stays.
pub(super) fn muted(config: &Value, before: Muted) -> Muted {
    let of = |key: &str, before: bool| config.get(key).as_bool().unwrap_or(before);
    Muted {
        microphone: of("muteMicrophone", before.microphone),
        earphone: of("muteEarphone", before.earphone),
    }
}

#[cfg(test)]
mod tests {
    use super::muted;
    use crate::value::Value;
    use crate::world::voip::Muted;

    #[test]
    fn what_is_not_said_stays_as_it_was() {
        let before = Muted {
            microphone: true,
            earphone: false,
        };
        let config = Value::object([("muteEarphone", true.into())]);
        let both = Muted {
            microphone: true,
            earphone: true,
        };
        assert_eq!(muted(&config, before), both);
        assert_eq!(muted(&Value::Undefined, before), before);
    }
}
