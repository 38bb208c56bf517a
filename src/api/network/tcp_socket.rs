//! `TCPSocket`: a TCP socket, which is not simulated.
//!
//! Official page: `api/network/tcp/TCPSocket`. Its methods are there and answer softly.

use crate::api::Class;

/// The class.
pub const CLASS: Class = Class {
    name: "TCPSocket",
    methods: &[],
    members: &[],
    missing: &[
        "connect",
        "write",
        "close",
        "bindWifi",
        "onConnect",
        "offConnect",
        "onMessage",
        "offMessage",
        "onError",
        "offError",
        "onClose",
        "offClose",
        "onBindWifi",
        "offBindWifi",
    ],
};
