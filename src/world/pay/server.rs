//! What a merchant's server puts into its answers: `{"$pay": {…}}`, `{"$order": "NUMBER"}`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::super::{Change, World, sealed::Sealed};
use super::order::{Order, PlaceOrder, Placement, SignPayment};
use super::remember;

/// An order that the program's server made while it answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The order; `null` when there is none.
    pub order: Json,
    /// Why there is none; empty when there is one.
    pub problem: String,
}

/// The parameters that a program hands on, as WeChat Pay calls them.
const PARAMETERS: [&str; 5] = ["timeStamp", "nonceStr", "package", "signType", "paySign"];

/// Whether `$pay` is written as it must be.
pub(in super::super) fn check_pay(value: &Json) -> Result<(), String> {
    read(value).map(drop)
}

/// The order of a `$pay`, and what the server calls parameters: `"as": {"package": "packageValue"}`.
fn read(value: &Json) -> Result<(Placement, Map<String, Json>), String> {
    let mut value = value.clone();
    let names = value.as_object_mut().and_then(|it| it.shift_remove("as"));
    let names = names.unwrap_or_else(|| json!({}));
    let wrong = || {
        let known = PARAMETERS.join(", ");
        format!("`as` is an object of new names for some of {known}, not {names}")
    };
    let names = names.as_object().ok_or_else(wrong)?;
    let fits = |(name, new): (&String, &Json)| {
        PARAMETERS.contains(&name.as_str()) && new.as_str().is_some_and(|new| !new.is_empty())
    };
    if !names.iter().all(fits) {
        return Err(wrong());
    }
    Ok((Placement::read(&value)?, names.clone()))
}

/// The parameters under the names that the server has for them.
fn renamed(parameters: Json, names: &Map<String, Json>) -> Json {
    let Json::Object(members) = parameters else {
        return parameters;
    };
    let new = |name: String| {
        let new = names.get(&name).and_then(Json::as_str);
        new.map_or(name, str::to_owned)
    };
    let members = members.into_iter();
    members.map(|(name, value)| (new(name), value)).collect()
}

/// Whether `$order` is written as it must be.
pub(in super::super) fn check_order(value: &Json) -> Result<(), String> {
    match value.as_str() {
        Some(_) => Ok(()),
        None => Err("it is the number of an order, as a text".to_owned()),
    }
}

/// Makes an order for the user who asked and signs what the program hands on; what WeChat Pay refuses is
/// its code and words.
///
/// # Errors
/// The members of an order that are wrong.
pub fn pay(world: &mut World, value: &Json) -> Result<Json, String> {
    let (placement, names) = read(value)?;
    match world.apply(PlaceOrder(placement)) {
        Ok(order) => {
            let mut told = order.told();
            told["prepay_id"] = order.prepay_id.as_str().into();
            remember(
                &mut world.pay.prepaid,
                Made {
                    order: told,
                    problem: String::new(),
                },
            );
            Ok(renamed(world.apply(SignPayment(&order)), &names))
        }
        Err(problem) => {
            let (code, message) = (problem.code(), problem.text());
            remember(
                &mut world.pay.prepaid,
                Made {
                    order: Json::Null,
                    problem: format!("{code} {message}"),
                },
            );
            Ok(json!({ "code": code, "message": message }))
        }
    }
}

/// What an order query tells.
pub(in super::super) fn order(world: &mut World, value: &Json) -> Result<Json, String> {
    check_order(value)?;
    let order = world.order(value.as_str().unwrap_or_default());
    Ok(order.map_or(Json::Null, Order::told))
}

/// Hands over the orders that the program's server made while it answered.
#[derive(Clone, Copy, Debug)]
pub struct TakeMade;

impl Sealed for TakeMade {}
impl Change for TakeMade {
    type Effect = Vec<Made>;

    fn apply(self, world: &mut World) -> Vec<Made> {
        std::mem::take(&mut world.pay.prepaid).into()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::TakeMade;
    use crate::profile::Profile;
    use crate::world::server_value::FillIn;
    use crate::world::{AppFacts, World};

    fn world() -> World {
        World::new(Profile::default(), AppFacts::default(), 1)
    }

    fn keys(value: &Json) -> Vec<&str> {
        let members = value.as_object().into_iter().flatten();
        members.map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn orders_are_made_signed_and_asked_for_wherever_they_stand() {
        let mut world = world();
        let said = json!({
            "list": [{ "pay": { "$pay": { "total": 1, "out_trade_no": "A" } } }, 1],
            "order": { "$order": "A" },
            "none": { "$order": "B" },
            "plain": { "$pay": { "total": 1 }, "more": 1 },
        });
        let made = world.apply(FillIn(said)).expect("it can be made");
        let parameters = ["timeStamp", "nonceStr", "package", "signType", "paySign"];
        assert_eq!(keys(&made["list"][0]["pay"]), parameters);
        assert_eq!(made["order"]["trade_state"], "NOTPAY");
        assert_eq!(made["none"], Json::Null);
        assert_eq!(keys(&made["plain"]), ["$pay", "more"], "no marker");
        let made = world.apply(TakeMade);
        assert_eq!((made.len(), &*made[0].problem), (1, ""));
        assert!(world.apply(TakeMade).is_empty());
    }

    #[test]
    fn what_wechat_pay_refuses_is_answered_with_its_code() {
        let mut world = world();
        let of = |total| json!({ "$pay": { "total": total, "out_trade_no": "A" } });
        world.apply(FillIn(of(1))).expect("an order");
        let made = world.apply(FillIn(of(2))).expect("an answer");
        assert_eq!(made["code"], "INVALID_REQUEST");
        assert!(world.apply(FillIn(json!({ "$pay": {} }))).is_err());
        let made = world.apply(TakeMade);
        assert!(made[1].problem.starts_with("INVALID_REQUEST "), "{made:?}");
    }

    #[test]
    fn a_server_may_have_its_own_names_for_the_parameters() {
        let as_names = json!({ "package": "packageValue", "paySign": "signature" });
        let asked = json!({ "total": 1, "as": as_names });
        assert_eq!(super::check_pay(&asked), Ok(()));
        let told = json!({ "package": "prepay_id=a", "paySign": "s", "nonceStr": "n" });
        let names = as_names.as_object().expect("an object");
        assert_eq!(
            super::renamed(told, names).to_string(),
            r#"{"packageValue":"prepay_id=a","signature":"s","nonceStr":"n"}"#
        );
        for wrong in [
            json!({ "sign": "x" }),
            json!({ "package": 1 }),
            json!(["package"]),
        ] {
            let asked = json!({ "total": 1, "as": wrong });
            let problem = super::check_pay(&asked).expect_err("no such names");
            assert!(
                problem.starts_with("`as` is an object of new names"),
                "{problem}"
            );
        }
    }
}
