//! The worker processes of a run, seen from outside: who they are, what they may, that none stays.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::support::server::{Reply, Server};
use crate::support::{Wxsim, on_load};

/// A run whose page is busy for as long as it is let.
struct Busy {
    supervisor: Child,
    output: BufReader<ChildStdout>,
    /// The worker processes, the one that was started first.
    workers: Vec<u32>,
}

impl Busy {
    fn start(args: &[&str]) -> Self {
        let page = on_load("/(a+)+$/.test('a'.repeat(60) + 'b')");
        let mut supervisor = Wxsim::run(page.path())
            .json()
            .env("SECRET", "of the caller")
            .args(args)
            .start();
        let mut output = BufReader::new(supervisor.stdout.take().expect("a pipe"));
        let mut line = String::new();
        while !line.contains("onLoad") {
            line.clear();
            let length = output.read_line(&mut line).expect("text");
            assert_ne!(length, 0, "it ended before the page was loaded");
        }
        let workers = descendants(supervisor.id());
        Self {
            supervisor,
            output,
            workers,
        }
    }

    /// Waits for the end: exit code and the rest of the output.
    fn ends(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).expect("text");
        let status = self.supervisor.wait().expect("an end");
        for worker in &self.workers {
            assert!(gone_soon(*worker), "process {worker} was left behind");
        }
        (status.code(), rest)
    }
}

fn send(process: u32, signal: Signal) {
    kill(Pid::from_raw(process.cast_signed()), signal).expect("a living process");
}

/// What `/proc` says of a process.
fn about(process: u32, file: &str) -> String {
    let bytes = fs::read(format!("/proc/{process}/{file}")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// State and parent of a process.
fn state(process: u32) -> Option<(String, u32)> {
    let stat = about(process, "stat");
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
}

/// Children of a process, their children and so on.
fn descendants(process: u32) -> Vec<u32> {
    let all: Vec<u32> = fs::read_dir("/proc")
        .expect("the list of processes")
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect();
    let mut found = vec![process];
    let mut at = 0;
    while let Some(parent) = found.get(at).copied() {
        let is_child = |child: &&u32| state(**child).is_some_and(|(_, of)| of == parent);
        found.extend(all.iter().filter(is_child));
        at += 1;
    }
    found.split_off(1)
}

fn gone_soon(process: u32) -> bool {
    (0..500).any(|_| {
        let gone = state(process).is_none_or(|(state, _)| state == "Z");
        if !gone {
            std::thread::sleep(Duration::from_millis(10));
        }
        gone
    })
}

#[test]
fn a_run_has_a_zygote_and_a_fork_of_it_or_one_process_without() {
    for (args, count) in [(&[][..], 2), (&["--no-fork"], 1)] {
        let busy = Busy::start(args);
        assert_eq!(busy.workers.len(), count, "{args:?}");
        send(busy.supervisor.id(), Signal::SIGKILL);
        busy.ends();
    }
}

#[test]
fn workers_end_with_their_supervisor_however_it_ends() {
    for signal in [Signal::SIGKILL, Signal::SIGINT, Signal::SIGTERM] {
        for args in [&[][..], &["--no-fork"]] {
            let busy = Busy::start(args);
            assert!(!busy.workers.is_empty());
            send(busy.supervisor.id(), signal);
            let (code, rest) = busy.ends();
            assert_eq!((code, rest.as_str()), (None, ""), "{signal}");
        }
    }
}

#[test]
fn a_worker_that_is_killed_is_told_with_the_signal_and_the_place() {
    for args in [&[][..], &["--no-fork"]] {
        for victim in 0..2 - args.len() {
            let busy = Busy::start(args);
            send(busy.workers[victim], Signal::SIGKILL);
            let (code, rest) = busy.ends();
            assert_eq!(code, Some(1), "{rest}");
            let told = rest.contains("\"died\"") && rest.contains("signal 9 (SIGKILL)");
            assert!(told && rest.contains("pages/a/a.onLoad"), "{rest}");
        }
    }
}

#[test]
fn a_worker_that_dies_while_it_waits_for_a_server_is_told_too() {
    let server = Server::start(|_| Reply::Silence(Duration::from_secs(2)));
    let page = on_load(&format!("wx.request({{ url: '{}' }})", server.url("/")));
    for args in [&[][..], &["--no-fork"]] {
        let mut supervisor = Wxsim::run(page.path())
            .json()
            .args(&["--allow-host", &server.host()])
            .args(args)
            .start();
        let mut output = BufReader::new(supervisor.stdout.take().expect("a pipe"));
        let mut line = String::new();
        while !line.contains("\"request\",\"call\"") {
            line.clear();
            let length = output.read_line(&mut line).expect("text");
            assert_ne!(length, 0, "it ended before it asked");
        }
        let workers = descendants(supervisor.id());
        send(*workers.last().expect("a worker"), Signal::SIGKILL);
        let busy = Busy {
            supervisor,
            output,
            workers,
        };
        let (code, rest) = busy.ends();
        assert_eq!(code, Some(1), "{rest}");
        assert!(
            rest.contains("signal 9 (SIGKILL)") && rest.contains("pages/a/a.onLoad"),
            "{rest}"
        );
    }
}

#[test]
fn a_worker_that_is_stopped_is_ended_by_the_supervisors_own_clock() {
    for args in [
        &["--wall-limit", "1s"][..],
        &["--wall-limit", "1s", "--no-fork"],
    ] {
        let busy = Busy::start(args);
        for worker in &busy.workers {
            send(*worker, Signal::SIGSTOP);
        }
        let (code, rest) = busy.ends();
        assert_eq!(code, Some(1), "{rest}");
        assert!(rest.contains("time limit of 1 s"), "{rest}");
    }
}

#[test]
fn a_worker_has_its_limits_one_thread_and_nothing_of_the_caller() {
    let busy = Busy::start(&["--memory-limit", "777"]);
    for worker in &busy.workers {
        let environment = about(*worker, "environ");
        assert!(environment.contains("WXSIM_WORKER=1"), "{environment}");
        assert!(!environment.contains("SECRET"), "{environment}");
        assert!(!environment.contains("PATH=/usr"), "{environment}");
        assert!(about(*worker, "status").contains("Threads:\t1\n"));
        let limits = about(*worker, "limits");
        let limit = |name: &str| {
            let line = limits.lines().find(|line| line.starts_with(name));
            line.map(|line| {
                line[name.len()..]
                    .split_whitespace()
                    .take(2)
                    .collect::<Vec<_>>()
            })
        };
        let stack = (256 << 20).to_string();
        let memory = (777_u64 << 20).to_string();
        assert_eq!(limit("Max stack size"), Some(vec![&*stack, &*stack]));
        assert_eq!(limit("Max address space"), Some(vec![&*memory, &*memory]));
        assert_eq!(limit("Max core file size"), Some(vec!["0", "0"]));
        let input = fs::read_link(format!("/proc/{worker}/fd/0")).expect("standard input");
        assert_eq!(input.to_str(), Some("/dev/null"));
    }
    send(busy.supervisor.id(), Signal::SIGKILL);
    busy.ends();
}

#[test]
fn the_hidden_argument_is_refused_when_a_person_types_it() {
    let ended = Wxsim::new().arg("__worker").finishes(2);
    ended.complains(&["this argument is for wxsim's own worker processes"]);
}

#[test]
fn a_program_cannot_read_the_callers_environment_or_files() {
    let page = on_load(
        "const seen = [typeof process, typeof Deno, typeof fetch, typeof XMLHttpRequest]\n\
         console.log('seen', seen.join(' '))\n\
         try { require('/etc/passwd') } catch (error) { console.log('refused', error.message) }\n\
         try { require('fs') } catch (error) { console.log('refused', error.message) }",
    );
    Wxsim::run(page.path())
        .env("SECRET", "x")
        .finishes(0)
        .prints(&[
            "seen undefined undefined undefined undefined",
            "refused module '/etc/passwd.js' is not defined",
            "refused module 'fs.js' is not defined",
        ]);
}
