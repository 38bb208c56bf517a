//! Mistakes in `user`, `[[users]]`, `[[devices]]` and `[[groups]]`.

use super::Settings;
use super::tests::{all_of, good, mistakes, read};
use crate::package::MemoryFiles;
use crate::world::account::EnvVersion;
use crate::world::connection::Connection;
use crate::world::device::Theme;
use crate::world::registry::Kind;

/// Each mistake: the file, where, what is told.
const USERS: &str = r#"
users = 'mei'
1:9
`users` is a text (write a list in [ ])

users = { id = 'mei' }
1:9
`users` is a table (write a list in [ ])

users = ['mei']
1:10
`users[0]` is a text (write a table)

users = [{}]
1:10
`users[0]` has no `id` (add id = "…")

users = [{ nickname = 'Mei' }]
1:10
`users[0]` has no `id` (add id = "…")

users = [{ id = 1 }]
1:17
`users[0].id` is a number (write a text in quotes)

users = [{ id = '' }]
1:17
`users[0].id` is no id: `` (write a name without blanks)

users = [{ id = 'mei li' }]
1:17
`users[0].id` is no id: `mei li` (write a name without blanks)

users = [{ id = 'mei' }, { id = 'jun' }, { id = 'mei' }]
1:49
the id `mei` is there twice (give each its own)

users = [{ id = 'mei', nickame = 'Mei' }]
1:24
a user has no `nickame` (did you mean `nickname`? There are id, nickname, avatar, gender, country, province, city, language, phone_numbers, phone_verified, license_plates, addresses, invoice_titles, invoices, we_run, steps, follows, authorized)

users = [{ id = 'mei', nickname = 1 }]
1:35
`users[0].nickname` is a number (write a text in quotes)

users = [{ id = 'mei', avatar = false }]
1:33
`users[0].avatar` is true or false (write a text in quotes)

users = [{ id = 'mei', gender = 'femal' }]
1:33
`femal` is no value of `users[0].gender` (did you mean `female`? There are unknown, male, female)

users = [{ id = 'mei', gender = 2 }]
1:33
`users[0].gender` is a number (write a text in quotes)

users = [{ id = 'mei', country = [] }]
1:34
`users[0].country` is a list (write a text in quotes)

users = [{ id = 'mei', province = { languages = 'a' } }]
1:37
the name of a place has no `languages` (there are en, zh_CN, zh_TW)

users = [{ id = 'mei', city = 1.5 }]
1:31
`users[0].city` is a number (write a text in quotes)

users = [{ id = 'mei', language = 1 }]
1:35
`users[0].language` is a number (write a text in quotes)

users = [{ id = 'mei', phone_numbers = '13900139000' }]
1:40
`users[0].phone_numbers` is a text (write a list in [ ])

users = [{ id = 'mei', phone_numbers = [] }]
1:40
`users[0].phone_numbers` is empty (give a number or leave the key out)

users = [{ id = 'mei', phone_numbers = ['139-0013'] }]
1:41
`users[0].phone_numbers[0]`: `139-0013` is no phone number; write 13800138000, or +852 91234567 with the country code

users = [{ id = 'mei', phone_numbers = [13900139000] }]
1:41
`users[0].phone_numbers[0]` is a number (write a text in quotes)

users = [{ id = 'mei', phone_numbers = ['13900139000', '+86 13900139000'] }]
1:56
`users[0].phone_numbers` has the same twice (once is enough)

users = [{ id = 'mei', we_run = 'no' }]
1:33
`users[0].we_run` is a text (write true or false)

users = [{ id = 'mei', steps = -1 }]
1:32
`users[0].steps` is out of range (write a whole number from 0 to 1000000)

users = [{ id = 'mei', steps = 1000001 }]
1:32
`users[0].steps` is out of range (write a whole number from 0 to 1000000)

users = [{ id = 'mei', steps = '12' }]
1:32
`users[0].steps` is a text (write a whole number from 0 to 1000000)

users = [{ id = 'mei', steps = 1.5 }]
1:32
`users[0].steps` is a number (write a whole number from 0 to 1000000)

users = [{ id = 'mei', follows = 'wxaccount' }]
1:34
`users[0].follows` is a text (write a list in [ ])

users = [{ id = 'mei', follows = [1] }]
1:35
`users[0].follows[0]` is a number (write a text in quotes)

users = [{ id = 'mei', follows = ['wxaccount'] }]
1:35
there is no official account `wxaccount` (name it in a table [[apps]])

users = [{ id = 'mei', follows = ['wxshop'] }]
apps = [{ appid = 'wxshop' }]
1:35
there is no official account `wxshop` (name it in a table [[apps]])

users = [{ id = 'mei', follows = ['wxphone'] }]
apps = [{ appid = 'wxphone', kind = 'mobile-app' }]
1:35
there is no official account `wxphone` (name it in a table [[apps]])

users = [{ id = 'mei', follows = ['wxa', 'wxa'] }]
apps = [{ appid = 'wxa', kind = 'official-account' }]
1:42
`users[0].follows` has the same twice (once is enough)

users = [{ id = 'mei', authorized = ['wxshop'] }]
apps = [{ appid = 'wxshop' }]
1:38
there is no official account or mobile app `wxshop` (name it in a table [[apps]])

users = [{ id = 'mei', authorized = true }]
1:37
`users[0].authorized` is true or false (write a list in [ ])

user = 1
1:8
`user` is a number (write a text in quotes)

user = 'mei'
1:8
there is no user `mei` (name it in a table [[users]])

user = 'user'
users = [{ id = 'mei' }]
1:8
there is no user `user` (name it in a table [[users]])
"#;

#[test]
fn mistakes_in_users_have_a_place_and_an_advice() {
    all_of(USERS);
}

/// The same of `[[devices]]`.
const DEVICES: &str = r#"
devices = 'phone'
1:11
`devices` is a text (write a list in [ ])

devices = [1]
1:12
`devices[0]` is a number (write a table)

devices = [{}]
1:12
`devices[0]` has no `id` (add id = "…")

devices = [{ id = [] }]
1:19
`devices[0].id` is a list (write a text in quotes)

devices = [{ id = 'a b' }]
1:19
`devices[0].id` is no id: `a b` (write a name without blanks)

devices = [{ id = 'a' }, { id = 'a' }]
1:33
the id `a` is there twice (give each its own)

devices = [{ id = 'a', battery = 1 }]
1:24
a device has no `battery` (there are id, users, platform, system, theme, location, connection, clipboard, biometrics)

devices = [{ id = 'a', users = 'user' }]
1:32
`devices[0].users` is a text (write a list in [ ])

devices = [{ id = 'a', users = [1] }]
1:33
`devices[0].users[0]` is a number (write a text in quotes)

devices = [{ id = 'a', users = ['mei'] }]
1:33
there is no user `mei` (name it in a table [[users]])

devices = [{ id = 'a', users = ['user', 'user'] }]
1:41
`devices[0].users` has the same twice (once is enough)

devices = [{ id = 'a', users = ['user'] }, { id = 'b', users = ['user'] }]
1:65
the user `user` is signed in on a and b (a user is signed in on one device)

devices = [{ id = 'a', system = 'denied' }]
1:33
`devices[0].system` is a text (write a table)

devices = [{ id = 'a', system = { camra = 'denied' } }]
1:35
the phone has no `camra` (did you mean `camera`? There are location, camera, microphone, album, bluetooth, phoneCalendar)

devices = [{ id = 'a', system = { camera = 'no' } }]
1:44
`no` is no value of `devices[0].system.camera` (there are authorized, denied, not-determined)

devices = [{ id = 'a', theme = 'drak' }]
1:32
`drak` is no value of `devices[0].theme` (did you mean `dark`? There are light, dark)

devices = [{ id = 'a', theme = true }]
1:32
`devices[0].theme` is true or false (write a text in quotes)

devices = [{ id = 'a', location = 'Beijing' }]
1:35
`devices[0].location` is no place (write [LATITUDE, LONGITUDE], such as [39.9, 116.4])

devices = [{ id = 'a', location = [39.9] }]
1:35
`devices[0].location` is no place (write [LATITUDE, LONGITUDE], such as [39.9, 116.4])

devices = [{ id = 'a', location = [116.4, 39.9] }]
1:35
`devices[0].location` is no place (write [LATITUDE, LONGITUDE], such as [39.9, 116.4])

devices = [{ id = 'a', location = [39.9, 180.5] }]
1:35
`devices[0].location` is no place (write [LATITUDE, LONGITUDE], such as [39.9, 116.4])

devices = [{ id = 'a', location = [39.9, 'x', 116.4] }]
1:35
`devices[0].location` is no place (write [LATITUDE, LONGITUDE], such as [39.9, 116.4])

devices = [{ id = 'a', location = [39.9, 116.4, 12] }]
1:35
`devices[0].location` is no place (write [LATITUDE, LONGITUDE], such as [39.9, 116.4])

devices = [{ id = 'a', platform = 'andorid' }]
1:35
`andorid` is no value of `devices[0].platform` (did you mean `android`? There are ios, android, devtools, windows, mac, ohos)

devices = [{ id = 'a', connection = '6g' }]
1:37
`6g` is no value of `devices[0].connection` (there are wifi, 2g, 3g, 4g, 5g, unknown, none)

devices = [{ id = 'a', connection = 4 }]
1:37
`devices[0].connection` is a number (write a text in quotes)

devices = [{ id = 'a', clipboard = 1 }]
1:36
`devices[0].clipboard` is a number (write a text in quotes)
"#;

#[test]
fn mistakes_in_devices_have_a_place_and_an_advice() {
    all_of(DEVICES);
}

/// The same of `[[groups]]`.
const GROUPS: &str = r#"
groups = 'tea'
1:10
`groups` is a text (write a list in [ ])

groups = [1]
1:11
`groups[0]` is a number (write a table)

groups = [{ name = 'Tea' }]
1:11
`groups[0]` has no `id` (add id = "…")

groups = [{ id = 1 }]
1:18
`groups[0].id` is a number (write a text in quotes)

groups = [{ id = '' }]
1:18
`groups[0].id` is no id: `` (write a name without blanks)

groups = [{ id = 'tea' }, { id = 'tea' }]
1:34
the id `tea` is there twice (give each its own)

groups = [{ id = 'tea', member = ['user'] }]
1:25
a group has no `member` (did you mean `members`? There are id, name, members)

groups = [{ id = 'tea', name = 1 }]
1:32
`groups[0].name` is a number (write a text in quotes)

groups = [{ id = 'tea', members = 'user' }]
1:35
`groups[0].members` is a text (write a list in [ ])

groups = [{ id = 'tea', members = [1] }]
1:36
`groups[0].members[0]` is a number (write a text in quotes)

groups = [{ id = 'tea', members = ['mei'] }]
1:36
there is no user `mei` (name it in a table [[users]])

groups = [{ id = 'tea', members = ['user'] }]
users = [{ id = 'mei' }]
1:36
there is no user `user` (name it in a table [[users]])

groups = [{ id = 'tea', members = ['user', 'user'] }]
1:44
`groups[0].members` has the same twice (once is enough)
"#;

#[test]
fn mistakes_in_groups_have_a_place_and_an_advice() {
    all_of(GROUPS);
}

#[test]
fn what_is_right_is_taken() {
    let settings = good(
        "user = 'jun'\n\
         users = [{ id = 'mei', gender = 'female', phone_numbers = ['13900139000', '+852 13900139000'], \
           steps = 0, follows = ['wxpaper'], authorized = ['wxpaper', 'wxphone'] }, { id = 'jun' }]\n\
         devices = [{ id = 'a', users = ['mei'], theme = 'dark', location = [-90, 180], connection = 'none' }, \
           { id = 'b', users = [] }]\n\
         apps = [{ appid = 'wxpaper', kind = 'official-account', merchants = ['1', '2'] }, \
           { appid = 'wxphone', kind = 'mobile-app', open_platform = 'shop', secret = 's' }, \
           { appid = 'wxshop', env_version = 'trial', closed_apis = ['getLocation', 'chooseLocation'] }]\n\
         groups = [{ id = 'tea', members = ['mei', 'jun'] }, { id = 'empty' }]",
    );
    let [mei, jun] = &settings.users[..] else {
        panic!("two users");
    };
    assert_eq!(
        (mei.nickname.as_str(), mei.gender, mei.steps),
        ("mei", 2, Some(0))
    );
    let codes = mei.phone_numbers.iter().map(|it| it.country_code.as_str());
    assert_eq!(codes.collect::<Vec<_>>(), ["86", "852"]);
    assert_eq!(mei.follows, ["wxpaper"]);
    assert_eq!(mei.authorized, ["wxpaper", "wxphone"]);
    assert_eq!(settings.user.as_deref(), Some(jun.id.as_str()));
    let phone = &settings.devices[0];
    assert_eq!(
        (phone.theme, phone.connection),
        (Theme::Dark, Connection::None)
    );
    let place = (phone.location.latitude, phone.location.longitude);
    assert_eq!(place, (-90.0, 180.0));
    let kinds = settings.apps.iter().map(|app| app.kind);
    let expected = [Kind::OfficialAccount, Kind::MobileApp, Kind::MiniProgram];
    assert!(kinds.eq(expected));
    let shop = &settings.apps[2];
    assert_eq!(
        (shop.env_version, shop.closed_apis.len()),
        (EnvVersion::Trial, 2)
    );
    assert_eq!(settings.groups[0].members, ["mei", "jun"]);
    assert_eq!(settings.groups[1].name, "empty");
}

#[test]
fn a_thing_with_a_mistake_is_still_there_for_others() {
    mistakes(
        "users = [{ id = 'mei', steps = 'many' }]\ngroups = [{ id = 'tea', members = ['mei', 'jun'] }]",
        &[
            "wxsim.toml:1:32: error: `users[0].steps` is a text (write a whole number from 0 to \
             1000000)",
            "wxsim.toml:2:43: error: there is no user `jun` (name it in a table [[users]])",
        ],
    );
}

#[test]
fn a_user_on_three_phones_is_told_for_each_but_the_first() {
    let found = read(
        "devices = [{ id = 'a', users = ['user'] }, { id = 'b', users = ['user', 1] }, 'c', \
         { id = 'd', users = ['user'] }]",
    );
    let found = found.expect_err("mistakes");
    let told: Vec<&str> = found
        .iter()
        .filter_map(|it| it.split("error: ").nth(1))
        .collect();
    assert_eq!(
        told,
        [
            "the user `user` is signed in on a and b (a user is signed in on one device)",
            "`devices[1].users[1]` is a number (write a text in quotes)",
            "`devices[2]` is a text (write a table)",
            "the user `user` is signed in on b and d (a user is signed in on one device)",
        ]
    );
}

#[test]
fn the_program_itself_is_no_other_app() {
    let files = MemoryFiles::new([
        ("project.config.json", r#"{"appid": "wxown"}"#),
        ("app.json", "{}"),
        (
            "wxsim.toml",
            "apps = [{ appid = 'wxother' }, { appid = 'wxown' }]",
        ),
    ]);
    let found = Settings::read(&files).expect_err("its own appid");
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "wxsim.toml:1:42: error: `wxown` is the program itself (`[[apps]]` is for other programs and \
          accounts)"
        ]
    );
}
