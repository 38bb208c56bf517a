//! Properties and methods that the classes of sounds share.

use serde_json::Value as Json;

use super::{Cx, Member, file_access};
use crate::errmsg::Reason;
use crate::value::Value;
use crate::version::Version;
use crate::world::Millis;
use crate::world::object::{ObjectId, SingleObject};
use crate::world::sound::{AddSound, BACKGROUND, DriveSound, Order, SetSound, SetSource, Sound};

/// Base library in which `currentTime` can be written.
const SEEKS_SINCE: Version = Version(2, 26, 2);

/// A sound does as it is told.
///
/// # Errors
/// None; the shape of methods.
pub fn drive(cx: &mut Cx<'_>, order: Order) -> Result<Value, Reason> {
    let object = cx.this();
    cx.world.apply(DriveSound { object, order });
    Ok(Value::Undefined)
}

/// A sound moves to the second of the first argument.
///
/// # Errors
/// None; the shape of methods.
pub fn seek(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    match arguments.first().and_then(Value::as_f64) {
        Some(seconds) => drive(cx, Order::Seek(seconds)),
        None => Ok(Value::Undefined),
    }
}

/// The one background player.
pub fn player(cx: &mut Cx<'_>) -> ObjectId {
    let object = cx.world.apply(SingleObject(BACKGROUND));
    cx.world.apply(AddSound(object));
    object
}

/// A sound gets its source.
pub fn set_source(cx: &mut Cx<'_>, src: &str) {
    set_source_of(cx, cx.this(), src);
}

/// The same, of the sound of that number.
pub fn set_source_of(cx: &mut Cx<'_>, object: ObjectId, src: &str) {
    let remote =
        src.starts_with("http://") || src.starts_with("https://") || src.starts_with("cloud://");
    let found = file_access::facts(cx, src).is_ok_and(|facts| !facts.is_folder);
    cx.world.apply(SetSource {
        object,
        src: src.to_owned(),
        found: remote || found,
    });
}

/// Writing `currentTime`.
pub fn set_current_time(cx: &mut Cx<'_>, value: &Value) {
    let object = cx.this();
    if let Some(seconds) = value
        .as_f64()
        .filter(|_| cx.world.profile().sdk >= SEEKS_SINCE)
    {
        let order = Order::Seek(seconds);
        cx.world.apply(DriveSound { object, order });
    }
}

fn read(cx: &Cx<'_>, fact: fn(&Sound, Millis) -> Value) -> Value {
    let sound = cx.world.sound(cx.this());
    sound.map_or(Value::Undefined, |sound| fact(sound, cx.world.now()))
}

fn set(cx: &mut Cx<'_>, value: &Value, edit: fn(&mut Sound, &Json)) {
    let object = cx.this();
    let value = match value {
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => Json::from(*number),
        other => other.as_str().unwrap_or_default().into(),
    };
    cx.world.apply(SetSound {
        object,
        edit,
        value,
    });
}

fn word(cx: &Cx<'_>, key: &str) -> Value {
    let sound = cx.world.sound(cx.this());
    let word = sound.and_then(|sound| sound.words.get(key));
    word.map_or("", String::as_str).into()
}

fn set_word(sound: &mut Sound, key: &str, value: &Json) {
    let text = value.as_str().unwrap_or_default();
    sound.words.insert(key.to_owned(), text.to_owned());
}

/// `src`.
pub const SRC: Member = Member {
    name: "src",
    get: |cx| read(cx, |sound, _| sound.src.as_str().into()),
    set: Some(|cx, value| set_source(cx, value.as_str().unwrap_or_default())),
};
/// `duration`.
pub const DURATION: Member = Member {
    name: "duration",
    get: |cx| read(cx, |sound, _| Value::Number(sound.duration())),
    set: None,
};
/// `currentTime`.
pub const CURRENT_TIME: Member = Member {
    name: "currentTime",
    get: |cx| read(cx, |sound, now| Value::Number(sound.position(now))),
    set: None,
};
/// `paused`.
pub const PAUSED: Member = Member {
    name: "paused",
    get: |cx| read(cx, |sound, _| sound.paused().into()),
    set: None,
};
/// `buffered`.
pub const BUFFERED: Member = Member {
    name: "buffered",
    get: |cx| read(cx, |sound, _| Value::Number(sound.duration())),
    set: None,
};
/// `startTime`.
pub const START_TIME: Member = Member {
    name: "startTime",
    get: |cx| read(cx, |sound, _| Value::Number(sound.start_time)),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| {
            if let Some(number) = value.as_f64() {
                sound.start_time = number;
            }
        });
    }),
};
/// `volume`.
pub const VOLUME: Member = Member {
    name: "volume",
    get: |cx| read(cx, |sound, _| Value::Number(sound.volume)),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| {
            if let Some(number) = value.as_f64() {
                sound.volume = number.clamp(0.0, 1.0);
            }
        });
    }),
};
/// `playbackRate`.
pub const PLAYBACK_RATE: Member = Member {
    name: "playbackRate",
    get: |cx| read(cx, |sound, _| Value::Number(sound.rate)),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| {
            if let Some(number) = value.as_f64() {
                sound.rate = number.clamp(0.5, 2.0);
            }
        });
    }),
};
/// `autoplay`.
pub const AUTOPLAY: Member = Member {
    name: "autoplay",
    get: |cx| read(cx, |sound, _| sound.autoplay.into()),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| {
            sound.autoplay = value.as_bool() == Some(true);
        });
    }),
};
/// `loop`.
pub const LOOP: Member = Member {
    name: "loop",
    get: |cx| read(cx, |sound, _| sound.looped.into()),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| {
            sound.looped = value.as_bool() == Some(true);
        });
    }),
};
/// `obeyMuteSwitch`.
pub const OBEY_MUTE_SWITCH: Member = Member {
    name: "obeyMuteSwitch",
    get: |cx| read(cx, |sound, _| sound.obey_mute_switch.into()),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| {
            sound.obey_mute_switch = value.as_bool() == Some(true);
        });
    }),
};
/// `title`.
pub const TITLE: Member = Member {
    name: "title",
    get: |cx| word(cx, "title"),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| set_word(sound, "title", value));
    }),
};
/// `epname`.
pub const EPNAME: Member = Member {
    name: "epname",
    get: |cx| word(cx, "epname"),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| set_word(sound, "epname", value));
    }),
};
/// `singer`.
pub const SINGER: Member = Member {
    name: "singer",
    get: |cx| word(cx, "singer"),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| set_word(sound, "singer", value));
    }),
};
/// `coverImgUrl`.
pub const COVER_IMG_URL: Member = Member {
    name: "coverImgUrl",
    get: |cx| word(cx, "coverImgUrl"),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| {
            set_word(sound, "coverImgUrl", value);
        });
    }),
};
/// `webUrl`.
pub const WEB_URL: Member = Member {
    name: "webUrl",
    get: |cx| word(cx, "webUrl"),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| set_word(sound, "webUrl", value));
    }),
};
/// `protocol`.
pub const PROTOCOL: Member = Member {
    name: "protocol",
    get: |cx| word(cx, "protocol"),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| set_word(sound, "protocol", value));
    }),
};
/// `referrerPolicy`.
pub const REFERRER_POLICY: Member = Member {
    name: "referrerPolicy",
    get: |cx| word(cx, "referrerPolicy"),
    set: Some(|cx, value| {
        set(cx, value, |sound, value| {
            set_word(sound, "referrerPolicy", value);
        });
    }),
};
