//! Looks for the wrong names in the tree of a script.

use oxc_ast::AstKind;
use oxc_ast::ast::{
    Argument, BindingPattern, CallExpression, Expression, FormalParameters, ObjectExpression,
    ObjectPropertyKind, PropertyKey,
};
use oxc_ast_visit::Visit;
use oxc_span::{GetSpan as _, Span};

use super::{CALLBACKS, Mistake};

/// Names that mean nothing as a member: the name, a word that the script has then, what is wrong, what to do.
const MEMBERS: &[(&str, &str, &str, &str)] = &[
    (
        "encrytedData",
        "",
        "results of the platform have no `encrytedData`",
        "did you mean `encryptedData`?",
    ),
    (
        "noce_str",
        "cardExt",
        "`cardExt` has no `noce_str`",
        "did you mean `nonce_str`?",
    ),
    (
        "isErrored",
        "checkIsSoterEnrolledInDevice",
        "the result of wx.checkIsSoterEnrolledInDevice has no `isErrored`",
        "did you mean `isEnrolled`?",
    ),
];

/// Texts that mean nothing.
pub(super) const TEXTS: &[(&str, &str, &str)] = &[
    (
        "scope.useInfo",
        "there is no `scope.useInfo`",
        "did you mean `scope.userInfo`?",
    ),
    (
        "scope.writePhotoalbum",
        "there is no `scope.writePhotoalbum`",
        "did you mean `scope.writePhotosAlbum`?",
    ),
    (
        "wx933aa61d2fda8d42",
        "this is not the mini program of membership cards",
        "its appId is wxeb490c6f9b154ef9",
    ),
];

/// Keys beside which `sucess` is one of an options object.
const BESIDE_SUCCESS: [&str; 3] = ["fail", "complete", "url"];

/// Looks through a script.
pub(super) struct Finder<'s> {
    source: &'s str,
    found: Vec<Mistake>,
    /// Whether an object is an argument of `wx.…`: where it begins.
    options: Vec<u32>,
    /// Calls of cards around what is looked at.
    cards: usize,
    /// Names of the first parameter of `onShareAppMessage` and of functions inside; `None` when a function has others.
    shares: Vec<Option<String>>,
    /// Where a function begins that is an `onShareAppMessage`.
    share_functions: Vec<u32>,
}

impl<'s> Finder<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            found: Vec::new(),
            options: Vec::new(),
            cards: 0,
            shares: Vec::new(),
            share_functions: Vec::new(),
        }
    }

    /// What was found, in order.
    pub(super) fn found(mut self) -> Vec<Mistake> {
        self.found.sort_by_key(|it| it.span.start);
        self.found.dedup();
        self.found
    }

    fn tell(&mut self, span: Span, message: &'static str, help: &'static str) {
        self.found.push(Mistake {
            span,
            message,
            help,
        });
    }

    /// A name that is read or written as a member.
    fn member(&mut self, name: &str, span: Span) {
        let mut members = MEMBERS.iter();
        let wrong = members.find(|(wrong, word, ..)| *wrong == name && self.source.contains(word));
        if let Some((.., message, help)) = wrong {
            self.tell(span, message, help);
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        if let Some((_, message, help)) = TEXTS.iter().find(|(wrong, ..)| *wrong == text) {
            self.tell(span, message, help);
        }
    }

    fn form(&mut self, span: Span) {
        let message = "the options of onShareAppMessage have no `form`";
        let help = "did you mean `from`? It is 'button' or 'menu'";
        self.tell(span, message, help);
    }

    fn object(&mut self, object: &ObjectExpression<'_>) {
        let keys: Vec<(&str, Span)> = object.properties.iter().filter_map(key).collect();
        let is_given = self.options.contains(&object.span.start);
        let is_options = is_given || keys.iter().any(|(name, _)| BESIDE_SUCCESS.contains(name));
        for (name, span) in keys {
            self.member(name, span);
            let callback = CALLBACKS.iter().find(|(wrong, ..)| *wrong == name);
            if let Some((_, message, help)) = callback
                && (is_given || is_options && name == "sucess")
            {
                self.tell(span, message, help);
            }
            if name == "carId" && self.cards > 0 {
                let message = "cards have no `carId`";
                self.tell(span, message, "did you mean `cardId`?");
            }
        }
        for property in &object.properties {
            if let ObjectPropertyKind::ObjectProperty(property) = property
                && property.key.static_name().as_deref() == Some("onShareAppMessage")
            {
                self.share_functions.push(property.value.span().start);
            }
        }
    }

    fn call(&mut self, call: &CallExpression<'_>) {
        let Some((name, span)) = member_of_wx(&call.callee) else {
            return;
        };
        match name {
            "hidenShareMenu" => {
                let message = "wx has no `hidenShareMenu`";
                self.tell(span, message, "did you mean `hideShareMenu`?");
            }
            "run" if !self.source.contains("wx.run =") && !self.source.contains("wx.run=") => {
                let help = "call what the scope is for: wx.getWeRunData for scope.werun, \
                            wx.chooseInvoiceTitle for scope.invoiceTitle";
                self.tell(span, "wx has no `run`", help);
            }
            _ => {}
        }
        let arguments = call.arguments.iter().filter_map(Argument::as_expression);
        for argument in arguments {
            if let Expression::ObjectExpression(object) = argument {
                self.options.push(object.span.start);
            }
        }
    }

    /// A function begins; where it is an `onShareAppMessage`, `form` of its parameter is wrong.
    fn enter(&mut self, start: u32, parameters: Option<&FormalParameters<'_>>) {
        let first = parameters.and_then(|it| it.items.first());
        let name = match first.map(|it| &it.pattern) {
            Some(BindingPattern::BindingIdentifier(name)) => Some(name.name.to_string()),
            _ => None,
        };
        if !self.share_functions.contains(&start) {
            // An inner function sees the parameter unless it has one of that name.
            let outer = self.shares.last().cloned().flatten();
            self.shares
                .push(outer.filter(|outer| name.as_ref() != Some(outer)));
            return;
        }
        if let Some(BindingPattern::ObjectPattern(pattern)) = first.map(|it| &it.pattern) {
            let mut properties = pattern.properties.iter();
            let wrong = properties.find(|it| it.key.static_name().as_deref() == Some("form"));
            if let Some(property) = wrong {
                self.form(property.key.span());
            }
        }
        self.shares.push(name);
    }
}

/// Name and place of a key.
fn key<'a>(property: &'a ObjectPropertyKind<'_>) -> Option<(&'a str, Span)> {
    let ObjectPropertyKind::ObjectProperty(property) = property else {
        return None;
    };
    match &property.key {
        PropertyKey::StaticIdentifier(name) => Some((name.name.as_str(), name.span)),
        PropertyKey::StringLiteral(text) => Some((text.value.as_str(), text.span)),
        _ => None,
    }
}

/// Name and place of the member in `wx.member`.
fn member_of_wx<'a>(callee: &'a Expression<'_>) -> Option<(&'a str, Span)> {
    let Expression::StaticMemberExpression(member) = callee else {
        return None;
    };
    let Expression::Identifier(object) = &member.object else {
        return None;
    };
    (object.name == "wx").then_some((member.property.name.as_str(), member.property.span))
}

/// Whether a call is of cards.
fn is_of_cards(call: &CallExpression<'_>) -> bool {
    member_of_wx(&call.callee).is_some_and(|(name, _)| matches!(name, "addCard" | "openCard"))
}

impl<'a> Visit<'a> for Finder<'_> {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        match kind {
            AstKind::CallExpression(call) => {
                self.call(call);
                self.cards += usize::from(is_of_cards(call));
            }
            AstKind::ObjectExpression(object) => self.object(object),
            AstKind::StaticMemberExpression(member) => {
                let (name, span) = (member.property.name.as_str(), member.property.span);
                self.member(name, span);
                if name == "form"
                    && let Expression::Identifier(object) = &member.object
                    && self.shares.last().cloned().flatten().as_deref()
                        == Some(object.name.as_str())
                {
                    self.form(span);
                }
            }
            AstKind::ObjectPattern(pattern) => {
                for property in &pattern.properties {
                    if let Some(name) = property.key.static_name() {
                        self.member(&name, property.key.span());
                    }
                }
            }
            AstKind::StringLiteral(text) => self.text(text.value.as_str(), text.span),
            AstKind::TemplateLiteral(template) => {
                if let [only] = template.quasis.as_slice() {
                    self.text(only.value.raw.as_str(), template.span);
                }
            }
            AstKind::Function(function) => self.enter(function.span.start, Some(&function.params)),
            AstKind::ArrowFunctionExpression(arrow) => {
                self.enter(arrow.span.start, Some(&arrow.params));
            }
            _ => {}
        }
    }

    fn leave_node(&mut self, kind: AstKind<'a>) {
        match kind {
            AstKind::CallExpression(call) => self.cards -= usize::from(is_of_cards(call)),
            AstKind::Function(_) | AstKind::ArrowFunctionExpression(_) => {
                self.shares.pop();
            }
            _ => {}
        }
    }
}
