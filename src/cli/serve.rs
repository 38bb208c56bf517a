//! `wxsim serve`: the stand-in for WeChat's servers.

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use super::{EXIT_FAILED, EXIT_OK, project_path, settings, usage};
use crate::diagnostic::Diagnostic;
use crate::net::certificate::{NAMES, certificates};
use crate::net::listener::{Listening, listen};
use crate::net::random_token;
use crate::package::{self, DiskFiles, ProfileKeys};
use crate::profile::Date;
use crate::runtime::{Config, Policy, world_of};
use crate::serve::{CONTROL, Lock, Seen, Server, StateFile, told_apps, told_merchants, told_users};
use crate::world::World;
use crate::world::open_host::OpenHost;

/// Serve WeChat's server interfaces: api.weixin.qq.com and WeChat Pay over one simulated world.
///
/// PROJECT gives the appid, the pages and, by its wxsim.toml, the world; no script of it runs. Without PROJECT there
/// is one program with one user. Point the SDK of your back end at the printed URL, get login codes from the control
/// interface below /_wxsim/, and look at the world there with a browser.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Folder of the mini program
    project: Option<PathBuf>,
    /// Port; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Address to listen at; any other than this machine's own needs --i-know
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Others may reach the world, its secrets and its control interface
    #[arg(long)]
    i_know: bool,
    /// How time passes: as outside, or by the control interface alone
    #[arg(long, value_name = "CLOCK", default_value = "real")]
    clock: ClockFlag,
    /// Keep the world in a file between runs; what was answered is never lost
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Write every request and answer to a file, a JSON object a line
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Serve HTTPS with a certificate of one's own for WeChat's names, kept in a folder
    #[arg(long, value_name = "DIR")]
    tls: Option<PathBuf>,
    /// Host of another machine that messages and notifications may be posted to; repeatable
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<OpenHost>,
    /// Token of the control interface [default: WXSIM_CONTROL_TOKEN of the environment, or a new one]
    #[arg(long, value_name = "TEXT")]
    control_token: Option<String>,
    /// Appid of the program, in the place of the project's own (`touristappid` is none that SDKs take)
    #[arg(long, value_name = "APPID")]
    appid: Option<String>,
    /// Seed of everything random [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Day whose platform is simulated
    #[arg(long, value_name = "YYYY-MM-DD")]
    compat_date: Option<Date>,
    /// Print nothing after the start
    #[arg(long, short)]
    quiet: bool,
    /// Print JSON: first where the server is, then a line for each request
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ClockFlag {
    Real,
    Virtual,
}

const EXAMPLES: &str = "\
Examples:
  wxsim serve                               one program, one user, any free port
  wxsim serve my-app --port 8080            the world of a project
  wxsim serve my-app --state world.wxsim    the same world tomorrow
  wxsim serve --clock virtual --compat-date 2018-06-04
  wxsim serve --tls ./certs --port 443      for SDKs whose host cannot be changed

A login code for curl:
  curl -H \"Authorization: Bearer $TOKEN\" -d '{\"user\":\"user\"}' $URL/_wxsim/login

Exit codes: 0 it was told to end, 1 it could not go on, 2 wrong usage or a project that cannot load.";

/// What may go wrong before the start.
type Problem = Diagnostic;

pub(super) fn main(arguments: Arguments) -> u8 {
    match serve(&arguments) {
        Ok(()) => EXIT_OK,
        Err(Stop::Usage(problems)) => problems.iter().fold(EXIT_OK, |_, problem| usage(problem)),
        Err(Stop::Failed(problem)) => {
            usage(&problem);
            EXIT_FAILED
        }
    }
}

enum Stop {
    Usage(Vec<Problem>),
    Failed(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Usage(vec![problem])
    }
}

fn serve(arguments: &Arguments) -> Result<(), Stop> {
    if !arguments.bind.is_loopback() && !arguments.i_know {
        let problem =
            Diagnostic::error(format!("--bind {} lets other machines in", arguments.bind));
        let help = "whoever reaches it has every secret of this world; write --i-know as well if that is meant";
        return Err(problem.help(help).into());
    }
    let config = config(arguments)?;
    let (mut world, _lock, state) = opened(arguments, config)?;
    let given = arguments
        .control_token
        .clone()
        .or_else(|| std::env::var("WXSIM_CONTROL_TOKEN").ok());
    let token = given
        .filter(|it| !it.is_empty())
        .unwrap_or_else(random_token);
    let tls = match &arguments.tls {
        None => None,
        Some(folder) => {
            let made = certificates(folder);
            Some(made.map_err(|error| {
                Diagnostic::error(format!("--tls {}: {error}", folder.display()))
            })?)
        }
    };
    let listening = Listening {
        address: arguments.bind,
        port: arguments.port,
        tls: tls
            .as_ref()
            .map(|it| (it.certificate.clone(), it.key.clone())),
    };
    let facts = Facts {
        apps: told_apps(&world),
        users: told_users(&world),
        merchants: told_merchants(&mut world),
    };
    let mut server = Server::new(world, token.clone(), watcher(arguments)?)
        .with_hosts(arguments.allow_host.clone());
    if arguments.clock == ClockFlag::Real {
        server = server.with_real_time(arguments.compat_date.is_none());
    }
    if let Some(state) = state {
        server = server.with_state(state);
    }
    server
        .begin()
        .map_err(|error| Diagnostic::error(format!("--state: {error}")))?;
    let authority = tls.as_ref().map(|it| it.authority.as_path());
    let ready = |address: SocketAddr| {
        let started = Started {
            address,
            token: &token,
            facts: &facts,
            authority,
        };
        super::print(&if arguments.json {
            started.json()
        } else {
            started.text()
        });
    };
    listen(&listening, Arc::new(server), ready).map_err(|error| {
        let place = format!("{}:{}", arguments.bind, arguments.port);
        let problem = Diagnostic::error(format!("cannot listen at {place}: {error}"));
        Stop::Failed(
            problem.help("another program may have the port; --port 0 takes any that is free"),
        )
    })
}

/// The configuration of the project, or of none.
fn config(arguments: &Arguments) -> Result<(Option<package::Project>, Config), Stop> {
    let given = ProfileKeys {
        compat_date: arguments.compat_date,
        ..ProfileKeys::default()
    };
    let (project, read) = match &arguments.project {
        None => (None, package::Settings::default()),
        Some(path) => {
            let path = project_path(path)?;
            (
                Some(project(&path)?),
                settings::read(&path).map_err(Stop::Usage)?,
            )
        }
    };
    let mut config = settings::config(read, given, Policy::default()).map_err(Stop::Usage)?;
    if let Some(seed) = arguments.seed {
        config.seed = seed;
    }
    let mut project = project;
    if let (Some(project), Some(appid)) = (&mut project, &arguments.appid) {
        project.app_id = Some(appid.clone());
    }
    Ok((project, config))
}

fn project(path: &Path) -> Result<package::Project, Stop> {
    let files = DiskFiles::open(path).map_err(|error| {
        let problem = Diagnostic::error(format!("{}: {error}", path.display()));
        problem
            .help("give the folder of a mini program, the one with project.config.json or app.json")
    })?;
    let loaded = package::load(&files);
    loaded.project.ok_or(Stop::Usage(loaded.diagnostics))
}

/// The world, from the state file when there is one.
fn opened(
    arguments: &Arguments,
    (project, mut config): (Option<package::Project>, Config),
) -> Result<(World, Option<Lock>, Option<StateFile>), Stop> {
    let Some(path) = &arguments.state else {
        return Ok((world_of(project.as_ref(), config), None, None));
    };
    let wrong = |error: crate::serve::BadState| {
        Diagnostic::error(format!("--state {}: {error}", path.display()))
    };
    let (kept, lock) = StateFile::open(path).map_err(wrong)?;
    config.world = kept.map(Box::new);
    let world = world_of(project.as_ref(), config);
    let state = StateFile::begin(path, &world).map_err(wrong)?;
    Ok((world, Some(lock), Some(state)))
}

/// Who prints and records requests.
#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn watcher(arguments: &Arguments) -> Result<crate::serve::Watcher, Stop> {
    let mut file = match &arguments.record {
        None => None,
        Some(path) => {
            let made = std::fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(path);
            Some(made.map_err(|error| {
                Diagnostic::error(format!("--record {}: {error}", path.display()))
            })?)
        }
    };
    let (quiet, json) = (arguments.quiet, arguments.json);
    Ok(Box::new(move |seen: &Seen<'_>| {
        if let Some(file) = &mut file {
            // A disk that is full ends the record, not the server.
            let _ = file.write_all(format!("{}\n", line(seen, true)).as_bytes());
        }
        if quiet || seen.request.path.starts_with(CONTROL) {
            return;
        }
        let shown = if json {
            line(seen, false).to_string()
        } else {
            shown(seen)
        };
        super::print(&format!("{shown}\n"));
    }))
}

/// A request as JSON.
fn line(seen: &Seen<'_>, whole: bool) -> Json {
    let (request, response) = (seen.request, seen.response);
    let mut line = json!({
        "at": seen.at,
        "method": request.method,
        "path": request.path,
        "status": response.status,
    });
    let body = response.body_json();
    if let Some(code) = body.get("errcode") {
        line["errcode"] = code.clone();
    }
    if !response.why.is_empty() {
        line["why"] = response.why.as_str().into();
    }
    if whole {
        line["query"] = request.query.as_str().into();
        line["body"] = String::from_utf8_lossy(&request.body).into();
        line["response"] = match &body {
            Json::Null => format!("{} bytes", response.body.len()).into(),
            body => body.clone(),
        };
    }
    line
}

/// A request as a person reads it.
fn shown(seen: &Seen<'_>) -> String {
    let (request, response) = (seen.request, seen.response);
    let body = response.body_json();
    let code = body
        .get("errcode")
        .and_then(Json::as_i64)
        .filter(|code| *code != 0);
    let code = code.map_or_else(String::new, |code| {
        format!(" {code} {}", body["errmsg"].as_str().unwrap_or_default())
    });
    let why = if response.why.is_empty() {
        String::new()
    } else {
        format!("\n    {}", response.why)
    };
    format!(
        "{} {} → {}{code}{why}",
        request.method, request.path, response.status
    )
}

/// Whom the world knows.
struct Facts {
    apps: Vec<Json>,
    users: Vec<Json>,
    merchants: Vec<Json>,
}

/// What is printed when the server is ready.
struct Started<'a> {
    address: SocketAddr,
    token: &'a str,
    facts: &'a Facts,
    authority: Option<&'a Path>,
}

impl Started<'_> {
    fn url(&self) -> String {
        let scheme = if self.authority.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}", self.address)
    }

    fn json(&self) -> String {
        let first = json!({
            "url": self.url(),
            "control_token": self.token,
            "apps": self.facts.apps,
            "users": self.facts.users,
            "merchants": self.facts.merchants,
            "ca": self.authority,
        });
        format!("{first}\n")
    }

    fn text(&self) -> String {
        let (url, token) = (self.url(), self.token);
        let Facts {
            apps,
            users,
            merchants,
        } = self.facts;
        let text = |json: &Json, key: &str| json[key].as_str().unwrap_or_default().to_owned();
        let apps = apps.iter().map(|app| {
            format!(
                "  appid {}  secret {}  {}\n",
                text(app, "appid"),
                text(app, "secret"),
                text(app, "name")
            )
        });
        let users = users
            .iter()
            .take(10)
            .map(|user| format!("  {}  {}\n", text(user, "name"), user["openid"]));
        let merchants = merchants.iter().map(|it| {
            format!(
                "  mch_id {}  key {}  v3 key {}\n",
                text(it, "mch_id"),
                text(it, "key"),
                text(it, "v3_key")
            )
        });
        let (apps, users, merchants): (String, String, String) =
            (apps.collect(), users.collect(), merchants.collect());
        let trust = self.authority.map_or_else(String::new, |path| {
            let path = path.display();
            let names = NAMES.join(" ");
            format!(
                "\nHTTPS: let clients trust {path} (NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, SSL_CERT_FILE)\n\
                 and lead these names to {}: {names}\n",
                self.address.ip()
            )
        });
        format!(
            "wxsim serve at {url}\n{apps}{merchants}users\n{users}\
             control  {url}{CONTROL}#token={token}\n  Authorization: Bearer {token}\n\
             \nPoint an SDK at it:\n\
             \x20 co-wechat-api     api.prefix = '{url}/cgi-bin/'; api.snsPrefix = '{url}/sns/'; api.wxaPrefix = '{url}/wxa/'\n\
             \x20 node-easywechat   {{ http: {{ baseURL: '{url}/' }} }}\n\
             \x20 wechatpy          mount an adapter on client._http that sends https://api.weixin.qq.com to {url}\n\
             \x20 wechat-mp-sdk     WechatMp::builder().base_url(\"{url}\")\n\
             \x20 WxJava            config.setApiHostUrl(\"{url}\")\n\
             \x20 tenpay            replace https://api.mch.weixin.qq.com in pay.urls by {url}\n\
             docs/serve.md has whole examples.\n{trust}\nCtrl-C ends it.\n\n"
        )
    }
}
