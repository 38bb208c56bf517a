//! `wx.requestSubscribeMessage`: asks the user for messages of the program's server.
//!
//! Official page: `wx.requestSubscribeMessage`. It succeeds whatever the user decides: each template has its own
//! word. `accept` of a one-time template lets the server send one message; a choice that the user keeps
//! ("always") answers later calls without a dialog. Only a tap, or the end of a payment, may lead here since
//! base library 2.8.2. Base libraries before 2.8.4, and clients up to 7.0.5 (iOS) and 7.0.6 (Android), take one
//! template. Closing the sheet is `fail cancel`, as published programs see it.
//!
//! Unverified: from base library 2.30.0 on five templates are taken instead of three (the page of 2.29 says three,
//! that of today five); the order of the checks.

use crate::api::{Api, Asked, Behaviour, Cx, message_choice};
use crate::errmsg::{MessageProblem, Reason};
use crate::profile::{Platform, Profile};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::message::template::Kind;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "requestSubscribeMessage",
    group: Group::Message,
    summary: "Asks the user for messages of the program's server, template by template.",
    since: Version(2, 4, 4),
    params: &[Param::required("tmplIds", Class::Array)],
    tap_since: Some(Version(2, 8, 2)),
    latency_ms: 80,
    fails: FAILS,
    examples: &[Example {
        title: "One message when the tea is ready",
        js: "wx.requestSubscribeMessage({ tmplIds: ['TEA'] }).then((res) => console.log(res.TEA))",
        replies: "requestSubscribeMessage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::MayAsk {
        ask,
        answered: message_choice::answered,
    },
};

const FAILS: &[Reason] = &[
    Reason::Cancel,
    Reason::Message(MessageProblem::NoIds),
    Reason::Message(MessageProblem::ListUnreachable),
    Reason::Message(MessageProblem::AnswerUnsent),
    Reason::Message(MessageProblem::InvalidId),
    Reason::Message(MessageProblem::CannotShow),
    Reason::Message(MessageProblem::NoTemplate),
    Reason::Message(MessageProblem::MixedTypes),
    Reason::Message(MessageProblem::TooMany),
    Reason::Message(MessageProblem::SwitchedOff),
    Reason::Message(MessageProblem::Banned),
    Reason::Message(MessageProblem::DeviceTemplate),
];

/// Base library since which several templates are taken.
const SEVERAL_SINCE: Version = Version(2, 8, 4);
/// Base library since which five are taken.
const FIVE_SINCE: Version = Version(2, 30, 0);

/// How many templates a call may name.
pub(super) fn max(profile: &Profile) -> usize {
    let several_since = match profile.platform {
        Platform::Ios => Version(7, 0, 6),
        Platform::Android => Version(7, 0, 7),
        _ => Version(0, 0, 0),
    };
    if profile.sdk < SEVERAL_SINCE || profile.client < several_since {
        1
    } else if profile.sdk < FIVE_SINCE {
        3
    } else {
        5
    }
}

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Asked, Reason> {
    let max = max(cx.world.profile());
    message_choice::ask(cx, options, max, |kinds| {
        if kinds.contains(&Kind::Device) {
            return Some(MessageProblem::DeviceTemplate);
        }
        let is_mixed = kinds.iter().any(|kind| *kind != kinds[0]);
        is_mixed.then_some(MessageProblem::MixedTypes)
    })
}

#[cfg(test)]
mod tests {
    use super::max;
    use crate::profile::{Date, Platform, Profile};
    use crate::version::Version;

    #[test]
    fn how_many_templates_a_call_takes_depends_on_library_and_client() {
        let on = |year, month, day| Profile::on(Date::new(year, month, day));
        assert_eq!(max(&on(2019, 8, 30)), 1, "base library 2.8.2");
        assert_eq!(max(&on(2020, 2, 20)), 3);
        assert_eq!(max(&Profile::default()), 5);
        let old = |platform| Profile {
            platform,
            client: Version(7, 0, 6),
            ..on(2020, 2, 20)
        };
        assert_eq!(max(&old(Platform::Ios)), 3);
        assert_eq!(max(&old(Platform::Android)), 1);
        assert_eq!(max(&old(Platform::Devtools)), 3);
    }
}
