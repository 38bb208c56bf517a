//! Which part of a value changed since it was rendered last.
//!
//! An update walks the template with this beside the data: an expression is evaluated again only
//! when the part it reads was touched, whether its value is another one or not.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::data_path::Segment;

/// The touched part of a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Touch {
    /// Nothing.
    #[default]
    None,
    /// All of it.
    All,
    /// Parts of it by member; indexes of arrays as decimal numbers.
    Paths(Rc<BTreeMap<Rc<str>, Touch>>),
}

impl Touch {
    /// What writing to these paths of the data touches.
    pub fn of_paths(paths: &[Vec<Segment>]) -> Self {
        let mut touch = Self::None;
        for path in paths {
            touch.add(path);
        }
        touch
    }

    /// Parts by member.
    pub fn of_members(members: impl IntoIterator<Item = (Rc<str>, Touch)>) -> Self {
        let parts: BTreeMap<_, _> = members
            .into_iter()
            .filter(|(_, touch)| touch.is_touched())
            .collect();
        if parts.is_empty() {
            Self::None
        } else {
            Self::Paths(Rc::new(parts))
        }
    }

    fn add(&mut self, path: &[Segment]) {
        let Some((step, rest)) = path.split_first() else {
            *self = Self::All;
            return;
        };
        let key: Rc<str> = match step {
            Segment::Key(key) => key.as_str().into(),
            Segment::Index(index) => index.to_string().into(),
        };
        match self {
            Self::All => {}
            Self::Paths(parts) => Rc::make_mut(parts).entry(key).or_default().add(rest),
            Self::None => {
                let mut part = Self::None;
                part.add(rest);
                *self = Self::Paths(Rc::new(BTreeMap::from([(key, part)])));
            }
        }
    }

    /// The touched part of a member.
    #[must_use]
    pub fn get(&self, key: &str) -> Self {
        match self {
            Self::None => Self::None,
            Self::All => Self::All,
            Self::Paths(parts) => parts.get(key).cloned().unwrap_or_default(),
        }
    }

    /// Whether anything was touched.
    pub fn is_touched(&self) -> bool {
        !matches!(self, Self::None)
    }
}

#[cfg(test)]
mod tests {
    use super::Touch;
    use crate::data_path::DataPath;

    #[test]
    fn paths_touch_what_lies_on_them() {
        let path = |text: &str| DataPath::parse(text).expect("a path").segments().to_vec();
        let touch = Touch::of_paths(&[path("list[2].name"), path("a"), path("a.b")]);
        assert_eq!(touch.get("a"), Touch::All);
        assert_eq!(touch.get("a").get("c"), Touch::All);
        assert_eq!(touch.get("list").get("2").get("name"), Touch::All);
        assert_eq!(touch.get("list").get("2").get("age"), Touch::None);
        assert_eq!(touch.get("list").get("1"), Touch::None);
        assert!(touch.get("list").is_touched());
        assert!(!touch.get("other").is_touched());
        assert_eq!(
            Touch::of_paths(&[path("a.b"), path("a")]).get("a"),
            Touch::All
        );
        assert_eq!(Touch::of_members([("x".into(), Touch::None)]), Touch::None);
    }
}
