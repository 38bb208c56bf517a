//! Which modules a script asks for, as far as its text says it.
//!
//! A guess that costs one pass over the text: what it finds in a comment does no harm, what it does not find (a name
//! that is computed) is read when it is asked for.

/// The texts in `require('…')`, `import '…'` and `… from '…'`, in order.
pub fn requires(source: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for word in ["require", "from", "import"] {
        for (at, _) in source.match_indices(word) {
            let before = source[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$' || c == '.') {
                continue;
            }
            let rest = source[at + word.len()..].trim_start();
            let rest = match (word, rest.strip_prefix('(')) {
                ("require" | "import", Some(inner)) => inner.trim_start(),
                ("require", None) => continue,
                _ => rest,
            };
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
                continue;
            };
            let text = rest[1..].split(quote).next().unwrap_or_default();
            if !text.is_empty() && !text.contains('\n') {
                found.push(text);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::requires;

    #[test]
    fn modules_are_named_by_literals() {
        let source = "const a = require('./a.js'); const { b } = require( \"../b\" )
            import './c'
            import d, { e } from './d'
            export * from \"./f\"
            import('./g')
            myrequire('./no'); x.require('./no'); require(name); from = 1";
        let mut found = requires(source);
        found.sort_unstable();
        assert_eq!(found, ["../b", "./a.js", "./c", "./d", "./f", "./g"]);
    }
}
