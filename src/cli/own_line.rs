//! The command line of this process, told again: as a line that a shell reads.

/// The words behind the name of the program, which flags are taken from and added to.
pub(super) struct OwnLine(Vec<String>);

impl OwnLine {
    /// The line as it was typed.
    pub(super) fn typed() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// Without those flags; of each whether it has a value.
    pub(super) fn without(self, flags: &[(&str, bool)]) -> Self {
        let mut skips = false;
        let kept = self.0.into_iter().filter(|word| {
            if std::mem::take(&mut skips) {
                return false;
            }
            let flag = flags.iter().find(|(flag, _)| *flag == name(word));
            skips = flag.is_some_and(|(_, has_value)| *has_value && !word.contains('='));
            flag.is_none()
        });
        Self(kept.collect())
    }

    /// With a flag and its value, unless it has that flag.
    pub(super) fn with(mut self, flag: &str, value: &str) -> Self {
        if !self.0.iter().any(|word| name(word) == flag) {
            self.0.extend([flag.to_owned(), value.to_owned()]);
        }
        self
    }

    /// With another subcommand.
    pub(super) fn for_command(mut self, command: &str) -> Self {
        if let Some(first) = self.0.first_mut() {
            command.clone_into(first);
        }
        self
    }

    /// The line.
    pub(super) fn text(&self) -> String {
        let words: Vec<String> = self.0.iter().map(|word| super::quoted(word)).collect();
        format!("wxsim {}", words.join(" "))
    }
}

/// `--seed` of `--seed=1`.
fn name(word: &str) -> &str {
    word.split('=').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::OwnLine;

    fn line(text: &str) -> OwnLine {
        OwnLine(text.split(' ').map(str::to_owned).collect())
    }

    #[test]
    fn flags_go_with_their_values_and_come_once() {
        let without = line("explore app --depth 3 --jobs=2 --json --page a?b=1").without(&[
            ("--depth", true),
            ("--jobs", true),
            ("--json", false),
        ]);
        assert_eq!(without.text(), "wxsim explore app --page 'a?b=1'");
        let with = line("run app --seed=7")
            .with("--seed", "1")
            .with("--compat-date", "2026-01-01");
        assert_eq!(
            with.text(),
            "wxsim run app --seed=7 --compat-date 2026-01-01"
        );
        assert_eq!(
            line("audit app").for_command("explore").text(),
            "wxsim explore app"
        );
    }
}
