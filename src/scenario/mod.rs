//! Tests of mini programs: what an author writes, read and made runnable.

pub mod flow;
