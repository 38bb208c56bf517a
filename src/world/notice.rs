//! What the client tells the program of its own accord, as a consequence of a change of the world.
//!
//! A change leaves notices; whoever runs the program takes them and lets the hooks run. A notice
//! that a person would wait for keeps an action going until it has arrived; an *idle* one, such as
//! the end of a sound, is like a timer of the program: it comes when time passes it.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::enter_options::EnterOptions;
use super::jump::{Jump, Return};
use super::object::ObjectId;
use super::recorder::RecorderStep;
use super::route::PageId;
use super::sensor_reading::Sensor;
use super::socket::Coming;
use super::sound::SoundStep;
use super::{Change, Millis, World, sealed::Sealed};

/// Something that the program is to hear of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// The page is being refreshed: `onPullDownRefresh`.
    PulledDown(PageId),
    /// The page has another position: `onPageScroll`.
    Scrolled(PageId),
    /// The page's window has another size: `onResize` with this.
    Resized(PageId, Json),
    /// Listeners run.
    Told(Told),
    /// A component of a page tells something.
    Element(OfElement),
    /// The user leaves for another mini program.
    Jump(Jump),
    /// The user leaves for the mini program that opened this one.
    Return(Return),
    /// What calls began as that object is over; they succeed with these members.
    Over(ObjectId, Json),
    /// The user leaves the program for something that it opened.
    Away(Elsewhere),
    /// The user comes back from there; with options where it is entered anew.
    Back(Option<Box<EnterOptions>>),
    /// The world itself goes on: [`Arrive`].
    Alarm(Alarm),
}

/// What a program opened that takes its place on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Elsewhere {
    /// The conversation with its customer service.
    Conversation,
    /// A conversation with the service of a company in `WeCom`.
    ServiceChat,
    /// WeChat's page for feedback.
    Feedback,
    /// The mobile app that opened it.
    MobileApp,
}

/// An event of a component that a page may have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfElement {
    /// The page.
    pub page: PageId,
    /// Its tag.
    pub tag: String,
    /// Its `id`.
    pub id: String,
    /// The event.
    pub event: String,
    /// Its `detail`.
    pub detail: Json,
}

/// Listeners of an object, or of `wx`, hear of something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The object; `None` for listeners that were added with `wx.onX`.
    pub object: Option<ObjectId>,
    /// Name of the method that adds a listener: `onPlay`.
    pub event: String,
    /// What listeners get; `null` for nothing.
    pub argument: Json,
    /// A member of it that is an ArrayBuffer.
    pub bytes: Option<(String, Vec<u8>)>,
}

impl Told {
    /// An event of an object.
    pub fn of(object: ObjectId, event: &str, argument: Json) -> Self {
        Self {
            object: Some(object),
            event: event.to_owned(),
            argument,
            bytes: None,
        }
    }

    /// An event of `wx` itself.
    pub fn global(event: &str, argument: Json) -> Self {
        Self {
            object: None,
            event: event.to_owned(),
            argument,
            bytes: None,
        }
    }
}

/// Something that falls due in the world itself; the module it belongs to says what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alarm {
    /// The program hears where the phone is.
    Location,
    /// WeChat knows whether there is a newer version.
    UpdateCheck(ObjectId),
    /// Something comes to a socket.
    Socket(ObjectId, Coming),
    /// A declared reading of a sensor: which, the number of its start, the place in the list.
    SensorMoves(Sensor, u32, usize),
    /// The interval of a sensor is over: which, the number of its start.
    SensorReports(Sensor, u32),
    /// The animation of a route is over, by its number.
    RouteOver(u32),
    /// A package of the code has arrived: its name, since when it was fetched.
    PackageFetched(String, Millis),
    /// An advertisement has been looked for.
    AdLoaded(ObjectId),
    /// A marker of a map is where it was sent.
    MarkerMoved(super::map::Movement),
    /// A sound goes on; the number is the state that it was left in.
    Sound(ObjectId, u32, SoundStep),
    /// A frame of the camera for a listener; the number is that of its start.
    CameraFrame(ObjectId, u32),
    /// A recording goes on; the number is the state that it was left in.
    Recorder(u32, RecorderStep),
}

/// An alarm falls due.
#[derive(Clone, Debug)]
pub struct Arrive(pub Alarm);

impl Sealed for Arrive {}
impl Change for Arrive {
    type Effect = ();

    fn apply(self, world: &mut World) {
        match self.0 {
            Alarm::Location => super::location_updates::tell(world),
            Alarm::RouteOver(route) => super::performance::route_over(world, route),
            Alarm::PackageFetched(package, began) => {
                super::performance::fetched(world, &package, began);
            }
            Alarm::MarkerMoved(movement) => super::map::moved(world, movement),
            Alarm::AdLoaded(ad) => super::ad::loaded(world, ad),
            Alarm::UpdateCheck(manager) => super::update::checked(world, manager),
            Alarm::Sound(sound, turn, step) => super::sound::fell_due(world, sound, turn, step),
            Alarm::CameraFrame(listener, turn) => super::camera::frame(world, listener, turn),
            Alarm::Recorder(turn, step) => super::recorder::fell_due(world, turn, step),
            Alarm::Socket(socket, coming) => super::socket::fell_due(world, socket, coming),
            Alarm::SensorMoves(sensor, start, at) => super::sensor::moves(world, sensor, start, at),
            Alarm::SensorReports(sensor, start) => super::sensor::reports(world, sensor, start),
        }
    }
}

/// Somebody listens to an event of `wx`, perhaps besides others; some things begin by that.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a>(pub &'a str);

impl Sealed for Heard<'_> {}
impl Change for Heard<'_> {
    type Effect = ();

    fn apply(self, world: &mut World) {
        super::sensor::heard(world, self.0);
    }
}

/// A notice and the virtual milliseconds until it arrives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Due {
    /// From the change on.
    pub after_ms: i64,
    /// Whether it keeps no action going.
    pub idle: bool,
    /// What arrives.
    pub notice: Notice,
}

/// Hands over the notices that changes left, in their order.
#[derive(Clone, Copy, Debug)]
pub struct TakeNotices;

impl Sealed for TakeNotices {}
impl Change for TakeNotices {
    type Effect = Vec<Due>;

    fn apply(self, world: &mut World) -> Vec<Due> {
        std::mem::take(&mut world.notices)
    }
}

impl World {
    pub(super) fn leave(&mut self, after_ms: i64, notice: Notice) {
        self.notices.push(Due {
            after_ms,
            idle: false,
            notice,
        });
    }

    /// Leaves a notice that keeps no action going.
    pub(super) fn leave_idle(&mut self, after_ms: i64, notice: Notice) {
        self.notices.push(Due {
            after_ms,
            idle: true,
            notice,
        });
    }
}
