//! A flow as a JavaScript test.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::exploration;
use super::js_expect::expectations;
use super::js_value::{literal, plain, string};
use super::matrix::{self, Run};
use super::verbs::{self, Call};
use super::{Flow, Step, template};
use crate::diagnostic::Place;

/// The text of a test file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// JavaScript.
    pub code: String,
    /// For each line of the code the line of the flow, when one says it.
    pub places: Vec<Option<Place>>,
}

/// The JavaScript test that does what a flow says, each step in one line. A flow with personas or a
/// matrix makes several tests.
pub fn to_js(flow: &Flow) -> Script {
    let mut body = Body::default();
    body.begin(flow);
    let mut script = Script::default();
    script.line("const { test, expect } = require('wxsim');", None);
    script.line("", None);
    let runs = matrix::runs(flow).unwrap_or_default();
    let has_axes = runs.iter().any(|run| !run.is_empty());
    script.options(flow, has_axes);
    let held = HELD.into_iter().filter(|own| body.held.contains(own));
    let held: Vec<&str> = held.collect();
    let begin = format!("async ({{ {} }}) => {{", held.join(", "));
    let place = flow.mark("name");
    let explores = exploration::options(flow);
    let function = match &explores {
        None => "test",
        Some(_) => "test.explore",
    };
    let own = own_options(flow, explores);
    let indent = if has_axes {
        script.table(flow, &runs);
        let options = match &*own {
            "" => "use".to_owned(),
            own => format!("{{ {own}, ...use }}"),
        };
        script.line(&format!("  {function}(title, {options}, {begin}"), place);
        "  "
    } else {
        let title = string(&flow.name);
        let options = match &*own {
            "" => String::new(),
            own => format!("{{ {own} }}, "),
        };
        script.line(&format!("{function}({title}, {options}{begin}"), place);
        ""
    };
    for (line, place) in &body.lines {
        script.line(&format!("{indent}  {line}"), place.as_ref());
    }
    script.line(&format!("{indent}}});"), None);
    if has_axes {
        script.line("}", None);
    }
    script
}

/// The options of the test alone, between braces.
fn own_options(flow: &Flow, explores: Option<Map<String, Json>>) -> String {
    let mut options = Map::new();
    if !flow.tags.is_empty() {
        options.insert("tag".to_owned(), json!(flow.tags));
    }
    options.extend(explores.into_iter().flatten());
    if options.is_empty() {
        return String::new();
    }
    let text = plain(&options.into());
    let inner = text
        .strip_prefix("{ ")
        .and_then(|text| text.strip_suffix(" }"));
    inner.unwrap_or(&text).to_owned()
}

/// What a test may hold in its hands, in the order in which it is written.
const HELD: [&str; 8] = [
    "app", "user", "server", "clock", "wx", "world", "sim", "screen",
];

impl Script {
    fn line(&mut self, text: &str, place: Option<&Place>) {
        self.code.push_str(text);
        self.code.push('\n');
        self.places.push(place.cloned());
    }

    /// What holds for every test of the file.
    fn options(&mut self, flow: &Flow, has_axes: bool) {
        let mut options = flow.options.clone();
        let mut answers = Json::Object(matrix::answers(flow));
        if !has_axes {
            template::fill(&mut answers, &Map::new());
        }
        // Where answers have axes in them, each test has its own.
        if answers != json!({}) && !template::is_in(&answers) {
            options.insert("answers".to_owned(), answers);
        }
        if !options.is_empty() {
            let place = flow.mark("use").or_else(|| flow.mark("answers"));
            self.line(&format!("test.use({});", plain(&options.into())), place);
            self.line("", None);
        }
    }

    /// The values of each test, and the loop over them.
    fn table(&mut self, flow: &Flow, runs: &[Run]) {
        let names: Vec<&str> = runs
            .first()
            .into_iter()
            .flat_map(matrix::variables)
            .map(|(name, _)| name.as_str())
            .collect();
        let names = names
            .iter()
            .fold(String::new(), |text, name| text + ", " + name);
        let place = flow.mark("matrix").or_else(|| flow.mark("personas"));
        self.line(&format!("for (const {{ title, use{names} }} of ["), place);
        for run in runs {
            let words: Vec<String> = run
                .iter()
                .map(|(axis, value)| format!("{axis}={}", word(value)))
                .collect();
            let title = format!("{} [{}]", flow.name, words.join(", "));
            let mut members = Map::from_iter([
                ("title".to_owned(), Json::from(title)),
                ("use".to_owned(), matrix::options(flow, run).into()),
            ]);
            members.extend(matrix::variables(run).cloned());
            self.line(&format!("  {},", plain(&members.into())), place);
        }
        self.line("]) {", None);
    }
}

fn word(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// What a test does.
#[derive(Default)]
struct Body {
    lines: Vec<(String, Option<Place>)>,
    held: BTreeSet<&'static str>,
    /// Variables that are declared.
    variables: BTreeSet<String>,
}

impl Body {
    fn line(&mut self, text: String, place: Option<&Place>) {
        self.lines.push((text, place.cloned()));
    }

    /// A flow from its beginning: routes, the start, then the steps.
    fn begin(&mut self, flow: &Flow) {
        let mut routes = Vec::new();
        all_routes(flow, &mut routes);
        self.routes(&routes);
        let opening = first_opening(flow).filter(|_| !exploration::is_alone(flow));
        let first = first_verb(flow);
        if opening.is_some() || !matches!(first, Some("launch" | exploration::VERB)) {
            let (opening, place) =
                opening.map_or_else(Default::default, |(own, place)| (own.clone(), place));
            self.launch(opening, place);
        }
        self.rest(flow);
    }

    /// The steps of a flow, those of its includes first.
    fn rest(&mut self, flow: &Flow) {
        for include in &flow.includes {
            if let Some(included) = &include.included {
                self.line(
                    format!("// {}", word(&include.value)),
                    include.place.as_ref(),
                );
                self.rest(included);
            }
        }
        for step in &flow.steps {
            self.step(step);
        }
    }

    fn launch(&mut self, opening: Map<String, Json>, place: Option<&Place>) {
        self.call(&super::opening::call("app.launch", &opening.into()), place);
    }

    /// The last route that is declared answers first.
    fn routes(&mut self, routes: &[(&Json, Option<&Place>)]) {
        if routes.len() > 1 {
            self.line(
                "// The last of several routes that match answers.".to_owned(),
                None,
            );
        }
        for (route, place) in routes.iter().rev() {
            let mut reply = route.as_object().cloned().unwrap_or_default();
            let method = reply.shift_remove("method").unwrap_or_else(|| "*".into());
            let url = reply.shift_remove("url").unwrap_or_default();
            let options = ["times", "body"].into_iter();
            let options: Map<String, Json> = options
                .filter_map(|key| Some((key.to_owned(), reply.shift_remove(key)?)))
                .collect();
            let reply = reply.shift_remove("replies").unwrap_or(Json::Object(reply));
            let mut arguments = vec![method, url, reply];
            if !options.is_empty() {
                arguments.push(options.into());
            }
            self.held.insert("server");
            self.line(format!("server.route({});", listed(&arguments)), *place);
        }
    }

    fn call(&mut self, call: &Call, place: Option<&Place>) {
        self.hold(call.function);
        let arguments = listed(&call.arguments);
        self.line(format!("await {}({arguments});", call.function), place);
    }

    /// What the test needs to call a function.
    fn hold(&mut self, function: &str) {
        let word = function.split(['.', ')']).next().unwrap_or_default();
        self.held.extend(HELD.iter().find(|own| **own == word));
    }

    fn step(&mut self, step: &Step) {
        let place = step.place.as_ref();
        if let Some(call) = verbs::find(step.verb).and_then(|verb| verb.call(&step.value)) {
            self.call(&call, place);
            return;
        }
        match (step.verb, &step.value) {
            ("answers", answers) => {
                self.held.insert("user");
                self.line(format!("user.answers({});", literal(answers)), place);
            }
            ("call", value) => self.call_api(value, place),
            ("expect", Json::Object(members)) => {
                for (key, value) in members {
                    let place = step.mark(key).or(place);
                    self.expect(key, value, place);
                }
            }
            ("capture", Json::Object(members)) => {
                for (name, source) in members {
                    let place = step.mark(name).or(place);
                    self.capture(name, source, place);
                }
            }
            ("include", path) => self.include(path, step.included.as_deref(), place),
            _ => {}
        }
    }

    fn include(&mut self, path: &Json, included: Option<&Flow>, place: Option<&Place>) {
        let Some(flow) = included else {
            return;
        };
        self.line(format!("// {}", word(path)), place);
        let answers = matrix::answers(flow);
        if !answers.is_empty() {
            self.held.insert("user");
            self.line(
                format!("user.answers({});", literal(&answers.into())),
                flow.mark("answers"),
            );
        }
        let mut routes = Vec::new();
        all_routes(flow, &mut routes);
        self.routes(&routes);
        if let Some((opening, place)) = first_opening(flow) {
            self.launch(opening.clone(), place);
        }
        self.rest(flow);
    }

    fn call_api(&mut self, value: &Json, place: Option<&Place>) {
        let nothing = json!({});
        let api = value.get("api").unwrap_or(value);
        let (function, given) = match value.get("arguments") {
            Some(arguments) => ("(api, given) => { wx[api](...given); }", arguments),
            None => (
                "(api, options) => { wx[api]({ ...options, complete() {} }); }",
                value.get("options").unwrap_or(&nothing),
            ),
        };
        self.held.insert("app");
        self.line(
            format!(
                "await app.evaluate({function}, {}, {});",
                literal(api),
                literal(given)
            ),
            place,
        );
    }

    fn capture(&mut self, name: &str, source: &Json, place: Option<&Place>) {
        let Some((kind, value)) = source.as_object().and_then(|source| source.iter().next()) else {
            return;
        };
        let value = literal(value);
        let code = match kind.as_str() {
            "storage" => format!("app.storage({value})"),
            "data" => format!("app.data({value})"),
            "result" => format!("wx.last({value}).result"),
            _ => format!("await app.evaluate({value})"),
        };
        self.hold(code.trim_start_matches("await "));
        let word = if self.variables.insert(name.to_owned()) {
            "let "
        } else {
            ""
        };
        self.line(format!("{word}{name} = {code};"), place);
    }

    fn expect(&mut self, key: &str, value: &Json, place: Option<&Place>) {
        for (subject, matcher) in expectations(key, value) {
            self.hold(subject.trim_start_matches("await "));
            self.line(format!("expect({subject}).{matcher};"), place);
        }
    }
}

fn listed(arguments: &[Json]) -> String {
    let arguments: Vec<String> = arguments.iter().map(literal).collect();
    arguments.join(", ")
}

/// The routes of a flow, then those of its includes.
fn all_routes<'f>(flow: &'f Flow, routes: &mut Vec<(&'f Json, Option<&'f Place>)>) {
    let place = flow.mark("server");
    routes.extend(flow.routes.iter().map(|route| (route, place)));
    for included in flow
        .includes
        .iter()
        .filter_map(|step| step.included.as_deref())
    {
        all_routes(included, routes);
    }
}

/// How a flow opens the program, or the first of its includes that says it.
fn first_opening(flow: &Flow) -> Option<(&Map<String, Json>, Option<&Place>)> {
    if !flow.opening.is_empty() {
        let keys = ["page", "query", "scene"];
        let place = keys.iter().find_map(|key| flow.mark(key));
        return Some((&flow.opening, place));
    }
    let mut included = flow
        .includes
        .iter()
        .filter_map(|step| step.included.as_deref());
    included.find_map(first_opening)
}

/// The verb of the first step that does something.
fn first_verb(flow: &Flow) -> Option<&'static str> {
    flow.includes
        .iter()
        .chain(&flow.steps)
        .find_map(|step| match step.included.as_deref() {
            Some(included) => {
                let opens = step.verb == "include" && first_opening(included).is_some();
                if opens {
                    Some("launch")
                } else {
                    first_verb(included)
                }
            }
            None => (step.verb != "answers").then_some(step.verb),
        })
}
