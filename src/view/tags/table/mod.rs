//! The table of the built-in components, a file for each family.

mod basic;
mod container;
mod field;
mod form;
mod live;
mod map;
mod media;
mod open;
mod page;
mod scrolling;
mod skyline;
mod xr;

use super::Tag;

/// The families, in the order of the manual.
pub(super) const FAMILIES: &[&[Tag]] = &[
    container::TAGS,
    scrolling::TAGS,
    basic::TAGS,
    form::TAGS,
    field::TAGS,
    page::TAGS,
    media::TAGS,
    live::TAGS,
    map::TAGS,
    open::TAGS,
    skyline::TAGS,
    xr::TAGS,
];
