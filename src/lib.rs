//! wxsim runs a WeChat mini program (微信小程序) without WeChat.
//!
//! The `wxsim` command is in [`cli`]; this library is the same simulator, to be embedded. Read a
//! project, make a [`Sim`](runtime::Sim), do what a user does, and look at the trace or the world:
//!
//! ```
//! use std::rc::Rc;
//!
//! use wxsim::package::{self, MemoryFiles};
//! use wxsim::runtime::{Config, Policy, Sim};
//! use wxsim::world::enter_options::EnterOptions;
//! use wxsim::world::scope::Scope;
//!
//! let files = MemoryFiles::new([
//!     ("app.json", r#"{"pages": ["pages/a/a"]}"#),
//!     ("app.js", "App({})"),
//!     ("pages/a/a.wxml", "<view />"),
//!     ("pages/a/a.js", "Page({ onTap() { wx.authorize({ scope: 'scope.record' }); } })"),
//! ]);
//! let project = package::load(&files).project.expect("the project is complete");
//! let mut policy = Policy::default();
//! policy.add_text("scope.record=deny")?;
//! let config = Config { policy, ..Config::default() };
//!
//! let mut sim = Sim::new(Rc::new(project), Rc::new(files), config, None)
//!     .expect("the simulator starts");
//! sim.launch(EnterOptions::at("pages/a/a", 1001));
//! sim.step(&"gesture onTap".parse()?)?;
//!
//! let answers = sim.read(|world| world.auth_setting(&world.caller()));
//! assert!(answers.contains(&(Scope::Record, false)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Modules stand in layers; each uses only those before it in this list: [`errmsg`], [`version`],
//! [`profile`], [`data_path`], [`diagnostic`], [`value`], [`crypto`],
//! [`encoding`], [`media_format`], [`near`], [`login_words`]; [`world`]; [`spec`], [`package`]; [`api`],
//! [`engine`], [`server`], [`view`]; [`runtime`]; [`worker`], [`net`]; [`report`]; [`scenario`];
//! [`repl`], [`serve`]; [`cli`].

pub mod api;
pub mod cli;
pub mod crypto;
pub mod data_path;
pub mod diagnostic;
pub mod encoding;
pub mod engine;
pub mod errmsg;
pub mod explore;
pub mod login_words;
pub mod media_format;
pub mod near;
pub mod net;
pub mod package;
pub mod profile;
pub mod repl;
pub mod report;
pub mod rules;
pub mod runtime;
pub mod scenario;
pub mod serve;
pub mod server;
pub mod spec;
pub mod value;
pub mod version;
pub mod view;
pub mod worker;
pub mod world;
