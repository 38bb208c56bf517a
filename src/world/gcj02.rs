//! GCJ-02, the coordinates that maps in mainland China use.
//!
//! They lie some hundred metres beside WGS-84 inside a box around the mainland and are the same outside.
//! The figures are those that public converters agree on.

/// Half of the ellipsoid's long axis, in metres.
const AXIS_M: f64 = 6_378_245.0;
/// Square of its eccentricity.
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;

/// Latitude and longitude of WGS-84 in GCJ-02, in degrees.
pub fn of_wgs84(latitude: f64, longitude: f64) -> (f64, f64) {
    let inside = (0.8293..=55.8271).contains(&latitude) && (72.004..=137.8347).contains(&longitude);
    if !inside {
        return (latitude, longitude);
    }
    let (x, y) = (longitude - 105.0, latitude - 35.0);
    let radians = latitude.to_radians();
    let magic = 1.0 - ECCENTRICITY * radians.sin().powi(2);
    let north_m = AXIS_M * (1.0 - ECCENTRICITY) / (magic * magic.sqrt());
    let east_m = AXIS_M / magic.sqrt() * radians.cos();
    (
        latitude + (north(x, y) / north_m).to_degrees(),
        longitude + (east(x, y) / east_m).to_degrees(),
    )
}

/// Sum of three waves of a coordinate in units of pi.
fn waves(at: f64, factors: [(f64, f64); 2]) -> f64 {
    let wave = |(size, frequency): (f64, f64)| size * (at * frequency * std::f64::consts::PI).sin();
    (wave(factors[0]) + wave(factors[1])) * 2.0 / 3.0
}

fn ripple(x: f64) -> f64 {
    waves(x, [(20.0, 6.0), (20.0, 2.0)])
}

fn north(x: f64, y: f64) -> f64 {
    let plane = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt();
    plane
        + ripple(x)
        + waves(y, [(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + waves(y, [(160.0, 1.0 / 12.0), (320.0, 1.0 / 30.0)])
}

fn east(x: f64, y: f64) -> f64 {
    let plane = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt();
    plane
        + ripple(x)
        + waves(x, [(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + waves(x, [(150.0, 1.0 / 12.0), (300.0, 1.0 / 30.0)])
}

#[cfg(test)]
mod tests {
    use super::of_wgs84;

    #[test]
    fn inside_of_china_the_place_moves_some_hundred_metres() {
        for (latitude, longitude) in [(39.9087, 116.3975), (23.12, 113.32), (30.67, 104.06)] {
            let (to_latitude, to_longitude) = of_wgs84(latitude, longitude);
            let metres = 111_000.0 * (to_latitude - latitude).hypot(to_longitude - longitude);
            assert!((100.0..900.0).contains(&metres), "{metres}");
        }
        let (latitude, longitude) = of_wgs84(39.9087, 116.3975);
        assert!((latitude - 39.9101).abs() < 0.0003, "{latitude}");
        assert!((longitude - 116.4037).abs() < 0.0003, "{longitude}");
    }

    #[test]
    fn elsewhere_the_coordinates_are_the_same() {
        assert_eq!(of_wgs84(48.85, 2.35), (48.85, 2.35));
        assert_eq!(of_wgs84(-33.9, 151.2), (-33.9, 151.2));
    }
}
