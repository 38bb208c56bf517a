//! The users of WeChat, and which of them holds the phone.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::address::Address;
use super::devices;
use super::foreground::Kill;
use super::invoice::{Invoice, InvoiceTitle};
use super::place_name::PlaceName;
use super::{Change, World, sealed::Sealed};

/// A phone number that is bound to a user's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneNumber {
    /// The number without country code.
    pub number: String,
    /// Country code, such as `86`.
    pub country_code: String,
}

impl Default for PhoneNumber {
    fn default() -> Self {
        Self {
            number: "13800138000".to_owned(),
            country_code: "86".to_owned(),
        }
    }
}

impl PhoneNumber {
    /// The number as servers get it: in China without country code, elsewhere behind it.
    pub fn members(&self) -> Map<String, Json> {
        let full = match self.country_code.as_str() {
            "86" => self.number.clone(),
            code => format!("+{code}{}", self.number),
        };
        let mut members = Map::new();
        for (name, value) in [
            ("phoneNumber", &full),
            ("purePhoneNumber", &self.number),
            ("countryCode", &self.country_code),
        ] {
            members.insert(name.to_owned(), value.as_str().into());
        }
        members
    }
}

/// The text is no phone number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no phone number; write 13800138000, or +852 91234567 with the country code")]
pub struct BadPhoneNumber(pub String);

/// Longest country code and phone number, in digits (ITU-T E.164).
const PHONE_DIGITS_MAX: usize = 15;

impl std::str::FromStr for PhoneNumber {
    type Err = BadPhoneNumber;

    /// `13800138000`, in China, or `+852 91234567`.
    fn from_str(text: &str) -> Result<Self, BadPhoneNumber> {
        let (country_code, number) = match text.strip_prefix('+') {
            Some(rest) => rest.split_once(' ').unwrap_or(("", "")),
            None => ("86", text),
        };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
        let fits = country_code.len() + number.len() <= PHONE_DIGITS_MAX;
        if fits && digits(country_code) && digits(number) {
            Ok(Self {
                number: number.to_owned(),
                country_code: country_code.to_owned(),
            })
        } else {
            Err(BadPhoneNumber(text.to_owned()))
        }
    }
}

/// A WeChat user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct User {
    /// The name by which scenarios call the user; unique in a world.
    pub id: String,
    /// `nickName`.
    pub nickname: String,
    /// `avatarUrl`.
    pub avatar_url: String,
    /// `gender`: 0 unknown, 1 male, 2 female.
    pub gender: u8,
    /// `country`.
    pub country: PlaceName,
    /// `province`.
    pub province: PlaceName,
    /// `city`.
    pub city: PlaceName,
    /// `language`, such as `zh_CN`.
    pub language: String,
    /// Phone numbers of the account, the usual one first.
    pub phone_numbers: Vec<PhoneNumber>,
    /// Whether the usual number may be given without a check by message.
    pub phone_verified: bool,
    /// Licence plates that WeChat keeps, the usual one first.
    pub license_plates: Vec<String>,
    /// Postal addresses, the usual one first.
    pub addresses: Vec<Address>,
    /// Invoice titles, the usual one first.
    pub invoice_titles: Vec<InvoiceTitle>,
    /// Electronic invoices.
    pub invoices: Vec<Invoice>,
    /// Whether WeRun is switched on.
    pub we_run: bool,
    /// Steps of the current day; `None` follows from the seed.
    pub steps: Option<u32>,
    /// Official accounts that the user follows, by appid.
    pub follows: Vec<String>,
    /// Official accounts and mobile apps in which the user has logged in with WeChat, by appid.
    pub authorized: Vec<String>,
}

impl Default for User {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            id: text("user"),
            nickname: text("小明"),
            avatar_url: text("https://thirdwx.qlogo.cn/mmopen/vi_32/0/132"),
            gender: 1,
            country: PlaceName::in_all("China", "中国", "中國"),
            province: PlaceName::in_all("Guangdong", "广东", "廣東"),
            city: PlaceName::in_all("Guangzhou", "广州", "廣州"),
            language: text("zh_CN"),
            phone_numbers: vec![PhoneNumber::default()],
            phone_verified: true,
            license_plates: vec![text("粤A12345")],
            addresses: vec![Address::default()],
            invoice_titles: vec![InvoiceTitle::usual()],
            invoices: vec![Invoice::usual()],
            we_run: true,
            steps: None,
            follows: Vec::new(),
            authorized: Vec::new(),
        }
    }
}

impl User {
    /// The number that the user gives when asked: the first.
    pub fn phone_number(&self) -> PhoneNumber {
        self.phone_numbers.first().cloned().unwrap_or_default()
    }
}

/// The users and which of them holds the phone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Users {
    /// Never empty.
    all: Vec<User>,
    /// Place in `all` of who holds the phone.
    holder: usize,
}

impl Users {
    /// Whether somebody holds the phone.
    pub(super) fn is_whole(&self) -> bool {
        self.holder < self.all.len()
    }
}

impl Default for Users {
    fn default() -> Self {
        Self {
            all: vec![User::default()],
            holder: 0,
        }
    }
}

/// Adds a user, or replaces the facts of the one with the same id.
#[derive(Clone, Debug)]
pub struct AddUser(pub User);

impl Sealed for AddUser {}
impl Change for AddUser {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let users = &mut world.users.all;
        match users.iter_mut().find(|user| user.id == self.0.id) {
            Some(user) => *user = self.0,
            None => users.push(self.0),
        }
    }
}

/// These are the users, in place of the one that every world begins with; the first holds the
/// phone. No effect without any.
#[derive(Clone, Debug)]
pub struct SetUsers(pub Vec<User>);

impl Sealed for SetUsers {}
impl Change for SetUsers {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if !self.0.is_empty() {
            world.apply(Kill);
            world.users = Users {
                all: self.0,
                holder: 0,
            };
            devices::take_up(world);
        }
    }
}

/// No user of the world has this id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no user `{id}`; there are {known}")]
pub struct NoSuchUser {
    /// Who was asked for.
    pub id: String,
    /// Who there is.
    pub known: String,
}

/// Gives the phone to the user of that id, or takes up that user's own; the mini program ends for
/// who held it. No effect when it is the same user.
#[derive(Clone, Debug)]
pub struct SwitchUser(pub String);

impl Sealed for SwitchUser {}
impl Change for SwitchUser {
    type Effect = Result<(), NoSuchUser>;

    fn apply(self, world: &mut World) -> Result<(), NoSuchUser> {
        let users = &world.users.all;
        let Some(next) = users.iter().position(|user| user.id == self.0) else {
            let known: Vec<&str> = users.iter().map(|user| user.id.as_str()).collect();
            return Err(NoSuchUser {
                id: self.0,
                known: known.join(", "),
            });
        };
        if next != world.users.holder {
            world.apply(Kill);
            world.users.holder = next;
            devices::take_up(world);
        }
        Ok(())
    }
}

impl World {
    /// The user who holds the phone.
    pub fn user(&self) -> &User {
        &self.users.all[self.users.holder]
    }

    /// Every user.
    pub fn users(&self) -> &[User] {
        &self.users.all
    }

    /// The user of that id.
    pub fn user_of(&self, id: &str) -> Option<&User> {
        self.users.all.iter().find(|user| user.id == id)
    }

    pub(super) fn user_mut(&mut self) -> &mut User {
        let holder = self.users.holder;
        &mut self.users.all[holder]
    }
}

#[cfg(test)]
mod tests {
    use super::{AddUser, PhoneNumber, SetUsers, SwitchUser, User};
    use crate::profile::Profile;
    use crate::world::enter_options::EnterOptions;
    use crate::world::foreground::{ColdStart, RunState};
    use crate::world::{AppFacts, World};

    fn named(id: &str) -> User {
        User {
            id: id.into(),
            ..User::default()
        }
    }

    #[test]
    fn the_phone_goes_from_user_to_user_and_back() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let first = world.caller();
        world.apply(AddUser(named("b")));
        world.apply(AddUser(named("c")));
        assert_eq!(world.caller(), first, "adding a user hands nothing over");
        let before = world.clone();
        for id in ["b", "c", "user"] {
            assert_eq!(world.apply(SwitchUser(id.into())), Ok(()));
            assert_eq!(world.caller().user_id(), id);
        }
        assert_eq!(world, before, "nothing stays of handing it round");
        let error = world.apply(SwitchUser("x".into())).expect_err("nobody");
        assert_eq!(
            error.to_string(),
            "there is no user `x`; there are user, b, c"
        );
    }

    #[test]
    fn the_program_ends_for_who_held_the_phone() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(AddUser(named("b")));
        world.apply(ColdStart(EnterOptions::new("", 1001)));
        assert_eq!(world.apply(SwitchUser("user".into())), Ok(()));
        assert_eq!(world.run_state(), RunState::Foreground, "the same user");
        assert_eq!(world.apply(SwitchUser("b".into())), Ok(()));
        assert_eq!(world.run_state(), RunState::NotRunning);
    }

    #[test]
    fn the_users_that_are_named_replace_the_usual_one() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(SetUsers(Vec::new()));
        assert_eq!(world.user().id, "user");
        world.apply(SetUsers(vec![named("a"), named("b")]));
        assert_eq!(world.user().id, "a");
        assert_eq!(world.user_of("user"), None);
        assert_eq!(world.users().len(), 2);
    }

    #[test]
    fn a_phone_number_has_its_country_code() {
        let read = |text: &str| text.parse::<PhoneNumber>();
        assert_eq!(read("13800138000"), Ok(PhoneNumber::default()));
        let hong_kong = read("+852 91234567").expect("a number");
        assert_eq!(
            (hong_kong.country_code.as_str(), hong_kong.number.as_str()),
            ("852", "91234567")
        );
        for text in ["", "+852", "+ 1", "12a", "1234567890123456"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
