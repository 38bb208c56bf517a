//! `[[templates]]`: the templates of messages that the program's console lists.

use super::item::{Item, Problems, only};
use super::people::{ids, named};
use crate::world::message::template::{Kind, Template, check_content};

const KEYS: &[&str] = &["id", "title", "kind", "content"];

impl named::HasId for Template {
    fn id(&self) -> &str {
        &self.id
    }
}

pub(super) fn read(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<Template> {
    let items = item.list(problems);
    let templates = items.iter().filter_map(|item| template(item, problems));
    let templates: Vec<_> = templates.collect();
    ids(&templates, "id", problems);
    templates
        .into_iter()
        .map(|(template, _)| template)
        .collect()
}

fn template(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<named::Named<Template>> {
    let entries = item.table(problems);
    only(&entries, "a template", KEYS, problems);
    let (id, range) = named::key(item, &entries, "id", problems)?;
    let mut template = Template {
        id,
        ..Template::default()
    };
    for entry in &entries {
        let item = &entry.item;
        match entry.key.as_str() {
            "title" => template.title = item.text(problems).map(str::to_owned).unwrap_or_default(),
            "kind" => template.kind = item.word(&Kind::ALL, problems).unwrap_or_default(),
            "content" => {
                let text = item.text(problems).unwrap_or_default();
                let checked = check_content(text).map(|()| text.to_owned());
                template.content = item.taken(checked, problems).unwrap_or_default();
            }
            _ => {}
        }
    }
    Some((template, range))
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use crate::world::message::template::{Kind, Template};

    #[test]
    fn templates_are_read_and_their_mistakes_are_told() {
        let settings = read(
            "[[templates]]
            id = 'TEA'
            title = '取餐提醒'
            kind = 'long-term'
            content = '''
            地点{{thing1.DATA}}
            '''",
        )
        .expect("it is right");
        assert_eq!(
            settings.templates,
            [Template {
                id: "TEA".into(),
                title: "取餐提醒".into(),
                kind: Kind::LongTerm,
                content: "            地点{{thing1.DATA}}\n            ".into(),
            }]
        );
        assert_eq!(settings.templates[0].rows(), [("地点", "thing1")]);
        let found = read(
            "[[templates]]\nid = 'A'\nkind = 'once'\ntitel = 'x'\ncontent = 'thing1'\n\
             [[templates]]\nid = 'A'\n[[templates]]\ntitle = 'y'",
        );
        assert_eq!(
            found.expect_err("mistakes"),
            [
                "wxsim.toml:3:8: error: `once` is no value of `templates[0].kind` (there are \
                 one-time, long-term, device, template-message)",
                "wxsim.toml:4:1: error: a template has no `titel` (did you mean `title`? There are id, \
                 title, kind, content)",
                "wxsim.toml:5:11: error: `templates[0].content`: `thing1` is no line of a template; \
                 write a name and a key as the console shows them: `地点{{thing1.DATA}}`",
                "wxsim.toml:7:6: error: the id `A` is there twice (give each its own)",
                "wxsim.toml:8:1: error: `templates[2]` has no `id` (add id = \"…\")",
            ],
        );
    }
}
