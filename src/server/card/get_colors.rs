//! `GET /card/getcolors`: the colours that a card can have.
//!
//! Official page: "Create cards" (colours).
//!
//! Unverified: `POST` is taken too.

use serde_json::{Value as Json, json};

use super::base_info::COLORS;
use super::check_account;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("getCardColors", Verb::Any, "/card/getcolors", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let colors = COLORS.iter();
    let colors: Vec<Json> = colors
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    Ok(Answer::with(json!({ "colors": colors })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::server::card::fixture::{ACCOUNT, Shop, coupon_with};
    use crate::server::testing::APP;

    #[test]
    fn every_colour_that_is_told_is_taken() {
        let mut shop = Shop::new();
        let url = shop.client.with_token_of(ACCOUNT, "/card/getcolors");
        let told = shop.client.get(&url).body_json();
        let colors = told["colors"].as_array().expect("a list");
        assert_eq!(colors[0], json!({ "name": "Color010", "value": "#63b359" }));
        for color in colors {
            shop.create(&coupon_with(&json!({ "color": color["name"] })));
        }
        assert_eq!(shop.refusal_as(APP, "/card/getcolors", &json!({})), 48001);
    }
}
