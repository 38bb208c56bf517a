"""wechatpayv3 through the proxy that it can be given, which leads its connections to the suite's TLS server."""

import json
import os
import socket
import threading
from urllib.parse import urlsplit

from suite import MERCHANT, Receiver, Report, World, same

world = World("tls")
os.environ["REQUESTS_CA_BUNDLE"] = world.facts["ca"]

from wechatpayv3 import WeChatPay, WeChatPayType  # it reads the environment

report = Report("wechatpayv3")
mei = world.openid()


def carry(one, other):
    try:
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def tunnel(client, port):
    """CONNECT to any host is a connection to the server of the suite."""
    head = b""
    while b"\r\n\r\n" not in head:
        head += client.recv(4096)
    there = socket.create_connection(("127.0.0.1", port))
    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    threading.Thread(target=carry, args=(there, client), daemon=True).start()
    carry(client, there)


def proxy(port):
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            threading.Thread(target=tunnel, args=(listener.accept()[0], port), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


PROXY = {"https": proxy(urlsplit(world.url).port)}
with open(MERCHANT["privateKeyFile"], encoding="utf-8") as file:
    PRIVATE_KEY = file.read()


def client(**more):
    facts = {
        "wechatpay_type": WeChatPayType.MINIPROG,
        "mchid": MERCHANT["id"],
        "private_key": PRIVATE_KEY,
        "cert_serial_no": MERCHANT["serial"],
        "appid": world.mini["appid"],
        "apiv3_key": MERCHANT["v3Key"],
        "proxy": PROXY,
    }
    return WeChatPay(**{**facts, **more})


def checked(answer):
    """It gives status and body; one that failed is raised here, as its callers do."""
    status, body = answer
    if status >= 300:
        raise Refused(json.loads(body)["code"])
    return json.loads(body) if body else status


class Refused(Exception):
    pass


def fails(method, endpoint, expected, call):
    report.fails(method, endpoint, expected, Refused, str, call)


pay = report.ok(
    "WeChatPay (certificates)",
    "/v3/certificates",
    client,
    lambda it: f"serial {it._core._certificates[0].serial_number:X}",
)


def read(_method, _path, headers, body):
    told = pay.callback({name: value for name, value in headers.items()}, body)
    return told, (200 if told else 500, "")


server = Receiver(read)
JSAPI = "/v3/pay/transactions/jsapi"
QUERY = "/v3/pay/transactions/out-trade-no/{}"


def order(number, total=100, **more):
    facts = {
        "description": "茶",
        "out_trade_no": number,
        "amount": {"total": total, "currency": "CNY"},
        "payer": {"openid": mei},
        "notify_url": server.url,
    }
    return checked(pay.pay(**{**facts, **more}))


placed = report.ok("pay", JSAPI, lambda: order("V3-1001", attach="桌 7"), lambda it: it["prepay_id"])


def paid():
    params = {
        "appId": world.mini["appid"],
        "timeStamp": "1700000000",
        "nonceStr": "abc",
        "package": f"prepay_id={placed['prepay_id']}",
        "signType": "RSA",
    }
    params["paySign"] = pay.sign([params["appId"], params["timeStamp"], params["nonceStr"], params["package"]])
    return world.control("POST", "pay", {"params": params})


report.ok("sign", JSAPI, paid, lambda it: "the phone takes its signature")
report.ok(
    "callback",
    "notify:v3",
    lambda: server.wait(lambda it: it["resource"].get("out_trade_no") == "V3-1001"),
    lambda it: same(it["resource"]["attach"], "桌 7"),
)
told = report.ok(
    "query", QUERY, lambda: checked(pay.query(out_trade_no="V3-1001")), lambda it: same(it["trade_state"], "SUCCESS")
)
report.ok(
    "query (by transaction_id)",
    "/v3/pay/transactions/id/{}",
    lambda: checked(pay.query(transaction_id=told["transaction_id"])),
    lambda it: same(it["out_trade_no"], "V3-1001"),
)
fails("query (no such order)", QUERY, "ORDER_NOT_EXIST", lambda: checked(pay.query(out_trade_no="NONE-1234")))
fails("pay (total 0)", JSAPI, "PARAM_ERROR", lambda: order("V3-1009", total=0))
fails("pay (paid before)", JSAPI, "INVALID_REQUEST", lambda: order("V3-1001", attach="桌 7"))
fails("pay (another appid)", JSAPI, "APPID_MCHID_NOT_MATCH", lambda: order("V3-1009", appid=world.account["appid"]))
report.ok(
    "close", f"{QUERY}/close", lambda: (order("V3-1002"), checked(pay.close("V3-1002")))[1], lambda it: same(it, 204)
)
report.ok(
    "query (closed)",
    QUERY,
    lambda: checked(pay.query(out_trade_no="V3-1002")),
    lambda it: same(it["trade_state"], "CLOSED"),
)
AMOUNT = {"refund": 40, "total": 100, "currency": "CNY"}
report.ok(
    "refund",
    "/v3/refund/domestic/refunds",
    lambda: checked(pay.refund("V3-R1", AMOUNT, out_trade_no="V3-1001", notify_url=server.url)),
    lambda it: same(it["status"], "PROCESSING"),
)
report.ok(
    "callback (refund)",
    "notify:refund-v3",
    lambda: server.wait(lambda it: it["resource"].get("out_refund_no") == "V3-R1"),
    lambda it: same(it["event_type"], "REFUND.SUCCESS"),
)
report.ok(
    "query_refund",
    "/v3/refund/domestic/refunds/{}",
    lambda: checked(pay.query_refund("V3-R1")),
    lambda it: same(it["status"], "SUCCESS"),
)
fails(
    "refund (more than is left)",
    "/v3/refund/domestic/refunds",
    "INVALID_REQUEST",
    lambda: checked(pay.refund("V3-R2", {**AMOUNT, "refund": 90}, out_trade_no="V3-1001")),
)


def stranger():
    try:
        return client(cert_serial_no="00" * 20)
    except Exception as error:
        raise Refused(str(error)) from error


fails(
    "WeChatPay (another serial number)",
    "/v3/certificates",
    "No wechatpay platform certificate, please double check your init params.",
    stranger,
)
