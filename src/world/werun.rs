//! Steps of the user, as WeRun counts them.

use super::rng::derived_text;
use super::{Change, World, sealed::Sealed};
use crate::profile::CHINA_UTC_OFFSET_S;

/// The user switches WeRun on.
#[derive(Clone, Copy, Debug)]
pub struct SwitchWeRunOn;

impl Sealed for SwitchWeRunOn {}
impl Change for SwitchWeRunOn {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.user_mut().we_run = true;
    }
}

const DAY_S: i64 = 86_400;

impl World {
    /// Midnight of each of the last days in China, in Unix seconds, with its steps; the oldest first
    /// and today last. The steps of a day follow from the seed, the user and the day, unless the user's
    /// facts tell those of today.
    pub fn steps(&self, days: i64) -> Vec<(i64, u32)> {
        let offset = i64::from(CHINA_UTC_OFFSET_S);
        let now_s = self.now.0.div_euclid(1000) + offset;
        let today = now_s.div_euclid(DAY_S);
        let first = today - days + 1;
        (first..=today)
            .map(|day| {
                let name = day.to_string();
                let parts = ["steps", self.user().id.as_str(), name.as_str()];
                let text = derived_text(self.seed, &parts, 4);
                let steps = text
                    .bytes()
                    .fold(0_u32, |sum, byte| sum * 7 + u32::from(byte));
                let given = self.user().steps.filter(|_| day == today);
                (day * DAY_S - offset, given.unwrap_or(steps % 20_000))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::SwitchWeRunOn;
    use crate::profile::Profile;
    use crate::world::user::{AddUser, User};
    use crate::world::{AppFacts, World};

    #[test]
    fn each_day_has_its_steps_and_the_last_day_is_today() {
        let world = World::new(Profile::default(), AppFacts::default(), 1);
        let steps = world.steps(31);
        assert_eq!(steps.len(), 31);
        assert!(steps.windows(2).all(|days| days[1].0 - days[0].0 == 86_400));
        let today_s = world.now().0.div_euclid(1000) - steps[30].0;
        assert!((0..86_400).contains(&today_s));
        assert_eq!(world.steps(31), steps, "the same each time");
        let other = World::new(Profile::default(), AppFacts::default(), 2);
        assert_ne!(other.steps(31), steps, "another seed");
    }

    #[test]
    fn the_steps_of_today_can_be_given() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let before = world.steps(3);
        world.apply(AddUser(User {
            steps: Some(12_345),
            ..User::default()
        }));
        let after = world.steps(3);
        assert_eq!(after[2].1, 12_345);
        assert_eq!(after[..2], before[..2]);
    }

    #[test]
    fn we_run_is_switched_on_for_the_user_who_holds_the_phone() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(AddUser(User {
            we_run: false,
            ..User::default()
        }));
        assert!(!world.user().we_run);
        world.apply(SwitchWeRunOn);
        assert!(world.user().we_run);
    }
}
