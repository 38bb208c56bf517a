//! What a mini program keeps on the phone with `wx.setStorage`, for each user.
//!
//! Official page: "Storage". One value takes at most 1 MB, all together 10 MB; the Android client
//! counts UTF-16 units of the key and of the value's text, so a Chinese character counts once. Values
//! are kept as text with the type they had, which JSON alone would lose (dates, `undefined`).
//!
//! Unverified: keys are listed in the order in which they were first set; every platform counts as
//! Android does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::per_caller::PerCaller;
use super::{Caller, Change, World, sealed::Sealed};
use crate::errmsg::Reason;

/// Largest key and value together, in UTF-16 units.
pub const STORAGE_ENTRY_MAX: usize = 1024 * 1024;
/// Largest storage of one caller, in UTF-16 units of keys and values.
pub const STORAGE_MAX: usize = 10 * 1024 * 1024;
/// The same in units of 1024 bytes: `limitSize` of `wx.getStorageInfo`.
pub const STORAGE_LIMIT_KB: u32 = 10 * 1024;

/// What a stored value was before it became JSON text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DataType {
    /// A text.
    #[default]
    String,
    /// A number; the text may be `null` for not-a-number and infinities.
    Number,
    /// A boolean.
    Boolean,
    /// An object.
    Object,
    /// An array.
    Array,
    /// A date, in Unix milliseconds.
    Date,
    /// `null`.
    Null,
    /// `undefined`; the text is empty.
    Undefined,
    /// Something that storage cannot hold, such as a function or a map; the text is empty, and that
    /// is what comes back.
    Nothing,
    /// A value that was encrypted, with its type inside.
    Encrypted,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    value: String,
    data_type: DataType,
    /// Number of the setting that made the entry.
    made: u64,
}

/// The storage of one caller.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Shelf {
    entries: BTreeMap<String, Entry>,
    made: u64,
    /// Sum of [`size`].
    size: usize,
}

fn size(key: &str, value: &str) -> usize {
    key.encode_utf16().count() + value.encode_utf16().count()
}

impl Shelf {
    fn set(&mut self, key: String, value: String, data_type: DataType) -> Result<(), Reason> {
        let own = size(&key, &value);
        if own > STORAGE_ENTRY_MAX {
            return Err(Reason::StorageValueTooLarge);
        }
        let old = self.entries.get(&key);
        let rest = self.size - old.map_or(0, |entry| size(&key, &entry.value));
        if rest + own > STORAGE_MAX {
            return Err(Reason::StorageFull);
        }
        let made = old.map_or(self.made.saturating_add(1), |entry| entry.made);
        let entry = Entry {
            value,
            data_type,
            made,
        };
        self.size = rest + own;
        self.made = self.made.max(made);
        self.entries.insert(key, entry);
        Ok(())
    }

    fn remove(&mut self, key: &str) {
        if let Some(entry) = self.entries.remove(key) {
            self.size -= size(key, &entry.value);
        }
    }
}

/// The storages of all callers, and those of the single page of the timeline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Storage {
    usual: PerCaller<Shelf>,
    single_page: PerCaller<Shelf>,
}

impl Storage {
    /// Everything is gone.
    pub(super) fn forget(&mut self, caller: &Caller) {
        self.usual.forget(caller);
        self.single_page.forget(caller);
    }
}

/// The storages that the program sees as it was opened.
fn storages(world: &mut World) -> &mut PerCaller<Shelf> {
    if world.is_single_page() {
        &mut world.storage.single_page
    } else {
        &mut world.storage.usual
    }
}

/// Stores a value; when it does not fit the old one stays.
#[derive(Clone, Debug)]
pub struct SetStorage {
    /// Whose storage.
    pub caller: Caller,
    /// Under which key.
    pub key: String,
    /// The value as text.
    pub value: String,
    /// What the value was.
    pub data_type: DataType,
}

impl Sealed for SetStorage {}
impl Change for SetStorage {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Result<(), Reason> {
        storages(world)
            .of(&self.caller)
            .set(self.key, self.value, self.data_type)
    }
}

/// Stores several values; when one does not fit none is stored.
#[derive(Clone, Debug)]
pub struct SetStorages(pub Vec<SetStorage>);

impl Sealed for SetStorages {}
impl Change for SetStorages {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Result<(), Reason> {
        let before = world.storage.clone();
        for change in self.0 {
            if let Err(reason) = change.apply(world) {
                world.storage = before;
                return Err(reason);
            }
        }
        Ok(())
    }
}

/// Removes a key; no effect when it is not there.
#[derive(Clone, Debug)]
pub struct RemoveStorage {
    /// Whose storage.
    pub caller: Caller,
    /// Which key.
    pub key: String,
}

impl Sealed for RemoveStorage {}
impl Change for RemoveStorage {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if let Some(shelf) = storages(world).get_mut(&self.caller) {
            shelf.remove(&self.key);
        }
    }
}

/// Removes every key of the caller.
#[derive(Clone, Debug)]
pub struct ClearStorage(pub Caller);

impl Sealed for ClearStorage {}
impl Change for ClearStorage {
    type Effect = ();

    fn apply(self, world: &mut World) {
        storages(world).forget(&self.0);
    }
}

impl World {
    /// The text stored under a key.
    pub fn stored(&self, caller: &Caller, key: &str) -> Option<&str> {
        self.entry(caller, key).map(|entry| entry.value.as_str())
    }

    /// What the value under a key was before it became JSON text.
    pub fn stored_type(&self, caller: &Caller, key: &str) -> Option<DataType> {
        self.entry(caller, key).map(|entry| entry.data_type)
    }

    /// The caller's keys, in the order in which they were first set.
    pub fn storage_keys(&self, caller: &Caller) -> Vec<&str> {
        let entries = self
            .shelf(caller)
            .into_iter()
            .flat_map(|shelf| &shelf.entries);
        let mut keys: Vec<_> = entries
            .map(|(key, entry)| (entry.made, key.as_str()))
            .collect();
        keys.sort_unstable();
        keys.into_iter().map(|(_, key)| key).collect()
    }

    /// Size of all keys and values of the caller, in UTF-16 units.
    pub fn storage_size(&self, caller: &Caller) -> usize {
        self.shelf(caller).map_or(0, |shelf| shelf.size)
    }

    /// The same in units of 1024 bytes, rounded up: `currentSize` of `wx.getStorageInfo`.
    pub fn storage_size_kb(&self, caller: &Caller) -> u32 {
        u32::try_from(self.storage_size(caller).div_ceil(1024)).unwrap_or(STORAGE_LIMIT_KB)
    }

    fn entry(&self, caller: &Caller, key: &str) -> Option<&Entry> {
        self.shelf(caller)?.entries.get(key)
    }

    fn shelf(&self, caller: &Caller) -> Option<&Shelf> {
        let storage = &self.storage;
        if self.is_single_page() {
            storage.single_page.get(caller)
        } else {
            storage.usual.get(caller)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        ClearStorage, DataType, RemoveStorage, STORAGE_ENTRY_MAX, STORAGE_MAX, SetStorage,
        SetStorages,
    };
    use crate::errmsg::Reason;
    use crate::profile::Profile;
    use crate::world::{AppFacts, Caller, World};

    fn world() -> World {
        World::new(Profile::default(), AppFacts::default(), 1)
    }

    fn set(world: &mut World, key: &str, value: &str) -> Result<(), Reason> {
        let (caller, key, value) = (world.caller(), key.to_owned(), value.to_owned());
        world.apply(SetStorage {
            caller,
            key,
            value,
            data_type: DataType::Object,
        })
    }

    #[test]
    fn a_value_is_kept_with_its_type_until_removed() {
        let mut world = world();
        let caller = world.caller();
        for (key, value) in [("b", "{}"), ("a", "1"), ("b", "[]")] {
            set(&mut world, key, value).expect("it fits");
        }
        assert_eq!(world.storage_keys(&caller), ["b", "a"], "as first set");
        assert_eq!(world.stored(&caller, "b"), Some("[]"));
        assert_eq!(world.stored_type(&caller, "b"), Some(DataType::Object));
        assert_eq!(
            (world.storage_size(&caller), world.storage_size_kb(&caller)),
            (5, 1)
        );
        world.apply(RemoveStorage {
            caller: caller.clone(),
            key: "b".into(),
        });
        assert_eq!(
            (world.stored(&caller, "b"), world.storage_size(&caller)),
            (None, 2)
        );
        world.apply(ClearStorage(caller.clone()));
        assert_eq!(
            (
                world.storage_keys(&caller).len(),
                world.storage_size_kb(&caller)
            ),
            (0, 0)
        );
    }

    #[test]
    fn each_user_has_a_storage_of_their_own() {
        let mut world = world();
        set(&mut world, "a", "1").expect("it fits");
        assert_eq!(
            world.stored(&Caller::new(&*world.app().app_id, "other"), "a"),
            None
        );
    }

    #[test]
    fn key_and_value_take_at_most_a_megabyte_of_characters() {
        let mut world = world();
        let value = "字".repeat(STORAGE_ENTRY_MAX - 1);
        assert_eq!(set(&mut world, "a", &value), Ok(()));
        assert_eq!(
            set(&mut world, "a", &"x".repeat(STORAGE_ENTRY_MAX)),
            Err(Reason::StorageValueTooLarge),
            "the key counts"
        );
        let stored = world.stored(&world.caller(), "a");
        assert_eq!(stored, Some(value.as_str()), "the old one stays");
    }

    #[test]
    fn all_values_together_take_at_most_ten_megabytes() {
        let mut world = world();
        let value = "x".repeat(STORAGE_ENTRY_MAX - 1);
        for key in 0..10 {
            assert_eq!(set(&mut world, &key.to_string(), &value), Ok(()));
        }
        assert_eq!(world.storage_size(&world.caller()), STORAGE_MAX);
        assert_eq!(set(&mut world, "k", ""), Err(Reason::StorageFull));
        assert_eq!(
            set(&mut world, "0", "1"),
            Ok(()),
            "replacing frees the old value first"
        );
        assert_eq!(set(&mut world, "k", ""), Ok(()));
    }

    #[test]
    fn several_values_are_stored_together_or_not_at_all() {
        let mut world = world();
        set(&mut world, "a", "1").expect("it fits");
        let before = world.clone();
        let entry = |key: &str, value: String| SetStorage {
            caller: before.caller(),
            key: key.to_owned(),
            value,
            data_type: DataType::String,
        };
        let large = entry("c", "x".repeat(STORAGE_ENTRY_MAX));
        let batch = vec![entry("b", "2".to_owned()), large];
        let outcome = world.apply(SetStorages(batch));
        assert_eq!(outcome, Err(Reason::StorageValueTooLarge));
        assert_eq!(world, before);
        let batch = vec![entry("a", "3".to_owned()), entry("b", "2".to_owned())];
        assert_eq!(world.apply(SetStorages(batch)), Ok(()));
        let stored = |key: &str| world.stored(&before.caller(), key);
        assert_eq!((stored("a"), stored("b")), (Some("3"), Some("2")));
    }
}
