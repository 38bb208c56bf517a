#!/usr/bin/env python3
"""What `wxsim serve` stands: mixed calls at a steady rate from a client on the same machine.

    cargo build --release
    python3 benches/whole-process/serve.py [--rate N] [--seconds N] [--connections N] [--binary PATH] [--state] [--json]

The calls: tokens, logins (a code from the control interface, then code2Session), phone numbers, codes as pictures, checks
of texts and pictures, subscribe messages, customer messages, media, cards, orders of WeChat Pay with their queries, quotas. Each
answer is checked: a status other than 200, or an errcode that the call does not expect, is an error.

Printed: calls and errors, the rate that was reached, the latency (median, 99th percentile, longest), the resident
memory after a third of the time and at the end, and the server's CPU time.
"""

import argparse
import asyncio
import collections
import hashlib
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
APP = 'wx1111111111111111'

# A picture of one point.
PNG = bytes.fromhex(
    '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf'
    'c000000301010018dd8db00000000049454e44ae426082'
)
TOML = """
[[templates]]
id = "tpl"
title = "取餐提醒"
kind = "long-term"
content = "地点{{thing1.DATA}}"
"""


class Server:
    def __init__(self, binary, keeps):
        self.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(self.folder.name)
        (root / 'app.json').write_text('{"pages": ["pages/a/a"]}')
        (root / 'app.js').write_text('App({})')
        (root / 'project.config.json').write_text(json.dumps({'appid': APP}))
        (root / 'pages/a').mkdir(parents=True)
        (root / 'pages/a/a.js').write_text('Page({})')
        (root / 'pages/a/a.wxml').write_text('<view/>')
        (root / 'wxsim.toml').write_text(TOML)
        more = ['--state', str(root / 'state')] if keeps else []
        self.process = subprocess.Popen(
            [binary, 'serve', str(root), '--json', '--quiet', *more], stdout=subprocess.PIPE, text=True
        )
        self.first = json.loads(self.process.stdout.readline())
        self.port = int(self.first['url'].rsplit(':', 1)[1])
        self.secret = self.first['apps'][0]['secret']
        self.merchant = self.first['merchants'][0]

    def memory_mb(self):
        for line in open(f'/proc/{self.process.pid}/status'):
            if line.startswith('VmRSS:'):
                return int(line.split()[1]) / 1024
        return 0

    def cpu_s(self):
        fields = open(f'/proc/{self.process.pid}/stat').read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


class Connection:
    def __init__(self, port):
        self.port = port
        self.reader = self.writer = None

    async def ask(self, method, path, body=b'', headers=''):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection('127.0.0.1', self.port)
        head = f'{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: {len(body)}\r\n{headers}\r\n'
        self.writer.write(head.encode() + body)
        head = (await self.reader.readuntil(b'\r\n\r\n')).decode('latin-1')
        status = int(head.split(' ', 2)[1])
        length = 0
        for line in head.split('\r\n')[1:]:
            name, _, value = line.partition(':')
            if name.lower() == 'content-length':
                length = int(value)
        return status, await self.reader.readexactly(length)


def xml(members):
    return ('<xml>' + ''.join(f'<{k}><![CDATA[{v}]]></{k}>' for k, v in members.items()) + '</xml>').encode()


class Calls:
    """The calls, each a coroutine that gives the status and an errcode that was not expected."""

    def __init__(self, server):
        self.server = server
        self.numbers = itertools.count()
        self.control = f'authorization: Bearer {server.first["control_token"]}\r\n'
        self.open_id = server.first['users'][0]['openid'][APP]
        self.token = ''
        self.users = [f'user{number}' for number in range(200)]
        self.open_ids = {}
        self.media = ''

    async def prepare(self, connection):
        await self.new_token(connection)
        for name in self.users:
            _, body = await connection.ask(
                'POST', '/_wxsim/users', json.dumps({'name': name}).encode(), self.control
            )
            self.open_ids[name] = json.loads(body)['openid'][APP]
        body = {'user': 'user', 'templates': ['tpl']}
        await connection.ask('POST', '/_wxsim/subscribe', json.dumps(body).encode(), self.control)
        await self.upload(connection)

    @staticmethod
    def wrong(status, body, expected=(0,)):
        if status != 200:
            return f'status {status}'
        try:
            code = json.loads(body).get('errcode', 0)
        except ValueError:
            return None
        return None if code in expected else f'errcode {code}: {body[:120]!r}'

    async def post(self, connection, path, body, expected=(0,)):
        status, answer = await connection.ask(
            'POST', f'{path}?access_token={self.token}', json.dumps(body, ensure_ascii=False).encode()
        )
        return self.wrong(status, answer, expected)

    async def new_token(self, connection):
        body = {'grant_type': 'client_credential', 'appid': APP, 'secret': self.server.secret}
        status, answer = await connection.ask('POST', '/cgi-bin/stable_token', json.dumps(body).encode())
        self.token = json.loads(answer).get('access_token', '')
        return self.wrong(status, answer)

    async def login(self, connection):
        user = self.users[next(self.numbers) % len(self.users)]
        _, body = await connection.ask('POST', '/_wxsim/login', json.dumps({'user': user}).encode(), self.control)
        code = json.loads(body)['code']
        status, answer = await connection.ask(
            'GET',
            f'/sns/jscode2session?appid={APP}&secret={self.server.secret}&js_code={code}'
            '&grant_type=authorization_code',
        )
        return self.wrong(status, answer, (0, 45011))

    async def phone(self, connection):
        return await self.post(connection, '/wxa/business/getuserphonenumber', {'code': 'x' * 64}, (40029,))

    async def code(self, connection):
        scene = f's={next(self.numbers) % 5000}'
        status, answer = await connection.ask(
            'POST',
            f'/wxa/getwxacodeunlimit?access_token={self.token}',
            json.dumps({'scene': scene, 'width': 280}).encode(),
        )
        return None if status == 200 and answer[:2] == b'\xff\xd8' else self.wrong(status, answer, (45009, 45011))

    async def text(self, connection):
        return await self.post(connection, '/wxa/msg_sec_check', {'content': '今天天气很好'}, (0, 44991, 45011, 45009))

    async def subscribe(self, connection):
        body = {'touser': self.open_id, 'template_id': 'tpl', 'data': {'thing1': {'value': '一号店'}}}
        return await self.post(connection, '/cgi-bin/message/subscribe/send', body)

    async def custom(self, connection):
        body = {'touser': self.open_id, 'msgtype': 'text', 'text': {'content': '您好'}}
        return await self.post(connection, '/cgi-bin/message/custom/send', body, (0, 45015, 45047))

    async def upload(self, connection):
        body = (
            b'--x\r\nContent-Disposition: form-data; name="media"; filename="a.png"\r\n'
            b'Content-Type: image/png\r\n\r\n' + PNG + b'\r\n--x--\r\n'
        )
        status, answer = await connection.ask(
            'POST',
            f'/cgi-bin/media/upload?access_token={self.token}&type=image',
            body,
            'content-type: multipart/form-data; boundary=x\r\n',
        )
        self.media = json.loads(answer).get('media_id', self.media)
        return self.wrong(status, answer)

    async def download(self, connection):
        status, answer = await connection.ask(
            'GET', f'/cgi-bin/media/get?access_token={self.token}&media_id={self.media}'
        )
        return self.wrong(status, answer)

    def signed(self, members):
        text = '&'.join(f'{key}={members[key]}' for key in sorted(members)) + f'&key={self.server.merchant["key"]}'
        return {**members, 'sign': hashlib.md5(text.encode()).hexdigest().upper()}

    async def order(self, connection):
        number = f'T{next(self.numbers):012}'
        base = {'appid': APP, 'mch_id': self.server.merchant['mch_id'], 'nonce_str': 'n', 'out_trade_no': number}
        order = self.signed(
            {
                **base,
                'body': 'tea',
                'total_fee': '42',
                'spbill_create_ip': '127.0.0.1',
                'notify_url': 'http://127.0.0.1:9/notify',
                'trade_type': 'JSAPI',
                'openid': self.open_id,
            }
        )
        status, answer = await connection.ask('POST', '/pay/unifiedorder', xml(order))
        if b'prepay_id' not in answer:
            return f'{status} {answer[:200]!r}'
        status, answer = await connection.ask('POST', '/pay/orderquery', xml(self.signed(base)))
        return None if b'NOTPAY' in answer else f'{status} {answer[:200]!r}'

    async def quota(self, connection):
        return await self.post(connection, '/cgi-bin/openapi/quota/get', {'cgi_path': '/wxa/getwxacode'})

    def mix(self):
        often = [self.login, self.subscribe, self.order, self.text, self.phone]
        return [*often, *often, self.custom, self.code, self.upload, self.download, self.quota, self.new_token]


async def drive(server, arguments):
    calls = Calls(server)
    await calls.prepare(Connection(server.port))
    mix = itertools.cycle(calls.mix())
    errors, latencies, made = collections.Counter(), [], 0
    begun = time.monotonic()
    end = begun + arguments.seconds
    turns = itertools.count()
    memory = {}

    async def worker():
        nonlocal made
        connection = Connection(server.port)
        while True:
            due = begun + next(turns) / arguments.rate
            if due >= end:
                return
            wait = due - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            call = next(mix)
            start = time.monotonic()
            try:
                wrong = await call(connection)
            except (OSError, asyncio.IncompleteReadError, ValueError, KeyError) as error:
                wrong, connection = repr(error), Connection(server.port)
            latencies.append(time.monotonic() - start)
            made += 1
            if wrong:
                errors[f'{call.__name__}: {wrong}'] += 1

    async def watch():
        await asyncio.sleep(arguments.seconds / 3)
        memory['third'] = server.memory_mb()

    await asyncio.gather(watch(), *(worker() for _ in range(arguments.connections)))
    took = time.monotonic() - begun
    memory['end'] = server.memory_mb()
    latencies.sort()
    return {
        'calls': made,
        'errors': sum(errors.values()),
        'rate': round(made / took),
        'median_ms': round(latencies[len(latencies) // 2] * 1000, 2),
        'p99_ms': round(latencies[int(len(latencies) * 0.99)] * 1000, 2),
        'longest_ms': round(latencies[-1] * 1000, 1),
        'memory_third_mb': round(memory['third'], 1),
        'memory_end_mb': round(memory['end'], 1),
        'cpu_s': server.cpu_s(),
    }, errors


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--rate', type=int, default=2000, help='calls a second')
    parser.add_argument('--seconds', type=int, default=60)
    parser.add_argument('--connections', type=int, default=64)
    parser.add_argument('--binary', default=str(ROOT / 'target/release/wxsim'))
    parser.add_argument('--state', action='store_true', help='keep the world in a file')
    parser.add_argument('--json', action='store_true')
    arguments = parser.parse_args()
    server = Server(arguments.binary, arguments.state)
    try:
        figures, errors = asyncio.run(drive(server, arguments))
    finally:
        server.process.terminate()
        server.process.wait()
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f'{name:16} {value}')
    for error, count in errors.most_common(10):
        print(f'{count:6} {error}', file=sys.stderr)
    sys.exit(1 if errors else 0)


main()
