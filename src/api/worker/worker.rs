//! `Worker`: the program's side of a worker.
//!
//! Official page: `api/worker/Worker`. Its script is not run: messages to it are in the trace, and no
//! listener is ever called.

use crate::api::{Class, Cx, Member, listener, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::worker::EndWorker;

/// The class.
pub const CLASS: Class = Class {
    name: "Worker",
    methods: &[
        sync(
            &ApiSpec {
                name: "Worker.postMessage",
                summary: "Sends a message to the worker.",
                support: NOT_RUN,
                ..METHOD
            },
            post_message,
        ),
        sync(
            &ApiSpec {
                name: "Worker.terminate",
                summary: "Ends the worker.",
                ..METHOD
            },
            terminate,
        ),
        listener(&ApiSpec {
            name: "Worker.onMessage",
            summary: "Listens: the worker sends a message.",
            form: Form::On("onMessage"),
            support: NOT_RUN,
            ..METHOD
        }),
        listener(&ApiSpec {
            name: "Worker.onError",
            summary: "Listens: the worker's script failed.",
            form: Form::On("onError"),
            support: NOT_RUN,
            ..METHOD
        }),
        listener(&ApiSpec {
            name: "Worker.onProcessKilled",
            summary: "Listens: the system ended the worker.",
            form: Form::On("onProcessKilled"),
            support: NOT_RUN,
            ..METHOD
        }),
    ],
    members: &[Member {
        name: "env",
        get: env,
        set: None,
    }],
    missing: &["getCameraFrameData", "testOnProcessKilled"],
};

const NOT_RUN: Support = Support::Partial("the worker's script");

const METHOD: ApiSpec = ApiSpec {
    group: Group::Worker,
    since: Version(1, 9, 90),
    ..ApiSpec::SYNC
};

fn env(cx: &Cx<'_>) -> Value {
    Value::object([("USER_DATA_PATH", cx.world.user_data_path().into())])
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn post_message(_: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(Value::Undefined)
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn terminate(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    let worker = cx.this();
    cx.world.apply(EndWorker(worker));
    Ok(Value::Undefined)
}
