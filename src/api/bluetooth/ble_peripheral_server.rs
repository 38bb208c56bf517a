//! `BLEPeripheralServer`: the phone as a peripheral of Bluetooth Low Energy.
//!
//! Official page: `api/device/bluetooth-peripheral/BLEPeripheralServer`. A central that asks to read or to write gets its answer by
//! `writeCharacteristicValue` with the `callbackId` of the request. A beacon is advertised alone. Subscriptions are told on iOS only.
//!
//! The step `event BLEPeripheralServer.onCharacteristicReadRequest {"serviceId":"FFF0"}` and its like say what a central does, while
//! the server advertises.
//!
//! Differs from the client: no radio: what is advertised and written reaches nobody, and a value without a request or a
//! connection is taken too.
//! Unverified: which failure is told in which `errCode`; a service needs a `uuid` and a list of `characteristics`.

use super::create_ble_peripheral_server::usable;
use crate::api::file_access::text;
use crate::api::{Api, Class, Cx, Reply, answer, listener};
use crate::errmsg::{BleProblem, Reason};
use crate::spec::{ApiSpec, Class as Kind, Form, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::peripheral::{SERVER, ServerOrder, TellServer};

/// The class.
pub const CLASS: Class = Class {
    name: SERVER,
    methods: METHODS,
    members: &[],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Bluetooth,
    since: Version(2, 10, 3),
    ..ApiSpec::SYNC
};

/// A method that the radio has to be on for.
const ORDER: ApiSpec = ApiSpec {
    form: Form::Async,
    latency_ms: 10,
    fails: &[
        Reason::BluetoothNotOpen,
        Reason::BluetoothOff,
        Reason::Ble(BleProblem::System),
    ],
    ..METHOD
};

/// The same, of something that the server has to have.
const OF_SERVICE: ApiSpec = ApiSpec {
    fails: &[
        Reason::BluetoothNotOpen,
        Reason::BluetoothOff,
        Reason::Ble(BleProblem::System),
        Reason::Ble(BleProblem::NoService),
    ],
    ..ORDER
};

/// The same, of something that may be no such thing.
const WITH_DATA: ApiSpec = ApiSpec {
    fails: &[
        Reason::BluetoothNotOpen,
        Reason::BluetoothOff,
        Reason::Ble(BleProblem::System),
        Reason::Ble(BleProblem::InvalidData),
    ],
    ..ORDER
};

const METHODS: &[Api] = &[
    answer(
        &ApiSpec {
            name: "BLEPeripheralServer.addService",
            summary: "Adds a service with its characteristics.",
            params: &[Param::required("service", Kind::Object)],
            ..WITH_DATA
        },
        |cx, options| {
            let order = service(options.get("service"));
            tell(cx, order.ok_or(BleProblem::InvalidData))
        },
    ),
    answer(
        &ApiSpec {
            name: "BLEPeripheralServer.removeService",
            summary: "Removes a service.",
            params: &[Param::required("serviceId", Kind::String)],
            ..OF_SERVICE
        },
        |cx, options| {
            let uuid = text(options, "serviceId").to_owned();
            tell(cx, Ok(ServerOrder::RemoveService(uuid)))
        },
    ),
    answer(
        &ApiSpec {
            name: "BLEPeripheralServer.startAdvertising",
            summary: "Begins to advertise.",
            params: &[
                Param::required("advertiseRequest", Kind::Object),
                Param::optional("powerLevel", Kind::String),
            ],
            ..WITH_DATA
        },
        |cx, options| {
            let fits = is_advertisement(options.get("advertiseRequest"));
            tell(
                cx,
                fits.then_some(ServerOrder::Start)
                    .ok_or(BleProblem::InvalidData),
            )
        },
    ),
    answer(
        &ApiSpec {
            name: "BLEPeripheralServer.stopAdvertising",
            summary: "Ends advertising.",
            ..ORDER
        },
        |cx, _| tell(cx, Ok(ServerOrder::Stop)),
    ),
    answer(
        &ApiSpec {
            name: "BLEPeripheralServer.writeCharacteristicValue",
            summary: "Gives a characteristic a value; the answer to a request.",
            params: &[
                Param::required("serviceId", Kind::String),
                Param::required("characteristicId", Kind::String),
                Param::required("needNotify", Kind::Boolean),
                Param::optional("value", Kind::Any),
                Param::optional("callbackId", Kind::Number),
            ],
            fails: &[
                Reason::BluetoothNotOpen,
                Reason::BluetoothOff,
                Reason::Ble(BleProblem::System),
                Reason::Ble(BleProblem::NoService),
                Reason::Ble(BleProblem::NoCharacteristic),
                Reason::Ble(BleProblem::InvalidData),
            ],
            ..ORDER
        },
        |cx, options| tell(cx, written(options).ok_or(BleProblem::InvalidData)),
    ),
    answer(
        &ApiSpec {
            name: "BLEPeripheralServer.close",
            summary: "Ends the server.",
            ..ORDER
        },
        |cx, _| tell(cx, Ok(ServerOrder::Close)),
    ),
    listener(&ApiSpec {
        name: "BLEPeripheralServer.onCharacteristicReadRequest",
        summary: "Listens: a central asks for a value.",
        form: Form::On("onCharacteristicReadRequest"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BLEPeripheralServer.offCharacteristicReadRequest",
        summary: "Removes one listener of `onCharacteristicReadRequest`, or all.",
        form: Form::Off("onCharacteristicReadRequest"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BLEPeripheralServer.onCharacteristicWriteRequest",
        summary: "Listens: a central gives a value.",
        form: Form::On("onCharacteristicWriteRequest"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BLEPeripheralServer.offCharacteristicWriteRequest",
        summary: "Removes one listener of `onCharacteristicWriteRequest`, or all.",
        form: Form::Off("onCharacteristicWriteRequest"),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BLEPeripheralServer.onCharacteristicSubscribed",
        summary: "Listens: a central wants to hear of a value.",
        form: Form::On("onCharacteristicSubscribed"),
        since: Version(2, 13, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BLEPeripheralServer.offCharacteristicSubscribed",
        summary: "Removes one listener of `onCharacteristicSubscribed`, or all.",
        form: Form::Off("onCharacteristicSubscribed"),
        since: Version(2, 13, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BLEPeripheralServer.onCharacteristicUnsubscribed",
        summary: "Listens: a central wants to hear of it no longer.",
        form: Form::On("onCharacteristicUnsubscribed"),
        since: Version(2, 13, 0),
        ..METHOD
    }),
    listener(&ApiSpec {
        name: "BLEPeripheralServer.offCharacteristicUnsubscribed",
        summary: "Removes one listener of `onCharacteristicUnsubscribed`, or all.",
        form: Form::Off("onCharacteristicUnsubscribed"),
        since: Version(2, 13, 0),
        ..METHOD
    }),
];

fn tell(cx: &mut Cx<'_>, order: Result<ServerOrder, BleProblem>) -> Reply {
    usable(cx)?;
    let server = cx.this();
    let order = order.map_err(Reason::Ble)?;
    let done = cx.world.apply(TellServer { server, order });
    done.map(|()| Vec::new()).map_err(Reason::Ble)
}

fn service(service: &Value) -> Option<ServerOrder> {
    let uuid = service
        .get("uuid")
        .as_str()
        .filter(|uuid| !uuid.is_empty())?;
    let Value::Array(characteristics) = service.get("characteristics") else {
        return None;
    };
    let uuids = characteristics.iter().map(|it| it.get("uuid").as_str());
    let uuids = uuids
        .map(|uuid| uuid.map(str::to_owned))
        .collect::<Option<_>>()?;
    Some(ServerOrder::AddService(uuid.to_owned(), uuids))
}

fn is_advertisement(request: &Value) -> bool {
    let given = |key: &str| !matches!(request.get(key), Value::Undefined | Value::Null);
    let others = ["deviceName", "serviceUuids", "manufacturerData"];
    !given("beacon") || !others.into_iter().any(given)
}

fn written(options: &Value) -> Option<ServerOrder> {
    let service = text(options, "serviceId").to_owned();
    let own = text(options, "characteristicId").to_owned();
    matches!(options.get("value"), Value::Bytes("ArrayBuffer", _))
        .then_some(ServerOrder::Write(service, own))
}

#[cfg(test)]
mod tests {
    use super::{is_advertisement, service};
    use crate::value::Value;

    #[test]
    fn a_beacon_is_advertised_alone() {
        let beacon = ("beacon", Value::object([("uuid", "u".into())]));
        let name = ("deviceName", "tea".into());
        assert!(is_advertisement(&Value::object([beacon.clone()])));
        assert!(is_advertisement(&Value::object([name.clone()])));
        assert!(!is_advertisement(&Value::object([beacon, name])));
    }

    #[test]
    fn a_service_has_a_uuid_and_a_list() {
        let uuid = ("uuid", "FFF0".into());
        let none = ("characteristics", Value::Array(Vec::new()));
        assert!(service(&Value::object([uuid.clone(), none.clone()])).is_some());
        assert!(service(&Value::object([uuid])).is_none());
        assert!(service(&Value::object([none])).is_none());
    }
}
