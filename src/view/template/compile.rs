//! The parser's tree as a program.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use glass_easel_template_compiler::parse::Position;
use glass_easel_template_compiler::parse::tag::{
    Attribute as NamedValue, ClassAttribute, CommonElementAttributes, Element as Tag, ElementKind,
    Node as Parsed, NormalAttribute, Script, StrName, StyleAttribute, Template as File,
    TemplateGlobals, Value,
};

use super::expression::Scopes;
use super::path::beside;
use super::written::{self, slot_values};
use crate::diagnostic::{Diagnostic, Severity};
use crate::view::program::{Element, Expr, Module, ModuleCode, Node, Place, Program, Template};
use crate::view::reads::Reads;

/// A file as a program.
pub(super) struct Compiled {
    pub(super) program: Program,
    /// Other files that it names.
    pub(super) files: Vec<Named>,
    /// Mistakes that the parser knows nothing of.
    pub(super) findings: Vec<(Diagnostic, Range<Position>)>,
}

/// Another file that a template names.
pub(super) struct Named {
    pub(super) how: How,
    /// Path from the code root.
    pub(super) file: Rc<str>,
    /// Where it is named.
    pub(super) location: Range<Position>,
}

/// What a template does with another file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Include,
    Import,
    Module,
}

/// Compiles a file; those that are `reading` because of one another, this one too, are not included
/// again.
pub(super) fn program(path: &str, file: &File, reading: &[Rc<str>]) -> Compiled {
    let compiler = Compiler {
        path,
        reading,
        findings: RefCell::default(),
    };
    let scopes = Scopes::default().with(file.globals.scripts.len());
    let templates = file.globals.sub_templates.iter().map(|own| {
        let body = compiler.nodes(&own.content, &scopes);
        let file = path.into();
        (
            Rc::from(own.name.name.as_str()),
            Rc::new(Template { body, file }),
        )
    });
    let imports = file.globals.imports.iter().map(|import| {
        let start = import.tag_location.start.0.start;
        (
            compiler.template_file(&import.src),
            place(start.line, start.utf16_col),
        )
    });
    let program = Program {
        path: path.into(),
        templates: templates.collect(),
        imports: imports.collect(),
        modules: file
            .globals
            .scripts
            .iter()
            .map(|own| compiler.module(own))
            .collect(),
        body: compiler.nodes(&file.content, &scopes),
    };
    Compiled {
        program,
        files: compiler.files(&file.globals),
        findings: compiler.findings.into_inner(),
    }
}

/// Lines and columns from 1.
pub(super) fn place(line: u32, column: u32) -> Place {
    Place {
        line: line + 1,
        column: column + 1,
    }
}

struct Compiler<'a> {
    path: &'a str,
    reading: &'a [Rc<str>],
    findings: RefCell<Vec<(Diagnostic, Range<Position>)>>,
}

impl Compiler<'_> {
    /// Files that are named, but for those that include each other.
    fn files(&self, globals: &TemplateGlobals) -> Vec<Named> {
        let imports = globals.imports.iter().map(|own| Named {
            how: How::Import,
            file: self.template_file(&own.src),
            location: own.src.location.clone(),
        });
        let includes = globals.includes.iter().map(|own| Named {
            how: How::Include,
            file: self.template_file(&own.src),
            location: own.src.location.clone(),
        });
        let modules = globals.scripts.iter().filter_map(|own| match own {
            Script::GlobalRef { src, .. } => Some(Named {
                how: How::Module,
                file: beside(self.path, src.name.as_str(), ".wxs").into(),
                location: src.location.clone(),
            }),
            _ => None,
        });
        let includes = includes.filter(|own| !self.reading.contains(&own.file));
        imports.chain(includes).chain(modules).collect()
    }

    fn template_file(&self, src: &StrName) -> Rc<str> {
        beside(self.path, src.name.as_str(), ".wxml").into()
    }

    fn module(&self, script: &Script) -> Module {
        let name: Rc<str> = script.module_name().name.as_str().into();
        let code = match script {
            Script::Inline {
                content,
                content_location,
                ..
            } => ModuleCode::Inline {
                code: content.as_str().into(),
                line: content_location.start.line + 1,
            },
            Script::GlobalRef { src, .. } => {
                ModuleCode::File(beside(self.path, src.name.as_str(), ".wxs").into())
            }
            _ => ModuleCode::Inline {
                code: "".into(),
                line: 1,
            },
        };
        Module { name, code }
    }

    /// The nodes of a place whose scopes are these.
    fn nodes(&self, parsed: &[Parsed], scopes: &Scopes) -> Rc<[Node]> {
        parsed
            .iter()
            .filter_map(|node| self.node(node, scopes))
            .collect()
    }

    fn node(&self, parsed: &Parsed, scopes: &Scopes) -> Option<Node> {
        match parsed {
            Parsed::Text(value) => Some(Node::Text(scopes.value(value))),
            Parsed::Element(element) => self.element(element, scopes),
            _ => None,
        }
    }

    fn element(&self, tag: &Tag, scopes: &Scopes) -> Option<Node> {
        let start = tag.tag_location.start.0.start;
        let place = place(start.line, start.utf16_col);
        Some(match &tag.kind {
            ElementKind::Normal { .. } => Node::Element(Box::new(self.normal(tag, place, scopes)?)),
            ElementKind::Pure {
                children,
                slot,
                slot_value_refs,
                let_vars,
                ..
            } => {
                let scopes = self.inner(scopes, slot_value_refs.len(), let_vars);
                Node::Block {
                    slot: slot.as_ref().map(|(_, value)| scopes.value(value)),
                    slot_values: slot_values(slot_value_refs),
                    body: self.nodes(children, &scopes),
                }
            }
            ElementKind::For {
                list,
                key,
                children,
                ..
            } => self.list(&list.1, &key.1, children, scopes),
            ElementKind::If {
                branches,
                else_branch,
                ..
            } => {
                let branches = branches.iter().map(|(_, test, body)| (test, &**body));
                let otherwise = else_branch.as_ref().map(|(_, body)| &**body);
                self.condition(branches, otherwise.unwrap_or_default(), scopes)
            }
            ElementKind::TemplateRef { target, data, .. } => Node::Template {
                is: scopes.value(&target.1),
                data: data_of(&data.1, scopes),
                place,
            },
            ElementKind::Include { path, .. } => self.include(&path.1, place)?,
            ElementKind::Slot {
                name,
                values,
                common,
                ..
            } => {
                let scopes = scopes.with(common.slot_value_refs.len());
                slot(&name.1, values, common, place, &scopes)
            }
            _ => return None,
        })
    }

    fn list(&self, list: &Value, key: &StrName, children: &[Parsed], scopes: &Scopes) -> Node {
        let list = scopes.value(list);
        let body = self.nodes(children, &scopes.with_item(&list));
        Node::For {
            list,
            key: Some(key.name.as_str())
                .filter(|key| !key.is_empty())
                .map(Rc::from),
            reads: Rc::new(Reads::of(&body)),
            body,
        }
    }

    fn condition<'a>(
        &self,
        branches: impl Iterator<Item = (&'a Value, &'a [Parsed])>,
        otherwise: &[Parsed],
        scopes: &Scopes,
    ) -> Node {
        let branches = branches.map(|(test, body)| (scopes.value(test), self.nodes(body, scopes)));
        Node::If {
            branches: branches.collect(),
            otherwise: self.nodes(otherwise, scopes),
        }
    }

    /// `<include>`, but for one that would go on forever.
    fn include(&self, src: &StrName, place: Place) -> Option<Node> {
        let file = self.template_file(src);
        if self.reading.contains(&file) {
            let finding = Diagnostic::error(format!("{file} includes itself"))
                .help("remove one of the <include> tags; a component can contain itself");
            self.findings
                .borrow_mut()
                .push((finding, src.location.clone()));
            return None;
        }
        Some(Node::Include { file, place })
    }

    /// The scopes that an element's own values and its content see.
    fn inner(&self, scopes: &Scopes, slot_values: usize, names: &[NamedValue]) -> Scopes {
        let mut scopes = scopes.with(slot_values);
        for name in names {
            if !scopes.name(name.value.as_ref()) {
                let finding = Diagnostic::error("the value of this let: is too large (LET_MAX)")
                    .help("compute it in script");
                self.findings
                    .borrow_mut()
                    .push((finding, name.name.location.clone()));
            }
        }
        scopes
    }

    /// Tells of a `model:` that writes nothing back.
    fn one_way(&self, attribute: &NormalAttribute) {
        let message = "model: writes nothing back, because its value is no path of data";
        let finding = Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(message)
        };
        let finding = finding.help(
            "name a field of data, such as {{ a.b }}, or of an item of a list of data; an index of a \
             list, a value of a slot or of a module and a computed one cannot be written",
        );
        let location = attribute.name.location.clone();
        self.findings.borrow_mut().push((finding, location));
    }

    fn normal(&self, tag: &Tag, place: Place, scopes: &Scopes) -> Option<Element> {
        let ElementKind::Normal {
            tag_name,
            attributes,
            class,
            style,
            change_attributes,
            children,
            generics,
            extra_attr,
            common,
            let_vars,
            ..
        } = &tag.kind
        else {
            return None;
        };
        let scopes = &self.inner(scopes, common.slot_value_refs.len(), let_vars);
        let mut element = written::common(common, place, scopes);
        element.tag = tag_name.name.as_str().into();
        put_class(&mut element, class, scopes);
        put_style(&mut element, style, scopes);
        let with_colon = element.events.len();
        for attribute in attributes {
            if !written::put(&mut element, attribute, scopes) {
                self.one_way(attribute);
            }
        }
        element.events.rotate_left(with_colon);
        element.extras = extra_attr
            .iter()
            .map(|own| {
                (
                    own.name.name.as_str().into(),
                    own.value.name.as_str().into(),
                )
            })
            .collect();
        element.changes = written::named(change_attributes, scopes);
        element.generics = generics
            .iter()
            .map(|own| {
                (
                    own.name.name.as_str().into(),
                    own.value.name.as_str().into(),
                )
            })
            .collect();
        element.body = self.nodes(children, scopes);
        Some(element)
    }
}

fn put_class(element: &mut Element, class: &ClassAttribute, scopes: &Scopes) {
    match class {
        ClassAttribute::String(_, value) => element.class = Some(scopes.value(value)),
        ClassAttribute::Multiple(names) => {
            let names = names.iter().map(|(_, name, condition)| {
                // A fixed condition, even an empty one, counts as none.
                let condition = condition
                    .as_ref()
                    .filter(|own| matches!(own, Value::Dynamic { .. }));
                (
                    name.name.as_str().into(),
                    condition.map(|own| scopes.value(own)),
                )
            });
            element.class_names = names.collect();
        }
        _ => {}
    }
}

fn put_style(element: &mut Element, style: &StyleAttribute, scopes: &Scopes) {
    match style {
        StyleAttribute::String(_, value) => element.style = Some(scopes.value(value)),
        StyleAttribute::Multiple(names) => {
            let names = names
                .iter()
                .map(|(_, name, value)| (name.name.as_str().into(), scopes.value(value)));
            element.style_names = names.collect();
        }
        _ => {}
    }
}

/// The data of a `<template is>`; none when there is no object.
fn data_of(value: &Value, scopes: &Scopes) -> Expr {
    match value {
        Value::Static { .. } => Expr::Object(Vec::new()),
        value => scopes.value(value),
    }
}

/// `<slot>`
fn slot(
    name: &Value,
    values: &[NamedValue],
    common: &CommonElementAttributes,
    place: Place,
    scopes: &Scopes,
) -> Node {
    let common = written::common(common, place, scopes);
    Node::Slot {
        name: scopes.value(name),
        slot: common.slot.clone(),
        values: written::given(values, scopes),
        common: Box::new(common),
    }
}
