//! The programs that are measured: the sample, and a page with one method per workload.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use wxsim::engine::{Host, ModuleSource, Throw};
use wxsim::package::{self, DiskFiles, Files, MemoryFiles, Project};
use wxsim::runtime::{Config, Sim};
use wxsim::value::Value;
use wxsim::world::enter_options::{DEFAULT_SCENE, EnterOptions};

/// `wx` calls of one gesture of the workload.
pub(crate) const WX_CALLS: u64 = 1_000;
/// Navigations of one gesture of the workload: half of them go back.
pub(crate) const NAVIGATIONS: u64 = 1_000;

/// A loaded program.
pub(crate) struct Program {
    pub(crate) project: Rc<Project>,
    pub(crate) files: Rc<dyn Files>,
}

impl Program {
    pub(crate) fn load(files: impl Files + 'static) -> Self {
        let loaded = package::load(&files);
        Self {
            project: Rc::new(loaded.project.expect("the project loads")),
            files: Rc::new(files),
        }
    }

    /// A simulator that shows the program's first page.
    pub(crate) fn launched(&self) -> Sim {
        self.launched_as(Config::default())
    }

    /// The same in a world of its own.
    pub(crate) fn launched_as(&self, config: Config) -> Sim {
        let mut sim = self.sim(config);
        sim.compile();
        sim.launch(EnterOptions::new("", DEFAULT_SCENE));
        assert_eq!(sim.errors(), 0, "the program starts");
        sim
    }
}

impl Program {
    /// A simulator that has not started the program.
    pub(crate) fn sim(&self, config: Config) -> Sim {
        let files: Rc<dyn Files> = self.files.clone();
        Sim::new(self.project.clone(), files, config, None).expect("the prelude runs")
    }
}

/// Where the sample is.
pub(crate) fn hello_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-apps/hello")
}

/// The sample.
pub(crate) fn hello() -> Program {
    Program::load(DiskFiles::open(&hello_folder()).expect("the sample is there"))
}

/// A program whose first page has one method per workload.
pub(crate) fn workload() -> Program {
    let config = r#"{ "pages": ["pages/a/a", "pages/b/b"] }"#;
    Program::load(MemoryFiles::new([
        ("app.json", config.to_owned()),
        ("app.js", "App({})".to_owned()),
        ("pages/a/a.js", first_page()),
        ("pages/a/a.wxml", "<view/>".to_owned()),
        ("pages/b/b.js", "Page({ data: { n: 0 } })".to_owned()),
        ("pages/b/b.wxml", "<view/>".to_owned()),
    ]))
}

fn first_page() -> String {
    let pairs = NAVIGATIONS / 2;
    format!(
        r"
const rows = []
for (let n = 0; n < 1000; n += 1) rows.push({{ id: n, text: 'row ' + n, done: false }})

Page({{
  data: {{ rows }},
  onLoad() {{
    wx.setStorageSync('key', {{ a: 1 }})
  }},
  nothing() {{}},
  callSync() {{
    for (let n = 0; n < {WX_CALLS}; n += 1) wx.getStorageSync('key')
  }},
  callAsync() {{
    const next = (left) => {{
      if (left > 0) wx.getStorage({{ key: 'key', success: () => next(left - 1) }})
    }}
    next({WX_CALLS})
  }},
  callAtOnce() {{
    for (let n = 0; n < {WX_CALLS}; n += 1) wx.getStorage({{ key: 'key', success() {{}} }})
  }},
  async callPromises() {{
    for (let n = 0; n < {WX_CALLS}; n += 1) await wx.getStorage({{ key: 'key' }})
  }},
  navigate() {{
    const next = (left) => {{
      if (left === 0) return
      const back = () => wx.navigateBack({{ success: () => next(left - 1) }})
      wx.navigateTo({{ url: '/pages/b/b?left=' + left, success: back }})
    }}
    next({pairs})
  }},
  authorize() {{
    const fail = (error) => {{ throw new Error(error.errMsg) }}
    const next = (left) => {{
      if (left === 0) return
      wx.login({{ fail, success: () => wx.authorize({{ scope: 'scope.userInfo', fail, success: () =>
        wx.getUserInfo({{ withCredentials: true, fail, success: (result) => {{
          if (!result.encryptedData) fail(result)
          next(left - 1)
        }} }}) }}) }})
    }}
    next(100)
  }},
  setRow() {{
    this.setData({{ 'rows[500].done': !this.data.rows[500].done }})
  }},
  setRows() {{
    this.setData({{ rows }})
  }},
}})
"
    )
}

/// A script of about so many bytes, written as people write: short functions with comments.
pub(crate) fn generated_script(bytes: usize) -> String {
    let mut script = String::with_capacity(bytes + 1_000);
    let mut n = 0;
    while script.len() < bytes {
        n += 1;
        let _ = write!(
            script,
            r"
// Totals of the order lines of kind {n}; lines without a price count as free.
function total{n}(lines, options) {{
  const {{ rate = {n}, currency = 'CNY' }} = options || {{}}
  let sum = 0
  for (const line of lines) {{
    if (!line || line.kind !== {n}) continue
    const price = line.price === undefined ? 0 : line.price * rate
    sum += price * (line.count || 1)
  }}
  return {{ sum, currency, label: `${{currency}} ${{sum.toFixed(2)}}`, empty: lines.length === 0 }}
}}
"
        );
    }
    script
}

/// A host whose only module is one text.
pub(crate) struct Bare(pub String);

impl Host for Bare {
    fn operations(&self) -> &'static [&'static str] {
        &[]
    }

    fn call(&self, _: usize, _: Vec<Value>) -> Result<Value, Throw> {
        Ok(Value::Undefined)
    }

    fn module_source(&self, _: &str) -> Result<ModuleSource, Throw> {
        Ok(ModuleSource {
            code: self.0.clone(),
            strict: false,
            original: None,
        })
    }

    fn now_unix_ms(&self) -> i64 {
        0
    }

    fn utc_offset_s(&self) -> i32 {
        0
    }
}
