//! WeChat Pay, version 2: flat XML, signed with a key that both sides know.
//!
//! Official pages of WeChat Pay: "Protocol rules", "Secure rules", "Sandbox" (v2). HTTP says 200 always. A request
//! that cannot be read, or whose merchant is not known to have sent it, is refused at the first level:
//! `return_code` `FAIL` without a signature. Everything else is signed; refusals are `result_code` `FAIL` with
//! `err_code` there. Paths under `/sandboxnew` are the same interfaces under the key of `getsignkey`.
//!
//! Order of checks: method, body, text, form, merchant, signature, parameters, app, order.
//!
//! Differs from the platform: refunds need no client certificate; the sandbox has no orders of its own and pays
//! none by itself.
//! Unverified: refusals of the first level carry `err_code` beside `return_msg` but for the signature's.

mod asked;
mod closeorder;
mod getsignkey;
mod orderquery;
mod refund;
mod refundquery;
mod refusal;
#[cfg(test)]
mod tests;
mod unifiedorder;

use asked::{Asked, Field};
use refusal::{Level, Refusal};

use super::super::request::Request;
use super::super::response::Response;
use super::code::v2 as code;
use crate::near::near;
use crate::world::World;
use crate::world::pay::fields::Fields;
use crate::world::pay::notice::NextPayNonce;

/// An interface.
struct Interface {
    /// Its path, without that of the sandbox.
    path: &'static str,
    /// The members that it reads.
    fields: &'static [Field],
    /// What it does; the members of its answer.
    handle: fn(&mut World, &Asked) -> Result<Fields, Refusal>,
}

/// Every interface.
const INTERFACES: &[Interface] = &[
    unifiedorder::INTERFACE,
    orderquery::INTERFACE,
    closeorder::INTERFACE,
    refund::INTERFACE,
    refundquery::INTERFACE,
    getsignkey::INTERFACE,
];

/// What paths of the sandbox begin with.
const SANDBOX: &str = "/sandboxnew";
/// The type of all answers.
const XML_TYPE: &str = "text/plain; charset=utf-8";
/// Characters of a `nonce_str`.
const NONCE_CHARS: usize = 16;

/// The paths of version 2.
pub(super) fn paths() -> impl Iterator<Item = &'static str> {
    INTERFACES.iter().map(|it| it.path)
}

/// What version 2 answers.
pub(super) fn answer(world: &mut World, request: &Request) -> Response {
    let (interface, asked) = match read(world, request) {
        Ok(found) => found,
        Err(refusal) => return outer(&refusal),
    };
    let checked = asked.check(interface.fields);
    let result = checked.and_then(|()| (interface.handle)(world, &asked));
    told(world, &asked, result)
}

/// A failure that somebody asked for.
pub(super) fn failed(world: &mut World, request: &Request, words: &str) -> Response {
    let (_, asked) = match read(world, request) {
        Ok(found) => found,
        Err(refusal) => return outer(&refusal),
    };
    let known = code::ALL.iter().find(|known| known.0 == words);
    let refusal = match known {
        Some(known) => Refusal::from(*known),
        None if words.is_empty() => code::SYSTEMERROR.into(),
        None => code::SYSTEMERROR.saying(words),
    };
    told(world, &asked, Err(refusal))
}

/// The interface of a request and what it says, when its merchant sent it.
fn read(world: &World, request: &Request) -> Result<(&'static Interface, Asked), Refusal> {
    let path = request.path.trim_end_matches('/');
    let (path, is_sandbox) = match path.strip_prefix(SANDBOX) {
        // The sandbox has no folder of its own for what needs a certificate.
        Some("/pay/refund") => (refund::INTERFACE.path, true),
        Some("/pay/getsignkey") => (getsignkey::INTERFACE.path, false),
        Some(path) => (path, true),
        None => (path, false),
    };
    let known = INTERFACES.iter().find(|it| it.path == path);
    let known = known.ok_or_else(|| {
        let paths = INTERFACES.iter().map(|it| it.path);
        let near = near(path, paths);
        let why = near.first().map(|near| format!("did you mean {near}?"));
        code::INVALID_REQUEST
            .saying("接口不存在")
            .because(why.unwrap_or_default())
    })?;
    let asked = Asked::read(world, request, is_sandbox)?;
    Ok((known, asked))
}

/// A refusal of the first level.
fn outer(refusal: &Refusal) -> Response {
    let mut fields = Fields::new();
    fields.text("return_code", "FAIL");
    fields.text("return_msg", &refusal.words);
    if refusal.code != code::SIGNERROR.0 {
        fields.text("err_code", refusal.code);
        fields.text("err_code_des", &refusal.words);
    }
    response(&fields, refusal)
}

/// An answer of the second level, signed.
fn told(world: &mut World, asked: &Asked, result: Result<Fields, Refusal>) -> Response {
    let refusal = match &result {
        Err(refusal) if refusal.level == Level::First => return outer(refusal),
        Err(refusal) => refusal.clone(),
        Ok(_) => Refusal::default(),
    };
    let mut fields = Fields::new();
    fields.text("return_code", "SUCCESS");
    fields.text("return_msg", "OK");
    fields.text("appid", asked.text("appid"));
    fields.text("mch_id", &asked.mch_id);
    fields.text("nonce_str", &world.apply(NextPayNonce(NONCE_CHARS)));
    match result {
        Ok(more) => {
            fields.text("result_code", "SUCCESS");
            fields.append(more);
        }
        Err(refusal) => {
            fields.text("result_code", "FAIL");
            fields.text("err_code", refusal.code);
            fields.text("err_code_des", &refusal.words);
        }
    }
    fields.sign(asked.sign_type, &asked.key);
    response(&fields, &refusal)
}

fn response(fields: &Fields, refusal: &Refusal) -> Response {
    let response = Response::new(200, XML_TYPE, fields.xml("xml"));
    response.because(refusal.why.clone())
}
