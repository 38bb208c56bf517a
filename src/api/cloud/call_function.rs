//! `wx.cloud.callFunction`: calls a cloud function.
//!
//! Official page: `wxcloud/reference-sdk-api/functions/Cloud.callFunction`. What a function answers is
//! declared: `--cloud 'NAME = JSON'`. What the call hands over can be in the answer: `{"$data": "phone.data"}`, with the
//! open data of a `wx.cloud.CloudID` in its place, as a function sees them.
//!
//! Differs from the client: fails where the client throws when `init` was not called; the failure of a
//! missing function ends without the numbers of the call.

use serde_json::Value as Json;

use crate::api::cloud_value;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{CloudProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::rng::{DrawText, Stream};
use crate::world::server_value::FillIn;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cloud.callFunction",
    group: Group::Cloud,
    summary: "Calls a cloud function.",
    since: Version(2, 2, 3),
    params: &[
        Param::required("name", Class::String),
        Param::optional("data", Class::Object),
        Param::optional("config", Class::Object),
    ],
    asks_wechat: true,
    latency_ms: 100,
    fails: &[
        Reason::Cloud(CloudProblem::NotInitialised),
        Reason::Cloud(CloudProblem::NoFunction(String::new())),
        Reason::Cloud(CloudProblem::Threw(String::new())),
    ],
    support: Support::Partial("functions: their answers are declared"),
    examples: &[Example {
        title: "Call a function that nobody declared",
        js: "wx.cloud.init(); wx.cloud.callFunction({ name: 'login', fail: console.error })",
        replies: "cloud.callFunction:fail Error: errCode: -501000  | errMsg: FunctionName parameter could not be found.",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx.cloud`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    cloud_value::env(cx, options)?;
    let name = options.get("name").as_str().unwrap_or_default();
    let data = options.get("data").to_json().unwrap_or_default();
    let data = cx.world.seen_by_function(data);
    let problem = match cx.world.cloud_function(name, &data) {
        None => CloudProblem::NoFunction(name.to_owned()),
        Some(Err(words)) => CloudProblem::Threw(words.clone()),
        Some(Ok(result)) => {
            let result = with_data(result.clone(), &data);
            let result = match cx.world.apply(FillIn(result)) {
                Ok(result) => Value::from(&result),
                Err(words) => return Err(Reason::Cloud(CloudProblem::Threw(words))),
            };
            let id = cx.world.apply(DrawText {
                stream: Stream::Ids,
                chars: 32,
            });
            return Ok(vec![
                ("result".to_owned(), result),
                ("requestID".to_owned(), id.into()),
            ]);
        }
    };
    Err(Reason::Cloud(problem))
}

/// An answer in which `{"$data": "phone.data"}` is what the function got there.
fn with_data(answer: Json, data: &Json) -> Json {
    match answer {
        Json::Array(items) => items
            .into_iter()
            .map(|item| with_data(item, data))
            .collect(),
        Json::Object(members) => {
            let path = members.get("$data").and_then(Json::as_str);
            match path.filter(|_| members.len() == 1) {
                Some(path) => {
                    let pointer = format!("/{}", path.replace('.', "/"));
                    data.pointer(&pointer).cloned().unwrap_or_default()
                }
                None => members
                    .into_iter()
                    .map(|(key, value)| (key, with_data(value, data)))
                    .collect(),
            }
        }
        other => other,
    }
}
