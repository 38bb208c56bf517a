//! `errMsg` and `errno` of client API results: the only place where such a text is built.
//!
//! Success is exactly `<api>:ok`; failure starts with `<api>:fail`. Between `fail` and a reason that
//! the *native* client gives stands a blank or a colon, by platform
//! ([`Profile::separator`]); reasons of the base library always follow a blank.
//! Texts: official API pages and strings that published mini programs compare against.
//!
//! Unverified: the words for a call in `App.onLaunch` before base library 1.5.0 ([`Reason::OnLaunch`]);
//! the changelog says only that pages and dialogs came to be allowed there. They follow those of `reLaunch`
//! in the background; the dialogs are toast, loading, modal, action sheet, and those of the scopes.

mod account;
mod ad;
mod ble;
mod canvas;
mod card;
mod cloud;
mod device;
mod errcode;
mod errno;
mod file;
mod jump;
mod launch;
mod meaning;
mod media;
mod message;
mod payment;
mod rewrite;
mod share;
mod socket;
mod soter;
mod voip;
mod worker;

pub use account::AccountProblem;
pub use ad::AdProblem;
pub use ble::BleProblem;
pub use canvas::CanvasProblem;
pub use card::CardProblem;
pub use cloud::CloudProblem;
pub use device::DeviceProblem;
pub use errcode::{ERRCODES, Errcode};
pub use errno::{ERRNOS, Errno};
pub use file::{FileProblem, Named};
pub use jump::JumpProblem;
pub use launch::LaunchProblem;
pub use meaning::Meaning;
pub use media::MediaProblem;
pub use message::MessageProblem;
pub use payment::PaymentProblem;
pub use rewrite::RewriteProblem;
pub use share::ShareProblem;
pub use socket::SocketProblem;
pub use soter::{Blank, SoterProblem};
pub use voip::VoipProblem;
pub use worker::WorkerProblem;

use crate::profile::{Platform, Profile};
use crate::version::Version;

/// Why an API failed, as the mini program sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// One or more arguments have the wrong type; the items, each ending with `;`.
    Parameter(String),
    /// The user closed the dialog or pressed its cancel button.
    Cancel,
    /// The user refuses the scope, now or earlier.
    AuthDeny,
    /// The authorization dialog was closed without a choice.
    AuthCanceled,
    /// The scope's name is unknown or not available to the mini program.
    InvalidScope,
    /// The scope's name is the empty text.
    EmptyScope,
    /// app.json has no `permission["scope.…"].desc` for a location scope.
    PermissionDescMissing,
    /// app.json's `requiredPrivateInfos` does not list the API.
    PrivateInfoUndeclared,
    /// The user did not agree to the privacy guide.
    PrivacyRefused,
    /// The privacy guide does not name what the API collects.
    PrivacyUndeclared,
    /// The privacy guide says that nothing is collected, or the interfaces are banned.
    PrivacyBanned,
    /// The operating system does not give WeChat the permission.
    SystemPermissionDenied,
    /// The API is not open to this mini program.
    NoPermission,
    /// Only a tap of the user may lead to this call.
    TapRequired,
    /// The caller's own `timeout` passed.
    Timeout,
    /// The session of the latest login code is over or was never opened.
    SessionTimeout,
    /// No such page; the path as resolved, with its query.
    PageNotFound(String),
    /// The target is a tab page; the API's name is part of the text.
    TabBarPage,
    /// The target of `switchTab` is no tab page.
    NotTabBarPage,
    /// An API of the tab bar while another page than a tab page is on top.
    NotOnTabPage,
    /// The tab bar has no item of that number.
    TabItemNotFound,
    /// A key has a value that the base library does not know; the key, the value.
    InvalidValue(&'static str, String),
    /// Nothing lies below the page.
    BackAtFirstPage,
    /// The page stack is full.
    PageStackFull,
    /// `reLaunch` while the mini program is in the background.
    ReLaunchInBackground,
    /// A page or dialog that `App.onLaunch` cannot open before base library 1.5.0; the API's name is
    /// part of the text.
    OnLaunch,
    /// No node of the page is what a selector means.
    NoSuchNode,
    /// No value is stored under the key.
    DataNotFound,
    /// One value is larger than the storage takes for a key.
    StorageValueTooLarge,
    /// The storage of the mini program is full.
    StorageFull,
    /// A route is not led to another page.
    Rewrite(RewriteProblem),
    /// Storage, sensors, keyboard, system pages.
    Device(DeviceProblem),
    /// The action sheet has more than six items.
    TooManyItems,
    /// No toast or loading to hide.
    NothingShown(&'static str),
    /// The URL does not begin with `http://` or `https://`.
    InvalidUrl(String),
    /// The HTTP method does not exist.
    InvalidMethod,
    /// The data of a request have no JSON.
    InvalidData,
    /// No declared rule answers: as when the domain is not in the program's list.
    DomainNotListed,
    /// The program ended the task.
    Abort,
    /// Five seconds in the background passed.
    Interrupted,
    /// One redirect led to the next too often.
    TooManyRedirects,
    /// No answer of the server, in the words of the rule.
    Network(String),
    /// Media refuse.
    Media(MediaProblem),
    /// `wx.getUserInfo` without a grant, where only the button asks.
    ScopeUnauthorized,
    /// The call needs a session, and none is alive.
    LoginRequired,
    /// `desc` is empty or too long.
    DescLength,
    /// The user refused to give the phone number.
    UserDeny,
    /// The user closed the sheet of phone numbers.
    UserCancel,
    /// The app's quota of phone numbers is used up.
    PhoneQuota,
    /// Bluetooth is off.
    BluetoothOff,
    /// The program has not opened Bluetooth.
    BluetoothNotOpen,
    /// Bluetooth Low Energy does not do it.
    Ble(BleProblem),
    /// The program has opened Bluetooth already, and the client minds.
    BluetoothOpen,
    /// The page has a camera already.
    OneCamera,
    /// The file system refuses; what follows its words: `, open wxfile://usr/a`.
    File(FileProblem, String),
    /// A socket refuses.
    Socket(SocketProblem),
    /// Biometric authentication comes to nothing.
    Soter(SoterProblem),
    /// The client of the platform does not have the API.
    NotSupported,
    /// Cloud development cannot do it.
    Cloud(CloudProblem),
    /// An advertisement cannot be shown.
    Ad(AdProblem),
    /// The account does not get it.
    Account(AccountProblem),
    /// There is no jump to another mini program.
    Jump(JumpProblem),
    /// A card or chat says nothing.
    Share(ShareProblem),
    /// The user cannot be asked for messages.
    Message(MessageProblem),
    /// A payment does not come about.
    Payment(PaymentProblem),
    /// No mobile app is opened.
    Launch(LaunchProblem),
    /// There is no voice chat.
    Voip(VoipProblem),
    /// There is no worker.
    Worker(WorkerProblem),
    /// A canvas cannot do it.
    Canvas(CanvasProblem),
    /// A card is not taken or not opened.
    Card(CardProblem),
    /// A test says so; its words.
    Replaced(String),
    /// wxsim does not simulate this API.
    NotSimulated,
}

/// The words for an API that the client of a platform does not have.
fn not_supported(platform: Platform) -> &'static str {
    match platform {
        Platform::Devtools => "开发者工具暂时不支持此 API 调试，请使用真机进行开发",
        _ => "not supported",
    }
}

/// The words for a server of WeChat's that cannot be reached (official table of error numbers).
pub const SERVER_UNREACHABLE: &str = "cgi failed for network issues";

/// The API that tells failures of its own download in other words.
const DOWNLOADING: &str = "getImageInfo";

/// The `errMsg` of a success.
pub fn ok(api: &str) -> String {
    format!("{api}:ok")
}

/// The `errMsg` of a failure.
pub fn fail(api: &str, reason: &Reason, profile: &Profile) -> String {
    let separator = match reason {
        // The client itself puts a comma there.
        Reason::Device(DeviceProblem::SensorRuns) => ", ".to_owned(),
        _ if reason.is_native() => profile.separator().to_string(),
        _ => " ".to_owned(),
    };
    // The base library names this one after the method, all others after the call below it.
    let name = match reason {
        Reason::Socket(SocketProblem::NotOpen) => "SocketTask.send",
        _ => api,
    };
    // Reports of all years quote this one text with a blank before `fail`.
    let blank = match reason {
        Reason::Canvas(CanvasProblem::Empty) => " ",
        _ => "",
    };
    let text = reason.text(api, profile);
    let is_bare = profile.rules.bare_launch_refusal;
    if is_bare && *reason == Reason::Launch(LaunchProblem::InvalidScene) {
        return text;
    }
    if text.is_empty() {
        return format!("{name}:fail");
    }
    if reason.completes_only() {
        return format!("{name}:{text}");
    }
    format!("{name}:{blank}fail{separator}{text}")
}

const PRIVATE_INFO_UNDECLARED: &str =
    "the api need to be declared in the requiredPrivateInfos field in app.json/ext.json";

impl Reason {
    /// The reason's own words, after `fail` and the separator.
    pub fn text(&self, api: &str, profile: &Profile) -> String {
        let android = profile.platform == Platform::Android;
        if let Some(words) = account::words_of_the_tool(api, self, profile) {
            return words.to_owned();
        }
        if api == DOWNLOADING && self.is_of_download() {
            let words = self.text("", profile);
            return format!("download image fail. reason: {words}");
        }
        let fixed = match self {
            Self::Parameter(items) => return format!("parameter error: {items}"),
            Self::PageNotFound(path) => return format!("page \"{path}\" is not found"),
            Self::TabBarPage => return format!("can not {api} a tabbar page"),
            Self::OnLaunch => return format!("can not invoke {api} in App.onLaunch"),
            Self::InvalidUrl(url) => return format!("invalid url \"{url}\""),
            Self::Network(words) | Self::Replaced(words) => return words.clone(),
            Self::Cloud(problem) => return problem.text(),
            Self::Soter(problem) => return problem.text(),
            Self::Account(problem) => problem.text(),
            Self::Payment(problem) => return problem.text(),
            Self::File(problem, rest) => return format!("{}{rest}", problem.text()),
            Self::NothingShown(what) => return format!("{what} can't be found"),
            Self::InvalidValue(key, value) => return format!("invalid {key} \"{value}\""),
            Self::Cancel => "cancel",
            Self::AuthDeny => "auth deny",
            Self::AuthCanceled if android => "auth canceled",
            Self::AuthCanceled => "authorize no response",
            Self::PermissionDescMissing => "require permission desc",
            Self::PrivateInfoUndeclared => PRIVATE_INFO_UNDECLARED,
            Self::PrivacyRefused => "privacy permission is not authorized",
            Self::PrivacyUndeclared => "api scope is not declared in the privacy agreement",
            Self::PrivacyBanned => "appid privacy api banned",
            Self::SystemPermissionDenied if profile.sdk < Version(2, 6, 2) => "1",
            Self::SystemPermissionDenied => "system permission denied",
            Self::NoPermission => "no permission",
            Self::TapRequired => "can only be invoked by user TAP gesture.",
            Self::Timeout => "timeout",
            Self::SessionTimeout => "session time out, need relogin",
            Self::NotTabBarPage => "can not switch to no-tabBar page",
            Self::NotOnTabPage => "not TabBar page",
            Self::TabItemNotFound => "tabbar item not found",
            Self::BackAtFirstPage if android => "cannot navigate back at first page",
            Self::BackAtFirstPage => "cannot navigate back at first page.",
            Self::PageStackFull => "webview count limit exceed",
            Self::ReLaunchInBackground => "can not invoke reLaunch in background",
            Self::NoSuchNode => "selector not found",
            Self::DataNotFound => "data not found",
            Self::StorageValueTooLarge => "entry size limit reached",
            Self::StorageFull => device::storage_full(android),
            Self::Rewrite(problem) => return problem.text(),
            Self::Jump(problem) => return problem.text(),
            Self::NotSupported => not_supported(profile.platform),
            Self::Device(problem) => problem.text(android),
            other => other.plain_words(),
        };
        fixed.to_owned()
    }

    /// Words that no platform and no version changes.
    fn plain_words(&self) -> &'static str {
        match self {
            Self::InvalidScope => "invalid scope",
            Self::EmptyScope => "scope or scope list empty",
            Self::TooManyItems => "parameter error: itemList should not be large than 6",
            Self::InvalidMethod => "method is invalid",
            Self::InvalidData => "invalid request data",
            Self::DomainNotListed => "url not in domain list",
            Self::Abort => "abort",
            Self::Interrupted => "interrupted",
            Self::TooManyRedirects => "network reach the max redirect count",
            Self::Media(problem) => problem.text(),
            Self::Ad(problem) => problem.text(),
            Self::Share(problem) => problem.text(),
            Self::Message(problem) => problem.text(),
            Self::Launch(problem) => problem.text(),
            Self::Voip(problem) => problem.text(),
            Self::Worker(problem) => problem.text(),
            Self::Canvas(problem) => problem.text(),
            Self::Card(problem) => problem.text(),
            Self::ScopeUnauthorized => "scope unauthorized",
            Self::LoginRequired => "login required",
            Self::DescLength => "desc length does not meet the requirements",
            Self::UserDeny => "user deny",
            Self::UserCancel => "user cancel",
            Self::PhoneQuota => "appid no enough quota",
            Self::BluetoothOff => "not available",
            Self::BluetoothNotOpen => "not init",
            Self::Ble(problem) => problem.text(),
            Self::BluetoothOpen => "already opened",
            Self::OneCamera => "can insert only one camera",
            Self::Socket(problem) => problem.text(),
            _ => "not simulated by wxsim",
        }
    }

    /// The general error number, where the official error table has one for this reason.
    pub fn errno(&self) -> Option<u32> {
        Some(match self {
            Self::File(problem, _) => return problem.errno(),
            Self::SystemPermissionDenied => 3,
            Self::Timeout => 5,
            Self::NotSimulated | Self::NotSupported => 100,
            Self::NoPermission => 102,
            Self::AuthDeny => 103,
            Self::BluetoothNotOpen => 1_500_101,
            Self::BluetoothOff => 1_500_102,
            Self::PhoneQuota => 1_400_001,
            Self::AuthCanceled | Self::PrivacyRefused => 104,
            Self::PrivacyUndeclared => 112,
            Self::PrivacyBanned => 1025,
            Self::Device(problem) => return problem.errno(),
            Self::Account(problem) => return problem.errno(),
            Self::Card(problem) => return problem.errno(),
            Self::Payment(problem) => return problem.errno(),
            Self::EmptyScope => 110,
            Self::Network(words) if words == SERVER_UNREACHABLE => 108,
            Self::Network(words) if words.starts_with("errcode") => 600_001,
            Self::DomainNotListed => 600_002,
            Self::Interrupted => 600_003,
            Self::TooManyRedirects => 600_008,
            Self::InvalidUrl(_) => 600_009,
            Self::InvalidData => 600_010,
            _ => return None,
        })
    }

    /// `errCode` besides `errno`, where the official page has one.
    pub fn err_code(&self) -> Option<i64> {
        match self {
            Self::BluetoothNotOpen => Some(10_000),
            Self::BluetoothOff => Some(10_001),
            Self::File(problem, _) => problem.errno().map(i64::from),
            Self::Cloud(problem) => Some(problem.code().into()),
            Self::Ad(problem) => Some(problem.code().into()),
            Self::Soter(problem) => problem.code(),
            Self::Account(problem) => problem.err_code(),
            Self::Share(problem) => problem.err_code(),
            Self::Message(problem) => problem.err_code(),
            Self::Voip(problem) => Some(problem.code()),
            Self::Ble(problem) => Some(problem.code()),
            _ => None,
        }
    }

    /// The `state` of Bluetooth, on iOS, in a failure of `wx.openBluetoothAdapter`.
    pub fn bluetooth_state(&self, api: &str, profile: &Profile) -> Option<u32> {
        let is_told = api == "openBluetoothAdapter" && profile.platform == Platform::Ios;
        match self {
            Self::SystemPermissionDenied if is_told => Some(3),
            Self::BluetoothOff if is_told => Some(4),
            _ => None,
        }
    }

    /// Members of the result that tell nothing.
    pub fn blank_members(&self) -> &'static [(&'static str, Blank)] {
        match self {
            Self::Soter(problem) => problem.blank_members(),
            _ => &[],
        }
    }

    /// Whether it is the same failure as another, whatever the two name.
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File(one, _), Self::File(other, _)) => one == other,
            (Self::Device(one), Self::Device(other)) => one == other,
            (Self::Account(one), Self::Account(other)) => one == other,
            (Self::Jump(one), Self::Jump(other)) => {
                std::mem::discriminant(one) == std::mem::discriminant(other)
            }
            (Self::Card(one), Self::Card(other)) => one == other,
            (Self::Share(one), Self::Share(other)) => one == other,
            (Self::Message(one), Self::Message(other)) => one == other,
            (Self::Soter(one), Self::Soter(other)) => {
                std::mem::discriminant(one) == std::mem::discriminant(other)
            }
            (Self::Payment(one), Self::Payment(other)) => one.is_like(other),
            (Self::Launch(one), Self::Launch(other)) => one == other,
            (Self::Voip(one), Self::Voip(other)) => one == other,
            (Self::Ble(one), Self::Ble(other)) => one == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// Whether neither success nor fail hears of it, but complete alone.
    pub fn completes_only(&self) -> bool {
        matches!(self, Self::Payment(PaymentProblem::OldCancel))
    }

    /// Whether it is about a request on the way.
    fn is_of_download(&self) -> bool {
        matches!(
            self,
            Self::Network(_)
                | Self::DomainNotListed
                | Self::Timeout
                | Self::Interrupted
                | Self::TooManyRedirects
        )
    }

    /// Whether the words come from the native client rather than from the base library.
    fn is_native(&self) -> bool {
        if let Self::Device(problem) = self {
            return problem.is_native();
        }
        if let Self::Payment(problem) = self {
            return problem.is_native();
        }
        matches!(
            self,
            Self::AuthDeny
                | Self::AuthCanceled
                | Self::PermissionDescMissing
                | Self::SystemPermissionDenied
                | Self::BackAtFirstPage
                | Self::ScopeUnauthorized
                | Self::Media(_)
                | Self::Voip(_)
                | Self::Ble(_)
                | Self::BluetoothOff
                | Self::BluetoothNotOpen
                | Self::BluetoothOpen
                | Self::UserDeny
                | Self::UserCancel
                | Self::DataNotFound
                | Self::StorageValueTooLarge
                | Self::StorageFull
                | Self::NotSupported
                | Self::Canvas(CanvasProblem::NoBitmap)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Reason, fail, ok};
    use crate::profile::{Date, Platform, Profile};

    #[test]
    fn the_separator_follows_the_platform_for_native_reasons_only() {
        let ios = Profile::default();
        let android = Profile {
            platform: Platform::Android,
            ..ios.clone()
        };
        let text = |reason: Reason, profile: &Profile| fail("authorize", &reason, profile);
        assert_eq!(ok("login"), "login:ok");
        assert_eq!(text(Reason::AuthDeny, &ios), "authorize:fail auth deny");
        assert_eq!(text(Reason::AuthDeny, &android), "authorize:fail:auth deny");
        assert_eq!(
            text(Reason::AuthCanceled, &ios),
            "authorize:fail authorize no response"
        );
        assert_eq!(
            text(Reason::AuthCanceled, &android),
            "authorize:fail:auth canceled"
        );
        assert_eq!(
            text(
                Reason::Parameter("parameter.scope should be String instead of Undefined;".into()),
                &android
            ),
            "authorize:fail parameter error: parameter.scope should be String instead of Undefined;"
        );
    }

    #[test]
    fn a_missing_system_permission_had_another_text_before_2_6_2() {
        let text = |profile| fail("getLocation", &Reason::SystemPermissionDenied, &profile);
        assert_eq!(
            text(Profile::on(Date::new(2018, 6, 4))),
            "getLocation:fail 1"
        );
        assert_eq!(
            text(Profile::default()),
            "getLocation:fail system permission denied"
        );
    }
}
