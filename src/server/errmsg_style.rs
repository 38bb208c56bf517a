//! What servers append to an `errmsg`: a trace of the request, whose form changed over the years.
//!
//! Sources: replies that developers posted. 2018 and 2019: ` hint: [15 characters]`, under `/sns/`
//! `, hints: [ req_id: 16 characters ]`; to August 2020 ` hints: [id!]`; since then ` rid: 8-8-8 hexadecimal
//! digits`, the first group being the Unix time of the request, under `/sns/` behind a comma. Clients have to
//! compare `errcode` and never the text.

use crate::profile::Date;
use crate::world::World;
use crate::world::open_api::request_log::NextRid;

/// From this day an exclamation mark ends the hint.
const MARKED_FROM: Date = Date::new(2019, 10, 1);
/// From this day the request has a `rid`.
const RID_FROM: Date = Date::new(2020, 8, 1);

/// The text with what is appended, and the id of the request.
pub(super) fn with_trace(world: &mut World, path: &str, errmsg: &str) -> (String, String) {
    let day = world.profile().compat_date;
    let rid = world.apply(NextRid);
    let is_sns = path.starts_with("/sns/");
    let letters = world.trace_letters(&rid);
    let text = match (is_sns, day) {
        (false, day) if day >= RID_FROM => format!("{errmsg} rid: {rid}"),
        (true, day) if day >= RID_FROM => format!("{errmsg}, rid: {rid}"),
        (true, _) => format!("{errmsg}, hints: [ req_id: {} ]", &letters[..16]),
        (false, day) if day >= MARKED_FROM => format!("{errmsg} hints: [{}!]", &letters[..16]),
        (false, _) => format!("{errmsg} hint: [{}]", &letters[..15]),
    };
    (text, rid)
}

#[cfg(test)]
mod tests {
    use super::with_trace;
    use crate::profile::{Date, Profile};
    use crate::world::{AppFacts, World};

    #[test]
    fn each_era_appends_in_its_form() {
        let text = |year, month, path| {
            let profile = Profile::on(Date::new(year, month, 1));
            let mut world = World::new(profile, AppFacts::default(), 1);
            with_trace(&mut world, path, "invalid code").0
        };
        let (sns, other) = ("/sns/jscode2session", "/wxa/x");
        assert!(text(2018, 6, sns).starts_with("invalid code, hints: [ req_id: "));
        assert!(text(2018, 6, other).starts_with("invalid code hint: ["));
        assert_eq!(
            text(2018, 6, other).len(),
            "invalid code hint: []".len() + 15
        );
        assert!(text(2020, 1, other).ends_with("!]"));
        let recent = text(2024, 6, other);
        let (_, rid) = recent.split_once("invalid code rid: ").expect("a rid");
        let groups: Vec<&str> = rid.split('-').collect();
        assert!(
            groups.len() == 3 && groups.iter().all(|it| it.len() == 8),
            "{rid}"
        );
        let seconds = i64::from_str_radix(groups[0], 16).expect("digits");
        let now = World::new(Profile::on(Date::new(2024, 6, 1)), AppFacts::default(), 1).now();
        assert_eq!(seconds, now.0 / 1_000);
        assert!(text(2024, 6, sns).starts_with("invalid code, rid: "));
    }
}
