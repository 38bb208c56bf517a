//! What lets a server send template messages: the formId of a submitted form, the prepay id of a payment.
//!
//! Official pages: `component/form`, "Template message". A formId is good for one message within seven days, a
//! payment for three. The server's interface ended on 2020-01-10 (announcement of 2019-10-12); since base
//! library 2.10.0 develop and trial builds get none.
//!
//! `report-submit-timeout` (2.6.2) waits for the platform to confirm the formId; without it a form
//! that is submitted without a connection gets one that no server knows.
//!
//! A ticket is kept for its seven days; of more than [`TICKETS_KEPT_MAX`] the oldest go.
//!
//! Unverified: published programs hear `requestFormId:fail deprecated` from 2020-01-10 on; a confirmation
//! takes 100 ms; the words of one that does not come in time; the developer tool has its own text to this day.

use serde::{Deserialize, Serialize};

use crate::errmsg::{self, MessageProblem, Reason};
use crate::profile::{Date, Platform};
use crate::version::Version;
use crate::world::account::EnvVersion;
use crate::world::connection::Connection;
use crate::world::rng::Stream;
use crate::world::{Caller, Change, Millis, World, sealed::Sealed};

/// How long a ticket is good for, in milliseconds: seven days.
pub const TICKET_LIFE_MS: i64 = 7 * 24 * 3_600_000;
/// How many tickets are kept.
pub const TICKETS_KEPT_MAX: usize = 2_000;
/// Messages that a payment gives.
const OF_PAYMENT: u8 = 3;
/// How long the platform takes to confirm a formId, in milliseconds.
pub const CONFIRM_MS: i64 = 100;
/// The day on which template messages ended.
pub const TEMPLATE_MESSAGES_UNTIL: Date = Date::new(2020, 1, 10);
/// Base library since which builds that are not published get no formId.
const ONLY_RELEASES_SINCE: Version = Version(2, 10, 0);
/// Base library since which `report-submit-timeout` counts.
const TIMEOUT_SINCE: Version = Version(2, 6, 2);

/// What the developer tool gives for a formId.
const OF_THE_TOOL: &str = "the formId is a mock one";
/// What builds that are not published get.
const OF_BUILDS: &str =
    "the formId is no longer available in develop or trial version of this mini program";

/// Where a ticket comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A form with `report-submit`.
    Form,
    /// A payment.
    Payment,
}

/// A permission to send template messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The formId, or the prepay id without `prepay_id=`.
    pub id: String,
    /// Who may be sent to, in which program.
    pub caller: Caller,
    /// Where it comes from.
    pub source: Source,
    /// When it was given.
    pub given: Millis,
    /// Messages that are left.
    pub left: u8,
}

/// A form with `report-submit` is submitted.
#[derive(Clone, Debug)]
pub struct RequestFormId {
    /// Who submits it.
    pub caller: Caller,
    /// `report-submit-timeout` in milliseconds.
    pub timeout_ms: i64,
}

/// The formId of a submitted form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormId {
    /// The id, or the words in its place.
    pub text: String,
    /// How long the form waits for it, in milliseconds.
    pub after_ms: i64,
}

impl Sealed for RequestFormId {}
impl Change for RequestFormId {
    type Effect = FormId;

    fn apply(self, world: &mut World) -> FormId {
        let at_once = |text: String| FormId { text, after_ms: 0 };
        if world.profile.platform == Platform::Devtools {
            return at_once(OF_THE_TOOL.to_owned());
        }
        let is_published = world.app.env_version == EnvVersion::Release;
        if !is_published && world.profile.sdk >= ONLY_RELEASES_SINCE {
            return at_once(OF_BUILDS.to_owned());
        }
        let failed = |reason| errmsg::fail("requestFormId", &reason, &world.profile);
        if !world.has_template_messages() {
            return at_once(failed(Reason::Message(MessageProblem::FormIdDeprecated)));
        }
        let waits = self.timeout_ms > 0 && world.profile.sdk >= TIMEOUT_SINCE;
        let is_offline = world.connection() == Connection::None;
        if waits && (is_offline || self.timeout_ms < CONFIRM_MS) {
            return FormId {
                text: failed(Reason::Timeout),
                after_ms: self.timeout_ms,
            };
        }
        let halves = [(); 2].map(|()| world.rng.draw(Stream::Ids));
        let text = format!("{:016x}{:016x}", halves[0], halves[1]);
        if !is_offline {
            world.keep_ticket(Ticket {
                id: text.clone(),
                caller: self.caller,
                source: Source::Form,
                given: world.now,
                left: 1,
            });
        }
        let after_ms = if waits { CONFIRM_MS } else { 0 };
        FormId { text, after_ms }
    }
}

/// The caller has paid: the prepay id is good for three template messages.
#[derive(Clone, Debug)]
pub struct GivePrepayTicket {
    /// Who paid.
    pub caller: Caller,
    /// The prepay id, with or without `prepay_id=`.
    pub prepay_id: String,
}

impl Sealed for GivePrepayTicket {}
impl Change for GivePrepayTicket {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if !world.has_template_messages() {
            return;
        }
        let id = self.prepay_id.trim_start_matches("prepay_id=").to_owned();
        world.keep_ticket(Ticket {
            id,
            caller: self.caller,
            source: Source::Payment,
            given: world.now,
            left: OF_PAYMENT,
        });
    }
}

impl World {
    /// Whether servers may still send template messages.
    pub fn has_template_messages(&self) -> bool {
        self.now.0 < TEMPLATE_MESSAGES_UNTIL.midnight_unix_ms()
    }

    /// The ticket of that id.
    pub fn message_ticket(&self, id: &str) -> Option<&Ticket> {
        self.messages.tickets.iter().find(|ticket| ticket.id == id)
    }

    /// The tickets of the caller, the oldest first.
    pub fn message_tickets(&self, caller: &Caller) -> impl Iterator<Item = &Ticket> {
        let caller = caller.clone();
        let tickets = self.messages.tickets.iter();
        tickets.filter(move |ticket| ticket.caller == caller)
    }

    /// Whether a ticket is within its seven days.
    pub fn is_ticket_alive(&self, ticket: &Ticket) -> bool {
        self.now.since(ticket.given) < TICKET_LIFE_MS
    }

    /// Keeps a ticket, and no longer those that are of no use.
    fn keep_ticket(&mut self, ticket: Ticket) {
        let now = self.now;
        let tickets = &mut self.messages.tickets;
        tickets.retain(|ticket| now.since(ticket.given) < TICKET_LIFE_MS);
        if tickets.len() >= TICKETS_KEPT_MAX {
            tickets.remove(0);
        }
        tickets.push(ticket);
    }

    /// One message less is left of a ticket.
    pub(super) fn use_ticket(&mut self, id: &str) {
        let mut tickets = self.messages.tickets.iter_mut();
        if let Some(ticket) = tickets.find(|ticket| ticket.id == id) {
            ticket.left = ticket.left.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        CONFIRM_MS, FormId, GivePrepayTicket, OF_BUILDS, OF_THE_TOOL, RequestFormId,
        TICKET_LIFE_MS, TICKETS_KEPT_MAX,
    };
    use crate::profile::{Date, Platform, Profile};
    use crate::world::account::EnvVersion;
    use crate::world::connection::{Connection, SetConnection};
    use crate::world::{AdvanceTo, AppFacts, World};

    fn world_of(profile: Profile, env_version: EnvVersion) -> World {
        let app = AppFacts {
            env_version,
            ..AppFacts::default()
        };
        World::new(profile, app, 1)
    }

    fn in_2018() -> World {
        world_of(Profile::on(Date::new(2018, 6, 4)), EnvVersion::Release)
    }

    fn request(world: &mut World, timeout_ms: i64) -> FormId {
        let caller = world.caller();
        world.apply(RequestFormId { caller, timeout_ms })
    }

    #[test]
    fn each_form_gets_an_id_of_its_own_until_2020() {
        let mut world = in_2018();
        let (one, two) = (request(&mut world, 0), request(&mut world, 0));
        assert_eq!((one.text.len(), one.after_ms), (32, 0));
        assert_ne!(one, two);
        assert_eq!(world.message_tickets(&world.caller()).count(), 2);
        let mut late = world_of(Profile::on(Date::new(2020, 1, 10)), EnvVersion::Release);
        assert_eq!(request(&mut late, 0).text, "requestFormId:fail deprecated");
        let mut eve = world_of(Profile::on(Date::new(2020, 1, 9)), EnvVersion::Release);
        assert_eq!(request(&mut eve, 0).text.len(), 32);
    }

    #[test]
    fn the_tool_and_builds_that_are_not_published_have_their_own_words() {
        let tool = Profile {
            platform: Platform::Devtools,
            ..Profile::on(Date::new(2018, 6, 4))
        };
        let mut tool = world_of(tool, EnvVersion::Develop);
        assert_eq!(request(&mut tool, 0).text, OF_THE_TOOL);
        let mut trial = world_of(Profile::default(), EnvVersion::Trial);
        assert_eq!(request(&mut trial, 0).text, OF_BUILDS);
        let mut early = world_of(Profile::on(Date::new(2018, 6, 4)), EnvVersion::Trial);
        assert_eq!(request(&mut early, 0).text.len(), 32);
    }

    #[test]
    fn only_a_form_that_waits_learns_that_there_is_no_connection() {
        let mut world = world_of(Profile::on(Date::new(2019, 8, 30)), EnvVersion::Release);
        assert_eq!(request(&mut world, 500).after_ms, CONFIRM_MS);
        assert_eq!(request(&mut world, 99).after_ms, 99);
        world.apply(SetConnection(Connection::None));
        let unknown = request(&mut world, 0);
        assert!(world.message_ticket(&unknown.text).is_none());
        let failed = request(&mut world, 500);
        assert_eq!(
            (failed.text.as_str(), failed.after_ms),
            ("requestFormId:fail timeout", 500)
        );
        let mut early = in_2018();
        assert_eq!(request(&mut early, 99).text.len(), 32, "before 2.6.2");
    }

    #[test]
    fn a_payment_gives_three_messages() {
        let mut world = in_2018();
        let caller = world.caller();
        let prepay_id = "prepay_id=wx1".to_owned();
        world.apply(GivePrepayTicket { caller, prepay_id });
        assert_eq!(world.message_ticket("wx1").map(|it| it.left), Some(3));
    }

    #[test]
    fn tickets_are_kept_for_their_days_and_up_to_a_number() {
        let mut world = in_2018();
        let give = |world: &mut World, number: usize| {
            let (caller, prepay_id) = (world.caller(), format!("p{number}"));
            world.apply(GivePrepayTicket { caller, prepay_id });
        };
        for number in 0..=TICKETS_KEPT_MAX {
            give(&mut world, number);
        }
        assert_eq!(world.messages.tickets.len(), TICKETS_KEPT_MAX);
        assert!(world.message_ticket("p0").is_none() && world.message_ticket("p1").is_some());
        world.apply(AdvanceTo(world.now().plus(TICKET_LIFE_MS)));
        give(&mut world, 9_999);
        assert_eq!(world.messages.tickets.len(), 1);
    }
}
