//! What can be wrong with a card: its `cardExt`, its code, what is left of it.
//!
//! Official pages: `wx.addCard` ("detail message" of the back end), "Error codes of cards". Base library
//! and client give the words of the back end on.
//!
//! Unverified: the words, of which the pages only give numbers and the Chinese meaning.

use super::meaning::{Meaning, text};

/// Why a card is not taken or not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardProblem {
    /// No merchant has such a card.
    NoSuchCard,
    /// The card's official account is not bound to the program's open-platform account.
    NotAuthorized,
    /// `cardExt` is no JSON object, or a member is not of its kind.
    Ext,
    /// `timestamp` is missing or no number.
    Timestamp,
    /// A code where the card has its own, none where it needs one, or one that is not the merchant's.
    Code,
    /// An openid where the card is for everybody, none where it is for one user, or another user's.
    OpenId,
    /// The values do not give the signature.
    Signature,
    /// It was made with an `api_ticket` whose two hours are over.
    TicketExpired,
    /// The `nonce_str` took the card before.
    NonceUsed,
    /// The code is on another card already.
    CodeUsed,
    /// None is left.
    SoldOut,
    /// The user has as many as one may have.
    Limit,
    /// Its last day is over.
    Over,
    /// The user holds no card with that code.
    NotHeld,
    /// The card was used or deleted.
    NotUsable,
}

impl CardProblem {
    /// Its words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NoSuchCard => "invalid card id",
            Self::NotAuthorized => "card id unauthorized",
            Self::Ext => "invalid cardExt",
            Self::Timestamp => "invalid timestamp",
            Self::Code => "invalid code",
            Self::OpenId => "openid mismatch",
            Self::Signature => "invalid signature",
            Self::TicketExpired => "api_ticket expired",
            Self::NonceUsed => "nonce_str already used",
            Self::CodeUsed => "code already used",
            Self::SoldOut => "card sold out",
            Self::Limit => "exceed get limit",
            Self::Over => "card expired",
            Self::NotHeld => "invalid serial code",
            Self::NotUsable => "invalid user-card status",
        }
    }

    /// The general error number with the same words.
    pub(super) const fn errno(self) -> Option<u32> {
        match self {
            Self::CodeUsed => Some(1_020),
            Self::Signature => Some(1_032),
            _ => None,
        }
    }

    pub(super) const fn meaning(self) -> Meaning {
        match self {
            Self::NoSuchCard | Self::NotAuthorized => self.of_account(),
            Self::Ext | Self::Timestamp | Self::Code | Self::OpenId => self.of_ext(),
            Self::Signature | Self::TicketExpired | Self::NonceUsed => self.of_signature(),
            _ => self.of_state(),
        }
    }

    const fn of_account(self) -> Meaning {
        match self {
            Self::NotAuthorized => text(
                "The card belongs to an official account that is not bound to the program's open-platform account.",
                "卡券所属的公众号与小程序没有绑定到同一个开放平台帐号。",
                "Bind both to one open-platform account (`open_platform` in wxsim.toml).",
                "把二者绑定到同一个开放平台帐号（wxsim.toml 中的 `open_platform`）。",
            ),
            _ => text(
                "There is no card with this `cardId`.",
                "没有该 `cardId` 对应的卡券。",
                "Check the key `cardId` and its value; in wxsim, cards are tables `[[cards]]` of wxsim.toml.",
                "检查 `cardId` 的键名和取值；wxsim 中卡券写在 wxsim.toml 的 `[[cards]]` 里。",
            ),
        }
    }

    const fn of_ext(self) -> Meaning {
        match self {
            Self::Timestamp => text(
                "`timestamp` of `cardExt` is missing, or is no number of seconds.",
                "`cardExt` 的 `timestamp` 缺失，或不是以秒为单位的数字。",
                "Send the seconds that were signed, as a number or a text of digits.",
                "传入参与签名的秒级时间戳，数字或数字字符串。",
            ),
            Self::Code => text(
                "`code` of `cardExt` does not fit the card: only cards with codes of the merchant have one, and need it.",
                "`cardExt` 的 `code` 与卡券不符：只有自定义 code 的卡券才传，并且必须传。",
                "Leave `code` out, or send one of the codes that the merchant stored.",
                "去掉 `code`，或传入商户导入的 code。",
            ),
            Self::OpenId => text(
                "`openid` of `cardExt` does not fit: only a card with `bind_openid` has one, and only that user takes it.",
                "`cardExt` 的 `openid` 不符：只有 `bind_openid` 的卡券才传，并且只有该用户可以领取。",
                "Leave `openid` out, or sign the openid of the user who is asked.",
                "去掉 `openid`，或用当前用户的 openid 签名。",
            ),
            _ => text(
                "`cardExt` is no JSON text of an object, or a member is not of its kind.",
                "`cardExt` 不是 JSON 对象的字符串，或其中某个字段类型不对。",
                "Send `JSON.stringify` of an object with timestamp, nonce_str and signature.",
                "传入包含 timestamp、nonce_str、signature 的对象的 `JSON.stringify` 结果。",
            ),
        }
    }

    const fn of_signature(self) -> Meaning {
        match self {
            Self::TicketExpired => text(
                "The signature was made with an `api_ticket` that is older than two hours.",
                "签名所用的 `api_ticket` 已超过两小时。",
                "Fetch the ticket (type `wx_card`) again when its `expires_in` is over.",
                "`expires_in` 到期后重新获取 `wx_card` 类型的 ticket。",
            ),
            Self::NonceUsed => text(
                "This `nonce_str` took a card before; each signature serves once.",
                "该 `nonce_str` 已经领取过卡券；每个签名只能用一次。",
                "Let the server sign anew, with a new `nonce_str`, for each call.",
                "每次调用都让服务端用新的 `nonce_str` 重新签名。",
            ),
            _ => text(
                "api_ticket, timestamp, card_id and (if present) code, openid, nonce_str do not give this signature.",
                "api_ticket、timestamp、card_id 以及存在的 code、openid、nonce_str 与签名不符。",
                "Sort the values (not the keys) by bytes, put them together, SHA-1 in lowercase; use the ticket of the card's own account.",
                "把各个值（不是键）按字节排序后拼接，取小写 SHA-1；使用卡券所属公众号的 ticket。",
            ),
        }
    }

    const fn of_state(self) -> Meaning {
        match self {
            Self::CodeUsed => text(
                "Another card has this code already.",
                "该 code 已经发放给另一张卡券。",
                "Give each card a code of its own.",
                "每张卡券使用不同的 code。",
            ),
            Self::SoldOut => text(
                "No card is left.",
                "卡券库存为 0。",
                "Show that the offer is over; add stock in the console.",
                "提示活动已结束；在后台增加库存。",
            ),
            Self::Limit => text(
                "The user has taken as many of these cards as one may.",
                "用户领取数量已达到上限（get_limit）。",
                "Offer to open the card that the user has.",
                "引导用户打开已有的卡券。",
            ),
            Self::Over => text(
                "The last day of the card is over.",
                "卡券已过有效期。",
                "Offer a card that is still valid.",
                "提供仍在有效期内的卡券。",
            ),
            Self::NotUsable => text(
                "The card was used or deleted.",
                "卡券已核销或已删除。",
                "Ask the server for the state of the card before it is opened.",
                "打开前先由服务端查询卡券状态。",
            ),
            _ => text(
                "The user holds no card with this code; the code that `wx.addCard` gave is encrypted.",
                "用户没有该 code 的卡券；`wx.addCard` 返回的是加密 code。",
                "Let the server decrypt the code (`card/code/decrypt`) and open the card with what it gives.",
                "由服务端解密 code（`card/code/decrypt`），用解密结果打开卡券。",
            ),
        }
    }
}
