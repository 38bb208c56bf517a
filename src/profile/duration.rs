//! Durations as people write them: `500ms`, `3s`, `5m`, `2h`, `1d`.

/// Longest duration: a hundred years.
const DURATION_MS_MAX: i64 = 100 * 366 * 86_400_000;

/// A duration in milliseconds.
///
/// # Errors
/// The text is none, or one that is too long.
pub fn parse_duration_ms(text: &str) -> Result<i64, String> {
    let bad = || format!("`{text}` is no duration; write 500ms, 3s, 5m, 2h or 1d");
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .ok_or_else(bad)?;
    let (number, unit) = text.split_at(digits);
    let number: f64 = number.parse().map_err(|_| bad())?;
    let unit_ms = match unit {
        "ms" => 1.0,
        "s" => 1_000.0,
        "m" => 60_000.0,
        "h" => 3_600_000.0,
        "d" => 86_400_000.0,
        _ => return Err(bad()),
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "casts saturate and the range is checked"
    )]
    let ms = (number * unit_ms).round() as i64;
    if ms > DURATION_MS_MAX {
        Err(bad())
    } else {
        Ok(ms)
    }
}
