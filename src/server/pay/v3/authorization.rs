//! `Authorization: WECHATPAY2-SHA256-RSA2048 …`: which merchant signed a request.
//!
//! Official page of WeChat Pay: "Signature" (v3). What is signed: method, path with query, time, nonce and body,
//! each with the end of a line. The serial number is that of the merchant's certificate
//! ([`World::merchant_serial`]).
//!
//! Differs from the platform: the time of a signature must be a number, but not near to the server's, whose clock
//! may be a virtual one; the same signature counts twice.

use super::super::super::request::Request;
use super::super::code::v3 as code;
use super::refusal::Refusal;
use crate::crypto::pay_sign::request_lines;
use crate::world::World;
use crate::world::pay::merchant::VerifyMerchant;

/// The scheme.
const SCHEME: &str = "WECHATPAY2-SHA256-RSA2048";

/// The parts of the line.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parts<'a> {
    mch_id: &'a str,
    nonce: &'a str,
    signature: &'a str,
    time_stamp: &'a str,
    serial: &'a str,
}

impl<'a> Parts<'a> {
    /// Reads `name="text",…` in any order; a part that is missing is empty.
    fn read(line: &'a str) -> Option<Self> {
        let mut parts = Self::default();
        let mut rest = line.trim();
        while !rest.is_empty() {
            let (name, after) = rest.split_once('=')?;
            let (text, after) = after.trim_start().strip_prefix('"')?.split_once('"')?;
            let part = match name.trim() {
                "mchid" => &mut parts.mch_id,
                "nonce_str" => &mut parts.nonce,
                "signature" => &mut parts.signature,
                "timestamp" => &mut parts.time_stamp,
                "serial_no" => &mut parts.serial,
                _ => &mut "",
            };
            *part = text;
            rest = after.trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        }
        Some(parts)
    }
}

fn refused(words: &str, why: impl Into<String>) -> Refusal {
    code::SIGN_ERROR.saying(words).because(why)
}

/// The merchant who signed the request.
pub(super) fn check(world: &mut World, request: &Request, body: &str) -> Result<String, Refusal> {
    let line = request.header("authorization").unwrap_or_default();
    let line = line.trim();
    let Some((scheme, rest)) = line.split_once(char::is_whitespace) else {
        let words = "Http头Authorization值缺失或格式错误";
        let why = format!("`Authorization: {SCHEME} mchid=\"…\",…` is missing");
        return Err(refused(words, why));
    };
    if scheme != SCHEME {
        let words = "Http头Authorization认证类型不正确";
        return Err(refused(words, format!("it is {SCHEME}, not `{scheme}`")));
    }
    let Some(parts) = Parts::read(rest) else {
        let words = "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》";
        return Err(refused(
            words,
            "the parts are name=\"text\", with commas between",
        ));
    };
    for (name, text) in [
        ("mchid", parts.mch_id),
        ("nonce_str", parts.nonce),
        ("signature", parts.signature),
        ("timestamp", parts.time_stamp),
        ("serial_no", parts.serial),
    ] {
        if text.is_empty() {
            let words = format!("Http头Authorization值缺少{name}");
            return Err(refused(&words, format!("`{name}` is missing")));
        }
    }
    verify(world, request, body, &parts)?;
    Ok(parts.mch_id.to_owned())
}

fn verify(
    world: &mut World,
    request: &Request,
    body: &str,
    parts: &Parts<'_>,
) -> Result<(), Refusal> {
    let mch_id = parts.mch_id;
    if !world.has_merchant(mch_id) {
        let why = format!("no app is bound to the merchant {mch_id}");
        return Err(refused("商户号不存在", why));
    }
    if parts.time_stamp.parse::<u64>().is_err() {
        let words = "Http头Authorization值中的timestamp格式错误";
        return Err(refused(words, "`timestamp` is a number of seconds"));
    }
    let serial = world.merchant_serial(mch_id);
    if !serial.eq_ignore_ascii_case(parts.serial) {
        let words = "商户证书序列号有误。请使用签名私钥匹配的证书序列号";
        let why = format!("the certificate of merchant {mch_id} has the serial number {serial}");
        return Err(refused(words, why));
    }
    let target = request.target();
    let text = request_lines(
        &request.method,
        &target,
        parts.time_stamp,
        parts.nonce,
        body,
    );
    let is_signed = world.apply(VerifyMerchant {
        mch_id,
        text: &text,
        signature: parts.signature,
    });
    if is_signed {
        return Ok(());
    }
    let bytes = body.len();
    let words = "错误的签名，验签失败";
    let why = format!(
        "it is not the signature of merchant {mch_id} of \"{} {target}\" with time {}, nonce {} \
         and a body of {bytes} bytes",
        request.method, parts.time_stamp, parts.nonce
    );
    Err(refused(words, why))
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn parts_stand_in_any_order_with_blanks_or_without() {
        let expected = Parts {
            mch_id: "1",
            nonce: "n",
            signature: "a+/b==",
            time_stamp: "2",
            serial: "S",
        };
        for line in [
            r#"mchid="1",nonce_str="n",signature="a+/b==",timestamp="2",serial_no="S""#,
            r#" serial_no="S", timestamp="2" , other="x", signature="a+/b==",nonce_str="n", mchid="1","#,
        ] {
            assert_eq!(Parts::read(line), Some(Parts { ..expected }), "{line}");
        }
        assert_eq!(Parts::read(""), Some(Parts::default()));
        for line in ["mchid", "mchid=1", "mchid=\"1", "=", ","] {
            assert_eq!(Parts::read(line), None, "{line}");
        }
    }
}
