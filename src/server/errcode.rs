//! Every `errcode` with the text that goes over the wire: the only place for both.
//!
//! Official pages: "Global return codes", and the table of codes on the page of each interface. Spelling mistakes
//! in the texts are the platform's own.

/// A code and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code(pub i64, pub &'static str);

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal, $text:literal;)*) => {
        $($(#[doc = $doc])* pub const $name: Code = Code($code, $text);)*

        /// All of them, for tables and for faults that are injected by number.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    /// Something on the platform's side.
    SYSTEM_ERROR = -1, "system error";
    /// Encrypted data that the platform did not make, not for the app, or too long ago.
    DATA_NOT_EXIT = 1, "data not exit";
    /// A parameter of an interface of nearby places is missing or wrong.
    BAD_POST_PARAMETER = 20002, "POST参数非法";
    /// A token that no app has, or not any more; of `cgi-bin/token`, a wrong secret of old accounts.
    INVALID_CREDENTIAL = 40001, "invalid credential, access_token is invalid or not latest";
    /// `grant_type` is another word.
    INVALID_GRANT_TYPE = 40002, "invalid grant_type";
    /// Nobody has this openid in the app.
    INVALID_OPENID = 40003, "invalid openid";
    /// `type` or `media_type` is none.
    INVALID_MEDIA_TYPE = 40004, "invalid media type";
    /// A file of a format that is not taken.
    INVALID_FILE_TYPE = 40005, "invalid file type";
    /// A medium that is too large or cannot be read.
    INVALID_MEDIA_SIZE = 40006, "invalid meida size";
    /// A medium that is not there, or not any more.
    INVALID_MEDIA_ID = 40007, "invalid media_id";
    /// `msgtype` is none that the app sends.
    INVALID_MESSAGE_TYPE = 40008, "invalid message type";
    /// A picture that is too large.
    INVALID_IMAGE_SIZE = 40009, "invalid image size";
    /// Nothing is registered under the appid.
    INVALID_APPID = 40013, "invalid appid";
    /// A text that is no token at all.
    INVALID_ACCESS_TOKEN = 40014, "invalid access_token";
    /// A code that is unknown, too old, or of another app.
    INVALID_CODE = 40029, "invalid code";
    /// No template has this id.
    INVALID_TEMPLATE_ID = 40037, "invalid template_id";
    /// `action_info` of a card is wrong.
    INVALID_ACTION_INFO = 40053, "invalid actioninfo";
    /// The code of a card is none.
    INVALID_SERIAL_CODE = 40056, "invalid serial code";
    /// No interface has this path.
    INVALID_URL = 40066, "invalid url";
    /// `card_type` is none.
    INVALID_CARD_TYPE = 40071, "invalid card type";
    /// `code_type` of a card is none.
    INVALID_CARD_ENCODING = 40072, "invalid card encoding";
    /// No card has this id.
    INVALID_CARD_ID = 40073, "invalid card id";
    /// A card that is not in the state for this.
    INVALID_CARD_STATUS = 40078, "invalid card status";
    /// A time of a card is wrong.
    INVALID_CARD_TIME = 40079, "invalid time";
    /// `cardExt` is wrong.
    INVALID_CARD_EXT = 40080, "invalid cardext";
    /// Parameters that do not fit.
    INVALID_ARGS = 40097, "invalid args";
    /// The card was used up before.
    CODE_CONSUMED = 40099, "code already consumed";
    /// The time that a card is good for is wrong.
    INVALID_CARD_TIME_RANGE = 40100, "invalid time range";
    /// A card code that cannot be.
    INVALID_CARD_CODE = 40116, "invalid code";
    /// The stock of a card is wrong.
    INVALID_CARD_QUANTITY = 40122, "invalid quantity";
    /// A membership card has more than three own fields.
    TOO_MANY_CUSTOM_FIELDS = 40124, "custom_field count exceeds limit";
    /// A secret that is not the app's.
    INVALID_APPSECRET = 40125, "invalid appsecret";
    /// The user's card was given away, deleted or blocked.
    INVALID_USER_CARD_STATUS = 40127, "invalid user-card status! Hint: the card was given to user, but may be deleted or set unavailable !";
    /// `scene` is none.
    INVALID_SCENE = 40129, "invalid scene";
    /// A medium whose format is not taken.
    INVALID_IMAGE_FORMAT = 40137, "invalid image format";
    /// The members of a card do not fit.
    INVALID_CARD_PARAMETERS = 40150, "invalid card parameters";
    /// The path of a code is missing or too long.
    INVALID_PATH_LENGTH = 40159, "invalid length for path, or the data is not json string";
    /// A login code that was exchanged before.
    CODE_BEEN_USED = 40163, "code been used";
    /// The client's address is not in the list.
    INVALID_IP = 40164, "invalid ip";
    /// A jump to a page that the program does not have.
    INVALID_WEAPP_PAGEPATH = 40165, "invalid weapp pagepath";
    /// The scene of a code is missing or too long.
    INVALID_SCENE_LENGTH = 40169, "invalid length for scene, or the data is not json string";
    /// The account may not show that it types.
    INVALID_ACCOUNT_TYPE = 40200, "invalid account type";
    /// The app has no URL for pushed messages.
    CALLBACK_URL_MISSING = 40201, "invalid url";
    /// `action` is none.
    INVALID_ACTION = 40202, "invalid action";
    /// `check_operator` is none.
    INVALID_CHECK_OPERATOR = 40203, "invalid check_operator";
    /// The user is a risk.
    CODE_BLOCKED = 40226, "code blocked";
    /// The secret is frozen.
    SECRET_FROZEN = 40243, "appsecret is frozen";
    /// No token.
    ACCESS_TOKEN_MISSING = 41001, "access_token missing";
    /// No appid.
    APPID_MISSING = 41002, "appid missing";
    /// No secret.
    APPSECRET_MISSING = 41004, "appsecret missing";
    /// No file.
    MEDIA_DATA_MISSING = 41005, "media data missing";
    /// No `media_id`.
    MEDIA_ID_MISSING = 41006, "missing media_id";
    /// No code.
    MISSING_CODE = 41008, "missing code";
    /// A required member is missing.
    REQUIRED_FIELD_MISSING = 41011, "missing required fields! please check document and request json!";
    /// No `card_id`.
    MISSING_CARD_ID = 41012, "missing cardid";
    /// A form id that nobody gave, that is too old, or of another user.
    INVALID_FORM_ID = 41028, "invalid form id";
    /// A form id that was used up.
    FORM_ID_USED_UP = 41029, "form id used count reach limit";
    /// A page that the program does not have.
    INVALID_PAGE = 41030, "invalid page";
    /// A token whose time is over.
    ACCESS_TOKEN_EXPIRED = 42001, "access_token expired";
    /// `POST` where only `GET` is taken.
    REQUIRE_GET = 43001, "require GET method";
    /// `GET` where only `POST` is taken.
    REQUIRE_POST = 43002, "require POST method";
    /// Plain HTTP.
    REQUIRE_HTTPS = 43003, "require https";
    /// The account makes no cards with own codes.
    NO_CUSTOM_CODE = 43009, "need authorization of custom code";
    /// The account makes no cards with stored value.
    NO_STORED_VALUE = 43010, "need authorization of stored value";
    /// The user did not agree to the message, or used up what was agreed.
    USER_REFUSES_MESSAGE = 43101, "user refuse to accept the msg";
    /// The openid is one of another app.
    OPENID_OF_OTHER_APP = 43104, "The openid does not match the appid";
    /// Subscribe messages are blocked for the app.
    SUBSCRIBE_BANNED = 43107, "subscribe message is banned";
    /// Two messages to one user at the same moment.
    CONCURRENT_SEND = 43108, "concurrent send message to user";
    /// A file without a byte.
    EMPTY_MEDIA = 44001, "empty media data";
    /// No body.
    EMPTY_POST_DATA = 44002, "empty post data";
    /// A text of nothing.
    EMPTY_CONTENT = 44004, "empty content";
    /// Too many calls in a second.
    SECOND_LIMIT = 44990, "reach max api second frequence limit";
    /// Too many calls in a minute.
    MINUTE_LIMIT = 44991, "reach max api minute frequence limit";
    /// Too many calls in a day.
    DAY_LIMIT = 44993, "reach max api day frequence limit";
    /// A text that is too long.
    CONTENT_TOO_LONG = 45002, "content size out of limit";
    /// The calls of the day are used up.
    DAILY_QUOTA = 45009, "reach max api daily quota limit";
    /// The calls of the minute are used up.
    MINUTE_QUOTA = 45011, "api minute-quota reach limit, must slower, retry next minute";
    /// The user did nothing for too long.
    OUT_OF_TIME = 45015, "response out of time limit or subscription is canceled";
    /// A member of a card is too long.
    FIELD_TOO_LONG = 45021, "field length exceeds limit";
    /// The app may make no more templates.
    TEMPLATES_FULL = 45026, "template num exceeds limit";
    /// The app may make no more codes.
    TOO_MANY_CODES = 45029, "qrcode count out of limit";
    /// The card is another account's.
    CARD_NOT_AUTHORIZED = 45030, "limit cardid, not belong to this appid";
    /// No card is left.
    CARD_SOLD_OUT = 45031, "quantity is 0";
    /// The user has as many of the card as one may have.
    CARD_LIMIT_REACHED = 45033, "user get card more than limit";
    /// The user gets no more until the next message of an own.
    OUT_OF_COUNT = 45047, "out of response count limit";
    /// `command` is none.
    INVALID_COMMAND = 45072, "invalid command";
    /// No message went to or came from the user lately.
    TYPING_TOO_LATE = 45080, "need sending message to user, or recving message from user in the last 30 seconds before typing";
    /// The user sees it already.
    ALREADY_TYPING = 45081, "you are already typing";
    /// The interface is retired.
    API_UNSUPPORTED = 45103, "This API has been unsupported";
    /// A type that the app does not send.
    INVALID_TYPE = 45162, "invalid type";
    /// A word that is not sent.
    SENSITIVE_WORD = 45168, "hit sensitive word";
    /// A body that cannot be read.
    DATA_FORMAT = 47001, "data format error";
    /// A value of a message is wrong.
    ARGUMENT_INVALID = 47003, "argument invalid!";
    /// The app may not do this.
    API_UNAUTHORIZED = 48001, "api unauthorized";
    /// The user turned the app's messages off.
    USER_BLOCKS_APP = 48002, "user block receive message";
    /// The app is blocked.
    API_FORBIDDEN = 48004, "api forbidden for irregularities, view detail on mp.weixin.qq.com";
    /// The quota was set back too often.
    CLEAR_QUOTA_LIMIT = 48006, "forbid to clear quota because of reaching the limit";
    /// The user is limited.
    USER_LIMITED = 50002, "user limited";
    /// The interface is closed to the app.
    API_FORBIDDEN_TO_APP = 50004, "api forbidden";
    /// The account is frozen.
    ACCOUNT_FROZEN = 50007, "account is frozen";
    /// The user did not use the app within two hours.
    USER_NOT_ACTIVE = 61010, "code is expired";
    /// No request has this id.
    RID_NOT_FOUND = 76001, "rid not found";
    /// The id is no id of a request.
    INVALID_RID = 76002, "rid is error";
    /// The id is of another app's request.
    RID_OF_OTHER_APP = 76003, "could not query this rid,no permission";
    /// The id is older than seven days.
    RID_EXPIRED = 76004, "rid time is error";
    /// `cgi_path` is none.
    INVALID_CGI_PATH = 76021, "cgi_path not found, please check";
    /// `cgi_path` is of another account's interfaces.
    CGI_PATH_NOT_ALLOWED = 76022, "could not use this cgi_path,no permission";
    /// A code's path has a reserved word.
    SCANCODE_TIME_RESERVED = 85096, "not allow include scancode_time field";
    /// The session of the user is over or was never there.
    NO_SESSION_KEY = 87007, "session_key is not existd or expired";
    /// `sig_method` is none.
    INVALID_SIG_METHOD = 87008, "invalid sig_method";
    /// A signature that does not fit.
    INVALID_SIGNATURE = 87009, "invalid signature";
    /// Content that breaks rules.
    RISKY_CONTENT = 87014, "risky content";
    /// The same medium too often.
    REPEATED_MEDIUM = 87020, "repeat request limit exceeded";
    /// The app is bound to no open-platform account.
    OPEN_NOT_EXISTS = 89002, "open not exists";
    /// No payment of the user that counts.
    INVALID_TRADE = 89300, "invalid trade";
    /// A place with this licence was added and approved.
    CREDENTIAL_ADDED = 92000, "该经营资质已添加，请勿重复添加";
    /// The program has as many places as it may have.
    TOO_MANY_PLACES = 92002, "附近地点添加数量达到上限，无法继续添加";
    /// Another program has this place.
    PLACE_TAKEN = 92003, "地点已被其它小程序占用";
    /// The program is banned from nearby places.
    NEARBY_BANNED = 92004, "附近功能被封禁";
    /// The place is being audited.
    PLACE_IN_AUDIT = 92005, "地点正在审核中";
    /// The place shows the program already.
    PLACE_SHOWS_APP = 92006, "地点正在展示小程序";
    /// The place was refused.
    PLACE_REFUSED = 92007, "地点审核失败";
    /// The place does not show the program.
    PLACE_HIDES_APP = 92008, "小程序未展示在该地点";
    /// The program is not published.
    APP_NOT_VISIBLE = 93009, "小程序未上架或不可见";
    /// The program has no such place.
    PLACE_NOT_FOUND = 93010, "地点不存在";
    /// The program is a person's.
    PERSONAL_APP = 93011, "个人类型小程序不可用";
    /// The app is no ordinary mini program.
    NO_ORDINARY_APP = 93012, "非普通类型小程序（门店小程序、小店小程序等）不可用";
    /// The map knows no such place.
    MAP_LOOKUP_FAILED = 93013, "从腾讯地图获取地址详细信息失败";
    /// A place with this licence is being audited.
    CREDENTIAL_REPEATED = 93014, "同一资质证件号重复添加";
    /// Something on the side of the templates of subscribe messages.
    TEMPLATE_SYSTEM_ERROR = 200_001, "system error";
    /// Parameters of templates that do not fit.
    TEMPLATE_ARGS = 200_002, "invalid args";
    /// The account is blocked.
    TEMPLATE_ACCOUNT_BANNED = 200_011, "account is banned";
    /// The app may make no more templates of subscribe messages.
    SUBSCRIBE_TEMPLATES_FULL = 200_012, "private template num exceeds limit";
    /// The entry of the library is blocked.
    TEMPLATE_BANNED = 200_013, "template is banned";
    /// `tid` is none.
    INVALID_TID = 200_014, "invalid tid";
    /// `start` is none.
    INVALID_START = 200_016, "invalid start";
    /// `limit` is none, or too large.
    INVALID_LIMIT = 200_017, "invalid limit";
    /// No `ids`.
    CATEGORY_IDS_MISSING = 200_018, "category ids missing";
    /// `ids` has something that is no category of the app.
    INVALID_CATEGORY_IDS = 200_019, "invalid category ids";
    /// `kidList` is none.
    INVALID_KID_LIST = 200_020, "invalid kidList";
    /// `sceneDesc` is too long.
    INVALID_SCENE_DESC = 200_021, "invalid sceneDesc";
    /// The app has such a template.
    DUPLICATE_TEMPLATE = 200_022, "template with the same title and keywords exists";
    /// An account of another kind.
    TEMPLATE_ACCOUNT_TYPE = 200_100, "unsupported account type";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ALL;

    #[test]
    fn no_code_stands_there_twice_and_texts_are_one_line() {
        let codes: BTreeSet<i64> = ALL.iter().map(|code| code.0).collect();
        assert_eq!(codes.len(), ALL.len());
        for code in ALL {
            assert!(
                !code.1.contains('\n') && code.1 == code.1.trim(),
                "{code:?}"
            );
        }
    }
}
