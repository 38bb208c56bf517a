//! stub
use super::{Modules, value::Val, program::Expr, touch::Touch};
pub fn eval(_: &Expr, _: &Val, _: &[Val], _: &mut dyn Modules) -> Val { Val::Undefined }
pub fn touch(_: &Expr, _: &Val, _: &[Val], _: &Touch, _: &[Touch], _: &mut dyn Modules) -> Touch { Touch::All }
