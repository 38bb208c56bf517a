//! The parser's tree as a program.

use std::rc::Rc;

use glass_easel_template_compiler::parse::tag::{
    ClassAttribute, CommonElementAttributes, Element as Tag, ElementKind, EventBinding,
    Node as Parsed, NormalAttribute, NormalAttributePrefix, Script, StaticAttribute,
    StyleAttribute, Template as File, Value,
};

use super::expression::{fixed, is_path, of_value};
use super::path::beside;
use crate::view::program::{
    Attribute, Binding, Element, Expr, Module, ModuleCode, Node, Place, Program, SlotValue,
    Template,
};
use crate::view::value::Val;

/// A file as a program.
pub(super) fn program(path: &str, file: &File) -> Program {
    let compiler = Compiler { path };
    let templates = file.globals.sub_templates.iter().map(|own| {
        let body = compiler.nodes(&own.content);
        let file = path.into();
        (Rc::from(own.name.name.as_str()), Rc::new(Template { body, file }))
    });
    let imports = file.globals.imports.iter().map(|import| {
        let start = import.src_location.start;
        (beside(path, import.src.name.as_str(), ".wxml").into(), place(start.line, start.utf16_col))
    });
    Program {
        path: path.into(),
        body: compiler.nodes(&file.content),
        templates: templates.collect(),
        imports: imports.collect(),
        modules: file.globals.scripts.iter().map(|own| compiler.module(own)).collect(),
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
}

impl Compiler<'_> {
    fn module(&self, script: &Script) -> Module {
        let name: Rc<str> = script.module_name().name.as_str().into();
        let code = match script {
            Script::Inline { content, content_location, .. } => ModuleCode::Inline {
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

    fn nodes(&self, parsed: &[Parsed]) -> Rc<[Node]> {
        parsed.iter().filter_map(|node| self.node(node)).collect()
    }

    fn node(&self, parsed: &Parsed) -> Option<Node> {
        match parsed {
            Parsed::Text(value) => Some(Node::Text(of_value(value))),
            Parsed::Element(element) => self.element(element),
            _ => None,
        }
    }

    fn element(&self, tag: &Tag) -> Option<Node> {
        let start = tag.tag_location.start.0.start;
        let place = place(start.line, start.utf16_col);
        Some(match &tag.kind {
            ElementKind::Normal { .. } => Node::Element(Box::new(self.normal(tag, place))),
            ElementKind::Pure { children, slot, slot_value_refs, .. } => Node::Block {
                slot: slot.as_ref().map(|(_, value)| of_value(value)),
                slot_values: slot_values(slot_value_refs),
                body: self.nodes(children),
            },
            ElementKind::For { list, key, children, .. } => Node::For {
                list: of_value(&list.1),
                key: Some(key.1.name.as_str()).filter(|key| !key.is_empty()).map(Rc::from),
                body: self.nodes(children),
            },
            ElementKind::If { branches, else_branch, .. } => Node::If {
                branches: branches
                    .iter()
                    .map(|(_, condition, body)| (of_value(condition), self.nodes(body)))
                    .collect(),
                otherwise: else_branch
                    .as_ref()
                    .map_or_else(|| Rc::from([]), |(_, body)| self.nodes(body)),
            },
            ElementKind::TemplateRef { target, data, .. } => Node::Template {
                is: of_value(&target.1),
                data: of_value(&data.1),
                place,
            },
            ElementKind::Include { path, .. } => Node::Include {
                file: beside(self.path, path.1.name.as_str(), ".wxml").into(),
                place,
            },
            ElementKind::Slot { name, values, common, .. } => Node::Slot {
                name: of_value(&name.1),
                slot: common.slot.as_ref().map(|(_, value)| of_value(value)),
                values: values
                    .iter()
                    .map(|own| (own.name.name.as_str().into(), optional(own.value.as_ref())))
                    .collect(),
                common: Box::new(self.common(common, place)),
            },
            _ => return None,
        })
    }

    fn normal(&self, tag: &Tag, place: Place) -> Element {
        let ElementKind::Normal {
            tag_name,
            attributes,
            class,
            style,
            change_attributes,
            children,
            generics,
            common,
            ..
        } = &tag.kind
        else {
            unreachable!("only called for these");
        };
        let mut element = self.common(common, place);
        element.tag = tag_name.name.as_str().into();
        match class {
            ClassAttribute::String(_, value) => element.class = Some(of_value(value)),
            ClassAttribute::Multiple(names) => {
                let names = names.iter();
                element.class_names = names
                    .map(|(_, name, condition)| {
                        (name.name.as_str().into(), condition.as_ref().map(of_value))
                    })
                    .collect();
            }
            _ => {}
        }
        match style {
            StyleAttribute::String(_, value) => element.style = Some(of_value(value)),
            StyleAttribute::Multiple(names) => {
                let names = names.iter();
                element.style_names = names
                    .map(|(_, name, value)| (name.name.as_str().into(), of_value(value)))
                    .collect();
            }
            _ => {}
        }
        for attribute in attributes {
            match legacy_binding(attribute) {
                Some(binding) => element.events.push(binding),
                None => element.attributes.push(normal_attribute(attribute)),
            }
        }
        element.changes = change_attributes
            .iter()
            .map(|own| (own.name.name.as_str().into(), optional(own.value.as_ref())))
            .collect();
        element.generics = generics
            .iter()
            .map(|own| (own.name.name.as_str().into(), own.value.name.as_str().into()))
            .collect();
        element.body = self.nodes(children);
        element
    }

    fn common(&self, common: &CommonElementAttributes, place: Place) -> Element {
        Element {
            place,
            id: common.id.as_ref().map(|(_, value)| of_value(value)),
            slot: common.slot.as_ref().map(|(_, value)| of_value(value)),
            slot_values: slot_values(&common.slot_value_refs),
            dataset: common
                .data
                .iter()
                .map(|own| (own.name.name.as_str().into(), optional(own.value.as_ref())))
                .collect(),
            marks: common
                .marks
                .iter()
                .map(|own| (own.name.name.as_str().into(), optional(own.value.as_ref())))
                .collect(),
            events: common.event_bindings.iter().map(binding).collect(),
            ..Element::default()
        }
    }
}

/// A value; an attribute without one is `true`.
fn optional(value: Option<&Value>) -> Expr {
    value.map_or(Expr::Fixed(Val::Bool(true)), of_value)
}

fn slot_values(written: &[StaticAttribute]) -> Rc<[SlotValue]> {
    let values = written.iter().map(|own| SlotValue {
        name: own.name.name.as_str().into(),
        alias: own.value.name.as_str().into(),
    });
    values.collect()
}

fn binding(written: &EventBinding) -> Binding {
    Binding {
        event: written.name.name.as_str().into(),
        handler: written.value.as_ref().map_or_else(|| fixed(""), of_value),
        is_catch: written.is_catch,
        is_mut: written.is_mut,
        is_capture: written.is_capture,
    }
}

/// Ways to bind without a colon, the longest first: prefix, catches, mutates, captures.
const LEGACY: &[(&str, bool, bool, bool)] = &[
    ("capture-bind", false, false, true),
    ("capture-catch", true, false, true),
    ("mut-bind", false, true, false),
    ("bind", false, false, false),
    ("catch", true, false, false),
];

/// `bindtap="onTap"`, the form without a colon.
fn legacy_binding(attribute: &NormalAttribute) -> Option<Binding> {
    if !matches!(attribute.prefix, NormalAttributePrefix::None) {
        return None;
    }
    let name = attribute.name.name.as_str();
    let (event, (_, is_catch, is_mut, is_capture)) = LEGACY.iter().find_map(|own| {
        let event = name.strip_prefix(own.0)?;
        let event = event.strip_prefix('-').unwrap_or(event);
        (!event.is_empty()).then_some((event, *own))
    })?;
    Some(Binding {
        event: event.into(),
        handler: attribute.value.as_ref().map_or_else(|| fixed(""), of_value),
        is_catch,
        is_mut,
        is_capture,
    })
}

fn normal_attribute(attribute: &NormalAttribute) -> Attribute {
    let value = optional(attribute.value.as_ref());
    let is_model = matches!(attribute.prefix, NormalAttributePrefix::Model(_));
    Attribute {
        name: attribute.name.name.as_str().into(),
        model: Some(value.clone()).filter(|value| is_model && is_path(value)),
        value,
    }
}
