//! Members of `wx` without simulation: each is there and answers softly, in each of its forms.

use std::cell::RefCell;
use std::rc::Rc;

use wxsim::package::{MemoryFiles, load};
use wxsim::profile::Profile;
use wxsim::report::{Paint, Summary, line};
use wxsim::runtime::trace::{Entry, ErrorKind, Event, Fault};
use wxsim::runtime::{Config, Sim};
use wxsim::version::Version;
use wxsim::world::enter_options::EnterOptions;

const NEW: Version = Version(3, 17, 0);

/// The trace of a program whose only page has this body of an asynchronous `onLoad`.
fn trace(sdk: Version, body: &str) -> Vec<Entry> {
    let page = format!("Page({{ async onLoad() {{ {body} }} }})");
    let files = MemoryFiles::new([
        ("app.json", r#"{"pages":["pages/a/a"]}"#.to_owned()),
        ("app.js", "App({})".to_owned()),
        ("pages/a/a.json", "{}".to_owned()),
        ("pages/a/a.wxml", "<view/>".to_owned()),
        ("pages/a/a.js", page),
    ]);
    let project = load(&files).project.expect("a project");
    let profile = Profile {
        sdk,
        ..Profile::default()
    };
    let config = Config {
        profile,
        ..Config::default()
    };
    let entries = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&entries);
    let listener = Box::new(move |entry: &Entry| sink.borrow_mut().push(entry.clone()));
    let sim = Sim::new(Rc::new(project), Rc::new(files), config, Some(listener));
    let mut sim = sim.unwrap_or_else(|error| panic!("{}", error.text()));
    sim.launch(EnterOptions::default());
    sim.advance(1_000);
    sim.finish();
    entries.take()
}

/// Lines of the console, and uncaught errors after `✗`.
fn said(entries: &[Entry]) -> Vec<String> {
    let line = |entry: &Entry| match &entry.event {
        Event::Console { text, .. } => Some(text.clone()),
        Event::Error { exception, .. } => Some(format!("✗ {}", exception.headline())),
        _ => None,
    };
    entries.iter().filter_map(line).collect()
}

/// Names reported as not simulated, in order, as often as they are.
fn reported(entries: &[Entry]) -> Vec<&str> {
    entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Unsupported { name, .. } => Some(name.as_str()),
            _ => None,
        })
        .collect()
}

#[track_caller]
fn check(body: &str, lines: &[&str], names: &[&str]) {
    let entries = trace(NEW, body);
    assert_eq!(said(&entries), lines, "{body}");
    assert_eq!(reported(&entries), names, "{body}");
}

#[test]
fn an_asynchronous_name_fails_and_completes_after_the_task() {
    check(
        "const result = wx.showRedPackage({
           success: () => console.log('success'),
           fail: (error) => console.log('fail', error.errMsg, error.errno),
           complete: (error) => console.log('complete', error.errMsg),
         });
         console.log('called', result);",
        &[
            "called undefined",
            "fail showRedPackage:fail not simulated by wxsim 100",
            "complete showRedPackage:fail not simulated by wxsim",
        ],
        &["wx.showRedPackage"],
    );
}

#[test]
fn an_asynchronous_name_without_callbacks_rejects() {
    check(
        "try { await wx.showRedPackage(); } catch (error) { console.log(JSON.stringify(error)); }
         wx.showRedPackage({ count: 1 });",
        &[
            r#"{"errMsg":"showRedPackage:fail not simulated by wxsim","errno":100}"#,
            "✗ MiniProgramError: showRedPackage:fail not simulated by wxsim",
        ],
        &["wx.showRedPackage", "wx.showRedPackage"],
    );
}

#[test]
fn an_unhandled_rejection_is_laid_at_the_door_of_wxsim() {
    let entries = trace(NEW, "wx.showRedPackage();");
    let fault = entries.iter().find_map(|entry| match &entry.event {
        Event::Error { kind, fault, .. } => Some((*kind, *fault)),
        _ => None,
    });
    assert_eq!(fault, Some((ErrorKind::Rejection, Fault::Wxsim)));
}

#[test]
fn there_is_no_promise_where_the_typings_or_the_base_library_have_none() {
    let body = "console.log(wx.getPrivacySetting({}), typeof wx.showRedPackage({}));";
    let promised = trace(NEW, body);
    assert_eq!(said(&promised)[0], "undefined object");
    let before = trace(
        Version(2, 10, 1),
        "console.log(wx.chooseInvoiceTitle({}), typeof wx.chooseInvoice({}));",
    );
    assert_eq!(said(&before), ["undefined undefined"]);
}

#[test]
fn errno_came_with_its_base_library() {
    let body = "wx.showRedPackage({ fail: (error) => console.log(JSON.stringify(error)) });";
    let before = said(&trace(Version(2, 23, 0), body));
    assert_eq!(
        before,
        [r#"{"errMsg":"showRedPackage:fail not simulated by wxsim"}"#]
    );
}

#[test]
fn a_synchronous_name_gives_undefined() {
    check(
        "console.log(wx.getExptInfoSync(['a']), wx.postMessageToReferrerPage('v1'), wx.getExptInfoSync());",
        &["undefined undefined undefined"],
        &[
            "wx.getExptInfoSync",
            "wx.postMessageToReferrerPage",
            "wx.getExptInfoSync",
        ],
    );
}

#[test]
fn what_a_factory_gives_can_be_called_in_chains() {
    check(
        "wx.createInferenceSession({ model: 'm' }).load().then;
         const scene = wx.createVideoDecoder({ type: 'wemedia' });
         scene.on('updateAnchors', () => {}).start().stop();
         const system = wx.getXrFrameSystem();
         system.mode = 'red';
         system.registerComponent('c', class {});
         console.log(system.mode, typeof system, typeof system.draw);",
        &["red object function"],
        &[
            "wx.createInferenceSession",
            "wx.createVideoDecoder",
            "wx.getXrFrameSystem",
        ],
    );
}

#[test]
fn methods_of_what_a_factory_gives_fail_as_calls_do() {
    check(
        "const session = wx.createInferenceSession();
         session.run({ filePath: 'a', fail: (error) => console.log('fail', error.errMsg) });
         try { await session.destroy({ path: 'a' }); } catch (error) { console.log('caught', error.errMsg); }
         session.destroy({}).catch((error) => console.log('again', error.errno))
           .finally(() => console.log('finally'));",
        &[
            "fail run:fail not simulated by wxsim",
            "caught destroy:fail not simulated by wxsim",
            "again 100",
            "finally",
        ],
        &[
            "wx.createInferenceSession",
            "wx.createInferenceSession().run",
            "wx.createInferenceSession().destroy",
            "wx.createInferenceSession().destroy",
        ],
    );
}

#[test]
fn what_a_factory_gives_stands_for_values_of_every_class() {
    check(
        "const audio = wx.createMediaAudioPlayer();
         console.log(`${audio.src}`, audio.duration + 1, audio.length, [...audio.list],
           JSON.stringify({ audio }), audio < 1, await audio === audio);
         for (const key in audio) console.log(key);
         audio.list.forEach(() => console.log('never'));",
        &[" 1 0 [] {\"audio\":{}} true true"],
        &["wx.createMediaAudioPlayer"],
    );
}

#[test]
fn listeners_are_taken_and_reported_once() {
    check(
        "const listener = () => console.log('never');
         for (let n = 0; n < 3; n += 1) wx.onBLEConnectionStateChange(listener);
         wx.offBLEConnectionStateChange(listener);
         wx.offBLEConnectionStateChange();",
        &[],
        &[
            "wx.onBLEConnectionStateChange",
            "wx.offBLEConnectionStateChange",
        ],
    );
}

#[test]
fn members_of_wx_cloud_without_simulation_answer_like_those_of_wx() {
    check(
        "wx.cloud.callContainer({ path: '/a', complete: (error) => console.log(error.errMsg) });
         try {
           await wx.cloud.callContainer({ path: '/b' });
         } catch (error) { console.log(error.errMsg); }
         console.log(typeof wx.cloud.services.a.b());",
        &[
            "cloud.callContainer:fail not simulated by wxsim",
            "cloud.callContainer:fail not simulated by wxsim",
            "object",
        ],
        &[
            "wx.cloud.callContainer",
            "wx.cloud.callContainer",
            "wx.cloud.services",
        ],
    );
}

#[test]
fn the_objects_in_wx_are_there_without_a_report() {
    check(
        "const { shared, timing } = wx.worklet;
         console.log(typeof wx.cloud, typeof wx.router.addRouteBuilder, typeof shared, typeof timing);
         console.log(wx.env.USER_DATA_PATH);",
        &["object function function function", "wxfile://usr"],
        &[],
    );
}

#[test]
fn wx_is_a_plain_object_that_can_be_walked_and_changed() {
    check(
        "const keys = Object.keys(wx);
         const walked = [];
         for (const key in wx) walked.push(key);
         console.log(keys.length > 450, keys.join() === walked.join(), keys.includes('canIUse'));
         const { value, ...rest } = Object.getOwnPropertyDescriptor(wx, 'chooseImage');
         console.log(typeof value, JSON.stringify(rest));
         const copy = Object.assign({}, wx);
         copy.vibrateShort = () => 'mine';
         wx.vibrateShort = () => 'ours';
         wx.foo = { bar: 1 };
         delete wx.vibrateLong;
         console.log(copy.vibrateShort(), wx.vibrateShort(), wx.foo.bar, wx.vibrateLong);",
        &[
            "true true true",
            r#"function {"writable":true,"enumerable":true,"configurable":true}"#,
            "mine ours 1 undefined",
        ],
        &[],
    );
}

#[test]
fn no_function_of_wx_throws_a_type_error() {
    let entries = trace(
        NEW,
        "let called = 0;
         for (const name of Object.keys(wx)) {
           if (typeof wx[name] !== 'function' || name === 'nextTick') continue;
           try {
             wx[name]({ fail() {} });
             called += 1;
           } catch (error) {
             console.log(name, error.name);
           }
         }
         console.log(called > 450);",
    );
    let lines = said(&entries);
    assert!(lines.contains(&"true".to_owned()), "{lines:#?}");
    assert!(
        !lines.iter().any(|line| line.contains("TypeError")),
        "{lines:#?}"
    );
}

#[test]
fn a_name_is_absent_before_its_base_library() {
    let body = "console.log(['getStorage', 'request', 'chooseImage', 'getUpdateManager', 'cloud',
                  'createSelectorQuery', 'onAppShow'].map((name) => typeof wx[name]).join());";
    let old = said(&trace(Version(1, 1, 0), body));
    assert_eq!(
        old,
        ["function,function,function,undefined,undefined,undefined,undefined"]
    );
    let new = said(&trace(NEW, body));
    assert_eq!(
        new,
        ["function,function,function,function,object,function,function"]
    );
}

#[test]
fn can_i_use_knows_names_that_are_not_simulated() {
    let body = "console.log(['createSelectorQuery', 'getDeviceInfo', 'getDeviceInfo.return.model',
                  'request.object.method', 'cloud', 'nothing'].map((name) => wx.canIUse(name)).join());";
    let new = said(&trace(NEW, body));
    assert_eq!(new, ["true,true,true,true,true,false"]);
    let old = said(&trace(Version(1, 4, 0), body));
    assert_eq!(old, ["true,false,false,true,false,false"]);
}

#[test]
fn the_text_trace_names_the_first_use_and_the_summary_counts_all() {
    let entries = trace(
        NEW,
        "const quiet = { fail() {} };
         wx.startHCE(quiet); wx.startHCE(quiet); wx.startLocalServiceDiscovery(quiet); wx.startHCE(quiet);",
    );
    let mut summary = Summary::default();
    let mut lines = Vec::new();
    for entry in &entries {
        summary.add(entry);
        lines.extend(line(entry, Paint::Plain).filter(|text| text.contains("~ ")));
    }
    assert_eq!(
        lines,
        [
            "    0.000  ~ wx.startHCE is not simulated",
            "    0.000  ~ wx.startLocalServiceDiscovery is not simulated"
        ]
    );
    let screen = summary.render(Paint::Plain);
    assert!(
        screen.contains("\nnot simulated  wx.startHCE ×3, wx.startLocalServiceDiscovery\n"),
        "{screen}"
    );
    assert_eq!(
        reported(&entries),
        [
            "wx.startHCE",
            "wx.startHCE",
            "wx.startLocalServiceDiscovery",
            "wx.startHCE"
        ]
    );
}

#[test]
fn an_error_in_the_callback_of_a_name_without_simulation_is_laid_at_the_door_of_wxsim() {
    let entries = trace(NEW, "wx.showRedPackage({ fail: () => { null.x } });");
    let fault = entries.iter().find_map(|entry| match &entry.event {
        Event::Error { kind, fault, .. } => Some((*kind, *fault)),
        _ => None,
    });
    assert_eq!(fault, Some((ErrorKind::Exception, Fault::Wxsim)));
}
