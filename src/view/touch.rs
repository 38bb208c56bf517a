//! stub
use crate::data_path::Segment;
use std::collections::BTreeMap;
use std::rc::Rc;
#[derive(Clone, Debug, Default)]
pub enum Touch { #[default] None, All, Paths(Rc<BTreeMap<Rc<str>, Touch>>) }
impl Touch {
    pub fn of_paths(_: &[Vec<Segment>]) -> Self { Self::All }
    pub fn get(&self, _: &str) -> Self { self.clone() }
    pub fn is_touched(&self) -> bool { !matches!(self, Self::None) }
}
