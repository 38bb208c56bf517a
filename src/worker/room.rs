//! How many stopped copies this machine has room for.
//!
//! A copy that stands still keeps only what it wrote since it was forked: 1 to 8 MB for the programs that were measured,
//! 4 MB on average. Half of the memory that is left and half of the processes that may run are taken.

use std::fs;

/// Bytes that are reckoned for a copy.
const COPY_BYTES: u64 = 6 << 20;

/// Fewest copies that are tried, however small the machine.
const LEAST: usize = 100;

/// Most copies: beyond them the system's own work with so many processes costs more than it saves.
const MOST: usize = 3_000;

/// What files of the system say, each as it is read; `None` where there is none.
#[derive(Clone, Copy, Debug, Default)]
struct Told<'t> {
    /// `/proc/meminfo`.
    memory: Option<&'t str>,
    /// `memory.max` of the control group, in bytes, or `max`.
    group_memory: Option<&'t str>,
    /// `pids.max` of the control group.
    group_processes: Option<&'t str>,
    /// `/proc/self/limits`.
    limits: Option<&'t str>,
}

/// How many copies may stand still at the same time.
#[expect(clippy::disallowed_methods, reason = "what the system has left")]
pub(super) fn for_copies() -> usize {
    let read = |path: &str| fs::read_to_string(path).ok();
    let (memory, limits) = (read("/proc/meminfo"), read("/proc/self/limits"));
    let group_memory = read("/sys/fs/cgroup/memory.max");
    let group_processes = read("/sys/fs/cgroup/pids.max");
    copies(Told {
        memory: memory.as_deref(),
        group_memory: group_memory.as_deref(),
        group_processes: group_processes.as_deref(),
        limits: limits.as_deref(),
    })
}

fn copies(told: Told<'_>) -> usize {
    let left = told
        .memory
        .and_then(|text| number_after(text, "MemAvailable:"))
        .map(|kib| kib << 10);
    let group = told.group_memory.and_then(|text| text.trim().parse().ok());
    let bytes = [left, group].into_iter().flatten().min();
    let by_memory = bytes.map(|bytes: u64| bytes / 2 / COPY_BYTES);
    let group = told
        .group_processes
        .and_then(|text| text.trim().parse().ok());
    let own = told
        .limits
        .and_then(|text| number_after(text, "Max processes"));
    let by_processes = [group, own]
        .into_iter()
        .flatten()
        .min()
        .map(|most: u64| most / 2);
    let least = [by_memory, by_processes].into_iter().flatten().min();
    let room = least.and_then(|room| usize::try_from(room).ok());
    room.unwrap_or(LEAST).clamp(LEAST, MOST)
}

/// The first number behind a name at the beginning of a line.
fn number_after(text: &str, name: &str) -> Option<u64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{LEAST, MOST, Told, copies};

    /// What `/proc/meminfo` says of so many GiB, `memory.max`, `pids.max`, whether 1,400 processes may run.
    fn room(gib: u64, memory: Option<&str>, processes: Option<&str>, is_limited: bool) -> usize {
        let left = format!("MemTotal: 1 kB\nMemAvailable:    {} kB\n", gib << 20);
        let limits =
            "Limit  Soft Limit  Hard Limit  Units\nMax processes  1400  96365  processes\n";
        copies(Told {
            memory: Some(&left),
            group_memory: memory,
            group_processes: processes,
            limits: is_limited.then_some(limits),
        })
    }

    #[test]
    fn the_scarcest_thing_says_how_many() {
        // Half of what is left, at 6 MiB each.
        assert_eq!(room(6, None, None, false), 512);
        assert_eq!(room(6, Some("3221225472\n"), None, false), 256);
        assert_eq!(room(6, Some("max\n"), Some("max\n"), false), 512);
        assert_eq!(room(600, None, None, true), 700);
        assert_eq!(room(600, None, Some("600"), true), 300);
        assert_eq!(room(600, None, None, false), MOST);
        assert_eq!(room(6, Some("1048576"), None, false), LEAST);
        assert_eq!(copies(Told::default()), LEAST);
    }
}
