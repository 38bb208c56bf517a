//! What WXS modules may ask of the simulator, and what they caused.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::code::Code;
use super::wxs::{Descriptors, Report};
use super::wxs_lists::Kept;
use crate::diagnostic::Diagnostic;
use crate::engine::{Host, ModuleSource, OriginalPlace, Throw};
use crate::package::{CheckedWxs, check_wxs, wxs_path};
use crate::value::{Exception, Frame, Value};
use crate::view::tree::NodeId;
use crate::world::rng::number_of;
use crate::world::route::PageId;

/// The number of a node among those of all pages.
pub(super) fn number_of_node(page: PageId, node: NodeId) -> u64 {
    u64::from(page.0) << 32 | u64::from(node.0)
}

/// The page and the node of such a number.
fn node_of(number: &Value) -> (PageId, NodeId) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the prelude gives back what it got"
    )]
    let number = number.as_f64().unwrap_or_default() as u64;
    let half = |bits: u64| u32::try_from(bits & 0xffff_ffff).unwrap_or_default();
    (PageId(half(number >> 32)), NodeId(half(number)))
}

/// Code that is written in a template.
struct Inline {
    template: String,
    code: Rc<str>,
    line: u32,
}

/// What modules may ask of the simulator.
pub(super) struct WxsHost {
    code: Code,
    utc_offset_s: i32,
    seed: u64,
    drawn: Cell<u64>,
    now_unix_ms: Cell<i64>,
    /// Modules in templates, by key.
    inline: RefCell<BTreeMap<String, Inline>>,
    /// Why the module that was compiled last does not compile.
    refused: RefCell<Option<Diagnostic>>,
    /// Which modules keep what they are given.
    pub(super) kept: RefCell<Kept>,
    reports: RefCell<Vec<Report>>,
    descriptors: RefCell<Option<Rc<dyn Descriptors>>>,
}

const OPERATIONS: &[&str] = &["console", "random", "resolve", "failed", "descriptor"];

impl Host for WxsHost {
    fn operations(&self) -> &'static [&'static str] {
        OPERATIONS
    }

    fn call(&self, index: usize, arguments: Vec<Value>) -> Result<Value, Throw> {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let text = |at: usize| argument(at).as_str().unwrap_or_default();
        match OPERATIONS.get(index).copied().unwrap_or_default() {
            "console" => self.report(Report::Console(text(0).to_owned())),
            "random" => return Ok(self.random()),
            "resolve" => return self.resolve(text(0), text(1)).map(Value::from),
            "failed" => {
                if let Value::Error(error) = argument(0) {
                    self.fail((**error).clone(), "at WXS require");
                }
            }
            _ => return Ok(self.ask(argument(0), text(1), argument(2).items())),
        }
        Ok(Value::Undefined)
    }

    fn module_source(&self, key: &str) -> Result<ModuleSource, Throw> {
        self.refused.replace(None);
        let is_inline = self.inline.borrow().contains_key(key);
        if !is_inline && self.code.resolver().locate(key).is_none() {
            return Err(Throw::error(format!("module '{key}' is not defined")));
        }
        let (checked, first_line) = match self.inline.borrow().get(key) {
            Some(own) => (check_wxs(&own.template, &own.code, own.line), own.line),
            None => (self.file_code(key), 1),
        };
        let checked = checked.map_err(|error| {
            let message = error.message.clone();
            self.refused.replace(Some(error));
            Throw {
                class: "SyntaxError",
                message,
            }
        })?;
        let original = (first_line > 1).then(|| {
            let skipped = first_line - 1;
            Box::new(move |line: u32, column| Some((line + skipped, column))) as Box<OriginalPlace>
        });
        if !checked.keeps_arguments {
            self.kept.borrow_mut().taint(key);
        }
        Ok(ModuleSource {
            code: checked.code,
            strict: false,
            original,
        })
    }

    fn now_unix_ms(&self) -> i64 {
        self.now_unix_ms.get()
    }

    fn utc_offset_s(&self) -> i32 {
        self.utc_offset_s
    }
}

impl WxsHost {
    /// A host that reads the program's files.
    pub(super) fn new(code: Code, utc_offset_s: i32, seed: u64) -> Self {
        Self {
            code,
            utc_offset_s,
            seed,
            drawn: Cell::new(0),
            now_unix_ms: Cell::new(0),
            inline: RefCell::default(),
            refused: RefCell::default(),
            kept: RefCell::default(),
            reports: RefCell::default(),
            descriptors: RefCell::default(),
        }
    }

    pub(super) fn set_now(&self, unix_ms: i64) {
        self.now_unix_ms.set(unix_ms);
    }

    pub(super) fn take_reports(&self) -> Vec<Report> {
        self.reports.take()
    }

    /// Says who answers event handlers, and gives who did before.
    pub(super) fn answer_by(
        &self,
        descriptors: Option<Rc<dyn Descriptors>>,
    ) -> Option<Rc<dyn Descriptors>> {
        self.descriptors.replace(descriptors)
    }

    /// What a handler asks of a node; nodes that are found get their numbers here.
    fn ask(&self, number: &Value, method: &str, arguments: &[Value]) -> Value {
        let Some(descriptors) = self.descriptors.borrow().clone() else {
            return Value::Undefined;
        };
        let (page, node) = node_of(number);
        let answer = descriptors.ask(page, node, method, arguments);
        let found = |node: &Value| match node {
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            Value::Number(_) => {
                let node = NodeId(super::ops::number(node));
                Value::Number(number_of_node(page, node) as f64)
            }
            _ => Value::Undefined,
        };
        match method {
            "selectComponent" => found(&answer),
            "selectAllComponents" => Value::Array(answer.items().iter().map(found).collect()),
            _ => answer,
        }
    }

    /// The checked code of a file.
    fn file_code(&self, path: &str) -> Result<CheckedWxs, Diagnostic> {
        let text = self.code.resolver().read_code(path)?;
        check_wxs(path, &text, 1)
    }

    /// Keeps code of a template and gives its key.
    pub(super) fn add_inline(&self, template: &str, code: &Rc<str>, line: u32) -> String {
        let mut inline = self.inline.borrow_mut();
        let key = format!("{template}#{}", inline.len() + 1);
        let own = Inline {
            template: template.to_owned(),
            code: Rc::clone(code),
            line,
        };
        inline.insert(key.clone(), own);
        key
    }

    /// The file that a module is in.
    pub(super) fn file(&self, key: &str) -> String {
        let inline = self.inline.borrow();
        let template = inline.get(key).map(|own| own.template.as_str());
        template.unwrap_or(key).to_owned()
    }

    /// The file that `require(specifier)` means in a module.
    fn resolve(&self, key: &str, specifier: &str) -> Result<String, Throw> {
        let from = self.file(key);
        let error =
            |why: &str| Throw::error(format!("{why}, require args is '{specifier}' in {from}"));
        if specifier.strip_suffix(".wxs").is_none() {
            return Err(error("WXS requires only .wxs files by their whole name"));
        }
        let path = wxs_path(&from, specifier);
        let path = path.ok_or_else(|| error("the path leads out of the mini program's code"))?;
        if self.code.resolver().locate(&path).is_none() {
            return Err(error(&format!("module '{path}' is not defined")));
        }
        self.kept.borrow_mut().join(key, &path);
        Ok(path)
    }

    fn random(&self) -> Value {
        let drawn = self.drawn.get() + 1;
        self.drawn.set(drawn);
        let bits = number_of(self.seed, "wxs", drawn) >> 11;
        #[expect(clippy::cast_precision_loss, reason = "53 bits")]
        Value::Number(bits as f64 / (1_u64 << 53) as f64)
    }

    fn report(&self, report: Report) {
        self.reports.borrow_mut().push(report);
    }

    /// Keeps an error whose frames name keys of modules.
    pub(super) fn fail(&self, mut error: Exception, place: &str) {
        for frame in &mut error.stack {
            frame.file = self.file(&frame.file);
        }
        if let Some(refused) = self.refused.take()
            && error.name == "SyntaxError"
        {
            error.message = refused.message;
            if !refused.help.is_empty() {
                error.message = format!("{}: {}", error.message, refused.help);
            }
            if let Some(place) = refused.place {
                let (file, line, column) = (place.file, place.line, place.column);
                let function = String::new();
                error.stack.insert(
                    0,
                    Frame {
                        function,
                        file,
                        line,
                        column,
                    },
                );
            }
        }
        let report = Report::Error(error, place.to_owned());
        let mut reports = self.reports.borrow_mut();
        if !reports.contains(&report) {
            reports.push(report);
        }
    }
}
