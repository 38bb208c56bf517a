//! The motion sensors, and how what they read is written in steps and flags.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::network_rule::milliseconds;
use crate::profile::Platform;

/// A motion sensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Sensor {
    /// Acceleration along three axes, gravity included; 1 is that of the earth.
    Accelerometer,
    /// Where the phone points, in degrees from magnetic north.
    Compass,
    /// Angular velocity around three axes.
    Gyroscope,
    /// Orientation, as three angles.
    DeviceMotion,
}

impl Sensor {
    /// Every sensor.
    pub const ALL: [Self; 4] = [
        Self::Accelerometer,
        Self::Compass,
        Self::Gyroscope,
        Self::DeviceMotion,
    ];

    /// The word in steps and flags.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accelerometer => "accelerometer",
            Self::Compass => "compass",
            Self::Gyroscope => "gyroscope",
            Self::DeviceMotion => "deviceMotion",
        }
    }

    /// The sensor of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// The event that reports it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Accelerometer => "onAccelerometerChange",
            Self::Compass => "onCompassChange",
            Self::Gyroscope => "onGyroscopeChange",
            Self::DeviceMotion => "onDeviceMotionChange",
        }
    }

    /// Members of a reading.
    pub const fn members(self) -> &'static [&'static str] {
        match self {
            Self::Accelerometer | Self::Gyroscope => &["x", "y", "z"],
            Self::Compass => &["direction", "accuracy"],
            Self::DeviceMotion => &["alpha", "beta", "gamma"],
        }
    }

    /// Whether adding a listener starts it.
    pub(super) const fn starts_by_itself(self) -> bool {
        matches!(self, Self::Accelerometer | Self::Compass)
    }

    /// What it reads while the phone lies on a table, its top to the north.
    pub(super) fn at_rest(self, platform: Platform) -> Map<String, Json> {
        let reading = match (self, platform) {
            (Self::Accelerometer, _) => json!({ "x": 0, "y": 0, "z": -1 }),
            (Self::Compass, Platform::Android | Platform::Ohos) => {
                json!({ "direction": 0, "accuracy": "high" })
            }
            (Self::Compass, _) => json!({ "direction": 0, "accuracy": 0 }),
            (Self::Gyroscope, _) => json!({ "x": 0, "y": 0, "z": 0 }),
            (Self::DeviceMotion, _) => json!({ "alpha": 0, "beta": 0, "gamma": 0 }),
        };
        reading.as_object().cloned().unwrap_or_default()
    }
}

/// Some members of a reading; the others stay as they are.
pub type Reading = Map<String, Json>;

/// A reading of a declared list, with its time from the start of the sensor on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scripted {
    /// Milliseconds from the start.
    pub at_ms: i64,
    /// What it reads from then on.
    pub reading: Reading,
}

/// A reading is not written as one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadReading(String);

/// The members of a reading of a sensor.
///
/// # Errors
/// They are no object, or not those of the sensor.
pub fn reading(sensor: Sensor, json: &Json) -> Result<Reading, BadReading> {
    let (name, known) = (sensor.name(), sensor.members());
    let bad = |problem: String| {
        let members = known.join(", ");
        BadReading(format!("{problem}; {name} reads {members}"))
    };
    let members = json.as_object().filter(|members| !members.is_empty());
    let members = members.ok_or_else(|| bad(format!("`{json}` is no object with members")))?;
    for (member, value) in members {
        if !known.contains(&member.as_str()) {
            return Err(bad(format!("`{member}` is no member")));
        }
        let fits = value.is_number() || (member == "accuracy" && value.is_string());
        if !fits {
            return Err(bad(format!("`{member}` is a number, not `{value}`")));
        }
    }
    Ok(members.clone())
}

/// What a sensor reads from each of its starts on: `accelerometer = [{"at":"200ms","x":1}]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SensorScript {
    /// Which sensor.
    pub sensor: Sensor,
    /// In the order of their times.
    pub readings: Vec<Scripted>,
}

impl SensorScript {
    /// The script that a list of readings is: `[{"at":"200ms","x":1}]`.
    ///
    /// # Errors
    /// It is no list of readings of the sensor in the order of their times.
    pub fn new(sensor: Sensor, list: &Json) -> Result<Self, BadReading> {
        let bad = |problem: &str| BadReading(problem.to_owned());
        let list = list.as_array().ok_or_else(|| bad("no list of readings"))?;
        if list.len() > READINGS_MAX {
            return Err(bad(&format!("more than {READINGS_MAX} readings")));
        }
        let mut readings: Vec<Scripted> = Vec::new();
        for item in list {
            let mut item = item.clone();
            let at = item
                .as_object_mut()
                .and_then(|members| members.remove("at"));
            let at = at.as_ref().and_then(Json::as_str).and_then(milliseconds);
            let at_ms =
                at.ok_or_else(|| bad("each reading needs a time, `at`, such as \"200ms\""))?;
            if readings.last().is_some_and(|before| before.at_ms > at_ms) {
                return Err(bad("the times do not rise"));
            }
            let reading = reading(sensor, &item)?;
            readings.push(Scripted { at_ms, reading });
        }
        Ok(Self { sensor, readings })
    }
}

impl FromStr for SensorScript {
    type Err = BadReading;

    fn from_str(text: &str) -> Result<Self, BadReading> {
        let bad = |problem: &str| {
            BadReading(format!(
                "`{text}`: {problem}; write accelerometer = [{{\"at\":\"200ms\",\"x\":1}}]"
            ))
        };
        let (name, list) = text.split_once('=').ok_or_else(|| bad("`=` is missing"))?;
        let names = Sensor::ALL.map(Sensor::name).join(", ");
        let sensor = Sensor::parse(name.trim())
            .ok_or_else(|| bad(&format!("`{}` is none of {names}", name.trim())))?;
        let list: Json =
            serde_json::from_str(list.trim()).map_err(|error| bad(&error.to_string()))?;
        Self::new(sensor, &list).map_err(|error| bad(&error.0))
    }
}

/// Longest declared list.
const READINGS_MAX: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::{Sensor, SensorScript, reading};
    use serde_json::json;

    #[test]
    fn a_list_of_readings_is_read_with_its_times() {
        let text = r#"compass = [{"at":"0ms","direction":90},{"at":"2s","accuracy":"low"}]"#;
        let script: SensorScript = text.parse().expect(text);
        assert_eq!(script.sensor, Sensor::Compass);
        let times: Vec<i64> = script.readings.iter().map(|it| it.at_ms).collect();
        assert_eq!(times, [0, 2_000]);
        assert_eq!(script.readings[1].reading["accuracy"], json!("low"));
    }

    #[test]
    fn what_is_no_reading_says_what_is() {
        for text in [
            "accelerometer",
            "thermometer = []",
            "gyroscope = {}",
            r#"gyroscope = [{"x":1}]"#,
            r#"gyroscope = [{"at":200,"x":1}]"#,
            r#"gyroscope = [{"at":"2s","x":1},{"at":"1s","x":1}]"#,
            r#"gyroscope = [{"at":"2s"}]"#,
        ] {
            assert!(text.parse::<SensorScript>().is_err(), "{text}");
        }
        let error = reading(Sensor::DeviceMotion, &json!({ "x": 1 })).expect_err("no member");
        let expected = "`x` is no member; deviceMotion reads alpha, beta, gamma";
        assert_eq!(error.to_string(), expected);
        assert!(reading(Sensor::Gyroscope, &json!({ "x": "1" })).is_err());
        assert!(reading(Sensor::Gyroscope, &json!({})).is_err());
    }
}
