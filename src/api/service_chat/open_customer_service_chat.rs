//! `wx.openCustomerServiceChat`: opens a conversation with the service of a company in `WeCom`.
//!
//! Official page: `api/open-api/service-chat/wx.openCustomerServiceChat`. It needs a tap. It has nothing to do with
//! `<button open-type="contact">`: neither event nor message reaches the mini program or its server. A card
//! there opens the mini program by scene 1202, a link in a text by 1207.
//!
//! Unverified: the call succeeds when the conversation opens; a `corpId` that does not begin with `w` and an address that is not of
//! `work.weixin.qq.com` are refused, in these words; the developer tool, which has no such page, refuses too.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::conversation::Card;
use crate::world::service_chat::{OpenServiceChat, ServiceChat};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openCustomerServiceChat",
    group: Group::ServiceChat,
    summary: "Opens a conversation with the service of a company in WeCom.",
    since: Version(2, 19, 0),
    params: &[
        Param::required("extInfo", Class::Object),
        Param::required("corpId", Class::String),
        Param::optional("showMessageCard", Class::Boolean),
        Param::optional("sendMessageTitle", Class::String),
        Param::optional("sendMessagePath", Class::String),
        Param::optional("sendMessageImg", Class::String),
    ],
    tap_since: Some(Version(2, 19, 0)),
    fails: &[
        Reason::Parameter(String::new()),
        Reason::InvalidValue("corpId", String::new()),
        Reason::InvalidValue("url", String::new()),
        Reason::NotSupported,
    ],
    examples: &[Example {
        title: "Ask a company",
        js: "wx.openCustomerServiceChat({ corpId: 'ww0000000000000001', extInfo: { url: 'https://work.weixin.qq.com/kfid/kfc1' } })",
        replies: "openCustomerServiceChat:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

/// What ids of companies begin with.
const COMPANY: &str = "w";
/// What addresses of services begin with.
const SERVICE: &str = "https://work.weixin.qq.com/";

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = |name: &str| options.get(name).as_str().unwrap_or_default().to_owned();
    let url = options.get("extInfo").get("url");
    let Some(url) = url.as_str() else {
        let class = url.class();
        return Err(Reason::Parameter(format!(
            "parameter.extInfo.url should be String instead of {class};"
        )));
    };
    let corp_id = text("corpId");
    if !corp_id.starts_with(COMPANY) {
        return Err(Reason::InvalidValue("corpId", corp_id));
    }
    if !url.starts_with(SERVICE) {
        return Err(Reason::InvalidValue("url", url.to_owned()));
    }
    if cx.world.profile().platform == Platform::Devtools {
        return Err(Reason::NotSupported);
    }
    let sends = options.get("showMessageCard").as_bool() == Some(true);
    let card = sends.then(|| Card {
        title: text("sendMessageTitle"),
        page: text("sendMessagePath"),
        image: text("sendMessageImg"),
    });
    cx.world.apply(OpenServiceChat(ServiceChat {
        caller: cx.caller.clone(),
        corp_id,
        url: url.to_owned(),
        card,
    }));
    Ok(Vec::new())
}
