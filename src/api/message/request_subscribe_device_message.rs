//! `wx.requestSubscribeDeviceMessage`: asks the user for messages of a device.
//!
//! Official page: `wx.requestSubscribeDeviceMessage`. A device is named by its serial number, a ticket that the
//! program's server got for it (`hardware.getSnTicket`) and its model. What the user accepts holds for any number
//! of messages.
//!
//! Differs from the client: the ticket is not checked.
//! Unverified: how many templates a call takes is as for `wx.requestSubscribeMessage`; a template that is not one
//! of a device counts as unknown.

use crate::api::message::request_subscribe_message::max;
use crate::api::{Api, Asked, Behaviour, Cx, message_choice};
use crate::errmsg::{MessageProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::message::template::Kind;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "requestSubscribeDeviceMessage",
    group: Group::Message,
    summary: "Asks the user for messages of a device, template by template.",
    since: Version(2, 20, 0),
    params: &[
        Param::required("tmplIds", Class::Array),
        Param::required("sn", Class::String),
        Param::required("snTicket", Class::String),
        Param::required("modelId", Class::String),
    ],
    tap_since: Some(Version(2, 20, 0)),
    latency_ms: 80,
    fails: message_choice::FAILS,
    differs: "The ticket of the device is not checked.",
    examples: &[Example {
        title: "A washing machine is done",
        js: "wx.requestSubscribeDeviceMessage({ tmplIds: ['DONE'], sn: 'SN1', snTicket: 'T', modelId: 'M' })",
        replies: "requestSubscribeDeviceMessage:ok",
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

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Asked, Reason> {
    let max = max(cx.world.profile());
    let declares = cx.world.declares_templates();
    message_choice::ask(cx, options, max, move |kinds| {
        let is_device = |kind: &Kind| !declares || *kind == Kind::Device;
        (!kinds.iter().all(is_device)).then_some(MessageProblem::NoTemplate)
    })
}
