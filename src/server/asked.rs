//! A request whose client is known: what an interface reads from it.

use std::cell::OnceCell;

use serde_json::{Map, Value as Json};

use super::errcode;
use super::fault::Fault;
use super::multipart::{self, Part};
use super::request::Request;

/// A request to an interface.
pub struct Asked<'a> {
    /// The request.
    pub request: &'a Request,
    /// Whose token it came with; empty for an interface without token.
    pub app_id: String,
    json: OnceCell<Result<Map<String, Json>, Fault>>,
}

impl<'a> Asked<'a> {
    /// A request of an app.
    pub fn new(request: &'a Request, app_id: String) -> Self {
        Self {
            request,
            app_id,
            json: OnceCell::new(),
        }
    }

    /// The body as a JSON object, whatever type it says it is of.
    ///
    /// # Errors
    /// 44002 without a body, 47001 when it is no JSON object.
    pub fn json(&self) -> Result<&Map<String, Json>, Fault> {
        let read = self.json.get_or_init(|| {
            if self.request.body.is_empty() {
                return Err(errcode::EMPTY_POST_DATA.into());
            }
            match serde_json::from_slice(&self.request.body) {
                Ok(Json::Object(members)) => Ok(members),
                Ok(_) => Err(errcode::DATA_FORMAT.because("the body is JSON, but no object")),
                Err(error) => {
                    Err(errcode::DATA_FORMAT.because(format!("the body is no JSON: {error}")))
                }
            }
        });
        read.as_ref().map_err(Clone::clone)
    }

    /// A member of the body; `None` when it is missing or `null`.
    ///
    /// # Errors
    /// The body is no JSON object.
    pub fn member(&self, name: &str) -> Result<Option<&Json>, Fault> {
        Ok(self.json()?.get(name).filter(|value| !value.is_null()))
    }

    /// A member of the body as text; a number or truth value as it is written. Empty when it is missing.
    ///
    /// # Errors
    /// The body is no JSON object, or the member is a list or an object.
    pub fn text(&self, name: &str) -> Result<String, Fault> {
        match self.member(name)? {
            None => Ok(String::new()),
            Some(value) => text_of(value)
                .ok_or_else(|| errcode::DATA_FORMAT.because(format!("`{name}` is no text"))),
        }
    }

    /// A member of the body as a whole number; one in quotes counts too.
    ///
    /// # Errors
    /// The body is no JSON object, or the member is no whole number.
    pub fn integer(&self, name: &str) -> Result<Option<i64>, Fault> {
        let wrong = || errcode::DATA_FORMAT.because(format!("`{name}` is no whole number"));
        match self.member(name)? {
            None => Ok(None),
            Some(Json::Number(number)) => number.as_i64().map(Some).ok_or_else(wrong),
            Some(Json::String(text)) => text.trim().parse().map(Some).map_err(|_| wrong()),
            Some(_) => Err(wrong()),
        }
    }

    /// A member of the body as a truth value; `"true"` counts too.
    ///
    /// # Errors
    /// The body is no JSON object, or the member is no truth value.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Fault> {
        match self.member(name)? {
            None => Ok(None),
            Some(Json::Bool(flag)) => Ok(Some(*flag)),
            Some(Json::String(text)) if text == "true" => Ok(Some(true)),
            Some(Json::String(text)) if text == "false" => Ok(Some(false)),
            Some(_) => Err(errcode::DATA_FORMAT.because(format!("`{name}` is no truth value"))),
        }
    }

    /// A parameter of the query, else of the JSON body; empty when it is in neither. For interfaces whose
    /// clients put it into either.
    pub fn param(&self, name: &str) -> String {
        if let Some(value) = self.request.query_value(name) {
            return value;
        }
        let in_body = self.json().ok().and_then(|body| body.get(name));
        in_body.and_then(text_of).unwrap_or_default()
    }

    /// The parts of a `multipart/form-data` body.
    ///
    /// # Errors
    /// 41005 when it is none.
    pub fn parts(&self) -> Result<Vec<Part>, Fault> {
        multipart::read(self.request).map_err(|why| errcode::MEDIA_DATA_MISSING.because(why))
    }
}

fn text_of(value: &Json) -> Option<String> {
    match value {
        Json::Null => Some(String::new()),
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(value.to_string()),
        Json::Array(_) | Json::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;
    use crate::server::request::Request;

    #[test]
    fn a_body_is_an_object_whatever_its_type_says() {
        let code = |body: &str| {
            let request = Request::post("/p", body).with_header("content-type", "text/plain");
            let asked = Asked::new(&request, String::new());
            asked.json().map_or_else(|fault| fault.errcode, |_| 0)
        };
        assert_eq!(code(r#"{"a": 1}"#), 0);
        assert_eq!(code(""), 44002);
        assert_eq!(code("[]"), 47001);
        assert_eq!(code("a=1&b=2"), 47001);
        assert_eq!(code("{\"a\": "), 47001);
    }

    #[test]
    fn members_are_read_in_the_forms_that_clients_write() {
        let request = Request::post("/p?q=1", r#"{"n": "7", "t": 3, "b": "true", "l": []}"#);
        let asked = Asked::new(&request, String::new());
        assert_eq!(asked.integer("n"), Ok(Some(7)));
        assert_eq!(asked.integer("missing"), Ok(None));
        assert_eq!(asked.text("t"), Ok("3".to_owned()));
        assert_eq!(asked.text("missing"), Ok(String::new()));
        assert_eq!(asked.flag("b"), Ok(Some(true)));
        assert_eq!(asked.param("q"), "1");
        assert_eq!(asked.param("t"), "3");
        assert_eq!(asked.param("missing"), "");
        let wrong = "l";
        assert_eq!(asked.text(wrong).map_err(|it| it.errcode), Err(47001));
        assert_eq!(asked.integer(wrong).map_err(|it| it.errcode), Err(47001));
        assert_eq!(asked.flag(wrong).map_err(|it| it.errcode), Err(47001));
    }
}
