//! `Animation`: steps of an animation, gathered and exported as data.
//!
//! Official page: `api/ui/animation/Animation`. Its methods return the object itself; they are in
//! `js-prelude/76_animation.js`, since nothing but the program hears of them. A step begins with all
//! that the steps before left, as in the open re-implementation of base library 1.4.2, from which
//! the exported shape and the defaults (400 ms, `linear`, no delay, `50% 50% 0`) are too. `export`
//! forgets the steps and keeps what they left.

use crate::api::Class;

/// The class.
pub const CLASS: Class = Class {
    name: "Animation",
    methods: &[],
    members: &[],
    missing: &[],
};
