//! Postal addresses that a user keeps in WeChat.
//!
//! Official page: `wx.chooseAddress`. The one that everybody begins with is made up.

use serde::{Deserialize, Serialize};

use super::World;

/// An address, as the user wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// `userName`.
    pub name: String,
    /// `telNumber`.
    pub phone: String,
    /// `postalCode`.
    pub postal_code: String,
    /// `provinceName`.
    pub province: String,
    /// `cityName`.
    pub city: String,
    /// `countyName`.
    pub county: String,
    /// `streetName`.
    pub street: String,
    /// What comes behind the street.
    pub detail: String,
    /// `nationalCode`.
    pub national_code: String,
}

impl Default for Address {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            name: text("张三"),
            phone: text("020-81167888"),
            postal_code: text("510000"),
            province: text("广东省"),
            city: text("广州市"),
            county: text("海珠区"),
            street: text("琶洲街道"),
            detail: text("新港东路1000号"),
            national_code: text("440105"),
        }
    }
}

impl Address {
    /// An address with nothing in it.
    pub fn empty() -> Self {
        Self {
            name: String::new(),
            phone: String::new(),
            postal_code: String::new(),
            province: String::new(),
            city: String::new(),
            county: String::new(),
            street: String::new(),
            detail: String::new(),
            national_code: String::new(),
        }
    }

    /// The members of a result by their names, in the order of the official page. `has_street` is
    /// whether the base library tells the street apart.
    pub fn members(&self, has_street: bool) -> Vec<(&'static str, String)> {
        let mut members = vec![
            ("userName", self.name.clone()),
            ("postalCode", self.postal_code.clone()),
            ("provinceName", self.province.clone()),
            ("cityName", self.city.clone()),
            ("countyName", self.county.clone()),
        ];
        if has_street {
            members.push(("streetName", self.street.clone()));
        }
        members.push(("detailInfo", format!("{}{}", self.street, self.detail)));
        if has_street {
            members.push(("detailInfoNew", self.detail.clone()));
        }
        members.push(("nationalCode", self.national_code.clone()));
        members.push(("telNumber", self.phone.clone()));
        members
    }

    /// One line.
    pub fn line(&self) -> String {
        let Self {
            name,
            phone,
            province,
            city,
            county,
            street,
            detail,
            ..
        } = self;
        format!("{name} {phone} {province}{city}{county}{street}{detail}")
    }
}

impl World {
    /// The addresses of the user who holds the phone, the usual one first.
    pub fn addresses(&self) -> &[Address] {
        &self.user().addresses
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn the_street_is_part_of_the_old_detail_and_apart_in_the_new_one() {
        let address = Address {
            street: "A".into(),
            detail: "1".into(),
            ..Address::empty()
        };
        let of = |has_street| {
            let members = address.members(has_street);
            let filled = members.into_iter().filter(|(_, text)| !text.is_empty());
            filled
                .map(|(name, text)| format!("{name}={text}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(false), ["detailInfo=A1"]);
        assert_eq!(
            of(true),
            ["streetName=A", "detailInfo=A1", "detailInfoNew=1"]
        );
        assert_eq!(address.members(false).len(), 8);
    }
}
