//! What the phone, its system or WeChat may do to a call, though nothing of the program is wrong and nobody was asked.
//!
//! Of the failures of an API's row these are the ones that neither the program's arguments nor the user's answers nor what
//! the account is decide. They come in the place of what the API does: what fails has no effect, as a storage that is full
//! keeps nothing. What may become of a request instead is in [`fate`](super::fate).
//!
//! Unverified: which calls ask WeChat's servers (`asks_wechat` of their rows), and that all of them
//! fail with the words of error number 108 where their pages have none of their own.

use super::core::{Call, Core};
use super::responder::failure_name;
use crate::api::{Api, Behaviour};
use crate::errmsg::{
    self, AccountProblem, AdProblem, BleProblem, CardProblem, CloudProblem, DeviceProblem,
    FileProblem, LaunchProblem, MediaProblem, MessageProblem, PaymentProblem, Reason,
    SocketProblem, SoterProblem, VoipProblem, WorkerProblem,
};
use crate::world::connection::{Connection, SetConnection};
use crate::world::session::SessionState;

/// A failure in the place of what a call would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The kind of things that go otherwise to which it belongs, as flags write it.
    pub kind: &'static str,
    /// Its name, as tests ask for it: `storageFull`.
    pub name: String,
    reason: Reason,
}

impl Failure {
    fn new(kind: &'static str, reason: Reason) -> Self {
        let name = match kind {
            NETWORK => NETWORK.to_owned(),
            _ => failure_name(&reason),
        };
        Self { kind, name, reason }
    }
}

const NETWORK: &str = "network";
const SESSION: &str = "session";
const SERVER: &str = "server";
const QUOTA: &str = "quota";
const FAILS: &str = "fails";

impl Core {
    /// Whoever decides what goes otherwise lets a call fail: the reason, or `None` when it goes on.
    pub(super) fn fails_instead(&mut self, api: &'static Api) -> Option<Failure> {
        let mut fate = self.fate.take()?;
        let mut failures = failures(api);
        let is_alive = self.world.login_state(&self.world.caller()) == SessionState::Alive;
        failures.retain(|failure| failure.kind != SESSION || is_alive);
        let chosen = if failures.is_empty() {
            None
        } else {
            fate.called(api.spec.name, &failures)
        };
        self.fate = Some(fate);
        let at = chosen?;
        (at < failures.len()).then(|| failures.swap_remove(at))
    }

    /// Does a call otherwise than it would be done. Whether it is done now.
    pub(super) fn does_otherwise(&mut self, number: u32, call: &Call) -> bool {
        let Some(failure) = self.fails_instead(call.api) else {
            return false;
        };
        match failure.reason {
            // The session is over in truth, and the call finds it so.
            Reason::SessionTimeout => {
                self.expire_session();
                false
            }
            _ if failure.kind == NETWORK && knows_connection(call.api) => {
                let own = self.world.connection();
                self.world.apply(SetConnection(Connection::None));
                self.do_call(number, call);
                self.world.apply(SetConnection(own));
                true
            }
            reason => {
                self.reply(number, Err(reason));
                true
            }
        }
    }

    /// What a synchronous call throws instead of doing anything.
    pub(super) fn throws_instead(&mut self, api: &'static Api) -> Option<Reason> {
        let is_done = matches!(api.behaviour, Behaviour::Sync(_));
        let failure = is_done.then(|| self.fails_instead(api)).flatten();
        failure.map(|failure| failure.reason)
    }
}

/// How a call of an API may fail instead, each name once.
pub fn failures(api: &Api) -> Vec<Failure> {
    let mut found: Vec<Failure> = Vec::new();
    let mut add = |failure: Failure| {
        if !found.iter().any(|own| own.name == failure.name) {
            found.push(failure);
        }
    };
    if matches!(api.behaviour, Behaviour::Connect(_)) || api.spec.asks_wechat {
        let words = errmsg::SERVER_UNREACHABLE.to_owned();
        add(Failure::new(NETWORK, Reason::Network(words)));
    }
    if api.spec.calls_per_second.is_some() {
        let reason = Reason::Account(AccountProblem::TooFrequent);
        add(Failure::new(QUOTA, reason));
    }
    for reason in api.spec.fails {
        if let Some(kind) = kind(reason) {
            add(Failure::new(kind, reason.clone()));
        }
    }
    found
}

/// Whether what an API does depends on the connection already.
fn knows_connection(api: &Api) -> bool {
    let of_connection = |reason: &Reason| {
        matches!(
            reason,
            Reason::Message(MessageProblem::ListUnreachable)
                | Reason::Device(DeviceProblem::NoNetwork)
        )
    };
    matches!(api.behaviour, Behaviour::Connect(_)) || api.spec.fails.iter().any(of_connection)
}

/// The kind of a failure that neither the program nor the user decides.
fn kind(reason: &Reason) -> Option<&'static str> {
    match reason {
        Reason::SessionTimeout => Some(SESSION),
        Reason::StorageFull
        | Reason::StorageValueTooLarge
        | Reason::PhoneQuota
        | Reason::Socket(SocketProblem::TooMany) => Some(QUOTA),
        Reason::Account(problem) => of_account(*problem),
        Reason::PrivacyBanned
        | Reason::BluetoothOff
        | Reason::Ad(AdProblem::NoAd)
        | Reason::Ble(BleProblem::System)
        | Reason::Launch(LaunchProblem::NotInstalled)
        | Reason::Worker(WorkerProblem::PackageMissing) => Some(FAILS),
        Reason::Card(problem) => of_card(*problem),
        // The words are those of the function that threw.
        Reason::Cloud(CloudProblem::Threw(_)) => Some(SERVER),
        Reason::Device(problem) => of_device(*problem),
        Reason::File(problem, _) => of_file(*problem),
        Reason::Media(problem) => of_media(*problem),
        Reason::Message(problem) => of_message(*problem),
        Reason::Payment(problem) => of_payment(problem),
        Reason::Soter(problem) => of_soter(problem),
        Reason::Voip(problem) => match problem {
            VoipProblem::MicrophoneInUse | VoipProblem::System => Some(FAILS),
            VoipProblem::Joined | VoipProblem::Left => None,
        },
        // What the program gave or did before, what the user says, what the account is; time and servers, which
        // are asked at the reply.
        _ => None,
    }
}

fn of_account(problem: AccountProblem) -> Option<&'static str> {
    match problem {
        AccountProblem::TooFrequent | AccountProblem::LocationTooFrequent => Some(QUOTA),
        AccountProblem::LoginBlocked
        | AccountProblem::PhoneBlocked
        | AccountProblem::PhoneUnverified => Some(FAILS),
        AccountProblem::AppIdMissing | AccountProblem::PhoneNotPermitted => None,
    }
}

fn of_card(problem: CardProblem) -> Option<&'static str> {
    match problem {
        CardProblem::SoldOut | CardProblem::Limit => Some(QUOTA),
        CardProblem::Over | CardProblem::NotHeld | CardProblem::NotUsable => Some(FAILS),
        _ => None,
    }
}

fn of_device(problem: DeviceProblem) -> Option<&'static str> {
    match problem {
        DeviceProblem::NoNetwork => Some(NETWORK),
        DeviceProblem::TooOften => Some(QUOTA),
        DeviceProblem::FontNotLoaded | DeviceProblem::NothingFetched => Some(FAILS),
        _ => None,
    }
}

fn of_file(problem: FileProblem) -> Option<&'static str> {
    match problem {
        FileProblem::StorageLimitExceeded | FileProblem::TooManyOpen => Some(QUOTA),
        FileProblem::NoSuchFile
        | FileProblem::FileNotExist
        | FileProblem::NotFound
        | FileProblem::TempFileNotExist
        | FileProblem::UnzipOpen
        | FileProblem::UnzipEntry => Some(FAILS),
        _ => None,
    }
}

fn of_media(problem: MediaProblem) -> Option<&'static str> {
    match problem {
        MediaProblem::FileNotFound
        | MediaProblem::RecorderBusy
        | MediaProblem::MicrophoneInUse
        | MediaProblem::Unexplained => Some(FAILS),
        _ => None,
    }
}

fn of_message(problem: MessageProblem) -> Option<&'static str> {
    match problem {
        MessageProblem::ListUnreachable => Some(NETWORK),
        MessageProblem::SwitchedOff | MessageProblem::Banned => Some(FAILS),
        _ => None,
    }
}

fn of_payment(problem: &PaymentProblem) -> Option<&'static str> {
    match problem {
        PaymentProblem::Limited
        | PaymentProblem::Expired
        | PaymentProblem::Paid
        | PaymentProblem::Closed
        | PaymentProblem::Locked => Some(FAILS),
        _ => None,
    }
}

fn of_soter(problem: &SoterProblem) -> Option<&'static str> {
    match problem {
        SoterProblem::NoSoter
        | SoterProblem::KeyUpdate
        | SoterProblem::Busy
        | SoterProblem::Frozen
        | SoterProblem::NotEnrolled(_) => Some(FAILS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::failures;
    use crate::api::rows;

    fn told(api: &str) -> Vec<String> {
        let api = rows().find(|row| row.spec.name == api).expect("a row");
        let found = failures(api).into_iter();
        found
            .map(|own| format!("{} {}", own.kind, own.name))
            .collect()
    }

    #[test]
    fn each_failure_has_its_kind_and_wrong_arguments_have_none() {
        assert_eq!(
            told("setStorageSync"),
            ["quota storageValueTooLarge", "quota storageFull"]
        );
        assert_eq!(
            told("checkSession"),
            [
                "network network",
                "quota tooFrequent",
                "session sessionTimeout"
            ]
        );
        assert_eq!(told("connectSocket"), ["network network", "quota tooMany"]);
        assert_eq!(
            told("login"),
            ["network network", "quota tooFrequent", "fails loginBlocked"]
        );
        assert!(told("requestPayment").contains(&"fails locked".to_owned()));
        assert!(
            told("requestPayment")
                .iter()
                .all(|own| !own.contains("signature"))
        );
        for api in ["Collection.get", "Collection.aggregate", "Document.set"] {
            assert!(told(api).contains(&"network network".to_owned()), "{api}");
        }
        assert!(told("showToast").is_empty() && told("navigateTo").is_empty());
    }

    #[test]
    fn every_failure_has_a_kind_and_a_name() {
        for failure in rows().flat_map(failures) {
            let kinds = ["network", "session", "server", "quota", "fails"];
            assert!(kinds.contains(&failure.kind), "{failure:?}");
            assert!(!failure.name.is_empty(), "{failure:?}");
        }
    }
}
