//! `UDPSocket`: a UDP socket, which is not simulated.
//!
//! Official page: `api/network/udp/UDPSocket`. Its methods are there and answer softly.

use crate::api::Class;

/// The class.
pub const CLASS: Class = Class {
    name: "UDPSocket",
    methods: &[],
    members: &[],
    missing: &[
        "bind",
        "setTTL",
        "send",
        "connect",
        "write",
        "close",
        "onListening",
        "offListening",
        "onMessage",
        "offMessage",
        "onError",
        "offError",
        "onClose",
        "offClose",
    ],
};
