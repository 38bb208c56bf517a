//! Starting and stopping motion sensors: what their APIs have in common.

use crate::api::{Cx, Reply};
use crate::value::Value;
use crate::world::sensor::{NORMAL_MS, StartSensor, StopSensor};
use crate::world::sensor_reading::Sensor;

/// Words of `interval` with their milliseconds.
const INTERVALS: &[(&str, i64)] = &[("game", 20), ("ui", 60), ("normal", NORMAL_MS)];

/// Starts a sensor at the interval of the options.
///
/// # Errors
/// It runs already.
pub fn start(cx: &mut Cx<'_>, sensor: Sensor, options: &Value) -> Reply {
    let interval_ms = interval_ms(options.get("interval").as_str().unwrap_or_default());
    cx.world.apply(StartSensor {
        sensor,
        interval_ms,
    })?;
    Ok(Vec::new())
}

/// Stops a sensor.
///
/// # Errors
/// It does not run.
pub fn stop(cx: &mut Cx<'_>, sensor: Sensor) -> Reply {
    cx.world.apply(StopSensor(sensor))?;
    Ok(Vec::new())
}

fn interval_ms(word: &str) -> i64 {
    let known = INTERVALS.iter().find(|(known, _)| *known == word);
    known.map_or(NORMAL_MS, |(_, ms)| *ms)
}

#[cfg(test)]
mod tests {
    use super::interval_ms;

    #[test]
    fn an_unknown_interval_is_the_normal_one() {
        assert_eq!(
            ["game", "ui", "normal", "", "fast"].map(interval_ms),
            [20, 60, 200, 200, 200]
        );
    }
}
