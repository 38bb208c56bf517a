//! Copies of the process of these tests, which has other threads: they do nothing but choose, so no lock matters.

#![allow(
    clippy::disallowed_methods,
    reason = "tests look at processes, and wait for their ends"
)]

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use super::{Copy, Grove, News, Sprout, sys};

/// What was heard of a grove whose every copy was grown.
#[derive(Default)]
struct Heard {
    told: Vec<String>,
    died: Vec<(u32, String)>,
    /// Numbers of the copies.
    copies: BTreeSet<Copy>,
    /// Copies that wait for the end of the one that they were forked from, with its number.
    waiting: Vec<(Copy, Copy)>,
}

impl Heard {
    /// The copies that can be grown now.
    fn hear(&mut self, news: News) -> Vec<Copy> {
        let mut grown = 0;
        match news {
            News::Arrived {
                copy,
                parent,
                report,
                ..
            } => {
                let (number, text) = report.split_once(' ').expect("its number");
                self.copies.insert(number.parse().expect("a number"));
                self.told.push(text.to_owned());
                self.waiting.extend(copy.map(|copy| (copy, parent)));
            }
            News::Died { way, why, .. } => self.died.push((way, why)),
            News::Grown { copy } => grown = copy,
        }
        let is_ready = |(_, parent): &(Copy, Copy)| *parent == 0 || *parent == grown;
        let ready = self.waiting.iter().copied().filter(is_ready);
        let ready: Vec<Copy> = ready.map(|(copy, _)| copy).collect();
        self.waiting.retain(|waiting| !is_ready(waiting));
        ready
    }
}

/// A report: the number of the copy, and a text.
fn report(text: &str) -> String {
    format!("{} {text}", sys::own_number())
}

/// Comes to a point with two ways.
fn stands(mut sprout: Sprout, text: &str) {
    let _ = sprout.choose(&report(text), 2);
}

/// Grows whatever there is to grow.
fn grown(wall_ms: u64, body: fn(Sprout)) -> (Grove, Heard) {
    let mut grove = Grove::new(wall_ms).expect("a grove");
    grove.plant(body).expect("a copy");
    let mut heard = Heard::default();
    while let Some(news) = grove.next_news() {
        for copy in heard.hear(news) {
            grove.grow(copy);
        }
    }
    heard.told.sort();
    heard.died.sort();
    (grove, heard)
}

/// Whether a copy is neither running, nor stopped, nor waiting to be looked after, within five seconds.
#[track_caller]
fn is_gone(copy: Copy) {
    for _ in 0..500 {
        let _ = sys::ended(copy); // Whoever was handed over to this process is its to look after.
        if !Path::new(&format!("/proc/{copy}")).exists() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let status = std::fs::read_to_string(format!("/proc/{copy}/status"));
    panic!("{copy} is still there: {status:?}");
}

#[test]
fn copies_choose_all_ways_each_with_what_it_had() {
    let (grove, heard) = grown(60_000, |mut sprout| {
        let mut way = vec!["root".to_owned()];
        for ways in [2, 3] {
            let number = sprout.choose(&report(&way.join("-")), ways);
            way.push(number.to_string());
        }
        sprout.end(&report(&way.join("-")));
    });
    let told = [
        "root", "root-0", "root-0-0", "root-0-1", "root-0-2", "root-1", "root-1-0", "root-1-1",
        "root-1-2",
    ];
    assert_eq!(heard.told, told);
    assert_eq!(heard.died, []);
    assert_eq!(heard.copies.len(), told.len(), "a process each");
    assert_eq!((grove.growing(), grove.stopped()), (0, 0));
    heard.copies.into_iter().for_each(is_gone);
}

#[test]
fn a_long_report_comes_whole() {
    let (_, heard) = grown(60_000, |mut sprout| {
        let way = sprout.choose(&report("long"), 2);
        sprout.end(&report(&"页".repeat(100_000 + way as usize)));
    });
    let lengths: Vec<usize> = heard.told.iter().map(|text| text.chars().count()).collect();
    assert_eq!(lengths, [4, 100_000, 100_001]);
}

#[test]
fn a_dead_copy_is_told_with_its_way_and_why_and_the_others_go_on() {
    let (_, heard) = grown(300, |mut sprout| {
        match sprout.choose(&report("root"), 4) {
            0 => sys::leave(9),
            1 => loop {
                std::hint::spin_loop();
            },
            2 => std::process::abort(),
            _ => sprout.end(&report("alive")),
        };
    });
    assert_eq!(heard.told, ["alive", "root"]);
    let ways: Vec<u32> = heard.died.iter().map(|(way, _)| *way).collect();
    assert_eq!(ways, [0, 1, 2]);
    for ((_, why), part) in heard
        .died
        .iter()
        .zip(["exit code 9", "time limit", "SIGABRT"])
    {
        assert!(why.contains(part), "{part}: {why}");
    }
}

#[test]
fn a_first_copy_that_says_nothing_is_told_as_dead() {
    let (_, heard) = grown(60_000, |_| sys::leave(7));
    assert_eq!(heard.told, Vec::<String>::new());
    assert!(heard.died[0].1.contains("exit code 7"), "{:?}", heard.died);
}

#[test]
fn a_grove_that_goes_leaves_no_process_behind() {
    let (sender, receiver) = std::os::unix::net::UnixDatagram::pair().expect("a pair");
    let mut grove = Grove::new(60_000).expect("a grove");
    let body = |mut sprout: Sprout| match sprout.choose(&report("root"), 3) {
        2 => loop {
            let _ = sender.send(&sys::own_number().to_le_bytes());
            std::thread::sleep(Duration::from_millis(20));
        },
        way => stands(sprout, &way.to_string()),
    };
    grove.plant(body).expect("a copy");
    let mut heard = Heard::default();
    while heard.told.len() < 3 {
        let ready = heard.hear(grove.next_news().expect("news"));
        for copy in ready {
            grove.grow(copy);
        }
    }
    assert_eq!((grove.growing(), grove.stopped()), (1, 2));
    let mut running = [0; 4];
    receiver.recv(&mut running).expect("its number");
    let running = Copy::from_le_bytes(running);
    assert!(Path::new(&format!("/proc/{running}")).exists());
    drop(grove);
    heard.copies.into_iter().chain([running]).for_each(is_gone);
}

#[test]
fn a_felled_copy_is_gone() {
    let mut grove = Grove::new(60_000).expect("a grove");
    let planted = grove.plant(|sprout| stands(sprout, "root"));
    let planted = planted.expect("a copy");
    let ready = Heard::default().hear(grove.next_news().expect("news"));
    assert_eq!(ready, [planted]);
    grove.fell(planted);
    assert_eq!(grove.next_news(), None);
    is_gone(planted);
}

/// In a process of its own, which tells the numbers of two copies that stand still, and waits.
fn own_group(mut writer: std::io::PipeWriter) -> ! {
    let own = nix::unistd::Pid::from_raw(0);
    nix::unistd::setpgid(own, own).expect("a group");
    sys::guard_group();
    let mut grove = Grove::new(60_000).expect("a grove");
    let planted = grove.plant(|mut sprout| {
        let way = sprout.choose(&report("root"), 2);
        stands(sprout, &way.to_string());
    });
    planted.expect("a copy");
    let mut heard = Heard::default();
    while heard.waiting.len() < 2 {
        let ready = heard.hear(grove.next_news().expect("news"));
        for copy in ready {
            grove.grow(copy);
        }
    }
    let numbers: Vec<String> = heard.copies.iter().map(Copy::to_string).collect();
    let _ = writeln!(writer, "{}", numbers.join(" "));
    loop {
        std::thread::sleep(Duration::from_secs(1));
    }
}

#[test]
fn a_zygote_that_is_ended_takes_its_copies_along() {
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    let Some(zygote) = sys::fork_on().expect("a copy") else {
        let run = std::panic::AssertUnwindSafe(|| own_group(writer));
        drop(std::panic::catch_unwind(run));
        sys::leave(1)
    };
    drop(writer);
    let mut line = [0; 64];
    let length = reader.read(&mut line).expect("a line");
    let line = String::from_utf8_lossy(&line[..length]).into_owned();
    let numbers = line.split_whitespace();
    let copies: Vec<Copy> = numbers
        .map(|number| number.parse().expect("a number"))
        .collect();
    assert_eq!(copies.len(), 3, "the first and two of it: {line}");
    let zygote_number = nix::unistd::Pid::from_raw(zygote);
    nix::sys::signal::kill(zygote_number, nix::sys::signal::SIGTERM).expect("it is there");
    copies.into_iter().chain([zygote]).for_each(is_gone);
}
