//! What APIs ask of the page on top, which only its layout knows.

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// How far the page can be scrolled.
    pub extent: bool,
    /// Where the first node is that this selects.
    pub selector: Option<String>,
}

impl Measure {
    /// Whether anything is asked: a page is not laid out for nothing.
    pub fn asks(&self) -> bool {
        self.extent || self.selector.is_some()
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured {
    /// The farthest position of the page.
    pub scroll_max: Option<f64>,
    /// The upper edge of the node from the upper edge of the page; `None` without such a node.
    pub top: Option<f64>,
}
