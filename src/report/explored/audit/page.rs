//! The audit as one HTML file that needs nothing else.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use super::{
    AuditResult, CAUSES_FOUND, Finding, GUIDE, Group, NOTES_FOUND, ORIGIN, REASON, Suppressed,
    UNTIL, besides, groups, pick,
};
use crate::report::explored::html::{both, document, escaped, list, matrix, phrase, source};
use crate::report::explored::words::{
    AGAIN, CAUSES, FIX, PAGE, Phrase, SEE, START, STORY, SUPPRESSED, weight,
};
use crate::report::suite::Language;
use crate::runtime::monitor::Weight;

const SWITCH: Phrase = Phrase("中文", "English");

/// The page; `language` is the one that it opens in.
pub fn html(result: &AuditResult, language: Language) -> String {
    let mut body = head(result);
    for group in groups(&result.findings) {
        body.push_str(&one_rule(&group));
    }
    body.push_str(&matrix(&result.matrix));
    body.push_str(&guide(&result.privacy_guide));
    if !result.suppressed.is_empty() {
        let _ = writeln!(
            body,
            "<h2>{} ({})</h2>",
            phrase(SUPPRESSED),
            result.suppressed.len()
        );
        body.extend(result.suppressed.iter().map(suppressed));
    }
    let class = if result.causes() > 0 { "bad" } else { "quiet" };
    let title = format!("wxsim audit: {}", result.project);
    document(&title, language, class, &body, &Json::Object(Map::new()))
}

fn head(result: &AuditResult) -> String {
    let mut text = format!(
        "<header>\n<h1>wxsim audit: {}</h1>\n<p class=\"totals\">{}: {}</p>\n",
        escaped(&result.project),
        phrase(CAUSES_FOUND),
        result.causes()
    );
    let besides: Vec<String> = besides(result).iter().map(both).collect();
    let _ = writeln!(
        text,
        "<p class=\"time\">{}: {} · {}</p>\n<p class=\"tools\"><button id=\"switch\">{}</button></p>\n</header>",
        phrase(NOTES_FOUND),
        result.notes(),
        besides.join(" · "),
        phrase(SWITCH)
    );
    text
}

fn class(weight: Weight) -> &'static str {
    match weight {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Info => "info",
    }
}

fn one_rule(group: &Group<'_>) -> String {
    let own = group.first.weight;
    let mut text = format!(
        "<section class=\"{}\">\n<h2><span class=\"weight\">{}</span> {}</h2>\n",
        class(own),
        phrase(weight(own)),
        escaped(&group.name())
    );
    if let Some(rule) = group.rule {
        let _ = writeln!(text, "<p>{}</p>", both(&pick(rule.title)));
        let _ = writeln!(
            text,
            "<p class=\"fix\">{}: {}</p>",
            phrase(FIX),
            both(&pick(rule.fix))
        );
        if !rule.source.is_empty() {
            // A reader follows it by hand: the page leads nowhere by itself.
            let _ = writeln!(
                text,
                "<p>{}: <code>{}</code></p>",
                phrase(SEE),
                escaped(rule.source)
            );
        }
    }
    text.extend(group.findings.iter().map(|finding| article(finding, "")));
    text + "</section>\n"
}

fn article(finding: &Finding, more: &str) -> String {
    let found = &finding.found;
    let mut text = format!(
        "<article class=\"{}\">\n<p><b>{}</b></p>\n{more}",
        class(found.weight),
        both(&found.says)
    );
    if let Some(at) = &found.at {
        text.push_str(&source(at, &found.source_line));
    }
    if !found.page.is_empty() {
        let _ = writeln!(text, "<p>{}: {}</p>", phrase(PAGE), escaped(&found.page));
    }
    if !found.causes.is_empty() {
        let lines: Vec<String> = found.causes.iter().map(|cause| escaped(cause)).collect();
        let _ = write!(
            text,
            "<h3>{}</h3>\n{}",
            phrase(CAUSES),
            list("ol", "causes", &lines)
        );
    }
    if !finding.story.is_empty() {
        let mut lines = vec![phrase(START)];
        lines.extend(finding.story.iter().map(both));
        let _ = write!(
            text,
            "<h3>{}</h3>\n{}",
            phrase(STORY),
            list("ol", "story", &lines)
        );
    }
    let _ = writeln!(
        text,
        "<p>{}: {}</p>",
        phrase(ORIGIN),
        both(&finding.origin.words())
    );
    if !finding.replay.is_empty() {
        let replay = escaped(&finding.replay);
        let _ = writeln!(
            text,
            "<h3>{}</h3>\n<pre class=\"replay\">{replay}</pre>",
            phrase(AGAIN)
        );
    }
    text + "</article>\n"
}

fn suppressed(suppressed: &Suppressed) -> String {
    let found = &suppressed.finding.found;
    let name = escaped(&format!("{} {}", found.rule, found.name));
    let mut more = format!(
        "<p>{name}</p>\n<p>{}: {}</p>\n",
        phrase(REASON),
        escaped(&suppressed.reason)
    );
    if let Some(until) = &suppressed.until {
        let _ = writeln!(more, "<p>{}: {}</p>", phrase(UNTIL), escaped(until));
    }
    article(&suppressed.finding, &more)
}

/// A list of objects is a table, everything else is shown as it is.
fn guide(guide: &Json) -> String {
    if guide.is_null() {
        return String::new();
    }
    let rows: Option<Vec<&Map<String, Json>>> = guide
        .as_array()
        .and_then(|rows| rows.iter().map(Json::as_object).collect());
    let body = match rows {
        Some(rows) if !rows.is_empty() => table(&rows),
        _ => {
            let text = serde_json::to_string_pretty(guide).unwrap_or_default();
            format!("<pre>{}</pre>\n", escaped(&text))
        }
    };
    format!(
        "<section class=\"guide\">\n<h2>{}</h2>\n{body}</section>\n",
        phrase(GUIDE)
    )
}

fn table(rows: &[&Map<String, Json>]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in rows.iter().flat_map(|row| row.keys()) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let heads = names
        .iter()
        .map(|name| format!("<th>{}</th>", escaped(name)));
    let heads = heads.collect::<String>();
    let mut text = format!("<table>\n<tr>{heads}</tr>\n");
    for row in rows {
        let cells = names
            .iter()
            .map(|name| format!("<td>{}</td>", escaped(&plain(row.get(*name)))));
        let cells = cells.collect::<String>();
        let _ = writeln!(text, "<tr>{cells}</tr>");
    }
    text + "</table>\n"
}

/// A value in a cell.
fn plain(value: Option<&Json>) -> String {
    match value {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(Json::Array(all)) => all
            .iter()
            .map(|one| plain(Some(one)))
            .collect::<Vec<_>>()
            .join(", "),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::html;
    use crate::report::explored::fixture::{HOSTILE, audit};
    use crate::report::suite::Language;

    #[test]
    fn every_finding_is_on_the_page() {
        let page = html(&audit(), Language::English);
        for part in [
            "known rejection causes found</span><span class=\"zh\">发现的已知拒审原因</span>: 2</p>",
            "<section class=\"error\">\n<h2><span class=\"weight\"><span class=\"en\">error</span>",
            "P28 unhandled</h2>",
            "<pre class=\"source\">pages/me/me.js:12:5\n&gt; 12 |     this.data.user.name\n     |     ^</pre>",
            "<td>phone</td><td>login</td><td>button.getPhoneNumber</td>",
            "a map needs it at once",
            "static</span><span class=\"zh\">静态检查</span>",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        assert!(!page.to_lowercase().contains("passe") && !page.contains("通过"));
    }

    #[test]
    fn no_text_is_markup() {
        let mut result = audit();
        result.project = HOSTILE.to_owned();
        result.privacy_guide = serde_json::json!({ HOSTILE: HOSTILE });
        for finding in &mut result.findings {
            finding.found.says.zh = HOSTILE.repeat(200);
            finding.found.page = HOSTILE.to_owned();
            finding.found.causes = vec![HOSTILE.to_owned()];
        }
        result.suppressed[0].reason = HOSTILE.to_owned();
        let page = html(&result, Language::Chinese);
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(!page.contains("<b>\"") && !page.contains('\u{202e}'));
    }
}
