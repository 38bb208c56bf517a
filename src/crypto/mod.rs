//! The ciphers and signatures of the platform, as pure functions.
//!
//! Nothing here knows who a key belongs to or what time it is; `world/` gives keys, randomness and
//! the moment. Every function is held by the vectors that the platform published.

pub mod base64_text;
pub mod card;
pub mod device_key;
pub mod digest;
pub mod ecb;
pub mod gcm;
pub mod hex;
pub mod merchant_key;
pub mod open_data;
pub mod pay_sign;
pub mod platform_key;
pub mod push_message;
pub mod signature;
