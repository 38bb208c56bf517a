//! What the phone knows that can be completed.

use super::complete::{Facts, Want};
use super::screen::Target;
use super::script::evaluated;
use super::session::Session;
use crate::value::Value;

/// Targets that are completed.
const TARGETS_MAX: usize = 40;
/// Members of an object that are completed.
const MEMBERS_MAX: usize = 500;

impl Session {
    /// What can be completed now. Members of an object are asked of the scripts, which leaves its traces: a copy of the
    /// phone may do that (`is_copy`).
    pub fn facts(&mut self, want: &Want, is_copy: bool) -> Facts {
        match want {
            Want::Targets(text) => Facts {
                targets: self.targets(text),
                ..Facts::default()
            },
            Want::Members(owner) if is_copy => Facts {
                members: self.members(owner),
                ..Facts::default()
            },
            Want::Members(_) => Facts::default(),
            Want::World => {
                let questions = self.sim.open_questions();
                self.sim.read(|world| {
                    let keys = world.storage_keys(&world.caller());
                    let others = world.other_apps().iter();
                    Facts {
                        pages: world.app().pages.clone(),
                        storage: keys.into_iter().map(str::to_owned).collect(),
                        programs: others.map(|app| app.app_id.clone()).collect(),
                        users: world.users().iter().map(|user| user.id.clone()).collect(),
                        questions,
                        ..Facts::default()
                    }
                })
            }
        }
    }

    fn targets(&mut self, text: &str) -> Vec<String> {
        self.look_again();
        let all = self.shown.targets.iter().zip(&self.shown.labels);
        let is_said = all.clone().any(|(_, label)| label.contains(text));
        let meant = all.filter(|(_, label)| !is_said || label.contains(text));
        let elements = meant.filter_map(|(own, _)| match own {
            Target::Element(element) => Some(*element),
            Target::Tab(_) => None,
        });
        let named = elements
            .take(TARGETS_MAX)
            .filter_map(|own| self.sim.target_of(own));
        named.collect()
    }

    /// Names of what an object has and inherits, the last ancestor aside.
    fn members(&mut self, owner: &str) -> Vec<String> {
        let code = format!(
            "const names = new Set();\n\
             for (let own = Object({owner}), depth = 0; own && depth < 8; own = Object.getPrototypeOf(own), depth++) {{\n\
             if (depth > 0 && own === Object.prototype) break;\n\
             for (const name of Object.getOwnPropertyNames(own)) names.add(name);\n\
             }}\n\
             return [...names];\n"
        );
        let Ok(Value::Array(names)) = self.sim.ask_scripts(&evaluated(&code)) else {
            return Vec::new();
        };
        let texts = names
            .iter()
            .filter_map(|name| name.as_str().map(str::to_owned));
        texts.take(MEMBERS_MAX).collect()
    }
}
