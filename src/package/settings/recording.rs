//! A recording: what real servers answered, as a file of settings with routes.
//!
//! Each answer, and each WebSocket, is a rule for its very URL that is used once, so that the same run gets the same
//! answers in the same order. The open hosts stand there too: a request to one of them counts as
//! sent, also when nothing is recorded for it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::Value as Toml;
use toml::de::DeTable;

use super::item::{self, Problems, only};
use super::{KEYS, Settings};
use crate::crypto::base64_text;
use crate::diagnostic::Diagnostic;
use crate::package::MemoryFiles;
use crate::world::network::{Body, HANDSHAKE, Outcome, Route};
use crate::world::object::ObjectId;
use crate::world::open_host::OpenHost;
use crate::world::real_socket::{Turn, Wire};
use crate::world::socket::Coming;
use crate::world::socket_rule::{Act, Message, Server};

/// How every recording begins; a file that begins otherwise is never written over.
pub const RECORDING: &str = "# Recorded by wxsim";

/// What servers answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// Hosts that were open.
    pub hosts: Vec<OpenHost>,
    /// Answers in the order in which they came, as rules.
    pub routes: Vec<Route>,
    /// A comment for each, or nothing.
    notes: Vec<String>,
    /// Sockets that are open: the place of the rule, and how far the server is.
    sockets: BTreeMap<ObjectId, (usize, Turn)>,
}

impl Recording {
    /// An empty one.
    pub fn new(hosts: Vec<OpenHost>) -> Self {
        Self {
            hosts,
            ..Self::default()
        }
    }

    /// Adds an answer; a note, such as what was uploaded, stands above it for people.
    pub fn add(&mut self, method: &str, url: &str, note: &str, outcome: Outcome) {
        self.notes.push(match note {
            "" => String::new(),
            note => format!("# {}\n", note.replace(char::is_control, " ")),
        });
        let route = Route::new(method, url, outcome).exact().times(1);
        self.routes.push(route);
    }

    /// Adds what came of a handshake.
    pub fn connected(&mut self, socket: ObjectId, url: &str, outcome: Outcome) {
        let turn = Turn::default();
        self.sockets.insert(socket, (self.routes.len(), turn));
        self.add(HANDSHAKE, url, "", outcome);
    }

    /// The program did something over a socket.
    pub fn wired(&mut self, wire: &Wire) {
        if let Wire::Send { socket, .. } = wire
            && let Some((_, turn)) = self.sockets.get_mut(socket)
        {
            *turn = turn.after_sending();
        }
    }

    /// The program came to rest, and this had come over the sockets that are not closed.
    pub fn rested(&mut self, live: &[ObjectId], came: &[(ObjectId, Coming)]) {
        self.sockets.retain(|socket, _| live.contains(socket));
        for (_, turn) in self.sockets.values_mut() {
            *turn = turn.after_rest();
        }
        for (socket, coming) in came {
            let act = match coming.clone() {
                Coming::Message(message) => Act::Send(message),
                Coming::Close { code, reason } => Act::Close { code, reason },
                Coming::Loss => Act::Drop,
                Coming::Opening | Coming::Failure(_) => continue,
            };
            if let Some((place, turn)) = self.sockets.get(socket)
                && let Some(server) = self.routes[*place].server_mut()
            {
                server.did(*turn, act);
            }
        }
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let hosts = self.hosts.iter().map(|host| quoted(&host.to_string()));
        let hosts = hosts.collect::<Vec<_>>().join(", ");
        let mut text = format!(
            "{RECORDING} {}. `wxsim run PROJECT --replay FILE` answers from it.\n\n\
             [network]\nallow = [{hosts}]\n",
            env!("CARGO_PKG_VERSION"),
        );
        for (route, note) in self.routes.iter().zip(&self.notes) {
            let _ = write!(
                text,
                "\n{note}[[routes]]\nmethod = {}\nurl = {}\nexact = true\ntimes = 1\n{}",
                quoted(route.method()),
                quoted(route.url()),
                outcome_text(route.outcome()),
            );
        }
        text
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let files = MemoryFiles::default();
        let mut problems = Problems::new(&files, "", file, text);
        let table = DeTable::parse(text).map_err(|error| vec![problems.syntax(&error)])?;
        let entries = item::entries(table.get_ref(), "");
        let known = ["network", "routes"];
        only(&entries, "a recording", &known, &mut problems);
        let mut settings = Settings::default();
        for entry in entries.iter().filter(|it| known.contains(&it.key.as_str())) {
            if let Some((_, read)) = KEYS.iter().find(|(key, _)| *key == entry.key) {
                read(&mut settings, &entry.item, &mut problems);
            }
        }
        problems.into_result(Self {
            hosts: settings.network.allow,
            routes: settings.routes,
            notes: Vec::new(),
            sockets: BTreeMap::new(),
        })
    }
}

/// A text in TOML.
fn quoted(text: &str) -> String {
    Toml::String(text.to_owned()).to_string()
}

fn outcome_text(outcome: &Outcome) -> String {
    let response = match outcome {
        Outcome::Fail(words) => return format!("fail = {}\n", quoted(words)),
        Outcome::Response(response) => response,
        Outcome::Open(server) => return server_text(server),
    };
    let mut text = format!("status = {}\n", response.status);
    if !response.headers.is_empty() {
        let _ = writeln!(text, "header = {{ {} }}", header_text(&response.headers));
    }
    let _ = match &response.body {
        Body::Bytes(bytes) => writeln!(text, "base64 = \"{}\"", base64_text::encode(bytes)),
        body if body.bytes().is_empty() => Ok(()),
        Body::Text(body) => writeln!(text, "body = {}", quoted(body)),
        Body::Chunks(chunks) => {
            let chunks: Vec<String> = chunks.iter().map(|chunk| quoted(chunk)).collect();
            writeln!(text, "chunks = [{}]", chunks.join(", "))
        }
    };
    text
}

/// What a server did over a WebSocket, each with its [`Turn`].
fn server_text(server: &Server) -> String {
    let mut text = String::new();
    if !server.header.is_empty() {
        let _ = writeln!(text, "header = {{ {} }}", header_text(&server.header));
    }
    text.push_str("open = [\n");
    for (Turn { sent, rest }, step) in server.recorded() {
        let act = match &step.act {
            Act::Send(Message::Text(text)) => format!("send = {}", in_one_line(text)),
            Act::Send(Message::Bytes(bytes)) => {
                let bytes = base64_text::encode(bytes);
                format!("send = \"{bytes}\", base64 = true")
            }
            Act::Close { code, reason } => {
                format!("close = {code}, reason = {}", in_one_line(reason))
            }
            Act::Drop => "drop = true".to_owned(),
            Act::Echo => continue, // A recording has what really came.
        };
        let _ = writeln!(text, "  {{ sent = {sent}, rest = {rest}, {act} }},");
    }
    text.push_str("]\n");
    text
}

/// A text in TOML without line ends.
fn in_one_line(text: &str) -> String {
    let mut line = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => line.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(line, "\\u{:04X}", u32::from(c));
            }
            c => line.push(c),
        }
    }
    line + "\""
}

/// Header lines; those of one name stand together.
fn header_text(lines: &[(String, String)]) -> String {
    let mut names: Vec<(&str, Vec<String>)> = Vec::new();
    for (name, value) in lines {
        match names.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(quoted(value)),
            None => names.push((name, vec![quoted(value)])),
        }
    }
    let lines = names.into_iter().map(|(name, values)| match &values[..] {
        [one] => format!("{} = {one}", quoted(name)),
        more => format!("{} = [{}]", quoted(name), more.join(", ")),
    });
    lines.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{RECORDING, Recording};
    use crate::world::network::{Body, Outcome, Response};
    use crate::world::object::ObjectId;
    use crate::world::real_socket::Wire;
    use crate::world::socket::Coming;
    use crate::world::socket_rule::{Message, Server};

    fn response(body: Body) -> Outcome {
        let lines = [
            ("Content-Type", "text/plain; charset=\"utf-8\""),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b='2'"),
            ("X-Ünicode", "\u{80}\t茶"),
        ];
        Outcome::Response(Response {
            status: 404,
            headers: lines
                .map(|(name, value)| (name.into(), value.into()))
                .into(),
            body,
        })
    }

    #[test]
    fn what_was_recorded_is_read_as_it_was() {
        let hosts = vec!["*.a.example:1".parse().expect("a host")];
        let mut recording = Recording::new(hosts);
        let every_character: String = (0..0x300).filter_map(char::from_u32).collect();
        for text in [
            "",
            "{\"a\": [1,\n2]}",
            "'''\"\"\"\r\n\\u0041\\\n",
            "\n\n leading and trailing \n",
            "\u{feff}茶\u{2028}😀",
            &every_character,
        ] {
            recording.add(
                "GET",
                "https://a.example/?b=c d",
                "",
                response(Body::Text(text.into())),
            );
        }
        let bytes: Vec<u8> = (0..=255).collect();
        recording.add(
            "POST",
            "https://a.example/'\"",
            "uploaded\nurl = 'x'",
            response(Body::Bytes(bytes)),
        );
        let none = Outcome::Response(Response {
            status: 204,
            headers: Vec::new(),
            body: Body::Text(String::new()),
        });
        recording.add("HEAD", "https://a.example", "", none);
        recording.add(
            "GET",
            "https://a.example/*",
            "",
            Outcome::Fail("refused".into()),
        );
        let text = recording.text();
        assert!(text.starts_with(RECORDING), "{text}");
        let commented = "\n# uploaded url = 'x'\n[[routes]]";
        assert!(text.contains(commented), "{text}");
        let read = Recording::read("r.toml", &text).unwrap_or_else(|found| panic!("{found:?}"));
        assert_eq!(
            (&read.hosts, &read.routes),
            (&recording.hosts, &recording.routes)
        );
        assert_eq!(read.routes.len(), 9);
    }

    #[test]
    fn a_socket_is_one_rule_with_all_that_its_server_did() {
        let (socket, other) = (ObjectId(1), ObjectId(2));
        let mut recording = Recording::new(Vec::new());
        let header = vec![("X-A".to_owned(), "1".to_owned())];
        let open = |header| Outcome::Open(Server::accepting(header));
        recording.connected(socket, "wss://a.example/?b", open(header));
        recording.connected(other, "wss://a.example/", open(Vec::new()));
        let refused = Outcome::Fail("refused".to_owned());
        recording.connected(ObjectId(3), "wss://b.example/", refused);
        let every_character: String = (0..0x300).filter_map(char::from_u32).collect();
        let said = Coming::Message(Message::Text(every_character));
        recording.rested(&[socket, other], &[(socket, said)]);
        recording.rested(&[socket, other], &[]);
        let message = Message::Text("hi".to_owned());
        recording.wired(&Wire::Send { socket, message });
        let bytes = Coming::Message(Message::Bytes(vec![0, 255]));
        recording.rested(&[socket, other], &[(socket, bytes), (other, Coming::Loss)]);
        let (code, reason) = (4_000, "a \"b\"".to_owned());
        let close = Coming::Close { code, reason };
        recording.rested(&[socket], &[(socket, close)]);
        let text = recording.text();
        for line in [
            r#"  { sent = 1, rest = 1, send = "AP8=", base64 = true },"#,
            r#"  { sent = 1, rest = 2, close = 4000, reason = "a \"b\"" },"#,
            "  { sent = 0, rest = 3, drop = true },",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        let read = Recording::read("r.toml", &text).unwrap_or_else(|found| panic!("{found:?}"));
        assert_eq!(read.routes, recording.routes);
    }

    #[test]
    fn a_recording_has_nothing_but_hosts_and_routes() {
        let found = Recording::read("r.toml", "seed = 1\nroutes = ['x']").expect_err("mistakes");
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        let unknown = "r.toml:1:1: error: a recording has no `seed` (there are network, routes)";
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0], unknown);
        assert!(found[1].starts_with("r.toml:2:11: "), "{found:?}");
        let found = Recording::read("r.toml", "x").expect_err("no TOML");
        assert!(found[0].to_string().starts_with("r.toml:1:"), "{found:?}");
    }
}
