//! The general error numbers (`errno`) that matter here.
//!
//! Official page: `framework/usability/PublicErrno`. Seven digits are two of the class, two of the
//! subclass and three of the error; general numbers are short.

use super::meaning::{Meaning, text};

/// A general error number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errno {
    /// The number.
    pub code: u32,
    /// Its text in the official table.
    pub text: &'static str,
    /// In words.
    pub meaning: Meaning,
}

const fn errno(
    code: u32,
    official: &'static str,
    en: &'static str,
    zh: &'static str,
    advice_en: &'static str,
    advice_zh: &'static str,
) -> Errno {
    Errno {
        code,
        text: official,
        meaning: text(en, zh, advice_en, advice_zh),
    }
}

/// The numbers in order.
#[rustfmt::skip]
pub const ERRNOS: &[Errno] = &[
    errno(0, "ok", "The call succeeded.", "调用成功。", "", ""),
    errno(1, "cancel", "The user cancelled.", "用户取消。", "Let the user try again.", "允许用户再次操作。"),
    errno(3, "system permission denied", "The operating system does not give WeChat the permission.", "系统没有授予微信该权限。", "Lead the user to the settings of the phone.", "引导用户到手机系统设置打开权限。"),
    errno(4, "internal error", "A failure inside WeChat.", "微信内部错误。", "Try again; report it if it lasts.", "重试；持续出现时向官方反馈。"),
    errno(5, "time out", "The call took too long.", "超时。", "Try again, or raise `timeout`.", "重试，或调大 timeout。"),
    errno(100, "jsapi not supported", "The client does not have this API.", "当前客户端不支持该接口。", "Ask wx.canIUse first and offer another way.", "先用 wx.canIUse 判断，并提供替代方案。"),
    errno(101, "jsapi invalid request data", "The client could not read the arguments.", "请求数据不合法。", "Check the types of the arguments.", "检查参数类型。"),
    errno(102, "jsapi has no permission", "This mini program may not use the API.", "小程序没有该接口的权限。", "Check the account's kind and the interface settings in the console.", "检查帐号主体与公众平台的接口设置。"),
    errno(103, "jsapi user authorize denied", "The user refused the authorization.", "用户拒绝授权。", "Offer wx.openSetting from a tap.", "在用户点击时用 wx.openSetting 引导。"),
    errno(104, "jsapi user authorize canceled", "The user closed the authorization dialog.", "用户取消授权。", "Ask again when the function is used again.", "再次使用该功能时再询问。"),
    errno(106, "invalid jsapi index", "The call does not exist in the client.", "接口索引不合法。", "Update the client or the base library.", "升级客户端或基础库。"),
    errno(108, super::SERVER_UNREACHABLE, "WeChat's server could not be reached.", "网络原因导致请求后台失败。", "Try again when there is a network.", "网络恢复后重试。"),
    errno(109, "cgi response null", "WeChat's server answered nothing.", "后台返回为空。", "Try again.", "重试。"),
    errno(110, "scope or scope list empty", "No scope was given.", "scope 为空。", "Hand over the name of a scope.", "传入 scope 的名称。"),
    errno(111, "oom occurs", "The device has too little memory.", "设备内存不足。", "Use less memory: smaller images, shorter lists.", "减少内存占用：压缩图片、缩短列表。"),
    errno(112, "api scope is not declared in the privacy agreement", "The privacy guide of the mini program does not name what the API collects.", "隐私保护指引没有声明该接口收集的信息。", "Complete the privacy guide in the console.", "在公众平台补充用户隐私保护指引。"),
    errno(1001, "invalid request parameter", "A parameter is not valid.", "参数不合法。", "Check the parameters against the API's page.", "对照接口文档检查参数。"),
    errno(1003, "meet server frequency limit", "The API is called too often.", "调用太频繁。", "Call it less often; keep the result.", "降低频率并缓存结果。"),
    errno(1004, "invalid openid", "The openid is not valid.", "openid 不合法。", "Use the openid of this user in this mini program.", "使用该用户在本小程序的 openid。"),
    errno(1005, "invalid appid", "The appid is not valid.", "appid 不合法。", "Check the appid of the project.", "检查项目的 appid。"),
    errno(1020, "code already used", "A login code works once.", "code 已被使用。", "Call wx.login for a new code.", "重新调用 wx.login 获取新的 code。"),
    errno(1021, "code expired", "A login code lives five minutes.", "code 已过期。", "Call wx.login right before the code is sent.", "在发送前再调用 wx.login。"),
    errno(1025, "wxa appid privacy api banned", "The mini program may not use privacy APIs.", "小程序的隐私接口被封禁。", "Complete the privacy guide and appeal in the console.", "完善隐私保护指引并在公众平台申诉。"),
    errno(1026, "wxgame appid privacy api banned", "The mini game may not use privacy APIs.", "小游戏的隐私接口被封禁。", "Complete the privacy guide and appeal in the console.", "完善隐私保护指引并在公众平台申诉。"),
    errno(1032, "invalid signature", "The signature does not fit.", "签名错误。", "Sign again with the present session_key or key.", "用当前的 session_key 或密钥重新签名。"),
    errno(101_100, "interface is not declared in the privacy agreement", "The privacy guide does not name the interface.", "隐私保护指引没有声明该接口。", "Complete the privacy guide in the console.", "在公众平台补充用户隐私保护指引。"),
    errno(101_101, "privacy interface is banned", "The privacy interface is banned.", "隐私接口被封禁。", "See the notices in the console.", "查看公众平台的通知。"),
    errno(101_102, "privacy permission is not authorized", "The user has not agreed to the privacy guide.", "用户没有同意隐私保护指引。", "Show the guide with wx.requirePrivacyAuthorize or an agree button.", "用 wx.requirePrivacyAuthorize 或同意按钮展示指引。"),
    errno(109_001, "invalid random value length", "Not a number of random bytes that one call can give.", "无效的随机数长度。", "Ask for 1 to 1048576 bytes, a whole number.", "长度须为 1 到 1048576 的整数。"),
    errno(510_001, "invoke too frequently", "The call comes too soon after the last one.", "函数调用时间间隔过短。", "Wait some seconds between two calls.", "两次调用之间间隔几秒。"),
    errno(600_000, "unknown network error", "The network failed for a reason that is not known.", "未知的网络错误。", "Let the user try again.", "允许用户重试。"),
    errno(600_001, "cronet component error", "The network component failed; errMsg has its own number.", "网络组件错误，详情见 errMsg 中的错误码。", "Look the number up in Chromium's list of network errors; let the user try again.", "在 Chromium 的网络错误列表中查询该数字；允许用户重试。"),
    errno(600_002, "url not in domain list", "The domain is not in the mini program's list of servers.", "域名不在服务器域名列表中。", "Add the domain in the console; in wxsim, give the answer with `--route`.", "在公众平台添加域名；在 wxsim 里用 `--route` 给出应答。"),
    errno(600_003, "network interrupted error", "The request was cut off, usually in the background.", "网络中断，常见于进入后台之后。", "Send it again when the program is shown.", "回到前台后重新发送。"),
    errno(600_004, "network logic error", "A failure inside the network module.", "网络模块内部逻辑错误。", "Try again; report it if it lasts.", "重试；持续出现时向官方反馈。"),
    errno(600_005, "network argv error", "The network module could not read the arguments.", "网络接口参数错误。", "Check the options against the API's page.", "对照接口文档检查参数。"),
    errno(600_006, "network system error", "The operating system refused something that the network needs.", "网络相关的系统错误。", "Let the user try again.", "允许用户重试。"),
    errno(600_007, "network exceed max task count", "Too many requests at a time.", "超过最大请求数量。", "Send fewer at a time; close sockets that are not needed.", "减少同时发起的请求，关闭不用的连接。"),
    errno(600_008, "network reach the max redirect count", "One redirect led to the next too often.", "超过最大重定向次数。", "Correct the server, or set `redirect: 'manual'`.", "检查服务器，或设置 `redirect: 'manual'`。"),
    errno(600_009, "invalid URL", "The address is not one.", "URL 格式不合法。", "Give the whole address with its scheme.", "使用包含协议的完整地址。"),
    errno(600_010, "invalid request data", "The data of the request have no JSON.", "请求的 data 序列化失败。", "Send plain data without circles.", "只发送不含循环引用的普通数据。"),
    errno(600_011, "url validate error", "The address could not be checked.", "URL 验证错误。", "Check the address and the list of domains.", "检查地址与域名列表。"),
    errno(602_101, "not buy httpdns service", "The mini program has no HTTP DNS service.", "小程序没有购买 HttpDNS 服务。", "Buy it in the service market, or leave `enableHttpDNS` out.", "在服务市场购买，或不传 `enableHttpDNS`。"),
    errno(700_001, "limited use", "Payment is blocked for this client.", "支付功能受限。", "Use a current client; check the merchant's state.", "升级客户端并检查商户状态。"),
    errno(702_003, "invalid pay signature", "The signature of the payment does not fit.", "支付签名错误。", "Sign the five fields on the server with the right key and signType.", "在服务端用正确的密钥和 signType 对五个字段签名。"),
    errno(1_300_001, "operation not permitted", "A folder was given where a file is wanted.", "操作不被允许：应为文件，实际传入了目录。", "Use rmdir for folders, unlink for files.", "删除目录用 rmdir，删除文件用 unlink。"),
    errno(1_300_002, "no such file or directory ${path}", "Nothing has that name, or the folder that it would lie in does not exist.", "文件或目录不存在，或目标路径的上级目录不存在。", "Check with access first; make the folder with mkdir and recursive; temporary files end with the program.", "先用 access 判断，用 mkdir（recursive）创建上级目录；临时文件在小程序结束后失效。"),
    errno(1_300_005, "Input/output error", "The file cannot be read or written at the moment.", "输入输出流不可用。", "Try again; tell the user that the storage of the phone may be damaged or full.", "重试；提示用户手机存储可能已满或损坏。"),
    errno(1_300_009, "bad file descriptor", "No open file has that descriptor: it was never given, or is closed.", "文件描述符无效：从未打开或已经关闭。", "Use the fd that open gave, before close.", "使用 open 返回的 fd，且不要在 close 之后使用。"),
    errno(1_300_013, "permission denied", "The path may not be read, or not written: only wx.env.USER_DATA_PATH can be written.", "没有读或写的权限：只有 wx.env.USER_DATA_PATH 目录可写。", "Write below wx.env.USER_DATA_PATH, and build paths from it instead of writing the protocol out.", "写入 wx.env.USER_DATA_PATH 目录，并用它拼接路径，不要写死协议名。"),
    errno(1_300_014, "Path permission denied", "The path may not be used.", "传入的路径没有权限。", "Use a path of the package, a temporary file or wx.env.USER_DATA_PATH.", "使用代码包路径、临时文件或 wx.env.USER_DATA_PATH 下的路径。"),
    errno(1_300_020, "not a directory", "A part of the path is a file where a folder is wanted.", "路径中的某一级是文件而不是目录。", "Check the path with stat.", "用 stat 检查路径。"),
    errno(1_300_021, "Is a directory", "The path is a folder.", "指定路径是一个目录。", "Give the path of a file.", "传入文件路径。"),
    errno(1_300_022, "Invalid argument", "The arguments do not fit: a length or an offset, or a folder that would be moved into itself.", "参数无效：length、offset 越界，或把目录移动到自身之下。", "Check the numbers and the paths.", "检查数值与路径。"),
    errno(1_300_036, "File name too long", "A name in the path is longer than 255 bytes.", "文件名过长（超过 255 字节）。", "Use a shorter name, such as a hash of it.", "缩短文件名，例如使用哈希。"),
    errno(1_300_066, "directory not empty", "The folder still has files in it.", "目录不为空。", "Empty it first, or use rmdir with recursive.", "先清空目录，或使用 rmdir 的 recursive。"),
    errno(1_300_201, "system error", "A call of the operating system failed.", "系统接口调用失败。", "Try again; report it if it lasts.", "重试；持续出现时向官方反馈。"),
    errno(1_300_202, "the maximum size of the file storage limit is exceeded", "The files of the mini program would take more than it may keep, or one file is larger than 100 MB.", "超过小程序的本地文件存储上限，或单个文件超过 100 MB。", "Remove old files (getSavedFileList, readdir), and do not keep what can be loaded again.", "用 getSavedFileList、readdir 清理旧文件，不要保存可重新下载的内容。"),
    errno(1_300_203, "base64 encode error", "The text is not of the encoding, such as base64 with other characters in it.", "字符编码转换失败，例如 base64 格式错误。", "Remove the prefix data:…;base64, and line breaks before writing.", "写入前去掉 data:…;base64, 前缀和换行。"),
    errno(1_300_300, "sdcard not mounted", "The memory card of the Android phone is not there.", "Android sdcard 挂载失败。", "Ask the user to check the phone's storage.", "提示用户检查手机存储。"),
    errno(1_300_301, "unable to open as fileType", "The client does not open documents of this type.", "无法以该 fileType 打开文件。", "Give fileType (doc, docx, xls, xlsx, ppt, pptx, pdf) when the path has another ending.", "文件名后缀不符时传入 fileType（doc、docx、xls、xlsx、ppt、pptx、pdf）。"),
    errno(1_301_000, "permission denied, cannot access file path", "The path of the user folder may not be used.", "目标路径无访问权限（usr 目录）。", "Use a path below wx.env.USER_DATA_PATH.", "使用 wx.env.USER_DATA_PATH 下的路径。"),
    errno(1_301_002, "data to write is empty", "There is nothing to write.", "写入数据为空。", "Hand over a text or an ArrayBuffer.", "传入字符串或 ArrayBuffer。"),
    errno(1_301_003, "illegal operation on a directory", "The operation works on files, and the path is a folder.", "不可对目录进行此操作。", "Give the path of a file.", "传入文件路径。"),
    errno(1_301_004, "illegal operation on a package directory", "The operation does not work on folders of the package.", "不可对代码包目录进行此操作。", "Copy what is needed to wx.env.USER_DATA_PATH.", "把需要的文件复制到 wx.env.USER_DATA_PATH。"),
    errno(1_301_005, "file already exists ${dirPath}", "A file or folder has that name already.", "已有同名文件或目录。", "Check with access first; an existing folder is usually what you want.", "先用 access 判断；目录已存在通常可以直接使用。"),
    errno(1_301_006, "value of length is out of range", "length does not fit the file or the buffer.", "传入的 length 不合法。", "Use 1 to the size of the file, and stay within the buffer.", "取值 1 到文件长度，且不超出缓冲区。"),
    errno(1_301_007, "value of offset is out of range", "offset does not lie in the buffer.", "传入的 offset 不合法。", "Stay within the buffer.", "不要超出缓冲区。"),
    errno(1_301_009, "value of position is out of range", "position does not lie in the file.", "position 值越界。", "Use 0 to the size of the file less one; get the size with stat.", "取值 0 到文件长度减一，可用 stat 获取长度。"),
    errno(1_301_100, "store directory is empty", "No file was kept.", "store 目录为空。", "Nothing is wrong: there is nothing to list.", "这不是故障：没有已保存的文件。"),
    errno(1_301_102, "unzip open file fail", "The archive cannot be opened: it is no zip file, or damaged.", "压缩文件打开失败：不是 zip 文件或已损坏。", "Check what the download gave, and its statusCode.", "检查下载结果及其 statusCode。"),
    errno(1_301_103, "unzip entry fail", "A file of the archive cannot be unpacked.", "解压单个文件失败。", "Pack it again with the usual compression, without passwords.", "用常规压缩方式重新打包，不要加密。"),
    errno(1_301_104, "unzip fail", "The archive cannot be unpacked.", "解压失败。", "Pack it again.", "重新打包。"),
    errno(1_301_111, "brotli decompress fail", "The file is no brotli file.", "brotli 解压失败。", "Compress it with brotli, or read it with readFile.", "用 brotli 压缩，或改用 readFile 读取。"),
    errno(1_301_112, "tempFilePath file not exist", "There is no such temporary file: its program ended, or it was saved already.", "指定的 tempFilePath 找不到文件：小程序已重启，或文件已被保存（移动）。", "Save a temporary file in the run that made it, once; then use the saved path.", "在产生临时文件的那次运行中保存一次，之后使用保存后的路径。"),
    errno(1_302_001, "fail permission denied", "The file was opened for reading only or for writing only.", "fd 没有读权限或没有写权限。", "Open it with another flag, such as r+ or a+.", "用其他 flag 打开，例如 r+ 或 a+。"),
    errno(1_302_002, "excced max concurrent fd limit", "Too many files are open at a time.", "同时打开的 fd 数量已达上限。", "Close each file when it is done.", "用完及时 close。"),
    errno(1_302_003, "invalid flag", "There is no such flag.", "无效的 flag。", "Use one of the flags of the page of open.", "使用 open 文档列出的 flag。"),
    errno(1_302_004, "permission denied when open using flag", "The file may not be opened with that flag, such as a file of the package for writing.", "不能用该 flag 打开此文件，例如以写方式打开代码包文件。", "Copy it to wx.env.USER_DATA_PATH first.", "先复制到 wx.env.USER_DATA_PATH。"),
    errno(1_302_005, "array buffer does not exist", "No arrayBuffer was given.", "未传入 arrayBuffer。", "Hand over an ArrayBuffer, not a typed array.", "传入 ArrayBuffer，而不是 TypedArray。"),
    errno(1_302_100, "array buffer is readonly", "The arrayBuffer cannot be written.", "arrayBuffer 只读。", "Use another buffer.", "换用可写的 ArrayBuffer。"),
    errno(1_400_001, "appid no enough quota", "The quota of the mini program is used up.", "小程序的额度不足。", "Buy more quota in the console.", "在公众平台购买额度。"),
    errno(1_402_101, "wxa login is blocked", "Login is blocked for the mini program.", "小程序的登录能力被封禁。", "See the notices in the console.", "查看公众平台的通知。"),
    errno(1_421_102, "user getPhoneNumber is blocked", "The user may not use the phone number component.", "该用户的手机号能力被封禁。", "Offer another way to sign in.", "提供其他登录方式。"),
    errno(1_500_101, "not init", "Bluetooth was not opened.", "蓝牙适配器未初始化。", "Call wx.openBluetoothAdapter first.", "先调用 wx.openBluetoothAdapter。"),
    errno(1_500_102, "bluetooth adapter unavailable", "Bluetooth is off.", "蓝牙适配器不可用。", "Ask the user to switch Bluetooth on.", "提示用户打开蓝牙。"),
    errno(2_003_001, "system camera not authorized", "The operating system does not give WeChat the camera.", "系统没有授予微信相机权限。", "Lead the user to the settings of the phone.", "引导用户到手机系统设置打开权限。"),
    errno(2_003_002, "camera not authorized", "The user refused scope.camera.", "用户拒绝了相机授权。", "Offer wx.openSetting from a tap.", "在用户点击时用 wx.openSetting 引导。"),
];

#[cfg(test)]
mod tests {
    use super::ERRNOS;

    #[test]
    fn the_numbers_are_in_order_and_have_all_words() {
        assert!(ERRNOS.is_sorted_by(|one, next| one.code < next.code));
        for errno in ERRNOS.iter().filter(|errno| errno.code > 0) {
            let words = errno.meaning;
            let all = [
                errno.text,
                words.en,
                words.zh,
                words.advice_en,
                words.advice_zh,
            ];
            assert!(all.iter().all(|text| !text.is_empty()), "{errno:?}");
        }
    }
}
