//! The JSON Schema of flows (draft 2020-12), from the tables that the reader goes by.

use serde_json::{Map, Value as Json, json};

use super::format::FLOW;
use super::shape::{Form, Record, Shape};
use super::verb_table::VERBS;
use crate::api::question;

/// The schema, for editors. The reader checks more: answers, text steps, variables, included files.
pub fn schema() -> Json {
    let mut flow = record(&FLOW, false);
    let verbs = VERBS.iter().map(|verb| {
        let value = documented(of(&verb.shape, true), verb.about);
        (verb.name.to_owned(), value)
    });
    let steps = verbs.collect::<Map<_, _>>();
    let alone = VERBS
        .iter()
        .filter(|verb| takes_nothing(&verb.shape))
        .map(|verb| verb.name);
    let alone: Vec<&str> = alone.collect();
    let answers = question::keys().map(|key| (key.to_owned(), json!({})));
    let definitions = json!({
        "step": {
            "anyOf": [
                { "enum": alone },
                {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 1,
                    "additionalProperties": false,
                    "properties": steps,
                },
            ],
        },
        "answers": {
            "type": "object",
            "additionalProperties": false,
            "properties": answers.collect::<Map<_, _>>(),
        },
        "text": { "type": ["string", "number", "boolean"] },
        "variable": { "type": "string", "pattern": r"\$\{[A-Za-z_][A-Za-z0-9_.]*\}" },
    });
    let mut schema = Map::from_iter([
        (
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        ),
        ("title".to_owned(), json!("A flow of wxsim (*.flow.yaml)")),
    ]);
    schema.append(&mut flow);
    schema.insert("$defs".to_owned(), definitions);
    schema.into()
}

fn documented(schema: Json, about: &str) -> Json {
    let mut members = Map::from_iter([("description".to_owned(), json!(about))]);
    if let Json::Object(own) = schema {
        members.extend(own);
    }
    members.into()
}

/// Whether a verb may stand alone.
fn takes_nothing(shape: &Shape) -> bool {
    match shape {
        Shape::Nothing => true,
        Shape::Either(shapes) => shapes.iter().any(takes_nothing),
        _ => false,
    }
}

/// The keys of an object.
fn record(record: &Record, has_variables: bool) -> Map<String, Json> {
    let keys = record.keys.iter().map(|member| {
        // Variables stand in what is not the frame of the flow.
        let has_variables = has_variables
            || matches!(
                member.key,
                "answers" | "server" | "page" | "query" | "scene"
            );
        let schema = of(&member.shape, has_variables);
        (member.key.to_owned(), documented(schema, member.about))
    });
    let mut schema = Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("additionalProperties".to_owned(), json!(false)),
        ("properties".to_owned(), keys.collect::<Map<_, _>>().into()),
    ]);
    let needed = record.keys.iter().filter(|member| member.is_needed);
    let needed: Vec<&str> = needed.map(|member| member.key).collect();
    if !needed.is_empty() {
        schema.insert("required".to_owned(), json!(needed));
    }
    if !record.one_of.is_empty() {
        let each = record.one_of.iter().map(|key| json!({ "required": [key] }));
        schema.insert("oneOf".to_owned(), each.collect());
    }
    schema
}

fn of(shape: &Shape, has_variables: bool) -> Json {
    let inner = |shape: &Shape| of(shape, has_variables);
    let schema = match shape {
        Shape::Nothing => return json!({ "type": "null" }),
        Shape::Yes => return json!({ "const": true }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Count => json!({ "type": "integer", "minimum": 0 }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Text => return json!({ "$ref": "#/$defs/text" }),
        Shape::Form(form) => form_of(form),
        Shape::Word(words) => json!({ "enum": words() }),
        Shape::Any => return json!({}),
        Shape::List(item) => return json!({ "type": "array", "items": inner(item) }),
        Shape::Some(item) => {
            return json!({ "anyOf": [inner(item), { "type": "array", "items": inner(item) }] });
        }
        Shape::Each(item) => {
            return json!({ "type": "object", "additionalProperties": inner(item) });
        }
        Shape::Keyed(form, item) => {
            return json!({
                "type": "object",
                "propertyNames": { "pattern": form.pattern },
                "additionalProperties": inner(item),
            });
        }
        Shape::Record(own) => return record(own, has_variables).into(),
        Shape::Answers => return json!({ "$ref": "#/$defs/answers" }),
        Shape::Either(shapes) => {
            let each: Vec<Json> = shapes.iter().map(inner).collect();
            return json!({ "anyOf": each });
        }
        Shape::Steps => {
            return json!({ "type": ["array", "null"], "items": { "$ref": "#/$defs/step" } });
        }
    };
    if !has_variables {
        return schema;
    }
    json!({ "anyOf": [schema, { "$ref": "#/$defs/variable" }] })
}

/// A text with a form; what is written without quotes may be a number.
fn form_of(form: &Form) -> Json {
    json!({ "type": ["string", "number"], "pattern": form.pattern })
}

#[cfg(test)]
mod tests {
    use super::schema;

    #[test]
    fn every_verb_is_in_the_schema_with_its_purpose() {
        let schema = schema();
        let verbs = &schema["$defs"]["step"]["anyOf"][1]["properties"];
        for verb in super::VERBS {
            let about = verbs[verb.name]["description"].as_str().unwrap_or_default();
            assert!(about.ends_with('.'), "{}", verb.name);
        }
        assert_eq!(schema["required"][0], "name");
    }
}
