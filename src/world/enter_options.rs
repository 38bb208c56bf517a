//! How a mini program was opened: launch options and enter options.
//!
//! Official pages: `wx.getLaunchOptionsSync`, `wx.getEnterOptionsSync`, `App.onLaunch`. Which
//! members exist depends on scene and base library; [`EnterOptions`] keeps only those that do once
//! the world has taken it in.
//!
//! Unverified: `apiCategory` without one given is `browseOnly` in single-page mode (scene 1154),
//! `nativeFunctionalized` for chat material (1173), else `default`.

use serde::{Deserialize, Serialize};

use super::page_url::PageUrl;
use super::scene::{carries_extra_data, carries_referrer};
use crate::profile::Profile;
use crate::value::Value;
use crate::version::Version;

/// The scene when nothing else is said: the list of recently used mini programs.
pub const DEFAULT_SCENE: u32 = 1001;
const SINGLE_PAGE_MODE: u32 = 1154;
const CHAT_MATERIAL: u32 = 1173;

/// How the mini program was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EnterOptions {
    /// Route of the page, without leading slash; empty for the home page.
    pub path: String,
    /// Query of the page, in order, as in the address (not decoded).
    pub query: Vec<(String, String)>,
    /// Scene value.
    pub scene: u32,
    /// Ticket of the share card it was opened by.
    pub share_ticket: Option<String>,
    /// Number of that card in the world; scripts do not learn it.
    pub card: Option<u32>,
    /// Who opened it; told to scripts for some scenes only.
    pub referrer_info: Option<ReferrerInfo>,
    /// Kind of the chat it was opened from: 1 contact, 2 `WeCom` contact, 3 group, 4 `WeCom` group.
    pub chat_type: Option<u8>,
    /// What the mini program may do.
    pub api_category: Option<ApiCategory>,
    /// The chat material it was opened with.
    pub forward_materials: Vec<ForwardMaterial>,
}

/// Who opened the mini program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferrerInfo {
    /// The other mini program, official account or app.
    pub app_id: String,
    /// Data of the other mini program, as JSON text.
    #[serde(default)]
    pub extra_data: Option<String>,
}

/// A file of a chat that the mini program was opened with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForwardMaterial {
    /// MIME type; `type` in scripts.
    pub mime_type: String,
    /// File name.
    pub name: String,
    /// Path in the mini program's file system.
    pub path: String,
    /// Size in bytes.
    pub size: u32,
}

/// What the mini program may do, by how it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ApiCategory {
    /// Everything.
    Default,
    /// Opened with chat material.
    NativeFunctionalized,
    /// Single-page mode.
    BrowseOnly,
    /// Opened inside another mini program.
    Embedded,
    /// Opened as a chat tool.
    ChatTool,
}

impl ApiCategory {
    /// The platform's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::NativeFunctionalized => "nativeFunctionalized",
            Self::BrowseOnly => "browseOnly",
            Self::Embedded => "embedded",
            Self::ChatTool => "chatTool",
        }
    }
}

impl Default for EnterOptions {
    fn default() -> Self {
        Self::new("", DEFAULT_SCENE)
    }
}

impl EnterOptions {
    /// The page at an address such as `pages/a/a?x=1`, opened from a scene.
    pub fn at(url: &str, scene: u32) -> Self {
        let page = PageUrl::resolve(url, None);
        Self {
            query: page.query,
            ..Self::new(page.route, scene)
        }
    }

    /// A page opened from a scene, nothing more.
    pub fn new(path: impl Into<String>, scene: u32) -> Self {
        Self {
            path: path.into(),
            query: Vec::new(),
            scene,
            share_ticket: None,
            card: None,
            referrer_info: None,
            chat_type: None,
            api_category: None,
            forward_materials: Vec::new(),
        }
    }

    /// The options as this client and base library tell them: without a leading slash in the path
    /// and without the members that the scene or the base library does not have.
    pub(super) fn taken_in(mut self, profile: &Profile) -> Self {
        if let Some(path) = self.path.strip_prefix('/') {
            self.path = path.to_owned();
        }
        let (scene, sdk) = (self.scene, profile.sdk);
        let tells_referrer =
            carries_referrer(scene) && (sdk >= Version(1, 6, 0) || carries_extra_data(scene));
        self.referrer_info = self
            .referrer_info
            .filter(|_| tells_referrer)
            .map(|mut referrer| {
                referrer.extra_data = referrer.extra_data.filter(|_| carries_extra_data(scene));
                referrer
            });
        self.chat_type = self.chat_type.filter(|_| sdk >= Version(2, 18, 0));
        self.api_category = (sdk >= Version(2, 20, 0)).then(|| {
            self.api_category.unwrap_or(match scene {
                SINGLE_PAGE_MODE => ApiCategory::BrowseOnly,
                CHAT_MATERIAL => ApiCategory::NativeFunctionalized,
                _ => ApiCategory::Default,
            })
        });
        if scene != CHAT_MATERIAL {
            self.forward_materials.clear();
        }
        self
    }

    /// The object that `App.onLaunch` and `App.onShow` get.
    ///
    /// `path`, `query`, `scene` and `referrerInfo` (`{}` when nobody is named) always, the others
    /// where they apply.
    pub fn to_value(&self) -> Value {
        let pair = |(key, value): &(String, String)| (key.clone(), Value::from(value.as_str()));
        let mut members = vec![
            ("path", Value::from(self.path.as_str())),
            (
                "query",
                Value::Object(self.query.iter().map(pair).collect()),
            ),
            ("scene", Value::from(self.scene)),
        ];
        if let Some(ticket) = &self.share_ticket {
            members.push(("shareTicket", Value::from(ticket.as_str())));
        }
        let referrer = self.referrer_info.as_ref();
        members.push((
            "referrerInfo",
            referrer.map_or_else(|| Value::object([]), ReferrerInfo::to_value),
        ));
        if !self.forward_materials.is_empty() {
            let materials = self
                .forward_materials
                .iter()
                .map(ForwardMaterial::to_value)
                .collect();
            members.push(("forwardMaterials", Value::Array(materials)));
        }
        if let Some(chat_type) = self.chat_type {
            members.push(("chatType", Value::from(u32::from(chat_type))));
        }
        if let Some(category) = self.api_category {
            members.push(("apiCategory", Value::from(category.name())));
        }
        Value::Object(
            members
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        )
    }
}

impl ReferrerInfo {
    /// `{appId, extraData?}`; data that is no JSON text is left out.
    fn to_value(&self) -> Value {
        let mut members = vec![("appId".to_owned(), Value::from(self.app_id.as_str()))];
        let data = self
            .extra_data
            .as_deref()
            .map(serde_json::from_str::<serde_json::Value>);
        if let Some(Ok(data)) = data {
            members.push(("extraData".to_owned(), Value::from(&data)));
        }
        Value::Object(members)
    }
}

impl ForwardMaterial {
    fn to_value(&self) -> Value {
        Value::object([
            ("type", Value::from(self.mime_type.as_str())),
            ("name", Value::from(self.name.as_str())),
            ("path", Value::from(self.path.as_str())),
            ("size", Value::from(self.size)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::{EnterOptions, ForwardMaterial, ReferrerInfo};
    use crate::profile::{Date, Profile};

    fn told(options: &EnterOptions, profile: &Profile) -> String {
        options
            .clone()
            .taken_in(profile)
            .to_value()
            .to_json()
            .expect("an object")
            .to_string()
    }

    #[test]
    fn a_plain_start_tells_path_query_scene_and_an_empty_referrer() {
        let mut options = EnterOptions::new("/pages/a/a", 1011);
        options.query.push(("scene".into(), "a%3D1".into()));
        let old = Profile::on(Date::new(2018, 6, 4));
        assert_eq!(
            told(&options, &old),
            r#"{"path":"pages/a/a","query":{"scene":"a%3D1"},"scene":1011,"referrerInfo":{}}"#
        );
        assert_eq!(
            told(&EnterOptions::default(), &Profile::default()),
            r#"{"path":"","query":{},"scene":1001,"referrerInfo":{},"apiCategory":"default"}"#
        );
    }

    #[test]
    fn the_scene_decides_what_is_told_about_the_referrer() {
        let of_scene = |scene, profile: &Profile| {
            let extra_data = Some(r#"{"n":1}"#.to_owned());
            let referrer_info = Some(ReferrerInfo {
                app_id: "wx2".into(),
                extra_data,
            });
            let text = told(
                &EnterOptions {
                    referrer_info,
                    ..EnterOptions::new("p", scene)
                },
                profile,
            );
            let (from, to) = (text.find("\"referrerInfo\":"), text.find(",\"apiCategory"));
            text[from.expect("always told")..to.unwrap_or(text.len() - 1)].to_owned()
        };
        let today = Profile::default();
        let both = r#""referrerInfo":{"appId":"wx2","extraData":{"n":1}}"#;
        assert_eq!(of_scene(1037, &today), both);
        assert_eq!(of_scene(1038, &today), both);
        for scene in [1020, 1035, 1036, 1043, 1069] {
            assert_eq!(
                of_scene(scene, &today),
                r#""referrerInfo":{"appId":"wx2"}"#,
                "{scene}"
            );
        }
        assert_eq!(of_scene(1007, &today), r#""referrerInfo":{}"#);
        let before_1_6_0 = Profile::on(Date::new(2017, 9, 1));
        assert_eq!(of_scene(1020, &before_1_6_0), r#""referrerInfo":{}"#);
        assert_eq!(of_scene(1037, &before_1_6_0), both);
    }

    #[test]
    fn chat_members_need_their_scene_and_base_library() {
        let forward_materials = vec![ForwardMaterial {
            mime_type: "text/plain".into(),
            name: "a.txt".into(),
            path: "wxfile://a".into(),
            size: 3,
        }];
        let options = EnterOptions {
            chat_type: Some(3),
            share_ticket: Some("t".into()),
            forward_materials,
            ..EnterOptions::new("p", 1173)
        };
        assert_eq!(
            told(&options, &Profile::default()),
            r#"{"path":"p","query":{},"scene":1173,"shareTicket":"t","referrerInfo":{},"#
                .to_owned()
                + r#""forwardMaterials":[{"type":"text/plain","name":"a.txt","path":"wxfile://a","#
                + r#""size":3}],"chatType":3,"apiCategory":"nativeFunctionalized"}"#
        );
        let old = Profile::on(Date::new(2018, 6, 4));
        assert!(!told(&options, &old).contains("chatType"));
        let elsewhere = EnterOptions {
            scene: 1007,
            ..options
        };
        assert!(!told(&elsewhere, &Profile::default()).contains("forwardMaterials"));
    }
}
