"""wechatpy: its session gets an adapter that leads https:// here; nothing of it is changed."""

import hashlib
import io
import time
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from suite import MERCHANT, PIXEL, Receiver, Report, World, picture, same
from wechatpy import WeChatClient
from wechatpy.crypto import WeChatWxaCrypto
from wechatpy.exceptions import APILimitedException, WeChatClientException, WeChatException, WeChatPayException
from wechatpy.pay import WeChatPay


class Here(HTTPAdapter):
    """Sends requests for any host to the server of the suite."""

    def __init__(self, url):
        super().__init__()
        self.here = urlsplit(url)

    def send(self, request, **options):
        asked = urlsplit(request.url)
        request.url = asked._replace(scheme=self.here.scheme, netloc=self.here.netloc).geturl()
        return super().send(request, **options)


def client(world, app, secret=None):
    made = WeChatClient(app["appid"], secret or app["secret"])
    made._http.mount("https://", Here(world.url))
    return made


report = Report("wechatpy")
ok = report.ok


def fails(method, endpoint, expected, call, kind=WeChatClientException):
    report.fails(method, endpoint, expected, kind, lambda error: error.errcode, call)


now, old = World("now"), World("old")
mini, account = client(now, now.mini), client(now, now.account)
mei = now.openid()

# Tokens.
ok("fetch_access_token", "/cgi-bin/token", mini.fetch_access_token, lambda it: same(it["expires_in"], 7200))
fails("fetch_access_token (wrong secret)", "/cgi-bin/token", 40125, client(now, now.mini, "0" * 32).fetch_access_token)


def renewed():
    stale = client(now, now.mini)
    stale.session.set(stale.access_token_key, "1_" + "x" * 120)
    stale.expires_at = int(time.time()) + 7200
    return stale.wxa.get_wxa_code("pages/index/index")


ok(
    "_request (a token that is over)",
    "/wxa/getwxacode",
    renewed,
    lambda it: "renewed by itself, then a " + picture(it.content),
)

# Login.
used = now.code()
session = ok(
    "wxa.code_to_session",
    "/sns/jscode2session",
    lambda: mini.wxa.code_to_session(used),
    lambda it: same(it["openid"], mei),
)


def opened():
    info = now.control("POST", "user-info", {"user": "mei"})
    assert info["signature"] == hashlib.sha1((info["rawData"] + session["session_key"]).encode()).hexdigest()
    return WeChatWxaCrypto(session["session_key"], info["iv"], now.mini["appid"]).decrypt_message(info["encryptedData"])


ok("crypto.WeChatWxaCrypto", "/sns/jscode2session", opened, lambda it: same(it["openId"], mei))
fails("wxa.code_to_session (the same code)", "/sns/jscode2session", 40163, lambda: mini.wxa.code_to_session(used))
now.control("POST", "faults", {"path": "/sns/jscode2session", "times": 1, "errcode": 45009})
fails(
    "wxa.code_to_session (quota)",
    "/sns/jscode2session",
    45009,
    lambda: mini.wxa.code_to_session(now.code()),
    APILimitedException,
)
now.control("POST", "faults", {"path": "/sns/jscode2session", "times": 1, "errcode": -1})
fails("wxa.code_to_session (busy)", "/sns/jscode2session", -1, lambda: mini.wxa.code_to_session(now.code()))
now.control("POST", "rules", {"blockedUsers": ["jun"]})
fails("wxa.code_to_session (blocked)", "/sns/jscode2session", 40226, lambda: mini.wxa.code_to_session(now.code("jun")))

# Codes.
ok(
    "wxa.get_wxa_code",
    "/wxa/getwxacode",
    lambda: mini.wxa.get_wxa_code("pages/order/order?id=7"),
    lambda it: picture(it.content),
)
ok(
    "wxa.get_wxa_code_unlimited",
    "/wxa/getwxacodeunlimit",
    lambda: mini.wxa.get_wxa_code_unlimited("id=7", page="pages/order/order", is_hyaline=True),
    lambda it: same(picture(it.content), "PNG"),
)
ok(
    "wxa.create_qrcode",
    "/cgi-bin/wxaapp/createwxaqrcode",
    lambda: mini.wxa.create_qrcode("pages/index/index"),
    lambda it: picture(it.content),
)
fails("wxa.get_wxa_code (no path)", "/wxa/getwxacode", 40159, lambda: mini.wxa.get_wxa_code(""))
fails(
    "wxa.get_wxa_code_unlimited (a percent sign)",
    "/wxa/getwxacodeunlimit",
    40129,
    lambda: mini.wxa.get_wxa_code_unlimited("id%3D7"),
)
fails(
    "wxa.create_qrcode (129 bytes)", "/cgi-bin/wxaapp/createwxaqrcode", 40159, lambda: mini.wxa.create_qrcode("p" * 129)
)


# Content and media.
def pixel():
    file = io.BytesIO(PIXEL)
    file.name = "pixel.png"
    return file


PROBE = "特3456书yuuo莞6543李zxcz蒜7782法fgnv级"
ok(
    "wxa.check_text_security",
    "/wxa/msg_sec_check",
    lambda: mini.wxa.check_text_security("今天天气很好"),
    lambda it: same(it["errcode"], 0),
)
fails("wxa.check_text_security (risky)", "/wxa/msg_sec_check", 87014, lambda: mini.wxa.check_text_security(PROBE))
ok(
    "wxa.check_image_security",
    "/wxa/img_sec_check",
    lambda: mini.wxa.check_image_security(pixel()),
    lambda it: same(it["errcode"], 0),
)
fails(
    "wxa.check_image_security (no picture)",
    "/wxa/img_sec_check",
    40006,
    lambda: mini.wxa.check_image_security(io.BytesIO(b"words")),
)
ok(
    "wxa.check_media_async",
    "/wxa/media_check_async",
    lambda: mini.wxa.check_media_async("https://shop.example/a.png", 2),
    lambda it: it["trace_id"],
)
media = ok(
    "media.upload", "/cgi-bin/media/upload", lambda: mini.media.upload("image", pixel()), lambda it: it["media_id"]
)
ok(
    "media.download",
    "/cgi-bin/media/get",
    lambda: mini.media.download(media["media_id"]),
    lambda it: f"{len(same(it.content, PIXEL))} bytes",
)
fails("media.download (no such media_id)", "/cgi-bin/media/get", 40007, lambda: mini.media.download("none"))
fails("media.upload (no such type)", "/cgi-bin/media/upload", 40004, lambda: mini.media.upload("paper", pixel()))

# The customer service.
SEND = "/cgi-bin/message/custom/send"
fails("message.send_text (nobody wrote)", SEND, 45015, lambda: mini.message.send_text(mei, "你好"))
now.control("POST", "say", {"user": "mei", "text": "有茶吗"})
ok("message.send_text", SEND, lambda: mini.message.send_text(mei, "有"))
ok("message.send_image", SEND, lambda: mini.message.send_image(mei, media["media_id"]))
link = {"title": "茶", "description": "新茶", "url": "https://shop.example/", "image": "https://shop.example/a.png"}
ok("message.send_link", SEND, lambda: mini.message.send_link(mei, link))
page = {
    "title": "茶",
    "appid": now.mini["appid"],
    "pagepath": "pages/order/order?id=7",
    "thumb_media_id": media["media_id"],
}
ok("message.send_mini_program_page", SEND, lambda: mini.message.send_mini_program_page(mei, page))
fails("message.send_image (no such media_id)", SEND, 40007, lambda: mini.message.send_image(mei, "none"))
ok("message.send_text (the fifth)", SEND, lambda: mini.message.send_text(mei, "5"))
fails("message.send_text (the sixth)", SEND, 45047, lambda: mini.message.send_text(mei, "6"))
fails("message.send_text (no such openid)", SEND, 40003, lambda: mini.message.send_text("o" * 28, "6"))

# Subscribe messages now, template messages in 2018.
TEA = {"thing1": {"value": "乌龙茶"}, "number2": {"value": "7"}}
subscribe = lambda **more: mini.wxa.send_subscribe_message(mei, "TEA-IS-READY", TEA, page="pages/order/order", **more)
fails("wxa.send_subscribe_message (not accepted)", "/cgi-bin/message/subscribe/send", 43101, subscribe)
now.control("POST", "subscribe", {"user": "mei", "templates": ["TEA-IS-READY"]})
ok("wxa.send_subscribe_message", "/cgi-bin/message/subscribe/send", subscribe)
LIBRARY = "/cgi-bin/wxopen/template/library"
fails("wxa.list_library_templates (after 2020)", f"{LIBRARY}/list", 45103, mini.wxa.list_library_templates)
past = client(old, old.mini)
ok(
    "wxa.list_library_templates",
    f"{LIBRARY}/list",
    lambda: past.wxa.list_library_templates(0, 5),
    lambda it: f"{it['total_count']} in all",
)
first = past.wxa.list_library_templates(0, 5)["list"][0]["id"]
keywords = ok(
    "wxa.get_library_template", f"{LIBRARY}/get", lambda: past.wxa.get_library_template(first), lambda it: it["title"]
)
ids = [it["keyword_id"] for it in keywords["keyword_list"]][:2]
template = ok(
    "wxa.add_template", "/cgi-bin/wxopen/template/add", lambda: past.wxa.add_template(first, ids), lambda it: it
)
ok(
    "wxa.list_templates",
    "/cgi-bin/wxopen/template/list",
    past.wxa.list_templates,
    lambda it: f"{len(it)}, the new one too {[row for row in it if row['template_id'] == template][0]['title']}",
)
past_mei = old.openid()
data = {f"keyword{at + 1}": {"value": "茶", "color": "#173177"} for at in range(len(ids))}
form = old.control("POST", "form-id", {"user": "mei"})["formId"]
template_send = "/cgi-bin/message/wxopen/template/send"
send = lambda form_id, template_id=template: past.wxa.send_template_message(
    past_mei, template_id, data, form_id, page="pages/order/order", emphasis_keyword="keyword1.DATA"
)
ok("wxa.send_template_message", template_send, lambda: send(form))
fails("wxa.send_template_message (the same form)", template_send, 41029, lambda: send(form))
fails("wxa.send_template_message (mock form)", template_send, 41028, lambda: send("the formId is a mock one"))
fails("wxa.send_template_message (no such template)", template_send, 40037, lambda: send(form, "NONE"))
ok("wxa.del_template", "/cgi-bin/wxopen/template/del", lambda: past.wxa.del_template(template))
fails("wxa.del_template (twice)", "/cgi-bin/wxopen/template/del", 40037, lambda: past.wxa.del_template(template))
repeated = old.code()
past.wxa.code_to_session(repeated)
fails(
    "wxa.code_to_session (the same code, 2018)",
    "/sns/jscode2session",
    40029,
    lambda: past.wxa.code_to_session(repeated),
)

# Cards.
CARD_BASE = {
    "logo_url": "https://shop.example/logo.png",
    "brand_name": "小店",
    "code_type": "CODE_TYPE_TEXT",
    "title": "代金券",
    "color": "Color010",
    "notice": "出示",
    "description": "每单一张",
    "sku": {"quantity": 10},
    "date_info": {"type": "DATE_TYPE_FIX_TERM", "fixed_term": 30, "fixed_begin_term": 0},
}
ok(
    "jsapi.get_jsapi_card_ticket",
    "/cgi-bin/ticket/getticket",
    account.jsapi.get_jsapi_card_ticket,
    lambda it: f"{len(it)} characters",
)
ok("card.get_colors", "/card/getcolors", account.card.get_colors, lambda it: f"{len(it)} colours")
made = ok(
    "card.create",
    "/card/create",
    lambda: account.card.create(
        {"card": {"card_type": "CASH", "cash": {"base_info": CARD_BASE, "least_cost": 1000, "reduce_cost": 100}}}
    ),
    lambda it: it,
)
fails(
    "card.create (no such type)",
    "/card/create",
    40071,
    lambda: account.card.create({"card": {"card_type": "PAPER", "paper": {"base_info": CARD_BASE}}}),
)
ok("card.get", "/card/get", lambda: account.card.get(made), lambda it: it["card_type"])
ok("card.batch_get", "/card/batchget", account.card.batch_get, lambda it: f"{it['total_num']} cards")
ok("card.modify_stock", "/card/modifystock", lambda: account.card.modify_stock(made, -3))
ok(
    "card.set_activate_user_form",
    "/card/membercard/activateuserform/set",
    lambda: account.card.set_activate_user_form(
        "pMember", required_form={"common_field_id_list": ["USER_FORM_INFO_FLAG_MOBILE"]}
    ),
)
ok(
    "card.get_activate_url",
    "/card/membercard/activate/geturl",
    lambda: account.card.get_activate_url("pMember", "door"),
    lambda it: it,
)
fails(
    "card.get_activate_info (no such ticket)",
    "/card/membercard/activatetempinfo/get",
    40097,
    lambda: account.card.get_activate_info("none"),
)
fails("card.decrypt_code (no code)", "/card/code/decrypt", 40056, lambda: account.card.decrypt_code("none"))
fails("card.get_code (no such code)", "/card/code/get", 40056, lambda: account.card.get_code("000000000000"))
fails(
    "card.consume_code (no such code)", "/card/code/consume", 40056, lambda: account.card.consume_code("000000000000")
)
ok(
    "card.update",
    "/card/update",
    lambda: account.card.update({"card_id": made, "cash": {"base_info": {"notice": "请出示"}}}),
    lambda it: f"send_check {it['send_check']}",
)
fails(
    "card.invalid_code (no such code)",
    "/card/code/unavailable",
    40056,
    lambda: account.card.invalid_code("000000000000"),
)
fails(
    "card.get_membercard_user_info (no such code)",
    "/card/membercard/userinfo/get",
    40056,
    lambda: account.card.get_membercard_user_info("pMember", "000000000000"),
)
ok(
    "card.get_card_list",
    "/card/user/getcardlist",
    lambda: account.card.get_card_list(now.openid("mei", now.account)),
    lambda it: same(it["card_list"], []),
)
ok("card.delete", "/card/delete", lambda: account.card.delete(made))
fails("card.get (of the mini program)", "/card/get", 48001, lambda: mini.card.get("pTeaCoupon"))

# WeChat Pay.
pay = WeChatPay(now.mini["appid"], MERCHANT["key"], MERCHANT["id"])
pay._http.mount("https://", Here(now.url))


def read(_method, _path, _headers, body):
    text = body.decode()
    message = pay.parse_refund_notify_result(text) if "req_info" in text else pay.parse_payment_result(text)
    return dict(message), (
        200,
        "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>",
    )


server = Receiver(read)


def pay_fails(method, endpoint, expected, call):
    report.fails(method, endpoint, expected, WeChatPayException, lambda error: error.errcode or error.return_msg, call)


def order(number, total=100, with_pay=pay, **more):
    return with_pay.order.create(
        "JSAPI", "茶 <新>", total, server.url, client_ip="127.0.0.1", user_id=mei, out_trade_no=number, **more
    )


UNIFIED = "/pay/unifiedorder"
placed = ok("order.create", UNIFIED, lambda: order("PY-1", attach="桌 7"), lambda it: it["prepay_id"])
ok(
    "jsapi.get_jsapi_params",
    UNIFIED,
    lambda: now.control("POST", "pay", {"params": pay.jsapi.get_jsapi_params(placed["prepay_id"])}),
    lambda it: "the phone takes its signature",
)
told = ok(
    "parse_payment_result",
    "notify:v2",
    lambda: server.wait(lambda it: it.get("out_trade_no") == "PY-1"),
    lambda it: same(it["total_fee"], 100),
)
ok(
    "order.query",
    "/pay/orderquery",
    lambda: pay.order.query(out_trade_no="PY-1"),
    lambda it: same(it["trade_state"], "SUCCESS"),
)
pay_fails(
    "order.query (no such order)", "/pay/orderquery", "ORDERNOTEXIST", lambda: pay.order.query(out_trade_no="NONE")
)
pay_fails("order.create (paid before)", UNIFIED, "ORDERPAID", lambda: order("PY-1", attach="桌 7"))
wrong = WeChatPay(now.mini["appid"], "f" * 32, MERCHANT["id"])
wrong._http.mount("https://", Here(now.url))
pay_fails("order.create (wrong key)", UNIFIED, "签名错误", lambda: order("PY-9", with_pay=wrong))
pay_fails("order.create (total -1)", UNIFIED, "PARAM_ERROR", lambda: order("PY-9", total=-1))
ok(
    "order.close",
    "/pay/closeorder",
    lambda: (order("PY-2", sign_type="HMAC-SHA256"), pay.order.close("PY-2"))[1],
    lambda it: same(it["result_code"], "SUCCESS"),
)
ok(
    "order.query (closed)",
    "/pay/orderquery",
    lambda: pay.order.query(out_trade_no="PY-2"),
    lambda it: same(it["trade_state"], "CLOSED"),
)
ok(
    "refund.apply",
    "/secapi/pay/refund",
    lambda: pay.refund.apply(100, 40, "PY-R1", out_trade_no="PY-1", notify_url=server.url),
    lambda it: it["refund_id"],
)
ok(
    "parse_refund_notify_result",
    "notify:refund-v2",
    lambda: server.wait(lambda it: it.get("out_refund_no") == "PY-R1"),
    lambda it: same(it["refund_status"], "SUCCESS"),
)
ok("refund.query", "/pay/refundquery", lambda: pay.refund.query(out_trade_no="PY-1"), lambda it: it["refund_status_0"])
pay_fails(
    "refund.apply (no such order)",
    "/secapi/pay/refund",
    "ORDERNOTEXIST",
    lambda: pay.refund.apply(100, 40, "PY-R2", out_trade_no="NONE"),
)
union = "/wxa/getpaidunionid"
ok(
    "wxa.get_paid_unionid",
    union,
    lambda: mini.wxa.get_paid_unionid(mei, transaction_id=told["transaction_id"]),
    lambda it: same(it, session["unionid"]),
)
ok(
    "wxa.get_paid_unionid (by out_trade_no)",
    union,
    lambda: mini.wxa.get_paid_unionid(mei, mch_id=MERCHANT["id"], out_trade_no="PY-1"),
)
fails(
    "wxa.get_paid_unionid (unpaid)",
    union,
    89300,
    lambda: mini.wxa.get_paid_unionid(mei, mch_id=MERCHANT["id"], out_trade_no="PY-2"),
)
sandbox = WeChatPay(now.mini["appid"], MERCHANT["key"], MERCHANT["id"], sandbox=True)
sandbox._http.mount("https://", Here(now.url))
ok(
    "sandbox_api_key, then order.create",
    "/sandboxnew/pay/getsignkey",
    lambda: order("PY-SANDBOX", with_pay=sandbox),
    lambda it: it["prepay_id"],
)
assert issubclass(WeChatClientException, WeChatException)
