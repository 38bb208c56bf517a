//! What a failure means and what to do about it, in English and Chinese.
//!
//! Sources: the official pages of the APIs and of the general error numbers.

use super::{Reason, RewriteProblem};

/// A failure in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// What it means and when it happens.
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
    /// What to do.
    pub advice_en: &'static str,
    /// The same in Chinese.
    pub advice_zh: &'static str,
}

/// A failure in words: meaning and advice, each in English, then Chinese.
pub(super) const fn text(
    en: &'static str,
    zh: &'static str,
    advice_en: &'static str,
    advice_zh: &'static str,
) -> Meaning {
    Meaning {
        en,
        zh,
        advice_en,
        advice_zh,
    }
}

impl Reason {
    /// What it means and what to do. A test holds that every reason of a row has one.
    pub fn meaning(&self) -> Option<Meaning> {
        self.of_permission()
            .or_else(|| self.of_call())
            .or_else(|| self.of_page_or_storage())
            .or_else(|| self.of_network())
            .or_else(|| self.of_bar())
            .or_else(|| self.of_privacy())
            .or_else(|| self.of_user())
            .or_else(|| self.of_file())
    }

    /// Files and documents.
    fn of_file(&self) -> Option<Meaning> {
        Some(match self {
            Self::File(problem, _) => return problem.meaning(),
            Self::Socket(problem) => problem.meaning(),
            Self::Ad(problem) => problem.meaning(),
            Self::Soter(problem) => problem.meaning(),
            Self::Account(problem) => problem.meaning(),
            Self::Jump(problem) => problem.meaning(),
            Self::Share(problem) => problem.meaning(),
            Self::Message(problem) => problem.meaning(),
            Self::Payment(problem) => problem.meaning(),
            Self::Launch(problem) => problem.meaning(),
            Self::Ble(problem) => problem.meaning(),
            Self::Voip(problem) => problem.meaning(),
            Self::Worker(problem) => problem.meaning(),
            Self::Canvas(problem) => problem.meaning(),
            Self::Card(problem) => problem.meaning(),
            Self::Cloud(problem) => problem.meaning(),
            Self::Device(problem) => problem.meaning(),
            Self::Rewrite(_) => RewriteProblem::meaning(),
            Self::Media(problem) => problem.meaning(),
            Self::NotSupported => text(
                "The client of this platform does not have the API.",
                "当前平台的客户端不支持该接口。",
                "Offer the function only where it exists, such as WeChat on a computer; the developer tool lacks it too.",
                "只在支持的平台（例如 PC 端）提供该功能；开发者工具也不支持。",
            ),
            _ => return None,
        })
    }

    /// Profile and phone number.
    #[expect(clippy::too_many_lines, reason = "a table of texts")]
    fn of_user(&self) -> Option<Meaning> {
        Some(match self {
            Self::ScopeUnauthorized => text(
                "The user has not granted scope.userInfo, and since 2018-04-30 only the button asks for it.",
                "用户没有授权 scope.userInfo；自 2018-04-30 起只有按钮可以询问。",
                "Use `<button open-type=\"getUserInfo\">`, today the avatar and nickname components.",
                "使用 `<button open-type=\"getUserInfo\">`，现在使用头像昵称填写能力。",
            ),
            Self::LoginRequired => text(
                "The result is encrypted with the session key, and no session is alive.",
                "结果需要用 session_key 加密，但没有有效的登录态。",
                "Call wx.login before, and wx.checkSession when it was long ago.",
                "先调用 wx.login；距上次登录较久时先用 wx.checkSession 检查。",
            ),
            Self::DescLength => text(
                "`desc` is empty or longer than 30 characters.",
                "`desc` 为空或超过 30 个字符。",
                "Say in a few words what the profile is for.",
                "用几个字说明用途。",
            ),
            Self::UserDeny => text(
                "The user did not give the phone number.",
                "用户没有提供手机号。",
                "Offer another way; the button may be tapped again at any time.",
                "提供其他方式；用户可以随时再次点击按钮。",
            ),
            Self::BluetoothOff => text(
                "Bluetooth of the phone is off.",
                "手机蓝牙未打开。",
                "Ask the user to switch it on; wx.onBluetoothAdapterStateChange tells when.",
                "提示用户打开蓝牙；wx.onBluetoothAdapterStateChange 会通知状态变化。",
            ),
            Self::BluetoothOpen => text(
                "Bluetooth is open already; older clients mind.",
                "蓝牙模块已经打开；旧版客户端会因此报错。",
                "Go on as after a success, or call wx.closeBluetoothAdapter first.",
                "按成功处理，或先调用 wx.closeBluetoothAdapter。",
            ),
            Self::BluetoothNotOpen => text(
                "The program has not opened Bluetooth.",
                "未初始化蓝牙适配器。",
                "Call wx.openBluetoothAdapter first.",
                "先调用 wx.openBluetoothAdapter。",
            ),
            Self::OneCamera => text(
                "The page has a camera already.",
                "同一页面只能插入一个 camera 组件。",
                "Show one `<camera>` at a time.",
                "同时只显示一个 `<camera>`。",
            ),
            Self::UserCancel => text(
                "The user closed the sheet of phone numbers, or the dialog in which a computer saves a file.",
                "用户关闭了手机号面板，或电脑上的保存对话框。",
                "Nothing is wrong: offer another way, or let the user try again.",
                "这不是故障：提供其他方式，或允许用户再次操作。",
            ),
            Self::PhoneQuota => text(
                "The mini program has used up its phone number verifications.",
                "小程序的手机号验证额度已用完。",
                "Buy more in the console, and offer another way meanwhile.",
                "在公众平台购买额度，并提供其他方式。",
            ),
            _ => return None,
        })
    }

    /// The privacy agreement.
    fn of_privacy(&self) -> Option<Meaning> {
        Some(match self {
            Self::PrivacyRefused => text(
                "The user did not agree to the privacy guide; for ten seconds after a refusal no dialog is shown.",
                "用户没有同意隐私保护指引；拒绝后 10 秒内不会再次弹窗。",
                "Go on without it; ask again with wx.requirePrivacyAuthorize or an agree button when the function is used.",
                "提供不同意也能用的流程；再次使用该功能时用 wx.requirePrivacyAuthorize 或同意按钮询问。",
            ),
            Self::PrivacyUndeclared => text(
                "The privacy guide in the console does not name what the API collects.",
                "公众平台的用户隐私保护指引没有声明该接口收集的信息。",
                "Add the item to the guide in the console; it counts some minutes later.",
                "在公众平台的用户隐私保护指引中补充该项，几分钟后生效。",
            ),
            Self::PrivacyBanned => text(
                "The privacy guide says that nothing is collected, or the interfaces were banned.",
                "隐私保护指引声明不收集任何信息，或隐私接口被封禁。",
                "Complete the guide in the console and appeal there.",
                "在公众平台完善用户隐私保护指引并申诉。",
            ),
            _ => return None,
        })
    }

    /// Navigation bar, tab bar, nodes of the page.
    fn of_bar(&self) -> Option<Meaning> {
        Some(match self {
            Self::InvalidValue(..) => text(
                "A key has a value that the base library does not know.",
                "参数的取值不在基础库支持的范围内。",
                "Use one of the values of the official page.",
                "使用官方文档列出的取值。",
            ),
            Self::NotOnTabPage => text(
                "The tab bar can be changed only while a tab page is on top.",
                "只有当前页面是 tabBar 页面时才能修改 tabBar。",
                "Call it in the tab page's own `onShow`.",
                "在 tabBar 页面的 `onShow` 里调用。",
            ),
            Self::NoSuchNode => text(
                "No node of the page is what the selector means.",
                "页面上没有与选择器匹配的节点。",
                "Call it after the node is rendered; a node inside a component needs `.host >>> .node`.",
                "等节点渲染后再调用；组件内的节点要用 `.host >>> .node`。",
            ),
            Self::TabItemNotFound => text(
                "The tab bar has no item of that number.",
                "tabBar 没有该序号的选项。",
                "Count the items of app.json's `tabBar.list` from 0.",
                "按 app.json 的 `tabBar.list` 从 0 开始计数。",
            ),
            _ => return None,
        })
    }

    /// Requests, uploads, downloads.
    fn of_network(&self) -> Option<Meaning> {
        Some(match self {
            Self::InvalidUrl(_) => text(
                "The address of the request does not begin with `http://` or `https://`.",
                "请求地址不是以 `http://` 或 `https://` 开头。",
                "Give the whole address; relative addresses do not exist here.",
                "使用完整地址；这里没有相对地址。",
            ),
            Self::InvalidMethod => text(
                "The request's `method` is none of the HTTP methods that the client knows.",
                "请求的 `method` 不是客户端支持的 HTTP 方法。",
                "Use one of the methods of the official page, in capital letters.",
                "使用官方文档列出的方法，并用大写字母。",
            ),
            Self::InvalidData => text(
                "The `data` of the request contain themselves, so that they have no JSON.",
                "请求的 `data` 存在循环引用，无法序列化。",
                "Send only the members that the server needs.",
                "只发送服务端需要的字段。",
            ),
            Self::DomainNotListed => text(
                "The request's domain is not in the mini program's list of servers; in wxsim, no route answers it.",
                "请求的域名不在小程序的服务器域名列表中；在 wxsim 里表示没有匹配的路由。",
                "On the platform: add the domain in the console. In wxsim: give the answer with `--route`.",
                "在微信平台：在后台添加该域名。在 wxsim：用 `--route` 给出应答。",
            ),
            Self::Abort => text(
                "The program itself ended the task with `abort()`.",
                "程序自己调用 `abort()` 中止了任务。",
                "Nothing is wrong: tell it apart from a real failure before you show a message.",
                "这不是故障：提示用户前请把它与真正的失败区分开。",
            ),
            Self::Interrupted => text(
                "The request was still open five seconds after the program went to the background.",
                "小程序进入后台 5 秒后请求仍未完成，被中断。",
                "Send it again when the program is shown.",
                "回到前台后重新发送。",
            ),
            Self::TooManyRedirects => text(
                "One redirect led to the next too often.",
                "重定向次数过多。",
                "Correct the server, or set `redirect: 'manual'` and look at the answer.",
                "检查服务器，或设置 `redirect: 'manual'` 查看应答。",
            ),
            Self::Network(_) => text(
                "The server gave no answer; the text is the client's description of what went wrong on the way.",
                "服务器没有应答；错误文本是客户端对网络故障的描述。",
                "Let the user try again; test it with a route such as `GET … = fail refused`.",
                "允许用户重试；可用 `GET … = fail refused` 这样的规则测试。",
            ),
            _ => return None,
        })
    }

    /// Arguments, dialogs, permissions.
    fn of_permission(&self) -> Option<Meaning> {
        Some(match self {
            Self::Parameter(_) => text(
                "The base library refuses the arguments before anything happens: a required key is missing or has another type.",
                "参数在调用前被基础库拒绝：缺少必填项，或类型不对。",
                "Correct the keys that the text names; `Undefined` means that the key is missing, often because the value was not loaded yet.",
                "按错误文本改正参数；`Undefined` 表示没有传该项，常见原因是数据还没有加载完。",
            ),
            Self::Cancel => text(
                "The user closed the dialog or pressed its cancel button.",
                "用户关闭了弹窗或点了取消。",
                "Nothing is wrong: leave the page as it was and let the user try again.",
                "这不是故障：保持页面原状，允许用户再次操作。",
            ),
            Self::AuthDeny => text(
                "The user refuses the scope, now or earlier; after a refusal no dialog is shown again.",
                "用户拒绝授权（本次或以前）；拒绝之后不会再次弹窗。",
                "Go on without it, and offer wx.openSetting (from a tap) where the user can switch it on.",
                "提供不授权也能用的流程，并在用户点击时用 wx.openSetting 引导其打开开关。",
            ),
            Self::AuthCanceled => text(
                "The authorization dialog was closed without a choice; the next call asks again.",
                "用户没有选择就关闭了授权弹窗；下次调用会再次询问。",
                "Treat it as a refusal for now; ask again when the user comes back to the function.",
                "当作本次未授权处理，用户再次使用该功能时再询问。",
            ),
            Self::InvalidScope => text(
                "The scope's name is unknown, or not available to this mini program.",
                "scope 名称不存在，或该小程序不可用。",
                "Check the spelling, such as scope.userLocation, and that the scope is not retired.",
                "检查拼写（例如 scope.userLocation），并确认该 scope 没有下线。",
            ),
            Self::EmptyScope => text(
                "The scope's name is the empty text.",
                "scope 为空字符串。",
                "Hand over the name of a scope.",
                "传入 scope 的名称。",
            ),
            Self::PermissionDescMissing => text(
                "app.json does not say what the location is used for.",
                "app.json 没有说明地理位置的用途。",
                "Add permission[\"scope.userLocation\"].desc to app.json.",
                "在 app.json 中加入 permission[\"scope.userLocation\"].desc。",
            ),
            Self::PrivateInfoUndeclared => text(
                "app.json does not list the API in requiredPrivateInfos (needed by versions published after 2022-07-14).",
                "app.json 的 requiredPrivateInfos 没有声明该接口（2022-07-14 之后发布的版本必须声明）。",
                "Add the API's name to requiredPrivateInfos in app.json, and open the interface in the console.",
                "在 app.json 的 requiredPrivateInfos 中加入该接口，并在公众平台开通接口权限。",
            ),
            Self::SystemPermissionDenied => text(
                "The operating system does not give WeChat itself the permission.",
                "系统没有把该权限授予微信。",
                "Tell the user to switch it on in the settings of the phone (wx.openAppAuthorizeSetting).",
                "提示用户在手机系统设置中为微信打开权限（wx.openAppAuthorizeSetting）。",
            ),
            _ => return None,
        })
    }

    /// What a call needs besides.
    fn of_call(&self) -> Option<Meaning> {
        Some(match self {
            Self::NoPermission => text(
                "The API is not open to this mini program.",
                "该小程序没有此接口的权限。",
                "Check the account's kind, its verification and the interface settings in the console.",
                "检查帐号主体、认证状态和公众平台的接口设置。",
            ),
            Self::TapRequired => text(
                "Only a tap of the user may lead to this call, and none did.",
                "该接口只能由用户点击触发，而这次调用不是。",
                "Call it in the handler of a tap, before anything asynchronous that loses the tap, such as setTimeout.",
                "在 tap 事件处理函数里直接调用，不要放在 setTimeout 等异步之后。",
            ),
            Self::OnLaunch => text(
                "Before base library 1.5.0, App.onLaunch opens neither pages nor dialogs.",
                "基础库 1.5.0 之前，App.onLaunch 里不能跳转页面，也不能弹出对话框。",
                "Call it in the first page's onLoad, or set the lowest base library to 1.5.0.",
                "放到首页的 onLoad 里调用，或把最低基础库版本设为 1.5.0。",
            ),
            Self::Timeout => text(
                "The caller's own time limit passed.",
                "超过了调用方设置的时间。",
                "Offer to try again; raise `timeout` if it is too short.",
                "提示用户重试；如果 timeout 太短则调大。",
            ),
            Self::SessionTimeout => text(
                "The login session of the latest code is over, or was never opened.",
                "登录态已过期，或从未登录。",
                "Call wx.login and hand the new code to the server; do not reuse the old session_key.",
                "调用 wx.login，把新的 code 交给服务器；不要再使用旧的 session_key。",
            ),
            Self::TooManyItems => text(
                "The action sheet has more than six items.",
                "操作菜单超过六项。",
                "Show at most six, or a page with a list.",
                "最多六项，更多内容请用列表页面。",
            ),
            Self::NothingShown(_) => text(
                "There is no toast or loading to hide.",
                "没有正在显示的 toast 或 loading。",
                "Hide only what was shown; loading and toast replace each other.",
                "只隐藏已经显示的；loading 与 toast 会互相替换。",
            ),
            Self::Replaced(_) => text(
                "A test says that the call fails so.",
                "测试规定该调用以此失败。",
                "Look at `wx.fail` and `wx.stub` in the test.",
                "查看测试中的 `wx.fail` 与 `wx.stub`。",
            ),
            Self::NotSimulated => text(
                "wxsim does not simulate this API; the mini program itself may be right.",
                "wxsim 没有模拟该接口；小程序本身可能没有问题。",
                "See `wxsim api NAME`; on a phone the call behaves as documented.",
                "查看 `wxsim api NAME`；在真机上以官方文档为准。",
            ),
            _ => return None,
        })
    }

    /// Pages and storage.
    fn of_page_or_storage(&self) -> Option<Meaning> {
        Some(match self {
            Self::PageNotFound(_) => text(
                "app.json lists no such page.",
                "app.json 中没有这个页面。",
                "Check the path (a leading / makes it absolute) and the list of pages; subpackage pages need their root.",
                "检查路径（以 / 开头为绝对路径）和 pages 列表；分包页面要带上 root。",
            ),
            Self::TabBarPage => text(
                "The target is a page of the tab bar, which this API cannot open.",
                "目标是 tabBar 页面，该接口不能打开。",
                "Use wx.switchTab, which takes no query, or wx.reLaunch.",
                "改用 wx.switchTab（不能带参数）或 wx.reLaunch。",
            ),
            Self::NotTabBarPage => text(
                "wx.switchTab opens pages of the tab bar only.",
                "wx.switchTab 只能打开 tabBar 页面。",
                "Use wx.navigateTo, or add the page to tabBar.list in app.json.",
                "改用 wx.navigateTo，或把页面加入 app.json 的 tabBar.list。",
            ),
            Self::BackAtFirstPage => text(
                "The page stack holds one page, so there is nothing to go back to.",
                "页面栈只有一页，无法返回。",
                "Look at getCurrentPages().length first; a page opened from a share card is often the first one.",
                "先看 getCurrentPages().length；从分享卡片打开的页面常常就是第一页。",
            ),
            Self::PageStackFull => text(
                "The page stack is full.",
                "页面栈已满。",
                "Use wx.redirectTo for pages that lead to each other in a circle.",
                "互相跳转的页面改用 wx.redirectTo。",
            ),
            Self::ReLaunchInBackground => text(
                "wx.reLaunch does not work while the mini program is in the background.",
                "小程序在后台时不能调用 wx.reLaunch。",
                "Call it in onShow.",
                "放到 onShow 里调用。",
            ),
            Self::DataNotFound => text(
                "Nothing is stored under the key.",
                "该 key 没有存储数据。",
                "Expect it at the first start; use a default.",
                "首次启动时属正常情况，使用默认值即可。",
            ),
            Self::StorageValueTooLarge => text(
                "One value is larger than storage takes for a key (1 MB).",
                "单个 key 的数据超过上限（1 MB）。",
                "Store less, or write a file.",
                "减少数据，或写入文件。",
            ),
            Self::StorageFull => text(
                "The storage of the mini program is full (10 MB).",
                "小程序的本地存储已满（10 MB）。",
                "Remove what is old; catch the failure, since the user cannot do anything about it.",
                "清理旧数据，并处理该失败，因为用户无法自行解决。",
            ),
            _ => return None,
        })
    }
}
