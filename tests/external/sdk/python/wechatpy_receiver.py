"""wechatpy receives pushed messages: its check of signatures, its crypto, its parser and its replies."""

import json
from urllib.parse import parse_qs, urlsplit

from suite import Receiver, Report, World, same
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.replies import TransferCustomerServiceReply
from wechatpy.utils import check_signature

TOKEN = "teahouse7"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
report = Report("wechatpy.crypto")
world = World("now")
crypto = WeChatCrypto(TOKEN, AES_KEY, world.mini["appid"])


def read(method, path, _headers, body):
    query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    try:
        check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])
        if method == "GET":
            return None, (200, query["echostr"])
        text = body.decode()
        is_json = text.startswith("{")
        is_sealed = query.get("encrypt_type") == "aes"
        if is_sealed:
            text = crypto.decrypt_message(
                json.loads(text) if is_json else text, query["msg_signature"], query["timestamp"], query["nonce"]
            )
    except InvalidSignatureException:
        return {"error": "signature"}, (403, "")
    if is_json:
        message = json.loads(text)
        told = {
            "from": message["FromUserName"],
            "id": message.get("MsgId"),
            "type": message["MsgType"],
            "text": message.get("Content"),
            "event": message.get("Event"),
            "door": message.get("SessionFrom"),
        }
        reply = json.dumps(
            {
                "ToUserName": message["FromUserName"],
                "FromUserName": message["ToUserName"],
                "CreateTime": 1,
                "MsgType": "transfer_customer_service",
            }
        )
    else:
        message = parse_message(text)
        raw = message._data
        told = {
            "from": message.source,
            "id": message.id,
            "type": message.type,
            "text": getattr(message, "content", None),
            "event": raw.get("Event"),
            "door": raw.get("SessionFrom"),
        }
        reply = TransferCustomerServiceReply(message=message).render()
    if told["text"] != "人工":
        return told, (200, "success")
    if is_sealed and not is_json:
        reply = crypto.encrypt_message(reply, query["nonce"], query["timestamp"])
    return told, (200, reply)


def push(mode, format):
    endpoint = f"push:{format}-{mode}"
    settings = {"url": server.url, "token": TOKEN, "encodingAesKey": AES_KEY, "mode": mode, "format": format}
    report.ok("check_signature (GET echostr)", endpoint, lambda: world.control("POST", "push", settings))
    text = f"有 <茶> & {mode} {format}"

    def said():
        world.control("POST", "say", {"user": "mei", "text": text})
        return server.wait(lambda it: it["text"] == text)

    def entered():
        world.control("POST", "enter-service", {"user": "jun", "sessionFrom": f"{mode} {format}"})
        return server.wait(lambda it: it["door"] == f"{mode} {format}")

    def handed_over():
        before = len(world.control("GET", "conversations")["transfers"])
        world.control("POST", "say", {"user": "mei", "text": "人工"})
        server.wait(lambda it: it["text"] == "人工")
        for _ in range(50):
            transfers = world.control("GET", "conversations")["transfers"]
            if len(transfers) > before:
                return transfers[-1]["openid"]
        raise AssertionError("nobody was handed over")

    report.ok(
        "parse_message (text)", endpoint, said, lambda it: f"MsgId {it['id']}, {same(it['from'], world.openid())}"
    )
    report.ok("parse_message (event)", endpoint, entered, lambda it: same(it["event"], "user_enter_tempsession"))
    if format == "xml" or mode == "plain":
        # It encrypts replies in XML alone.
        report.ok("TransferCustomerServiceReply", endpoint, handed_over, lambda it: same(it, world.openid()))
    server.told.clear()


server = Receiver(read)
for one in ("plain", "compat", "safe"):
    for form in ("xml", "json"):
        push(one, form)
