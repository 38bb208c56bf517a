//! `POST /cgi-bin/message/wxopen/template/send`: sends a template message.
//!
//! Official page: `templateMessage.send`. `form_id` is that of a form with `report-submit` (one message), or a prepay
//! id (three), within seven days; it is used up by a message that was sent. `color` is ignored.
//! 1,000,000 calls a day.
//!
//! Unverified: without `data` the message arrives empty.

use super::interface;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint};
use crate::server::fault::Fault;
use crate::server::message_body::draft;
use crate::world::World;
use crate::world::message::send::SendTemplate;

pub(super) const ENDPOINT: Endpoint = interface(
    "templateMessage.send",
    "/cgi-bin/message/wxopen/template/send",
    handle,
)
.per_day(1_000_000);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let emphasis = asked.text("emphasis_keyword")?;
    world.apply(SendTemplate {
        draft: draft(&asked.app_id, asked.text("touser")?, asked.json()?)?,
        form_id: Some(asked.text("form_id")?),
        emphasis: (!emphasis.is_empty()).then_some(emphasis),
    })?;
    Ok(Answer::ok())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::{Date, Profile};
    use crate::server::testing::Client;
    use crate::world::Caller;
    use crate::world::message::ticket::{GivePrepayTicket, RequestFormId, TICKET_LIFE_MS};

    const PATH: &str = "/cgi-bin/message/wxopen/template/send";

    fn client() -> Client {
        Client::new(Profile::on(Date::new(2018, 6, 4)))
    }

    fn form(client: &mut Client) -> String {
        let caller = client.world.caller();
        let request = RequestFormId {
            caller,
            timeout_ms: 0,
        };
        client.world.apply(request).text
    }

    fn body(client: &Client, template_id: &str, form_id: &str) -> Json {
        json!({
            "touser": client.open_id(),
            "template_id": template_id,
            "page": "pages/goods/goods?id=7",
            "form_id": form_id,
            "data": {
                "keyword1": { "value": "￥128.00", "color": "#173177" },
                "keyword2": { "value": "茶" },
            },
            "emphasis_keyword": "keyword1.DATA",
            "color": "#000000",
        })
    }

    #[test]
    fn a_message_arrives_and_a_tap_opens_its_page() {
        let mut client = client();
        let add = "/cgi-bin/wxopen/template/add";
        let made = client.call(add, &json!({ "id": "AT0002", "keyword_id_list": [4, 1] }));
        let form_id = form(&mut client);
        let template_id = made["template_id"].as_str().expect("a text").to_owned();
        let body = body(&client, &template_id, &form_id);
        assert_eq!(
            client.call(PATH, &body),
            json!({ "errcode": 0, "errmsg": "ok" })
        );
        let caller = client.world.caller();
        let inbox = client.world.messages(&caller);
        let message = inbox[0];
        assert_eq!((inbox.len(), message.title.as_str()), (1, "购买成功通知"));
        let row = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            message.rows,
            [row("支付金额", "￥128.00"), row("商品名称", "茶")]
        );
        assert_eq!(message.emphasis.as_deref(), Some("支付金额"));
        let options = message.enter_options().expect("it has a page");
        assert_eq!(
            (options.path.as_str(), options.scene),
            ("pages/goods/goods", 1014)
        );
        assert_eq!(options.query, [row("id", "7")]);
        assert_eq!(
            client.call(PATH, &body)["errcode"],
            41029,
            "the form is used up"
        );
    }

    #[test]
    fn without_page_and_data_an_empty_message_arrives() {
        let mut client = client();
        let form_id = form(&mut client);
        let mut body = body(&client, "a", &form_id);
        for member in ["page", "data", "emphasis_keyword", "color"] {
            body.as_object_mut().expect("an object").remove(member);
        }
        assert_eq!(client.call(PATH, &body)["errcode"], 0);
        let message = client.world.messages(&client.world.caller())[0].clone();
        assert_eq!((message.enter_options(), message.rows), (None, Vec::new()));
    }

    #[test]
    fn what_is_wrong_uses_no_form_up() {
        let mut client = client();
        let form_id = form(&mut client);
        let good = body(&client, "a", &form_id);
        let stranger = client.world.open_id(&Caller::new("wx0", "user"));
        let huge = json!({ "keyword1": { "value": "x".repeat(20_000) } });
        for (member, value, code) in [
            ("touser", json!(""), 40003),
            ("touser", json!(stranger), 40003),
            ("template_id", json!(""), 40037),
            ("page", json!("pages/none"), 41030),
            ("form_id", json!(null), 41028),
            ("form_id", json!("the formId is a mock one"), 41028),
            ("form_id", json!(format!("prepay_id={form_id}")), 41028),
            ("data", json!({ "keyword1": "x" }), 47001),
            ("data", json!([]), 47001),
            ("data", huge, 45002),
        ] {
            let mut body = good.clone();
            body[member] = value;
            assert_eq!(client.call(PATH, &body)["errcode"], code, "{member}");
        }
        assert!(client.world.messages(&client.world.caller()).is_empty());
        assert_eq!(client.call(PATH, &good)["errcode"], 0);
    }

    #[test]
    fn a_payment_is_good_for_three_messages_and_seven_days() {
        let mut client = client();
        let caller = client.world.caller();
        let give = |client: &mut Client, caller: Caller, prepay_id: &str| {
            let prepay_id = prepay_id.to_owned();
            client.world.apply(GivePrepayTicket { caller, prepay_id });
        };
        give(&mut client, caller.clone(), "prepay_id=p1");
        let body = |client: &Client, id: &str| body(client, "a", id);
        let codes: Vec<Json> = (0..4)
            .map(|_| {
                let body = body(&client, "p1");
                client.call(PATH, &body)["errcode"].clone()
            })
            .collect();
        assert_eq!(codes, [0, 0, 0, 41029]);
        give(&mut client, Caller::new(caller.app_id(), "other"), "p2");
        let others = body(&client, "p2");
        assert_eq!(
            client.call(PATH, &others)["errcode"],
            41028,
            "another user's"
        );
        give(&mut client, caller, "p3");
        client.wait(TICKET_LIFE_MS);
        let late = body(&client, "p3");
        assert_eq!(client.call(PATH, &late)["errcode"], 41028, "too late");
    }

    #[test]
    fn an_unknown_template_is_told_once_the_app_has_a_list() {
        let mut client = client();
        let add = "/cgi-bin/wxopen/template/add";
        let _ = client.call(add, &json!({ "id": "AT0002", "keyword_id_list": [1] }));
        let form_id = form(&mut client);
        let body = body(&client, "a", &form_id);
        assert_eq!(client.call(PATH, &body)["errcode"], 40037);
    }
}
