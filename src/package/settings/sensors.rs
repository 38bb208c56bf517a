//! `[sensors]`: what motion sensors read from each of their starts on.

use super::item::{Item, Problems, only};
use crate::world::sensor_reading::{Sensor, SensorScript};

pub(super) fn read(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<SensorScript> {
    let entries = item.table(problems);
    only(
        &entries,
        "the phone",
        &Sensor::ALL.map(Sensor::name),
        problems,
    );
    let mut scripts = Vec::new();
    for entry in &entries {
        if let Some(sensor) = Sensor::parse(&entry.key) {
            let list = entry.item.json(problems);
            let script = SensorScript::new(sensor, &list);
            scripts.extend(entry.item.taken(script, problems));
        }
    }
    scripts
}
