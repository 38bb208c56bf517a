//! `cardList` of `wx.addCard` and `wx.openCard`.
//!
//! Official pages: `wx.addCard`, `wx.openCard`. Both are open to programs of verified organisations. The
//! elements are checked as the base library checks parameters.

use std::fmt::Write as _;

use crate::errmsg::Reason;
use crate::value::Value;
use crate::world::World;
use crate::world::account::Subject;

/// The texts of two members of every element, once the program may use cards.
pub(super) fn read(
    world: &World,
    options: &Value,
    second: &str,
) -> Result<Vec<(String, String)>, Reason> {
    let app = world.app();
    if !app.verified || app.subject == Subject::Personal {
        return Err(Reason::NoPermission);
    }
    let items = options.get("cardList").items();
    if items.is_empty() {
        let wrong = "parameter.cardList should have at least 1 item;";
        return Err(Reason::Parameter(wrong.to_owned()));
    }
    let mut wrong = String::new();
    let mut cards = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let path = format!("parameter.cardList[{at}]");
        if !matches!(item, Value::Object(_)) {
            let class = item.class();
            let _ = write!(wrong, "{path} should be Object instead of {class};");
            continue;
        }
        let mut text = |key: &str| {
            let value = item.get(key);
            if value.as_str().is_none() {
                let class = value.class();
                let _ = write!(wrong, "{path}.{key} should be String instead of {class};");
            }
            value.as_str().unwrap_or_default().to_owned()
        };
        let card_id = text("cardId");
        cards.push((card_id, text(second)));
    }
    if wrong.is_empty() {
        Ok(cards)
    } else {
        Err(Reason::Parameter(wrong))
    }
}

/// What the page with cards shows.
pub(super) fn title(world: &World, card_id: &str) -> String {
    let title = world.card(card_id).map(|card| card.title.as_str());
    let title = title.filter(|title| !title.is_empty());
    title.unwrap_or(card_id).to_owned()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::errmsg::Reason;
    use crate::profile::Profile;
    use crate::value::Value;
    use crate::world::{AppFacts, World};

    #[test]
    fn every_wrong_element_is_named() {
        let world = World::new(Profile::default(), AppFacts::default(), 1);
        let list = |items| Value::object([("cardList", Value::Array(items))]);
        let good = Value::object([("cardId", "p".into()), ("cardExt", "{}".into())]);
        let cards = read(&world, &list(vec![good.clone()]), "cardExt");
        assert_eq!(cards, Ok(vec![("p".to_owned(), "{}".to_owned())]));
        let misspelt = Value::object([("carId", "p".into()), ("cardExt", Value::Null)]);
        let items = vec![good, misspelt, 5.0.into()];
        let expected = "parameter.cardList[1].cardId should be String instead of Undefined;\
                        parameter.cardList[1].cardExt should be String instead of Null;\
                        parameter.cardList[2] should be Object instead of Number;";
        assert_eq!(
            read(&world, &list(items), "cardExt"),
            Err(Reason::Parameter(expected.to_owned()))
        );
        let expected = "parameter.cardList should have at least 1 item;";
        assert_eq!(
            read(&world, &list(Vec::new()), "cardExt"),
            Err(Reason::Parameter(expected.to_owned()))
        );
    }
}
