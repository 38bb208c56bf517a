//! Modules: each file is compiled once into a function and kept; running it again costs no parse.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsNativeError, JsResult, JsValue, Script, Source};

use super::{Shared, exception, function, shared};

/// Maps a line and a column of compiled code (both from 1) to the author's.
pub type OriginalPlace = dyn Fn(u32, u32) -> Option<(u32, u32)>;

/// The code of one module, ready for the engine.
pub struct ModuleSource {
    /// A function body over [`PARAMETERS`].
    pub code: String,
    /// Whether it is strict (an ES module).
    pub strict: bool,
    /// Places of generated code; `None` when the code is the author's own text.
    pub original: Option<Box<OriginalPlace>>,
}

/// What a module's code sees besides the globals. The long names are what the ES module transform
/// leaves behind.
const PARAMETERS: &str = "require, module, exports, __vite_ssr_import__, __vite_ssr_exports__, \
                          __vite_ssr_exportAll__, __vite_ssr_dynamic_import__, \
                          __vite_ssr_import_meta__";

/// The compiled modules of one engine.
#[derive(Default)]
pub(super) struct Compiled {
    modules: BTreeMap<String, Module>,
}

struct Module {
    factory: JsFunction,
    /// Columns by which the wrapper shifts the first line.
    first_line_shift: u32,
    original: Option<Box<OriginalPlace>>,
}

impl Compiled {
    /// The author's place for a place in compiled code; `None` for code that is not the project's.
    pub(super) fn original(&self, path: &str, line: u32, column: u32) -> Option<(u32, u32)> {
        let Some(module) = self.modules.get(path) else {
            let simulator = path.starts_with("wxsim:") || path == "(native)";
            return (!simulator).then_some((line, column));
        };
        let column = if line == 1 {
            column.saturating_sub(module.first_line_shift).max(1)
        } else {
            column
        };
        match &module.original {
            Some(original) => original(line, column).or(Some((line, 0))),
            None => Some((line, column)),
        }
    }
}

/// `host.compile(path)`: the module's function, compiled at the first call.
pub(super) fn compile(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let path = arguments.first().cloned().unwrap_or_default();
    let path = path.to_string(context)?.to_std_string_lossy();
    let shared = shared(context);
    let factory = factory(&path, &shared, context)?;
    shared.host.module_runs(&path);
    Ok(factory.into())
}

/// The module's function, compiled when it is not yet.
pub(super) fn factory(
    path: &str,
    shared: &Rc<Shared>,
    context: &mut Context,
) -> JsResult<JsFunction> {
    if let Some(module) = shared.modules.borrow().modules.get(path) {
        return Ok(module.factory.clone());
    }
    let source = shared
        .host
        .module_source(path)
        .map_err(|throw| exception::to_error(&throw))?;
    let directive = if source.strict { "\"use strict\";" } else { "" };
    // Brackets make it an expression and let no stray brace of the module end it. Parentheses would,
    // too, but the engine's parser copies what stands in them, in case it turns out to be the
    // parameters of an arrow function.
    let head = format!("[function ({PARAMETERS}) {{{directive}");
    let first_line_shift = u32::try_from(head.chars().count()).unwrap_or(0);
    let code = format!("{head}{}\n}}][0]", source.code);
    let text = Source::from_bytes(code.as_bytes()).with_path(Path::new(path));
    let script = Script::parse(text, None, context)
        .map_err(|error| named_syntax_error(path, &error.to_string(), first_line_shift))?;
    let factory = function(&script.evaluate(context)?, path)?;
    let module = Module {
        factory: factory.clone(),
        first_line_shift,
        original: source.original,
    };
    shared
        .modules
        .borrow_mut()
        .modules
        .insert(path.to_owned(), module);
    Ok(factory)
}

/// A syntax error as `file:line:column: message`; the engine's own text has no file.
fn named_syntax_error(path: &str, text: &str, first_line_shift: u32) -> boa_engine::JsError {
    let message = match syntax_error(text) {
        (message, 0, _) => format!("{path}: {message}"),
        (message, 1, column) => {
            let column = column.saturating_sub(first_line_shift).max(1);
            format!("{path}:1:{column}: {message}")
        }
        (message, line, column) => format!("{path}:{line}:{column}: {message}"),
    };
    JsNativeError::syntax().with_message(message).into()
}

/// The engine's text of a syntax error: what is wrong, line and column; 0 where it does not say.
pub(super) fn syntax_error(text: &str) -> (String, u32, u32) {
    let text = text.strip_prefix("SyntaxError: ").unwrap_or(text);
    let text = text.lines().next().unwrap_or(text);
    let text = text.trim_end_matches(" (native)");
    let (message, line, column) = place_in(text).unwrap_or((text, 0, 0));
    (message.to_owned(), line, column)
}

/// Splits the engine's `message at line 3, col 7`.
fn place_in(text: &str) -> Option<(&str, u32, u32)> {
    let (message, place) = text.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(", col ")?;
    Some((message, line.parse().ok()?, column.parse().ok()?))
}
