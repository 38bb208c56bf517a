//! Codes that can be scanned: mini program codes, QR codes, bar codes; what scanning one leads to.
//!
//! Official pages: "Get a mini program code" (`getwxacode`, `getwxacodeunlimit`, `createwxaqrcode`), "Open a mini program by a QR
//! code of a link", "Scene values", `wx.scanCode`. An unlimited code carries a `scene`, which the page gets percent-encoded once;
//! the others carry a path. A QR code with a link opens the page of the rule that the link fits: it gets the whole link as
//! `q`, percent-encoded, and `scancode_time` in seconds.
//!
//! Somebody printed the codes of [`DeclareCodes`]; the others were made by WeChat's server ([`made`]). A code is found by
//! its id or by the text of its picture, [`World::code_text`].
//!
//! Unverified: of several rules that fit the longest holds; a bar code opens the page that it is given here.
//! What `wx.scanCode` gives for a code of a mini program: an empty `result`, as `rawData` a text that only WeChat
//! reads; Android gives the path with `scene` as it was set, iOS percent-encoded (developers report it).

pub mod made;

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::account::EnvVersion;
use super::enter_options::EnterOptions;
use super::rng::derived_text;
use super::{Change, World, sealed::Sealed};
use crate::profile::{Date, Platform};
use crate::version::Version;

/// How a code is scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan {
    /// With the camera.
    Camera,
    /// By a long press on a picture.
    LongPress,
    /// From a picture of the album.
    Album,
}

impl Scan {
    /// Each way with its word in steps.
    pub const ALL: [(&'static str, Self); 3] = [
        ("camera", Self::Camera),
        ("longpress", Self::LongPress),
        ("album", Self::Album),
    ];

    /// Its word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Camera => "camera",
            Self::LongPress => "longpress",
            Self::Album => "album",
        }
    }
}

/// What a code looks like, as `wx.scanCode` names it, with the word of its option `scanType`.
pub const FORMATS: [(&str, &str); 19] = [
    ("QR_CODE", "qrCode"),
    ("AZTEC", "qrCode"),
    ("CODABAR", "barCode"),
    ("CODE_25", "barCode"),
    ("CODE_39", "barCode"),
    ("CODE_93", "barCode"),
    ("CODE_128", "barCode"),
    ("DATA_MATRIX", "datamatrix"),
    ("EAN_8", "barCode"),
    ("EAN_13", "barCode"),
    ("ITF", "barCode"),
    ("MAXICODE", "qrCode"),
    ("PDF_417", "pdf417"),
    ("RSS_14", "barCode"),
    ("RSS_EXPANDED", "barCode"),
    ("UPC_A", "barCode"),
    ("UPC_E", "barCode"),
    ("UPC_EAN_EXTENSION", "barCode"),
    ("WX_CODE", "qrCode"),
];

/// The word of `scanType` for a format.
fn kind_of(format: &str) -> &'static str {
    let found = FORMATS.iter().find(|(name, _)| *name == format);
    found.map_or("qrCode", |(_, kind)| kind)
}

/// What a code carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A mini program code of `getwxacodeunlimit`.
    Unlimited {
        /// 1 to 32 characters.
        scene: String,
        /// The page; empty for the home page.
        page: String,
        /// Whether the page must be one of the program.
        check_path: bool,
    },
    /// A mini program code of `getwxacode`, or the square one of `createwxaqrcode`.
    Limited {
        /// The page with its query.
        path: String,
        /// Whether it is the square one.
        square: bool,
    },
    /// Any other code.
    Text {
        /// What it says.
        text: String,
        /// What it looks like.
        format: String,
        /// The page that a bar code opens, with its query; empty for none.
        page: String,
    },
}

/// A code that somebody printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedCode {
    /// What steps and answers call it.
    pub id: String,
    /// What it carries.
    pub content: Content,
    /// The program that it belongs to; `None` is the running one.
    pub app_id: Option<String>,
    /// The build that it opens.
    pub env_version: EnvVersion,
}

/// Links that open a page when a QR code has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRule {
    /// What links begin with.
    pub prefix: String,
    /// The page.
    pub page: String,
}

impl LinkRule {
    /// Whether a link fits: below a rule that ends with `/`, with the parameters that a rule has and
    /// perhaps more, else the same up to the parameters.
    fn fits(&self, link: &str) -> bool {
        let (base, query) = link.split_once('?').unwrap_or((link, ""));
        match self.prefix.split_once('?') {
            Some((rule, wanted)) => base == rule && query.starts_with(wanted),
            None if self.prefix.ends_with('/') => base.starts_with(&self.prefix),
            None => base == self.prefix,
        }
    }
}

/// The codes that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Codes {
    printed: Vec<PrintedCode>,
    links: Vec<LinkRule>,
    made: made::MadeCodes,
}

impl Codes {
    /// Only what the server made is there.
    pub(super) fn forget_declared(&mut self) {
        self.printed.clear();
        self.links.clear();
    }
}

/// These are the codes that somebody printed, and the rules for links. Codes that the server made stay.
#[derive(Clone, Debug)]
pub struct DeclareCodes {
    /// The codes.
    pub codes: Vec<PrintedCode>,
    /// The rules.
    pub links: Vec<LinkRule>,
}

impl Sealed for DeclareCodes {}
impl Change for DeclareCodes {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.codes.printed = self.codes;
        world.codes.links = self.links;
    }
}

/// Why scanning a code does not open the program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadScan {
    /// There is no such code.
    #[error("there is no code `{0}`; {1}")]
    NoCode(String, String),
    /// It opens another program.
    #[error("the code `{0}` opens {1}, and this program is {2}")]
    OtherProgram(String, String, String),
    /// It opens another build.
    #[error(
        "the code `{id}` opens the {of} build, and the {running} build runs; write env_version = \
         \"{of}\" into [app] to run that one, or into the code to open this one"
    )]
    OtherBuild {
        /// The code.
        id: String,
        /// What it opens.
        of: &'static str,
        /// What runs.
        running: &'static str,
    },
    /// The server makes no such code.
    #[error(
        "there is no code `{0}`: the server answers 41030 `invalid page`, because app.json has no page \
         {1}; correct it, or write check_path = false to have the code anyway"
    )]
    InvalidPage(String, String),
    /// The server of that day makes no such code.
    #[error("there is no code `{0}`: in 2018 a path has 128 bytes at most, and this one {1}")]
    LongPath(String, usize),
    /// WeChat shows the text.
    #[error("the code `{0}` does not open the program, WeChat shows its text: {1}")]
    OpensNothing(String, &'static str),
    /// The client is too old.
    #[error("the code `{0}` opens nothing: links open a mini program since client 6.5.6")]
    OldClient(String),
}

/// What a program reads from a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// `result`.
    pub result: String,
    /// `scanType`.
    pub format: String,
    /// `path`.
    pub path: Option<String>,
    /// The bytes of `rawData`.
    pub raw: String,
}

/// Client since which links open a mini program.
const LINKS_SINCE: Version = Version(6, 5, 6);
/// Longest path of a limited code in 2018, in bytes.
pub const PATH_MAX_2018: usize = 128;
/// From this day longer paths are taken.
pub const LONG_PATHS_FROM: Date = Date::new(2019, 1, 1);

impl PrintedCode {
    /// What it looks like.
    pub fn format(&self) -> &str {
        match &self.content {
            Content::Unlimited { .. } | Content::Limited { square: false, .. } => "WX_CODE",
            Content::Limited { square: true, .. } => "QR_CODE",
            Content::Text { format, .. } => format,
        }
    }

    /// The scene of opening a program by it.
    fn scene(&self, scan: Scan) -> u32 {
        let (camera, long_press, album) = match (self.format(), kind_of(self.format())) {
            ("WX_CODE", _) => (1047, 1048, 1049),
            (_, "barCode") => (1025, 1031, 1032),
            _ => (1011, 1012, 1013),
        };
        match scan {
            Scan::Camera => camera,
            Scan::LongPress => long_press,
            Scan::Album => album,
        }
    }

    /// Whether it is a code of a mini program.
    fn is_of_program(&self) -> bool {
        !matches!(self.content, Content::Text { .. })
    }
}

impl World {
    /// Names of the codes that a program can read when it asks for some kinds; for all when it
    /// names none. Of those that the server made, the latest [`made::READABLE_MAX`].
    pub fn readable_codes(&self, kinds: &[&str]) -> Vec<String> {
        let fits = |code: &&PrintedCode| {
            let kind = kind_of(code.format());
            kinds.is_empty() || kinds.contains(&kind)
        };
        let made = self.codes.made.latest().take(made::READABLE_MAX);
        let found = self.codes.printed.iter().chain(made).filter(fits);
        found.map(|code| code.id.clone()).collect()
    }

    /// The code of an id, or of the text of a picture.
    pub fn printed_code(&self, name: &str) -> Option<&PrintedCode> {
        let printed = || self.codes.printed.iter();
        let of_id = printed().find(|code| code.id == name);
        if let Some(code) = of_id.or_else(|| self.codes.made.get(name)) {
            return Some(code);
        }
        let id = id_in_text(name)?;
        let of_id = printed().find(|code| uri_component(&code.id) == id);
        let code = of_id.or_else(|| self.codes.made.get(id))?;
        (self.code_text(code).as_deref() == Some(name)).then_some(code)
    }

    /// What a reader of two-dimensional codes reads from the picture of a code: its own text, or
    /// `wxcode://APPID/ID` of a code of a mini program. `None` for bar codes.
    pub fn code_text(&self, code: &PrintedCode) -> Option<String> {
        match &code.content {
            Content::Text { text, format, .. } => (format == "QR_CODE").then(|| text.clone()),
            _ => {
                let app_id = code.app_id.as_ref().unwrap_or(&self.app.app_id);
                let (app_id, id) = (uri_component(app_id), uri_component(&code.id));
                Some(format!("{TEXT_PREFIX}{app_id}/{id}"))
            }
        }
    }

    /// Whether a code is of a program that does not run.
    fn is_foreign(&self, code: &PrintedCode) -> bool {
        let app_id = code.app_id.as_ref();
        app_id.is_some_and(|it| *it != self.app.app_id)
    }

    /// How the program is opened by scanning a code.
    ///
    /// # Errors
    /// It is not.
    pub fn opened_by_code(&self, id: &str, scan: Scan) -> Result<EnterOptions, BadScan> {
        let code = self.printed_code(id).ok_or_else(|| {
            let known = self.readable_codes(&[]).join(", ");
            let known = match known.as_str() {
                "" => "write it into wxsim.toml as a table [[codes]]".to_owned(),
                known => format!("there are {known}"),
            };
            BadScan::NoCode(id.to_owned(), known)
        })?;
        let id = || id.to_owned();
        if self.is_foreign(code) {
            let of = code.app_id.clone().unwrap_or_default();
            return Err(BadScan::OtherProgram(id(), of, self.app.app_id.clone()));
        }
        if code.is_of_program() && code.env_version != self.app.env_version {
            let (of, running) = (code.env_version.name(), self.app.env_version.name());
            return Err(BadScan::OtherBuild {
                id: id(),
                of,
                running,
            });
        }
        let scene = code.scene(scan);
        match &code.content {
            Content::Unlimited {
                scene: text,
                page,
                check_path,
            } => {
                if *check_path && !page.is_empty() && !self.app.has_page(page) {
                    return Err(BadScan::InvalidPage(id(), page.clone()));
                }
                let mut options = EnterOptions::new(self.page_or_home(page), scene);
                let text = uri_component(text);
                options.query.push(("scene".to_owned(), text));
                Ok(options)
            }
            Content::Limited { path, .. } => {
                if self.profile.compat_date < LONG_PATHS_FROM && path.len() > PATH_MAX_2018 {
                    return Err(BadScan::LongPath(id(), path.len()));
                }
                Ok(EnterOptions::at(&rooted(path), scene))
            }
            Content::Text { page, .. } if !page.is_empty() => {
                Ok(EnterOptions::at(&rooted(page), scene))
            }
            Content::Text { text, .. } => self.opened_by_link(id(), text, scene),
        }
    }

    fn opened_by_link(&self, id: String, link: &str, scene: u32) -> Result<EnterOptions, BadScan> {
        if !link.starts_with("http://") && !link.starts_with("https://") {
            let advice = "give it the page that it opens, or read it with wx.scanCode";
            return Err(BadScan::OpensNothing(id, advice));
        }
        let rules = self.codes.links.iter().filter(|rule| rule.fits(link));
        let rule = rules.max_by_key(|rule| rule.prefix.len());
        let rule = rule.ok_or_else(|| {
            let advice = "no rule of [[links]] in wxsim.toml fits the link";
            BadScan::OpensNothing(id.clone(), advice)
        })?;
        if self.profile.client < LINKS_SINCE {
            return Err(BadScan::OldClient(id));
        }
        let mut options = EnterOptions::new(self.page_or_home(&rule.page), scene);
        let seconds = self.now.0.div_euclid(1000).to_string();
        options.query = vec![
            ("q".to_owned(), uri_component(link)),
            ("scancode_time".to_owned(), seconds),
        ];
        Ok(options)
    }

    fn page_or_home<'a>(&'a self, page: &'a str) -> &'a str {
        match page {
            "" => self.app.home_page().unwrap_or_default(),
            page => page,
        }
    }

    /// What the program reads from a code; `None` when there is none of that name. What only WeChat reads is
    /// the text of the picture when the server made the code.
    pub fn scanned(&self, name: &str) -> Option<Scanned> {
        let code = self.printed_code(name)?;
        let made = self.codes.made.get(&code.id).filter(|made| *made == code);
        let made = made.and_then(|made| self.code_text(made));
        let hidden = |first: &str| {
            let letters = || derived_text(self.seed, &["code", &code.id], 30);
            made.clone()
                .unwrap_or_else(|| format!("{first}{}", letters()))
        };
        let own = |path: String| Some(path).filter(|_| !self.is_foreign(code));
        let (result, path, raw) = match &code.content {
            Content::Text { text, .. } => (text.clone(), None, text.clone()),
            Content::Unlimited { scene, page, .. } => {
                let scene = match self.profile.platform {
                    Platform::Android => scene.clone(),
                    _ => uri_component(scene),
                };
                let path = format!("{}?scene={scene}", self.page_or_home(page));
                (String::new(), own(path), hidden("l"))
            }
            Content::Limited {
                path,
                square: false,
            } => (String::new(), own(path.clone()), hidden("k")),
            Content::Limited { path, square: true } => {
                let link = hidden("https://mp.weixin.qq.com/a/~");
                (String::new(), own(path.clone()), link)
            }
        };
        Some(Scanned {
            result,
            format: code.format().to_owned(),
            path,
            raw,
        })
    }
}

/// What the text of a mini program code begins with.
const TEXT_PREFIX: &str = "wxcode://";

/// The id in the text of the picture of a mini program code, percent-encoded.
pub fn id_in_text(text: &str) -> Option<&str> {
    let (_, id) = text.strip_prefix(TEXT_PREFIX)?.split_once('/')?;
    Some(id)
}

/// An address from the root of the program.
fn rooted(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/'))
}

/// A text as `encodeURIComponent` gives it.
pub fn uri_component(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests;
