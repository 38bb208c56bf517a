//! `wx.playVoice`: plays a voice; succeeds when it is over.
//!
//! Official page: `api/media/audio/wx.playVoice`. Not maintained; `wx.createInnerAudioContext` takes its place. One voice plays at a time:
//! another ends it. A paused one goes on when the same file is played again.
//!
//! Unverified: a voice that another one ends, or that is stopped, succeeds; the call that goes on with a paused voice and
//! the one that began it succeed together; without such a file, or during a phone call, it fails without a word.

use crate::api::file_access::{facts, text};
use crate::api::{Api, Behaviour, Cx};
use crate::errmsg::{MediaProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::ObjectId;
use crate::world::sound::PlayVoice;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "playVoice",
    group: Group::Media,
    summary: "Plays a voice to its end.",
    params: &[
        Param::required("filePath", Class::String),
        Param::since("duration", Class::Number, Version(1, 6, 0)),
    ],
    fails: &[Reason::Media(MediaProblem::Unexplained)],
    examples: &[Example {
        title: "No such file",
        js: "wx.playVoice({ filePath: 'wxfile://tmp_none.silk', fail() {} })",
        replies: "playVoice:fail",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Lasts(begin),
};

/// Seconds after which a voice stops.
const DURATION: f64 = 60.0;

fn begin(cx: &mut Cx<'_>, options: &Value) -> Result<ObjectId, Reason> {
    let src = text(options, "filePath");
    let found = facts(cx, src).is_ok_and(|facts| !facts.is_folder);
    if !found || cx.world.is_audio_interrupted() {
        return Err(Reason::Media(MediaProblem::Unexplained));
    }
    Ok(cx.world.apply(PlayVoice {
        src: src.to_owned(),
        most_ms: most_ms(options, cx.world.profile().sdk),
    }))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casts of floats saturate"
)]
fn most_ms(options: &Value, sdk: Version) -> u32 {
    let given = options.get("duration").as_f64();
    let given = given.filter(|seconds| *seconds > 0.0 && sdk >= Version(1, 6, 0));
    (given.unwrap_or(DURATION) * 1_000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::most_ms;
    use crate::value::Value;
    use crate::version::Version;

    #[test]
    fn the_duration_came_with_1_6_0_and_is_a_minute() {
        let two = Value::object([("duration", Value::Number(2.5))]);
        assert_eq!(most_ms(&two, Version(1, 6, 0)), 2_500);
        assert_eq!(most_ms(&two, Version(1, 5, 0)), 60_000);
        assert_eq!(most_ms(&Value::Undefined, Version(2, 0, 0)), 60_000);
    }
}
