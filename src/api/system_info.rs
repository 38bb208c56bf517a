//! What several APIs tell of system, window, device and base library; each takes its part.

use crate::api::Cx;
use crate::profile::Platform;
use crate::value::Value;
use crate::version::Version;
use crate::world::World;
use crate::world::device::{SystemPermission, SystemState};
use crate::world::phone::Rectangle;
use crate::world::switches::Switch;
use crate::world::window_frame::edges;

/// Members of a result.
pub type Members = Vec<(String, Value)>;

/// Language of the client.
const LANGUAGE: &str = "zh_CN";

fn members<const N: usize>(pairs: [(&str, Value); N]) -> Members {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// The rectangle with its four edges and its size.
pub fn rectangle(area: Rectangle) -> Value {
    Value::from(&edges(area))
}

/// `wx.getWindowInfo`: screen, window, bars.
pub fn window(cx: &Cx<'_>) -> Members {
    let phone = cx.world.phone();
    let window_height = cx.world.window_height();
    // On the single page of the timeline it is the whole screen (official page "Share to the timeline").
    let safe_area = if cx.world.is_single_page() {
        Rectangle {
            left: 0,
            top: 0,
            width: phone.screen_width,
            height: phone.screen_height,
        }
    } else {
        phone.safe_area()
    };
    members([
        ("pixelRatio", phone.pixel_ratio.into()),
        ("screenWidth", phone.screen_width.into()),
        ("screenHeight", phone.screen_height.into()),
        ("windowWidth", phone.screen_width.into()),
        ("windowHeight", window_height.into()),
        ("statusBarHeight", phone.status_bar_height.into()),
        ("safeArea", rectangle(safe_area)),
        (
            "screenTop",
            (phone.status_bar_height + phone.navigation_bar_height).into(),
        ),
    ])
}

/// `wx.getBatteryInfo`: level and state of the battery.
pub fn battery(world: &World) -> Members {
    let battery = world.battery();
    let mut found = members([
        ("level", battery.level.into()),
        ("isCharging", battery.charging.into()),
    ]);
    if world.profile().sdk >= Version(3, 5, 0) {
        found.push(("isLowPowerModeEnabled".to_owned(), battery.saving.into()));
    }
    found
}

/// `wx.getDeviceInfo`: make and system.
pub fn device(cx: &Cx<'_>) -> Members {
    let phone = cx.world.phone();
    members([
        ("abi", "arm64".into()),
        ("benchmarkLevel", f64::from(phone.benchmark_level).into()),
        ("brand", phone.brand.into()),
        ("model", phone.model.into()),
        ("system", phone.system.into()),
        ("platform", cx.world.profile().platform.name().into()),
        ("memorySize", phone.memory_mib.into()),
    ])
}

/// `wx.getAppBaseInfo`: client and base library.
pub fn app_base(cx: &Cx<'_>) -> Members {
    let profile = cx.world.profile();
    let host = Value::object([("env", "WeChat".into()), ("appId", "".into())]);
    members([
        ("SDKVersion", profile.sdk.to_string().into()),
        ("enableDebug", false.into()),
        ("host", host),
        ("language", LANGUAGE.into()),
        ("version", profile.client.to_string().into()),
        ("theme", cx.world.theme().name().into()),
        ("fontSizeSetting", 16_u32.into()),
        ("fontSizeScaleFactor", 1_u32.into()),
    ])
}

/// `wx.getSystemInfo` and its other forms: everything in one object.
pub fn system(cx: &Cx<'_>) -> Members {
    let mut all = device(cx);
    all.extend(window(cx));
    all.extend(app_base(cx));
    if cx.world.profile().sdk >= Version(2, 6, 0) {
        let granted = |permission| {
            Value::Bool(cx.world.system_permission(permission) == SystemState::Authorized)
        };
        all.extend(members([
            ("albumAuthorized", granted(SystemPermission::Album)),
            ("cameraAuthorized", granted(SystemPermission::Camera)),
            ("locationAuthorized", granted(SystemPermission::Location)),
            (
                "microphoneAuthorized",
                granted(SystemPermission::Microphone),
            ),
        ]));
        all.extend(switches(cx));
    }
    all.push(("deviceOrientation".to_owned(), orientation(cx).into()));
    all
}

/// The switches of the phone.
fn switches(cx: &Cx<'_>) -> Members {
    let on = |switch| Value::Bool(cx.world.is_switched_on(switch));
    members([
        ("bluetoothEnabled", on(Switch::Bluetooth)),
        ("locationEnabled", on(Switch::Location)),
        ("wifiEnabled", on(Switch::Wifi)),
    ])
}

fn orientation(cx: &Cx<'_>) -> &'static str {
    if cx.world.is_landscape() {
        "landscape"
    } else {
        "portrait"
    }
}

/// `wx.getSystemSetting`: switches and orientation of the phone.
pub fn system_setting(cx: &Cx<'_>) -> Members {
    let mut found = switches(cx);
    found.push(("deviceOrientation".to_owned(), orientation(cx).into()));
    found
}

/// `wx.getSkylineInfo`: whether the Skyline renderer is there, and why not.
pub fn skyline(cx: &Cx<'_>) -> Members {
    let profile = cx.world.profile();
    let phone = matches!(
        profile.platform,
        Platform::Ios | Platform::Android | Platform::Devtools
    );
    let reason = if !phone {
        "client not supported"
    } else if profile.sdk < SKYLINE_SINCE {
        "baselib not supported"
    } else {
        return members([("isSupported", true.into()), ("version", "1.4.0".into())]);
    };
    members([
        ("isSupported", false.into()),
        ("version", "".into()),
        ("reason", reason.into()),
    ])
}

/// First base library with the Skyline renderer for everybody.
const SKYLINE_SINCE: Version = Version(2, 29, 2);

/// `wx.getAccountInfoSync`: the mini program itself.
pub fn account(cx: &Cx<'_>) -> Members {
    let app = cx.world.app();
    let env = app.env_version;
    let version = if env.name() == "release" { "1.0.0" } else { "" };
    let mini_program = Value::object([
        ("appId", app.app_id.as_str().into()),
        ("envVersion", env.name().into()),
        ("version", version.into()),
    ]);
    members([("miniProgram", mini_program)])
}
