//! A shop with a program, its official account and a stranger's, for tests of cards.

use serde_json::{Value as Json, json};

use crate::crypto::card::signature;
use crate::errmsg::CardProblem;
use crate::profile::Profile;
use crate::server::testing::{APP, Client};
use crate::world::card::TakenCard;
use crate::world::card::ext::CardExt;
use crate::world::card::take::TakeCard;
use crate::world::handover::Recipient;
use crate::world::registry::{Kind, Register, Registered};
use crate::world::{AppFacts, Caller};

/// The appid of the shop's official account.
pub(super) const ACCOUNT: &str = "wxaccount0000001";
/// The appid of another's, which is bound to nothing of the shop.
pub(super) const STRANGER: &str = "wxaccount0000002";
/// The appid of an account of the shop that is not verified.
pub(super) const UNVERIFIED: &str = "wxaccount0000003";

pub(super) struct Shop {
    pub(super) client: Client,
    nonces: u32,
}

impl Shop {
    pub(super) fn new() -> Self {
        Self::of(Profile::default())
    }

    pub(super) fn of(profile: Profile) -> Self {
        let app = AppFacts {
            app_id: APP.into(),
            open_platform: Some("shop".into()),
            ..AppFacts::default()
        };
        let mut client = Client::of(profile, app);
        for (app_id, platform, verified) in [
            (UNVERIFIED, "shop", false),
            (ACCOUNT, "shop", true),
            (STRANGER, "other", true),
        ] {
            let account = Registered {
                app_id: app_id.into(),
                kind: Kind::OfficialAccount,
                open_platform: Some(platform.into()),
                verified,
                ..Registered::default()
            };
            assert_eq!(client.world.apply(Register(account)), Ok(()));
        }
        Self { client, nonces: 0 }
    }

    /// What a call of the shop's account gets.
    pub(super) fn call(&mut self, path: &str, body: &Json) -> Json {
        self.call_as(ACCOUNT, path, body)
    }

    /// What a call with the token of an app gets.
    pub(super) fn call_as(&mut self, app_id: &str, path: &str, body: &Json) -> Json {
        let url = self.client.with_token_of(app_id, path);
        self.client.post(&url, body.to_string()).body_json()
    }

    /// The `errcode` of a call that is refused and changes nothing but the log of requests.
    pub(super) fn refusal(&mut self, path: &str, body: &Json) -> i64 {
        self.refusal_as(ACCOUNT, path, body)
    }

    pub(super) fn refusal_as(&mut self, app_id: &str, path: &str, body: &Json) -> i64 {
        let facts = |shop: &Self| {
            let world = &shop.client.world;
            let taken = world.taken_cards().clone();
            (world.cards().to_vec(), taken, world.handovers().len())
        };
        let before = facts(self);
        let answer = self.call_as(app_id, path, body);
        let code = answer["errcode"].as_i64().expect("a code");
        assert_ne!(code, 0, "{path} {body} is refused");
        assert!(facts(self) == before, "{path} {body} changes nothing");
        code
    }

    /// The codes that every interface of cards gives for a wrong token, method and body.
    pub(super) fn check_gates(&mut self, path: &str) {
        assert_eq!(self.refusal_as(APP, path, &json!({})), 48001, "{path}");
        let code = self.refusal_as(UNVERIFIED, path, &json!({}));
        assert_eq!(code, 48001, "{path}");
        let code = |json: Json| json["errcode"].as_i64();
        let bare = self.client.post(path, "{}").body_json();
        assert_eq!(code(bare), Some(41001), "{path}");
        let url = self.client.with_token_of(ACCOUNT, path);
        let got = self.client.get(&url).body_json();
        assert_eq!(code(got), Some(43002), "{path}");
        let empty = self.client.post(&url, "").body_json();
        assert_eq!(code(empty), Some(44002), "{path}");
        for wrong in ["[]", "{", "code=1"] {
            let answer = self.client.post(&url, wrong).body_json();
            assert_eq!(code(answer), Some(47001), "{path} {wrong}");
        }
    }

    /// The codes that every interface of one card gives for a wrong `card_id`.
    pub(super) fn check_card_id(&mut self, path: &str, body: &Json) {
        let card_id = self.coupon();
        let with = |card_id: &str| {
            let mut body = body.clone();
            body["card_id"] = card_id.into();
            body
        };
        assert_eq!(self.refusal(path, &with("")), 41012, "{path}");
        assert_eq!(self.refusal(path, &with("pNone")), 40073, "{path}");
        let foreign = self.refusal_as(STRANGER, path, &with(&card_id));
        assert_eq!(foreign, 45030, "{path}");
    }

    /// The id of a new card.
    pub(super) fn create(&mut self, card: &Json) -> String {
        let made = self.call("/card/create", &json!({ "card": card }));
        assert_eq!(made["errcode"], 0, "{made}");
        made["card_id"].as_str().expect("an id").to_owned()
    }

    /// The id of a new coupon.
    pub(super) fn coupon(&mut self) -> String {
        self.create(&coupon())
    }

    /// The id of a new membership card with these members besides.
    pub(super) fn member_card(&mut self, members: &Json) -> String {
        self.create(&member_card(members))
    }

    /// A `cardExt` of the shop's server, signed with the ticket that it gets.
    pub(super) fn sign(&mut self, card_id: &str, code: &str) -> CardExt {
        let url = self
            .client
            .with_token_of(ACCOUNT, "/cgi-bin/ticket/getticket?type=wx_card");
        let got = self.client.get(&url).body_json();
        let ticket = got["ticket"].as_str().expect("a ticket");
        self.nonces += 1;
        let timestamp = self.client.world.now().0.div_euclid(1_000).to_string();
        let nonce = format!("nonce{}", self.nonces);
        CardExt {
            code: code.to_owned(),
            signature: signature(&[ticket, &timestamp, card_id, code, "", &nonce]),
            timestamp,
            nonce,
            outer_str: "door".to_owned(),
            ..CardExt::default()
        }
    }

    /// The user who holds the phone takes a card; its code, encrypted.
    pub(super) fn take_hidden(&mut self, card_id: &str, code: &str) -> Result<String, CardProblem> {
        let ext = self.sign(card_id, code);
        let caller = self.caller();
        self.client.world.apply(TakeCard {
            caller,
            card_id: card_id.to_owned(),
            ext,
        })
    }

    /// The same; its code.
    pub(super) fn take(&mut self, card_id: &str) -> String {
        self.take_own(card_id, "")
    }

    /// The same with a code of the merchant.
    pub(super) fn take_own(&mut self, card_id: &str, code: &str) -> String {
        let hidden = self.take_hidden(card_id, code).expect("it is right");
        let taken = self.client.world.decrypt_card_code(&hidden);
        taken.expect("it was taken").code.clone()
    }

    pub(super) fn caller(&self) -> Caller {
        self.client.world.caller()
    }

    pub(super) fn taken(&self, card_id: &str, code: &str) -> TakenCard {
        let taken = self.client.world.taken_card(card_id, code);
        taken.expect("it was taken").clone()
    }

    /// The openid of the user who holds the phone, in the shop's account.
    pub(super) fn open_id(&self) -> String {
        let caller = Caller::new(ACCOUNT, self.caller().user_id());
        self.client.world.open_id(&caller)
    }

    /// The messages to the server of the shop's account.
    pub(super) fn pushed(&self) -> Vec<Json> {
        let all = self.client.world.handovers().iter();
        let own = all.filter(|it| it.to == Recipient::Server(ACCOUNT.into()));
        own.map(|it| it.message.clone()).collect()
    }

    /// Their names.
    pub(super) fn pushed_events(&self) -> Vec<String> {
        let events = self.pushed();
        let names = events.iter().filter_map(|it| it["Event"].as_str());
        names.map(str::to_owned).collect()
    }
}

/// `base_info` of a card that is always good.
pub(super) fn base_info() -> Json {
    json!({
        "logo_url": "http://mmbiz.qpic.cn/logo.png",
        "brand_name": "茶馆",
        "code_type": "CODE_TYPE_TEXT",
        "title": "一杯茶",
        "color": "Color010",
        "notice": "出示",
        "description": "每人一杯",
        "sku": { "quantity": 10 },
        "date_info": { "type": "DATE_TYPE_PERMANENT" },
    })
}

/// A coupon.
pub(super) fn coupon() -> Json {
    json!({
        "card_type": "GENERAL_COUPON",
        "general_coupon": { "base_info": base_info(), "default_detail": "一杯" },
    })
}

/// A coupon with other members of `base_info`.
pub(super) fn coupon_with(members: &Json) -> Json {
    let mut card = coupon();
    let base = &mut card["general_coupon"]["base_info"];
    for (key, value) in members.as_object().expect("members") {
        base[key] = value.clone();
    }
    card
}

/// A membership card with these members.
pub(super) fn member_card(members: &Json) -> Json {
    let mut card = json!({
        "card_type": "MEMBER_CARD",
        "member_card": {
            "base_info": base_info(),
            "supply_bonus": true,
            "supply_balance": false,
            "prerogative": "九折",
        },
    });
    for (key, value) in members.as_object().expect("members") {
        card["member_card"][key] = value.clone();
    }
    card
}
