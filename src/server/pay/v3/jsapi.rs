//! `/v3/pay/transactions/jsapi`: a server makes an order and gets its `prepay_id`.
//!
//! Official page of WeChat Pay: "JSAPI order" (v3).

use serde_json::{Value as Json, json};

use super::super::code::v3 as code;
use super::Interface;
use super::asked::Asked;
use super::refusal::{Refusal, wrong};
use crate::crypto::pay_sign::SignType;
use crate::world::World;
use crate::world::pay::moment;
use crate::world::pay::order::{PlaceOrder, Placement};

pub(super) const INTERFACE: Interface = Interface {
    method: "POST",
    path: "/v3/pay/transactions/jsapi",
    handle,
};

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Option<Json>, Refusal> {
    asked.same_merchant()?;
    let description = asked.needed("/description", 127)?;
    let number = asked.number("/out_trade_no", (6, 32), "_-|*")?;
    let notify_url = asked.notify_url(255)?;
    if notify_url.is_empty() {
        return Err(wrong("/notify_url", &Json::Null, "an http or https URL"));
    }
    let total = asked.fen("/amount/total")?;
    asked.currency()?;
    let open_id = asked.needed("/payer/openid", 128)?;
    let attach = asked.text("/attach", 128)?;
    asked.text("/goods_tag", 32)?;
    asked.text("/scene_info/payer_client_ip", 45)?;
    let life_ms = life_ms(world, asked)?;
    let app_id = asked.app(world)?;
    let payer = world.payer_of(app_id, open_id).ok_or_else(|| {
        let why = format!("no user has the openid `{open_id}` in {app_id}");
        code::OPENID_MISMATCH.because(why)
    })?;
    let order = world.apply(PlaceOrder(Placement {
        total,
        sign_type: Some(SignType::Rsa),
        out_trade_no: Some(number.to_owned()),
        description: Some(description.to_owned()),
        mch_id: Some(asked.mch_id.clone()),
        app_id: Some(app_id.to_owned()),
        user: Some(payer.user_id().to_owned()),
        notify_url: Some(notify_url.to_owned()),
        life_ms,
        attach: Some(attach.to_owned()),
        device_info: None,
    }))?;
    Ok(Some(json!({ "prepay_id": order.prepay_id })))
}

/// Milliseconds from now in which the order can be paid; `None` for the usual ones.
fn life_ms(world: &World, asked: &Asked<'_>) -> Result<Option<i64>, Refusal> {
    let text = asked.text("/time_expire", 64)?;
    if text.is_empty() {
        return Ok(None);
    }
    let end = moment::from_rfc3339(text).filter(|end| *end > world.now());
    let end = end.ok_or_else(|| {
        let now = moment::rfc3339(world.now());
        let should = format!("a moment of RFC 3339 after now, {now}");
        wrong("/time_expire", &text.into(), &should)
    })?;
    Ok(Some(end.since(world.now())))
}
