//! `/pay/unifiedorder`: a server makes an order and gets its `prepay_id`.
//!
//! Official page of WeChat Pay: "Unified order" (v2). The same order again gets another `prepay_id`, the former one
//! is not good any more.
//!
//! Differs from the platform: only `JSAPI` orders, those of mini programs, are made.
//! Unverified: an order ends at least five minutes after its start before 2020, one minute since.

use std::net::IpAddr;

use super::super::code::v2 as code;
use super::Interface;
use super::asked::{Asked, Field, wrong};
use super::refusal::Refusal;
use crate::profile::Date;
use crate::world::World;
use crate::world::pay::fields::Fields;
use crate::world::pay::moment;
use crate::world::pay::order::{PlaceOrder, Placement};

pub(super) const INTERFACE: Interface = Interface {
    path: "/pay/unifiedorder",
    fields: &[
        Field::needed("appid", 32),
        Field::needed("mch_id", 32),
        Field::optional("device_info", 32),
        Field::needed("nonce_str", 32),
        Field::needed("body", 128),
        Field::optional("detail", 6_000),
        Field::optional("attach", 127),
        Field::needed("out_trade_no", 32),
        Field::optional("fee_type", 16),
        Field::needed("total_fee", 20),
        Field::needed("spbill_create_ip", 64),
        Field::optional("time_start", 14),
        Field::optional("time_expire", 14),
        Field::optional("goods_tag", 32),
        Field::needed("notify_url", 256),
        Field::needed("trade_type", 16),
        Field::optional("product_id", 32),
        Field::optional("limit_pay", 32),
        Field::optional("openid", 128),
        Field::optional("receipt", 8),
        Field::optional("scene_info", 256),
    ],
    handle,
};

/// Least time from the start of an order to its end, in milliseconds.
const LIFE_MS_MIN: i64 = 60_000;
/// The same before [`LIFE_MS_MIN_SINCE`].
const LIFE_MS_MIN_2018: i64 = 300_000;
/// From this day on orders may be shorter.
const LIFE_MS_MIN_SINCE: Date = Date::new(2020, 1, 1);

fn handle(world: &mut World, asked: &Asked) -> Result<Fields, Refusal> {
    let total = asked.fen("total_fee")?;
    let number = asked.number("out_trade_no", "_-|*")?;
    let notify_url = asked.notify_url()?;
    check_others(asked)?;
    let life_ms = life_ms(world, asked)?;
    let app_id = asked.app(world)?;
    let open_id = asked.text("openid");
    if open_id.is_empty() {
        return Err(code::PARAM_ERROR.saying("JSAPI支付必须传openid"));
    }
    let payer = world.payer_of(app_id, open_id).ok_or_else(|| {
        let why = format!("no user has the openid `{open_id}` in {app_id}");
        code::PARAM_ERROR
            .saying("appid and openid not match")
            .because(why)
    })?;
    let some = |name: &str| Some(asked.text(name).to_owned());
    let order = world.apply(PlaceOrder(Placement {
        total,
        sign_type: Some(asked.sign_type),
        out_trade_no: Some(number.to_owned()),
        description: some("body"),
        mch_id: Some(asked.mch_id.clone()),
        app_id: Some(app_id.to_owned()),
        user: Some(payer.user_id().to_owned()),
        notify_url: Some(notify_url.to_owned()),
        life_ms,
        attach: some("attach"),
        device_info: some("device_info"),
    }))?;
    let mut fields = Fields::new();
    fields.text("device_info", asked.text("device_info"));
    fields.text("trade_type", "JSAPI");
    fields.text("prepay_id", &order.prepay_id);
    Ok(fields)
}

/// Members that have few good values.
fn check_others(asked: &Asked) -> Result<(), Refusal> {
    let one_of = |name: &str, good: &[&str]| {
        let text = asked.text(name);
        if text.is_empty() || good.contains(&text) {
            return Ok(());
        }
        let why = format!("`{name}` is {}, not `{text}`", good.join(" or "));
        Err(wrong(name, why))
    };
    one_of("fee_type", &["CNY"])?;
    one_of("trade_type", &["JSAPI"])?;
    one_of("limit_pay", &["no_credit"])?;
    one_of("receipt", &["Y"])?;
    let ip = asked.text("spbill_create_ip");
    if ip.parse::<IpAddr>().is_err() {
        let why = format!("`spbill_create_ip` is an address of IPv4 or IPv6, not `{ip}`");
        return Err(wrong("spbill_create_ip", why));
    }
    Ok(())
}

/// Milliseconds from now in which the order can be paid; `None` for the usual ones.
fn life_ms(world: &World, asked: &Asked) -> Result<Option<i64>, Refusal> {
    let moment = |name: &str| match asked.text(name) {
        "" => Ok(None),
        text => moment::from_digits(text).map(Some).ok_or_else(|| {
            let why = format!("`{name}` is yyyyMMddHHmmss in the time of China, not `{text}`");
            wrong(name, why)
        }),
    };
    let (start, end) = (moment("time_start")?, moment("time_expire")?);
    let Some(end) = end else {
        return Ok(None);
    };
    let least = if world.profile().compat_date < LIFE_MS_MIN_SINCE {
        LIFE_MS_MIN_2018
    } else {
        LIFE_MS_MIN
    };
    if end.since(start.unwrap_or(world.now())) < least {
        let why = format!(
            "`time_expire` is at least {} s after `time_start`, else after now, {}",
            least / 1_000,
            moment::digits(world.now())
        );
        return Err(code::PARAM_ERROR.saying("time_expire时间过短").because(why));
    }
    Ok(Some(end.since(world.now())))
}
