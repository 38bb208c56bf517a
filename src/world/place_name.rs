//! Names of places in the languages in which WeChat tells them.
//!
//! Official page: `wx.getUserInfo` (`lang`). A place whose name is known in one language has it in all.
//!
//! Unverified: a name that a language lacks is the one of the other Chinese, then the English one, then the
//! simplified one.

use serde::{Deserialize, Serialize};

/// A language in which places are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    ZhCn,
    /// Traditional Chinese.
    ZhTw,
}

impl Language {
    /// The languages by the words of `lang`.
    pub const WORDS: [(&str, Self); 3] = [
        ("en", Self::En),
        ("zh_CN", Self::ZhCn),
        ("zh_TW", Self::ZhTw),
    ];

    /// The language that a word of `lang` means.
    pub fn parse(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(known, _)| *known == word);
        found.map(|(_, language)| *language)
    }
}

/// The name of a country, a province or a city.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceName {
    /// In English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// In simplified Chinese.
    #[serde(rename = "zh_CN", skip_serializing_if = "Option::is_none")]
    pub zh_cn: Option<String>,
    /// In traditional Chinese.
    #[serde(rename = "zh_TW", skip_serializing_if = "Option::is_none")]
    pub zh_tw: Option<String>,
}

impl PlaceName {
    /// A name in all three languages.
    pub fn in_all(en: &str, zh_cn: &str, zh_tw: &str) -> Self {
        let text = |text: &str| Some(text.to_owned());
        Self {
            en: text(en),
            zh_cn: text(zh_cn),
            zh_tw: text(zh_tw),
        }
    }

    /// Gives the name in one language.
    pub fn set(&mut self, language: Language, name: String) {
        let place = match language {
            Language::En => &mut self.en,
            Language::ZhCn => &mut self.zh_cn,
            Language::ZhTw => &mut self.zh_tw,
        };
        *place = Some(name);
    }

    /// The name as it is told in a language; empty when there is none.
    pub fn told(&self, language: Language) -> &str {
        let order = match language {
            Language::En => [&self.en, &self.zh_cn, &self.zh_tw],
            Language::ZhCn => [&self.zh_cn, &self.zh_tw, &self.en],
            Language::ZhTw => [&self.zh_tw, &self.zh_cn, &self.en],
        };
        let first = order.into_iter().flatten().next();
        first.map(String::as_str).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, PlaceName};

    #[test]
    fn a_place_is_told_in_the_nearest_language_that_it_has() {
        let told = |place: &PlaceName| Language::WORDS.map(|(_, it)| place.told(it).to_owned());
        let all = PlaceName::in_all("China", "中国", "中國");
        assert_eq!(told(&all), ["China", "中国", "中國"]);
        let mut place = PlaceName::default();
        assert_eq!(told(&place), ["", "", ""]);
        place.set(Language::ZhTw, "廣東".to_owned());
        assert_eq!(told(&place), ["廣東", "廣東", "廣東"]);
        place.set(Language::En, "Guangdong".to_owned());
        assert_eq!(told(&place), ["Guangdong", "廣東", "廣東"]);
        place.set(Language::ZhCn, "广东".to_owned());
        assert_eq!(told(&place), ["Guangdong", "广东", "廣東"]);
    }

    #[test]
    fn the_words_of_the_languages_are_those_of_the_page() {
        assert_eq!(Language::parse("zh_TW"), Some(Language::ZhTw));
        assert_eq!(Language::parse("zh-TW"), None);
    }
}
