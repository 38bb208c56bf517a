//! `wx.showActionSheet`: a menu from the bottom of the screen.
//!
//! Official page: `api/ui/interaction/wx.showActionSheet`. At most six items; cancelling fails.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, ON_LAUNCH_SINCE, Param, TapState};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "showActionSheet",
    group: Group::Ui,
    summary: "Shows a menu of up to six items.",
    params: &[
        Param::required("itemList", Class::Array),
        Param::optional("alertText", Class::String),
        Param::optional("itemColor", Class::String),
    ],
    tap_state: TapState::Given,
    fails: &[
        Reason::Cancel,
        Reason::TooManyItems,
        Reason::Parameter(String::new()),
    ],
    on_launch_since: Some(ON_LAUNCH_SINCE),
    examples: &[Example {
        title: "The first item is chosen",
        js: "wx.showActionSheet({ itemList: ['Copy', 'Delete'] })",
        replies: "showActionSheet:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Most items that the client shows.
const ITEMS_MAX: usize = 6;

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn ask(_: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let items = options.get("itemList").items();
    if items.is_empty() {
        let text = "parameter.itemList should have at least 1 item;";
        return Err(Reason::Parameter(text.to_owned()));
    }
    if items.len() > ITEMS_MAX {
        return Err(Reason::TooManyItems);
    }
    let entries: Vec<String> = items
        .iter()
        .map(|item| item.as_str().map_or_else(|| item.show(1), str::to_owned))
        .collect();
    let text = entries.join(" / ");
    Ok(Question {
        entries,
        ..Question::new("actionSheet", text)
    })
}

fn answered(_: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    let index = answer.as_f64().ok_or(Reason::Cancel)?;
    Ok(vec![("tapIndex".to_owned(), index.into())])
}
