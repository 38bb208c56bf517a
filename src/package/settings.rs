//! `wxsim.toml`: what a run of the project is like when no flag says it. `docs/settings.md`
//! explains it to its authors.
//!
//! It lies beside project.config.json or app.json. Each key of the file has a reader in a file of
//! this folder; [`KEYS`] is the list of them. What is wrong is an error with its place: a key that
//! is not known, a word that is none.

mod account;
mod answers;
mod apps;
mod cards;
mod codes;
mod item;
mod lint;
mod merchants;
mod network;
mod people;
mod platform;
mod recording;
mod routes;
mod sensors;
mod system;
mod templates;

use toml::de::DeTable;

pub use answers::Answer;
pub use apps::NamedProject;
use item::{Item, Problems, advice};
pub use lint::{LintLevel, LintRule};
pub use network::{NamedFile, NetworkKeys};
pub use platform::ProfileKeys;
pub use recording::{RECORDING, Recording};

use super::code_root;
use super::files::{FileError, Files, join};
use super::findings::Findings;
use super::project_config::ProjectConfig;
use super::text;
use crate::diagnostic::{Diagnostic, Place};
use crate::profile::{Profile, Rules, parse_utc_offset};
use crate::world::card::Card;
use crate::world::cloud::CloudRule;
use crate::world::device::{SystemPermission, SystemState};
use crate::world::devices::Phone;
use crate::world::group::Group;
use crate::world::message::template::Template;
use crate::world::network::Route;
use crate::world::pay::merchant::Merchant;
use crate::world::printed_code::{LinkRule, PrintedCode};
use crate::world::privacy::Declared;
use crate::world::registration::Registration;
use crate::world::registry::{Kind, Registered};
use crate::world::sensor_reading::SensorScript;
use crate::world::soter::BiometricFacts;
use crate::world::subscription::Subscriptions;
use crate::world::user::User;

/// The file's name.
pub const SETTINGS: &str = "wxsim.toml";

/// What the file says; everything absent when there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    profile: ProfileKeys,
    /// Seed of everything random.
    pub seed: Option<u64>,
    /// Zone that scripts see, in seconds east of UTC.
    pub utc_offset_s: Option<i32>,
    /// Answers of the user. Whether they answer a question is checked by who knows the questions.
    pub answers: Vec<Answer>,
    /// What servers answer, with the files that they name read.
    pub routes: Vec<Route>,
    /// Functions and collections of cloud development.
    pub cloud: Vec<CloudRule>,
    /// Whether there are advertisements.
    pub ads: Option<bool>,
    /// What the privacy guide names.
    pub privacy_guide: Option<Declared>,
    /// System permissions that differ from the default world.
    pub system: Vec<(SystemPermission, SystemState)>,
    /// What motion sensors read.
    pub sensors: Vec<SensorScript>,
    /// What is said of the biometric recognition of the phone in hand.
    pub biometrics: BiometricFacts,
    /// Codes that can be scanned.
    pub codes: Vec<PrintedCode>,
    /// Links that open a page when a QR code has them.
    pub links: Vec<LinkRule>,
    /// Hosts that are open.
    pub network: NetworkKeys,
    /// What is said of the program's registration.
    pub registration: Registration,
    /// Rules that are not published.
    pub rules: Rules,
    /// What is said of the rules that programs are judged by. Whether they exist is checked by who knows them.
    pub lint: Vec<LintRule>,
    /// What the user set for subscription messages.
    pub subscriptions: Option<Subscriptions>,
    /// Templates of messages.
    pub templates: Vec<Template>,
    /// Merchants of WeChat Pay.
    pub merchants: Vec<Merchant>,
    /// Whether the user has WeRun.
    pub we_run: Option<bool>,
    /// What is registered besides the program.
    pub apps: Vec<Registered>,
    /// Mini programs among them whose code is at hand.
    pub projects: Vec<NamedProject>,
    /// The users.
    pub users: Vec<User>,
    /// Id of who holds the phone.
    pub user: Option<String>,
    /// The phones.
    pub devices: Vec<Phone>,
    /// Group chats.
    pub groups: Vec<Group>,
    /// Cards that merchants hand out.
    pub cards: Vec<Card>,
}

/// Reads one key.
type Reader = fn(&mut Settings, &Item<'_>, &mut Problems<'_>);

/// Every key of the file and its reader, in the order of the documentation.
const KEYS: &[(&str, Reader)] = &[
    ("compat_date", |to, item, problems| {
        to.profile.compat_date = item.parsed(problems);
    }),
    ("sdk", |to, item, problems| {
        to.profile.sdk = item.parsed(problems);
    }),
    ("client", |to, item, problems| {
        to.profile.client = item.parsed(problems);
    }),
    ("platform", |to, item, problems| {
        to.profile.platform = platform::read(item, problems);
    }),
    ("seed", |to, item, problems| {
        to.seed = item.number(0..=i64::MAX, problems);
    }),
    ("time_zone", |to, item, problems| {
        let offset = item.text(problems).map(parse_utc_offset);
        to.utc_offset_s = offset.and_then(|offset| item.taken(offset, problems));
    }),
    ("answers", |to, item, problems| {
        to.answers = answers::read(item, problems);
    }),
    ("routes", |to, item, problems| {
        to.routes = routes::read(item, problems);
    }),
    ("cloud", |to, item, problems| {
        let items = item.list(problems).into_iter();
        to.cloud = items.filter_map(|item| item.parsed(problems)).collect();
    }),
    ("ads", |to, item, problems| {
        to.ads = item.flag(problems);
    }),
    ("privacy_guide", |to, item, problems| {
        to.privacy_guide = item.parsed(problems);
    }),
    ("system", |to, item, problems| {
        to.system = system::read(item, problems);
    }),
    ("sensors", |to, item, problems| {
        to.sensors = sensors::read(item, problems);
    }),
    ("biometrics", |to, item, problems| {
        to.biometrics = system::biometrics(item, problems);
    }),
    ("codes", |to, item, problems| {
        to.codes = codes::codes(item, problems);
    }),
    ("links", |to, item, problems| {
        to.links = codes::links(item, problems);
    }),
    ("network", |to, item, problems| {
        to.network = network::read(item, problems);
    }),
    ("app", |to, item, problems| {
        to.registration = account::app(item, problems);
    }),
    ("merchants", |to, item, problems| {
        to.merchants = merchants::read(item, problems);
    }),
    ("we_run", |to, item, problems| {
        to.we_run = item.flag(problems);
    }),
    ("subscriptions", |to, item, problems| {
        to.subscriptions = Some(account::subscriptions(item, problems));
    }),
    ("templates", |to, item, problems| {
        to.templates = templates::read(item, problems);
    }),
    ("rules", |to, item, problems| {
        to.rules = account::rules(item, problems);
    }),
    ("lint", |to, item, problems| {
        to.lint = lint::read(item, problems);
    }),
    ("user", |to, item, problems| {
        to.user = people::holder(item, problems);
    }),
    ("users", |to, item, problems| {
        to.users = people::users(item, problems);
    }),
    ("devices", |to, item, problems| {
        to.devices = people::devices(item, problems);
    }),
    ("apps", |to, item, problems| {
        (to.apps, to.projects) = apps::read(item, problems);
    }),
    ("groups", |to, item, problems| {
        to.groups = people::groups(item, problems);
    }),
    ("cards", |to, item, problems| {
        to.cards = cards::read(item, problems);
    }),
];

impl Settings {
    /// Reads the file of a project folder.
    ///
    /// # Errors
    /// What is wrong with it, in the order of the file.
    pub fn read(files: &dyn Files) -> Result<Self, Vec<Diagnostic>> {
        let (folders, app_id) = folders(files);
        let mut found = folders.into_iter().filter_map(|folder| {
            let file = join(&folder, SETTINGS);
            match files.read(&file) {
                Err(FileError::Missing) => None,
                content => Some((folder, file, content)),
            }
        });
        let Some((folder, file, content)) = found.next() else {
            return Ok(Self::default());
        };
        if let Some((_, second, _)) = found.next() {
            let problem = Diagnostic::error(format!("{file} holds settings, too"));
            let problem = problem.at(Place::file(second)).help("keep one of the two");
            return Err(vec![problem]);
        }
        let bytes = content.map_err(|error| {
            let problem = Diagnostic::error(format!("cannot read the file: {error}"));
            vec![problem.at(Place::file(file.as_str()))]
        })?;
        let text = text::decode(&file, bytes).map_err(|problem| vec![problem])?;
        Self::parse(
            &text.text,
            Problems::new(files, &folder, &file, &text.text).running_as(app_id),
        )
    }

    fn parse(text: &str, mut problems: Problems<'_>) -> Result<Self, Vec<Diagnostic>> {
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => return Err(vec![problems.syntax(&error)]),
        };
        let mut settings = Self::default();
        for entry in item::entries(table.get_ref(), "") {
            match KEYS.iter().find(|(key, _)| *key == entry.key) {
                Some((_, read)) => read(&mut settings, &entry.item, &mut problems),
                None => problems.push(
                    &entry.key_range,
                    format!("`{}` is no setting", entry.key),
                    advice(&entry.key, KEYS.iter().map(|(key, _)| *key)),
                ),
            }
        }
        problems.check_references(|to, id| settings.has(to, id));
        problems.into_result(settings)
    }

    /// Whether the file, or every world, has something of that kind and id.
    fn has(&self, to: &str, id: &str) -> bool {
        let app = |kinds: &[Kind]| {
            let mut apps = self.apps.iter();
            apps.any(|app| app.app_id == id && kinds.contains(&app.kind))
        };
        match to {
            "user" if self.users.is_empty() => id == User::default().id,
            "user" => self.users.iter().any(|user| user.id == id),
            "official account" => app(&[Kind::OfficialAccount]),
            _ => app(&[Kind::OfficialAccount, Kind::MobileApp]),
        }
    }

    /// The platform that the file describes, with what is given elsewhere in its place.
    pub fn profile(&self, given: ProfileKeys) -> Profile {
        Profile {
            rules: self.rules,
            ..given.or(self.profile).profile()
        }
    }
}

/// Folders that may hold the file, the best first: the project's, that of app.json. And the
/// program's own appid.
fn folders(files: &dyn Files) -> (Vec<String>, Option<String>) {
    let mut findings = Findings::default();
    let config = ProjectConfig::read(files, &mut findings);
    let code_root = code_root::find(files, &config, &mut findings);
    let mut folders = vec![String::new()];
    folders.extend(code_root.filter(|folder| !folder.is_empty()));
    (folders, config.app_id)
}

#[cfg(test)]
#[path = "settings/tests.rs"]
mod tests;

#[cfg(test)]
#[path = "settings/apps_tests.rs"]
mod apps_tests;

#[cfg(test)]
#[path = "settings/people_tests.rs"]
mod people_tests;

#[cfg(test)]
#[path = "settings/cards_tests.rs"]
mod cards_tests;
