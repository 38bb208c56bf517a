//! Mistakes in `[[apps]]`.

use super::tests::all_of;

/// Each: the text, where the mistake is, what is said of it.
const APPS: &str = r#"
apps = 'wxshop'
1:8
`apps` is a text (write a list in [ ])

apps = ['wxshop']
1:9
`apps[0]` is a text (write a table)

apps = [{}]
1:9
`apps[0]` has no `appid` (add appid = "…")

apps = [{ appid = 1 }]
1:19
`apps[0].appid` is a number (write a text in quotes)

apps = [{ appid = '' }]
1:19
`apps[0].appid` is no id: `` (write a name without blanks)

apps = [{ appid = 'wx shop' }]
1:19
`apps[0].appid` is no id: `wx shop` (write a name without blanks)

apps = [{ appid = 'wxa' }, { appid = 'wxa', kind = 'mobile-app' }]
1:38
the appid `wxa` is there twice (give each its own)

apps = [{ appid = 'wxa', titel = 'Shop' }]
1:26
an app has no `titel` (there are appid, kind, name, secret, subject, verified, open_platform, merchants, official_accounts, short_links, project, stub, published, env_version, privacy_guide, closed_apis)

apps = [{ appid = 'wxa', kind = 'mini-programm' }]
1:33
`mini-programm` is no value of `apps[0].kind` (did you mean `mini-program`? There are mini-program, official-account, mobile-app)

apps = [{ appid = 'wxa', kind = 1 }]
1:33
`apps[0].kind` is a number (write a text in quotes)

apps = [{ appid = 'wxa', name = 1 }]
1:33
`apps[0].name` is a number (write a text in quotes)

apps = [{ appid = 'wxa', secret = 1 }]
1:35
`apps[0].secret` is a number (write a text in quotes)

apps = [{ appid = 'wxa', secret = '' }]
1:35
`apps[0].secret` is empty (write something or leave it out)

apps = [{ appid = 'wxa', subject = 'person' }]
1:36
`person` is no value of `apps[0].subject` (did you mean `personal`? There are personal, company, government, overseas)

apps = [{ appid = 'wxa', verified = 1 }]
1:37
`apps[0].verified` is a number (write true or false)

apps = [{ appid = 'wxa', open_platform = true }]
1:42
`apps[0].open_platform` is true or false (write a text in quotes)

apps = [{ appid = 'wxa', open_platform = ' ' }]
1:42
`apps[0].open_platform` is empty (write something or leave it out)

apps = [{ appid = 'wxa', merchants = '1' }]
1:38
`apps[0].merchants` is a text (write a list in [ ])

apps = [{ appid = 'wxa', merchants = [1] }]
1:39
`apps[0].merchants[0]` is a number (write a text in quotes)

apps = [{ appid = 'wxa', merchants = [''] }]
1:39
`apps[0].merchants[0]` is empty (write something or leave it out)

apps = [{ appid = 'wxa', merchants = ['1', '1'] }]
1:44
`apps[0].merchants` has the same twice (once is enough)

apps = [{ appid = 'wxa', published = '2021-13-01' }]
1:38
`apps[0].published`: `2021-13-01` is not a date such as 2018-06-04

apps = [{ appid = 'wxa', published = 2021-12-01 }]
1:38
`apps[0].published` is a date without quotes (write a text in quotes)

apps = [{ appid = 'wxa', env_version = 'beta' }]
1:40
`beta` is no value of `apps[0].env_version` (there are develop, trial, release)

apps = [{ appid = 'wxa', privacy_guide = 'place' }]
1:42
`apps[0].privacy_guide`: the privacy guide has no `place` (everything, nothing, banned, or some of profile, location, chosenLocation, address, invoice, steps, phoneNumber, licensePlate, chosenMedia, chosenFiles, microphone, camera, bluetooth, album, contacts, calendar, accelerometer, compass, deviceMotion, gyroscope, clipboard)

apps = [{ appid = 'wxa', privacy_guide = ['location'] }]
1:42
`apps[0].privacy_guide` is a list (write a text in quotes)

apps = [{ appid = 'wxa', official_accounts = 'wxb' }]
1:46
`apps[0].official_accounts` is a text (write a list in [ ])

apps = [{ appid = 'wxa', short_links = 'pages/a/a' }]
1:40
`apps[0].short_links` is a text (write a table)

apps = [{ appid = 'wxa', short_links = { '#a' = 1 } }]
1:49
`apps[0].short_links.#a` is a number (write a text in quotes)

apps = [{ appid = 'wxa', project = '' }]
1:36
`apps[0].project` is empty (write something or leave it out)

apps = [{ appid = 'wxa', stub = 'leave' }]
1:33
`apps[0].stub` says nothing that a user can do there (write "back", "stay" or { extraData = { … } }, which it goes back with)

apps = [{ appid = 'wxa', stub = { data = 1 } }]
1:33
`apps[0].stub` says nothing that a user can do there (write "back", "stay" or { extraData = { … } }, which it goes back with)

apps = [{ appid = 'wxa', kind = 'mobile-app', project = '../b' }]
1:47
an app of the kind `mobile-app` has no `project` (only mini programs have it: remove the key, or correct `kind`)

apps = [{ appid = 'wxa', closed_apis = 'getLocation' }]
1:40
`apps[0].closed_apis` is a text (write a list in [ ])

apps = [{ appid = 'wxa', closed_apis = ['getLocaton'] }]
1:41
`apps[0].closed_apis[0]`: `getLocaton` needs no opening (did you mean `getLocation`? There are getFuzzyLocation, getLocation, startLocationUpdate, startLocationUpdateBackground, chooseLocation, choosePoi, chooseAddress)

apps = [{ appid = 'wxa', closed_apis = ['getLocation', 'getLocation'] }]
1:56
`apps[0].closed_apis` has the same twice (once is enough)

apps = [{ appid = 'wxa', kind = 'official-account', closed_apis = ['getLocation'] }]
1:53
an app of the kind `official-account` has no `closed_apis` (only mini programs have it: remove the key, or correct `kind`)

apps = [{ appid = 'wxa', kind = 'mobile-app', env_version = 'trial' }]
1:47
an app of the kind `mobile-app` has no `env_version` (only mini programs have it: remove the key, or correct `kind`)

apps = [{ appid = 'wxa', kind = 'official-account', privacy_guide = 'location' }]
1:53
an app of the kind `official-account` has no `privacy_guide` (only mini programs have it: remove the key, or correct `kind`)

apps = [{ appid = 'wxa', kind = 'mobile-app', published = '2021-12-01' }]
1:47
an app of the kind `mobile-app` has no `published` (only mini programs have it: remove the key, or correct `kind`)
"#;

#[test]
fn mistakes_in_apps_have_a_place_and_an_advice() {
    all_of(APPS);
}
