//! Reports of what an exploration and an audit found.
//!
//! ```text
//! Outcome ─▶ terminal (text) · mermaid (a drawing for documents) · page (one HTML file with the states drawn)
//! AuditResult ─▶ audit (text, JSON, one HTML file) · sarif (for code scanning)
//! ```
//!
//! Everything here makes texts of data: nothing is read or written.

pub mod audit;
mod drawing;
#[cfg(test)]
mod fixture;
mod html;
mod layout;
pub mod mermaid;
pub mod page;
pub mod sarif;
pub mod terminal;
mod ways;
mod words;

pub use words::headline;
