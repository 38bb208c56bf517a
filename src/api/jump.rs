//! What the APIs that lead to other mini programs have in common.

use super::Cx;
use crate::errmsg::Reason;
use crate::spec::ApiSpec;
use crate::value::Value;
use crate::world::account::EnvVersion;
use crate::world::enter_options::ApiCategory;

/// `extraData` as JSON text; `None` when it is no object.
pub(super) fn extra_data(options: &Value) -> Option<String> {
    let data = options.get("extraData");
    let is_object = matches!(data, Value::Object(_));
    let json = is_object.then(|| data.to_json()).flatten();
    json.map(|json| json.to_string())
}

/// The build that is asked for, where the running one may ask for one: it is no published one itself.
pub(super) fn own_build(cx: &Cx<'_>, word: &str) -> Option<EnvVersion> {
    let all = [EnvVersion::Develop, EnvVersion::Trial, EnvVersion::Release];
    let asked = all.into_iter().find(|build| build.name() == word)?;
    (cx.world.app().env_version != EnvVersion::Release).then_some(asked)
}

/// Whether the way in which the program was opened lets it open others.
///
/// Official page: `wx.getApiCategory` and the launch options, with their table of what each category forbids.
pub(super) fn may_open_others(cx: &Cx<'_>, spec: &ApiSpec) -> Result<(), Reason> {
    let category = cx.world.api_category();
    let is_open = match spec.name {
        "openEmbeddedMiniProgram" => category == ApiCategory::Default,
        _ => matches!(category, ApiCategory::Default | ApiCategory::Embedded),
    };
    is_open.then_some(()).ok_or(Reason::NoPermission)
}
