//! The integration tests, one binary.

mod broken;
mod cases;
mod cli;
mod commands;
mod determinism;
mod docs;
mod eras;
mod examples;
mod flow_files;
mod flows;
mod golden;
mod limits;
mod matrix;
mod names;
mod network;
mod network_sockets;
mod outcomes;
mod parameters;
mod play;
mod readme;
mod reports;
mod sample_tests;
mod samples;
mod settings;
mod share;
mod snapshots;
mod story;
mod support;
mod test_command;
mod test_mistakes;
mod tidy;
mod view;
#[cfg(target_os = "linux")]
mod worker;
mod worlds;
