//! Servers of Bluetooth Low Energy: the phone as a peripheral that others connect to.
//!
//! Official pages: `wx.createBLEPeripheralServer`, `BLEPeripheralServer`. What a central does comes in by steps; a request
//! has a number, with which the program answers it. That a characteristic is subscribed is told on iOS only.
//!
//! Unverified: closing the adapter and switching Bluetooth off end advertising; a service of the same UUID takes the place of the
//! former one; iOS refuses to advertise twice as any other failure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::notice::{Notice, Told};
use super::object::{NewObject, ObjectId};
use super::{Change, World, sealed::Sealed};
use crate::errmsg::BleProblem;
use crate::profile::Platform;

/// The class of the servers.
pub const SERVER: &str = "BLEPeripheralServer";

/// A server: its services with their characteristics, by UUID.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Server {
    services: Vec<(String, Vec<String>)>,
    advertising: bool,
}

/// The servers of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Peripherals {
    servers: BTreeMap<ObjectId, Server>,
    /// Number of the last request of a central.
    request: u32,
}

/// The program gets a server.
#[derive(Clone, Copy, Debug)]
pub struct OpenServer;

impl Sealed for OpenServer {}
impl Change for OpenServer {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let server = world.apply(NewObject(SERVER));
        let servers = &mut world.peripherals.servers;
        servers.insert(server, Server::default());
        server
    }
}

/// What a server is told.
#[derive(Clone, Debug)]
pub enum ServerOrder {
    /// Have this service with these characteristics.
    AddService(String, Vec<String>),
    /// Have it no longer.
    RemoveService(String),
    /// Advertise.
    Start,
    /// Advertise no longer.
    Stop,
    /// Give a characteristic of a service a value.
    Write(String, String),
    /// End.
    Close,
}

/// The program tells a server something.
#[derive(Clone, Debug)]
pub struct TellServer {
    /// The server.
    pub server: ObjectId,
    /// What it is told.
    pub order: ServerOrder,
}

impl Sealed for TellServer {}
impl Change for TellServer {
    type Effect = Result<(), BleProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let one_at_a_time = world.profile.platform == Platform::Ios;
        let servers = &mut world.peripherals.servers;
        let advertises = servers.values().any(|server| server.advertising);
        let server = servers.get_mut(&self.server).ok_or(BleProblem::System)?;
        let services = &mut server.services;
        match self.order {
            ServerOrder::AddService(uuid, characteristics) => {
                services.retain(|(known, _)| !known.eq_ignore_ascii_case(&uuid));
                services.push((uuid, characteristics));
            }
            ServerOrder::RemoveService(uuid) => {
                let before = services.len();
                services.retain(|(known, _)| !known.eq_ignore_ascii_case(&uuid));
                if services.len() == before {
                    return Err(BleProblem::NoService);
                }
            }
            ServerOrder::Start if advertises && one_at_a_time => return Err(BleProblem::System),
            ServerOrder::Start => server.advertising = true,
            ServerOrder::Stop => server.advertising = false,
            ServerOrder::Write(service, characteristic) => {
                server.characteristic(&service, &characteristic)?;
            }
            ServerOrder::Close => {
                servers.remove(&self.server);
            }
        }
        Ok(())
    }
}

impl Server {
    /// The UUIDs of a characteristic as they were given; of the first one where a text is empty.
    fn characteristic(&self, service: &str, own: &str) -> Result<(&str, &str), BleProblem> {
        let is =
            |known: &str, wanted: &str| wanted.is_empty() || known.eq_ignore_ascii_case(wanted);
        let mut services = self.services.iter();
        let (service, characteristics) = services
            .find(|(known, _)| is(known, service))
            .ok_or(BleProblem::NoService)?;
        let own = characteristics.iter().find(|known| is(known, own));
        Ok((service, own.ok_or(BleProblem::NoCharacteristic)?))
    }
}

/// The adapter is closed or switched off.
pub(super) fn adapter_off(world: &mut World) {
    for server in world.peripherals.servers.values_mut() {
        server.advertising = false;
    }
}

/// The event of a central that connects, which all of the program hears.
const CONNECTED: &str = "onBLEPeripheralConnectionStateChanged";

/// A central does something, if the event is of that kind; the program hears of it while it advertises.
pub(super) fn happens(world: &mut World, event: &str, argument: &Json) -> bool {
    let method = event.strip_prefix("BLEPeripheralServer.");
    if method.is_none() && event != CONNECTED {
        return false;
    }
    let text = |key: &str| argument[key].as_str().unwrap_or_default();
    let servers = world.peripherals.servers.iter();
    let mut advertising = servers.filter(|(_, server)| server.advertising);
    let Some(method) = method else {
        if let Some((id, _)) = advertising.next() {
            let mut argument = argument.clone();
            argument["serverId"] = id.0.to_string().into();
            world.leave(0, Notice::Told(Told::global(CONNECTED, argument)));
        }
        return true;
    };
    let found = advertising.find_map(|(id, server)| {
        let found = server.characteristic(text("serviceId"), text("characteristicId"));
        let (service, own) = found.ok()?;
        Some((*id, service.to_owned(), own.to_owned()))
    });
    let Some((id, service, own)) = found else {
        return true;
    };
    let mut told = serde_json::Map::new();
    told.insert("serviceId".to_owned(), service.into());
    told.insert("characteristicId".to_owned(), own.into());
    if method.ends_with("Request") {
        world.peripherals.request += 1;
        told.insert("callbackId".to_owned(), world.peripherals.request.into());
    } else if world.profile.platform != Platform::Ios {
        return true;
    }
    let bytes = argument["value"].as_array().map(|bytes| {
        let bytes = bytes.iter().filter_map(Json::as_u64);
        let bytes = bytes.filter_map(|byte| u8::try_from(byte).ok());
        ("value".to_owned(), bytes.collect())
    });
    let told = Told::of(id, method, Json::Object(told));
    world.leave(0, Notice::Told(Told { bytes, ..told }));
    true
}

#[cfg(test)]
mod tests {
    use super::{OpenServer, ServerOrder, TellServer};
    use crate::errmsg::BleProblem;
    use crate::profile::{Platform, Profile};
    use crate::world::bluetooth::CloseAdapter;
    use crate::world::{AppFacts, World};

    #[test]
    fn a_server_has_services_until_it_is_closed() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let server = world.apply(OpenServer);
        let tell = |world: &mut World, order| world.apply(TellServer { server, order });
        let write = || ServerOrder::Write("FFF0".into(), "fff1".into());
        assert_eq!(tell(&mut world, write()), Err(BleProblem::NoService));
        let add = |all: &[&str]| {
            let all = all.iter().map(|it| (*it).to_owned()).collect();
            ServerOrder::AddService("fff0".into(), all)
        };
        assert_eq!(tell(&mut world, add(&["FFF2"])), Ok(()));
        assert_eq!(tell(&mut world, write()), Err(BleProblem::NoCharacteristic));
        assert_eq!(tell(&mut world, add(&["FFF1"])), Ok(()));
        assert_eq!(tell(&mut world, write()), Ok(()));
        let remove = || ServerOrder::RemoveService("fff0".into());
        assert_eq!(tell(&mut world, remove()), Ok(()));
        assert_eq!(tell(&mut world, remove()), Err(BleProblem::NoService));
        assert_eq!(tell(&mut world, ServerOrder::Close), Ok(()));
        assert_eq!(tell(&mut world, remove()), Err(BleProblem::System));
    }

    #[test]
    fn ios_advertises_one_thing_at_a_time() {
        let starts = |platform| {
            let profile = Profile {
                platform,
                ..Profile::default()
            };
            let mut world = World::new(profile, AppFacts::default(), 1);
            let start = |world: &mut World| {
                let server = world.apply(OpenServer);
                let order = ServerOrder::Start;
                world.apply(TellServer { server, order })
            };
            let first = [start(&mut world), start(&mut world)];
            world.apply(CloseAdapter);
            (first, start(&mut world))
        };
        let refused = Err(BleProblem::System);
        assert_eq!(starts(Platform::Ios), ([Ok(()), refused], Ok(())));
        assert_eq!(starts(Platform::Android), ([Ok(()), Ok(())], Ok(())));
    }
}
