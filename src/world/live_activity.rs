//! Codes for the messages of activities (`<button open-type="liveActivity">`).
//!
//! Official page: "New one-time subscription". Nothing takes them here, so none is kept.

use super::rng::Stream;
use super::{Change, World, sealed::Sealed};
use crate::crypto::hex;

/// The user gives a code: 64 hexadecimal digits.
#[derive(Clone, Copy, Debug)]
pub struct MintActivityCode;

impl Sealed for MintActivityCode {}
impl Change for MintActivityCode {
    type Effect = String;

    fn apply(self, world: &mut World) -> String {
        let draws: Vec<u8> = (0..4)
            .flat_map(|_| world.rng.draw(Stream::Codes).to_be_bytes())
            .collect();
        hex::encode(&draws)
    }
}

#[cfg(test)]
mod tests {
    use super::MintActivityCode;
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn no_code_comes_twice() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let first = world.apply(MintActivityCode);
        assert_eq!(first.len(), 64);
        assert_ne!(world.apply(MintActivityCode), first);
    }
}
