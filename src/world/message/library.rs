//! The library from whose entries apps make their templates.
//!
//! Official pages: "Template message" (`templateMessage.getTemplateLibraryList`, ids such as `AT0002`),
//! `subscribeMessage.getPubTemplateTitleList` and `getPubTemplateKeyWordsById` (numbers). Template messages and
//! subscribe messages have one library here.
//!
//! Differs from the platform: the dozen entries here are of our own wording, the platform has hundreds; every app
//! has all categories. [`AddToLibrary`] adds others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::template::Kind;
use crate::world::{Change, World, sealed::Sealed};

/// How many entries may be added.
pub const ADDITIONS_MAX: usize = 1_000;

/// A line that a template may have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keyword {
    /// Its number in the entry, from 1.
    pub number: u32,
    /// What stands before the value.
    pub name: String,
    /// A value.
    pub example: String,
    /// What values may be: `thing`, `time`.
    pub rule: String,
    /// The values that an `enum` may have.
    pub words: Vec<String>,
}

/// An entry of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    /// Its number: `tid`, and `AT` with four digits.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// What its templates are for.
    pub kind: Kind,
    /// Number and name of its category.
    pub category: (u32, String),
    /// Its lines.
    pub keywords: Vec<Keyword>,
    /// The platform lets nobody use it any more.
    pub is_banned: bool,
}

impl Entry {
    /// What template messages call it: `AT0002`.
    pub fn id(&self) -> String {
        format!("AT{:04}", self.number)
    }

    /// The line of a number.
    pub fn keyword(&self, number: u32) -> Option<&Keyword> {
        self.keywords.iter().find(|it| it.number == number)
    }
}

/// Entries that are not built in, by number; one with the number of a built-in entry replaces it.
pub(super) type Additions = BTreeMap<u32, Entry>;

/// A built-in entry: number, title, kind, category, and its lines as name, example and rule.
type BuiltIn = (
    u32,
    &'static str,
    Kind,
    (u32, &'static str),
    &'static [(&'static str, &'static str, &'static str)],
);

const SHOPPING: (u32, &str) = (307, "商家自营");
const FOOD: (u32, &str) = (220, "餐饮");
const DELIVERY: (u32, &str) = (616, "快递与物流");
const TRAVEL: (u32, &str) = (145, "出行");
const EDUCATION: (u32, &str) = (90, "教育");
const HEALTH: (u32, &str) = (411, "医疗");
const SERVICE: (u32, &str) = (612, "生活服务");

const BUILT_IN: &[BuiltIn] = &[
    (
        2,
        "购买成功通知",
        Kind::OneTime,
        SHOPPING,
        &[
            ("商品名称", "云南普洱茶一饼", "thing"),
            ("购买时间", "2018年6月4日 12:30", "time"),
            ("订单编号", "20180604123001", "character_string"),
            ("支付金额", "￥128.00", "amount"),
            ("备注", "可在订单页查看", "thing"),
        ],
    ),
    (
        7,
        "订单发货提醒",
        Kind::OneTime,
        DELIVERY,
        &[
            ("快递公司", "云上快递", "thing"),
            ("快递单号", "YS10002000", "character_string"),
            ("发货时间", "2018年6月4日 15:01", "time"),
            ("收货人", "王小明", "name"),
            ("联系电话", "020-81167888", "phone_number"),
        ],
    ),
    (
        11,
        "取餐提醒",
        Kind::OneTime,
        FOOD,
        &[
            ("餐品", "乌龙茶", "thing"),
            ("取餐号", "12", "number"),
            ("取餐时间", "15:01", "time"),
            ("门店", "城南店", "thing"),
            ("状态", "已做好", "phrase"),
        ],
    ),
    (
        18,
        "排队进度提醒",
        Kind::OneTime,
        FOOD,
        &[
            ("门店", "城南店", "thing"),
            ("排队号", "A12", "character_string"),
            ("前面还有", "3", "number"),
            ("预计时间", "18:20", "time"),
        ],
    ),
    (
        25,
        "预约成功通知",
        Kind::OneTime,
        SERVICE,
        &[
            ("预约项目", "理发", "thing"),
            ("预约时间", "2018年6月4日 10:00", "time"),
            ("预约人", "王小明", "name"),
            ("地点", "城南店", "thing"),
            ("预约单号", "8801", "character_string"),
        ],
    ),
    (
        31,
        "退款进度通知",
        Kind::OneTime,
        SHOPPING,
        &[
            ("退款金额", "￥12.50", "amount"),
            ("退款状态", "已到账", "phrase"),
            ("退款时间", "2018年6月5日", "date"),
            ("订单编号", "20180604123001", "character_string"),
        ],
    ),
    (
        36,
        "会员到期提醒",
        Kind::OneTime,
        SHOPPING,
        &[
            ("会员名称", "茶友会", "thing"),
            ("到期日期", "2019年6月4日", "date"),
            ("会员等级", "金卡", "enum"),
        ],
    ),
    (
        42,
        "停车缴费提醒",
        Kind::OneTime,
        TRAVEL,
        &[
            ("车牌号", "粤A8Z888", "car_number"),
            ("停车时长", "2小时", "thing"),
            ("应缴金额", "￥10", "amount"),
            ("入场时间", "12:30", "time"),
        ],
    ),
    (
        53,
        "活动开始提醒",
        Kind::OneTime,
        SERVICE,
        &[
            ("活动名称", "春茶品鉴", "thing"),
            ("活动时间", "2018年6月4日 10:00~2018年6月4日 12:00", "time"),
            ("活动地点", "城南店二楼", "thing"),
        ],
    ),
    (
        64,
        "上课提醒",
        Kind::LongTerm,
        EDUCATION,
        &[
            ("课程", "茶艺入门", "thing"),
            ("上课时间", "2018年6月4日 10:00", "time"),
            ("教室", "201", "character_string"),
            ("老师", "李老师", "name"),
        ],
    ),
    (
        77,
        "就诊提醒",
        Kind::LongTerm,
        HEALTH,
        &[
            ("就诊人", "王小明", "name"),
            ("科室", "口腔科", "thing"),
            ("就诊时间", "2018年6月4日 9:00", "time"),
            ("就诊序号", "8", "number"),
        ],
    ),
    (
        99,
        "服务评价提醒",
        Kind::OneTime,
        SERVICE,
        &[
            ("服务项目", "理发", "thing"),
            ("完成时间", "2018年6月4日 11:00", "time"),
            ("服务人员", "李师傅", "name"),
        ],
    ),
];

/// The values of the built-in `enum`.
const LEVELS: [&str; 3] = ["金卡", "银卡", "普通卡"];

fn built_in((number, title, kind, category, lines): &BuiltIn) -> Entry {
    let keywords = (1..).zip(lines.iter());
    let keywords = keywords.map(|(number, (name, example, rule))| Keyword {
        number,
        name: (*name).to_owned(),
        example: (*example).to_owned(),
        rule: (*rule).to_owned(),
        words: match *rule {
            "enum" => LEVELS.map(str::to_owned).to_vec(),
            _ => Vec::new(),
        },
    });
    Entry {
        number: *number,
        title: (*title).to_owned(),
        kind: *kind,
        category: (category.0, category.1.to_owned()),
        keywords: keywords.collect(),
        is_banned: false,
    }
}

/// The library has as many additions as it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the library takes {ADDITIONS_MAX} entries besides its own")]
pub struct LibraryFull;

/// The library has this entry from now on, in place of one of the same number.
#[derive(Clone, Debug)]
pub struct AddToLibrary(pub Entry);

impl Sealed for AddToLibrary {}
impl Change for AddToLibrary {
    type Effect = Result<(), LibraryFull>;

    fn apply(self, world: &mut World) -> Result<(), LibraryFull> {
        let added = &mut world.messages.library;
        if added.len() >= ADDITIONS_MAX && !added.contains_key(&self.0.number) {
            return Err(LibraryFull);
        }
        added.insert(self.0.number, self.0);
        Ok(())
    }
}

impl World {
    /// The entries of the library, by number.
    pub fn library(&self) -> Vec<Entry> {
        let own = BUILT_IN.iter().map(|entry| (entry.0, built_in(entry)));
        let mut all: BTreeMap<u32, Entry> = own.collect();
        all.extend(self.messages.library.clone());
        all.into_values().collect()
    }

    /// The entry of a number.
    pub fn library_entry(&self, number: u32) -> Option<Entry> {
        let added = self.messages.library.get(&number).cloned();
        added.or_else(|| BUILT_IN.iter().find(|it| it.0 == number).map(built_in))
    }
}

#[cfg(test)]
mod tests {
    use super::{ADDITIONS_MAX, AddToLibrary, Entry, LibraryFull};
    use crate::profile::Profile;
    use crate::world::message::data;
    use crate::world::{AppFacts, World};

    #[test]
    fn examples_of_the_built_in_entries_are_what_their_rules_want() {
        let world = World::new(Profile::default(), AppFacts::default(), 1);
        let library = world.library();
        assert_eq!(library.len(), 12);
        for entry in &library {
            assert_eq!(world.library_entry(entry.number).as_ref(), Some(entry));
            for keyword in &entry.keywords {
                let key = format!("{}{}", keyword.rule, keyword.number);
                assert!(data::is_key(&key), "{key}");
                assert_eq!(data::check(&key, &keyword.example), Ok(()), "{key}");
                let is_enum = keyword.rule == "enum";
                assert_eq!(keyword.words.contains(&keyword.example), is_enum, "{key}");
            }
        }
        assert_eq!(
            (library[0].id().as_str(), library[11].number),
            ("AT0002", 99)
        );
        assert_eq!(world.library_entry(1), None);
    }

    #[test]
    fn entries_are_added_and_replaced_up_to_a_number() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let entry = |number, title: &str| Entry {
            number,
            title: title.into(),
            ..Entry::default()
        };
        assert_eq!(world.apply(AddToLibrary(entry(2, "a"))), Ok(()));
        assert_eq!(world.library().len(), 12, "it replaces one");
        assert_eq!(
            world.library_entry(2).map(|it| it.title),
            Some("a".to_owned())
        );
        for number in 1_000..1_000 + ADDITIONS_MAX - 1 {
            let number = u32::try_from(number).expect("small");
            assert_eq!(world.apply(AddToLibrary(entry(number, "b"))), Ok(()));
        }
        assert_eq!(world.apply(AddToLibrary(entry(3, "c"))), Err(LibraryFull));
        assert_eq!(
            world.apply(AddToLibrary(entry(2, "d"))),
            Ok(()),
            "it is there"
        );
    }
}
