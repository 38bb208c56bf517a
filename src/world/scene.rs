//! Scene values: from where a mini program was opened.
//!
//! Official pages: "Scene values" and, for the lists of scenes below, "Runtime mechanism" and
//! "Launch options". Numbers that are not listed occur in the wild and are legal everywhere.

/// Opened by another mini program.
pub const OPENED_BY_PROGRAM: u32 = 1037;
/// Returned from another mini program.
pub const BACK_FROM_PROGRAM: u32 = 1038;

/// A published scene value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scene {
    /// The number, as in launch options.
    pub number: u32,
    /// From where, in a few words.
    pub label: &'static str,
}

impl Scene {
    /// The published scene of that number.
    pub fn find(number: u32) -> Option<Self> {
        let at = SCENES
            .binary_search_by_key(&number, |(known, _)| *known)
            .ok()?;
        let (number, label) = SCENES[at];
        Some(Self { number, label })
    }

    /// Every published scene, by number.
    pub fn all() -> impl Iterator<Item = Self> {
        SCENES.iter().map(|(number, label)| Self {
            number: *number,
            label,
        })
    }
}

/// Whether coming back from this scene leaves the pages as they were.
pub fn a_class(scene: u32) -> bool {
    matches!(
        scene,
        1001 | 1003
            | 1023
            | 1038
            | 1056
            | 1080
            | 1083
            | 1089
            | 1090
            | 1103
            | 1104
            | 1113
            | 1114
            | 1117
    )
}

/// Whether `referrerInfo.appId` tells who opened the mini program.
pub fn carries_referrer(scene: u32) -> bool {
    matches!(scene, 1020 | 1035 | 1036 | 1037 | 1038 | 1043 | 1069)
}

/// Whether `referrerInfo.extraData` carries data of another mini program.
pub fn carries_extra_data(scene: u32) -> bool {
    matches!(scene, 1037 | 1038)
}

/// The published scene values with their labels, by number.
const SCENES: &[(u32, &str)] = &[
    (1000, "other"),
    (
        1001,
        "discover: mini programs, recently used (2.2.4–2.29.0 incl. 'my mini programs')",
    ),
    (1003, "starred list (only in the runtime page)"),
    (1005, "top search box results"),
    (1006, "search box inside the mini program entry"),
    (1007, "single-chat mini program card"),
    (1008, "group-chat mini program card"),
    (1010, "favourites"),
    (1011, "scan QR code"),
    (1012, "long-press QR in picture"),
    (1013, "QR picked from album"),
    (
        1014,
        "subscribe message (= 1107; earlier: template message)",
    ),
    (1017, "entry page of trial version"),
    (1019, "wallet (7.0.0+: pay entry)"),
    (1020, "official account profile list (retired)"),
    (1022, "pinned at chat top (retired at 6.6.1)"),
    (1023, "Android desktop icon"),
    (1024, "mini program profile page"),
    (1025, "scan bar code"),
    (1026, "nearby mini programs list"),
    (1027, "top search: 'used mini programs'"),
    (1028, "my card pack"),
    (1029, "card detail page"),
    (1030, "automated test"),
    (1031, "long-press bar code"),
    (1032, "bar code from album"),
    (1034, "payment finished page"),
    (1035, "official account menu"),
    (1036, "app share card"),
    (1037, "opened by another mini program"),
    (1038, "returned from another mini program"),
    (1039, "shake TV"),
    (1042, "add-friend search results"),
    (1043, "official account template message"),
    (1044, "card with shareTicket"),
    (1045, "Moments ad"),
    (1046, "Moments ad detail"),
    (1047, "scan mini program code"),
    (1048, "long-press mini program code"),
    (1049, "mini program code from album"),
    (1052, "stores of a card"),
    (1053, "Search (sou yi sou) results"),
    (1054, "search box shortcut (retired 6.7.4)"),
    (1056, "music player menu"),
    (1057, "bank card detail"),
    (1058, "official account article"),
    (1059, "trial invitation page"),
    (1060, "payment finished (= 1034)"),
    (1064, "Wi-Fi status bar"),
    (1065, "URL scheme"),
    (1067, "article ad"),
    (1068, "nearby list ad (retired)"),
    (1069, "mobile app via openSDK"),
    (1071, "bank card list"),
    (1072, "receive-money QR page"),
    (1073, "card in customer-service list"),
    (1074, "card in official account chat"),
    (1077, "shake nearby"),
    (1078, "Wi-Fi connected page"),
    (1079, "game centre"),
    (1080, "customer-service menu entry (runtime page only)"),
    (1081, "customer-service text link"),
    (1082, "official account text link"),
    (
        1083,
        "official account menu entry of chat (runtime page only)",
    ),
    (1084, "Moments ad native page"),
    (1088, "system message in chat"),
    (1089, "chat list pull-down, recently used"),
    (1090, "long-press menu, recent history"),
    (1091, "article goods card"),
    (1092, "city services"),
    (1095, "ad component"),
    (1096, "chat history"),
    (1097, "payment contract page"),
    (1099, "embedded plugin"),
    (1100, "red-packet cover"),
    (1101, "DevTools remote hot reload"),
    (1102, "official account service preview"),
    (1103, "discover: my mini programs (off 2.2.4–2.29.0)"),
    (1104, "pull-down: my mini programs (off 2.2.4–2.29.0)"),
    (1106, "pull-down search results"),
    (1107, "subscribe message"),
    (1113, "Android minus-one screen (Samsung)"),
    (1114, "Android side bar (Samsung)"),
    (1117, "background manager (runtime page only)"),
    (1119, "WeCom workbench"),
    (1120, "WeCom profile"),
    (1121, "WeCom chat plus menu"),
    (1124, "scan item code"),
    (1125, "long-press item code"),
    (1126, "item code from album"),
    (1129, "crawler"),
    (1131, "floating window (8.0+: passive only)"),
    (1133, "hardware device"),
    (1135, "related list in profile"),
    (1144, "article video sticker"),
    (1145, "discover mini programs"),
    (1146, "location info to travel app"),
    (1148, "transport card"),
    (1150, "scanned goods bar code result"),
    (1151, "my orders"),
    (1152, "subscription video"),
    (1153, "object recognition result"),
    (1154, "Moments single-page mode"),
    (1155, "opened from single-page mode"),
    (1157, "service account chat"),
    (1158, "group tools"),
    (1160, "group to-do"),
    (1167, "H5 open tag"),
    (1168, "app/website runs mini program"),
    (1169, "life-service entries"),
    (1171, "WeRun record (Android)"),
    (1173, "chat material opened with app"),
    (1175, "Channels home shop"),
    (1176, "Channels live by host"),
    (1177, "Channels live goods"),
    (1178, "phone app opened from computer"),
    (1179, "topic page"),
    (1181, "website opens PC mini program"),
    (1183, "PC panel search"),
    (1184, "Channels link"),
    (1185, "group notice"),
    (1186, "favourite note"),
    (1187, "floating window 8.0+ / star"),
    (1189, "emoji-rain ad"),
    (1191, "Channels event"),
    (1192, "WeCom contact profile"),
    (1193, "Channels service menu"),
    (1194, "URL Link"),
    (1195, "Channels goods tab"),
    (1196, "personal status"),
    (1197, "Channels host returns to game"),
    (1198, "Channels start-live to game"),
    (1200, "Channels ad"),
    (1201, "Channels ad detail"),
    (1202, "WeCom service card"),
    (1203, "load test tool"),
    (1206, "Channels game live room"),
    (1207, "WeCom service text link"),
    (1208, "goods card in chat"),
    (1212, "teenager mode page"),
    (1215, "ad reservation"),
    (1216, "Channels order centre"),
    (1217, "BLE device background wake"),
    (1218, "keyboard preview"),
    (1219, "Channels live game join"),
    (1220, "discover device card"),
    (1223, "Android widget"),
    (1224, "merchant assistant"),
    (1225, "audio/video call"),
    (1226, "device opened from chat message"),
    (1228, "Channels native ad"),
    (1230, "H5 ad of subscription account"),
    (1231, "updatable message reminder"),
    (1232, "search bid ad"),
    (1233, "popular games in search page"),
    (1238, "Top stories feed ad"),
    (1239, "Channels game bubble"),
    (1242, "store delivery channel page"),
    (1243, "store delivery goods page"),
    (1244, "#tag search result"),
    (1245, "store delivery search result"),
    (1248, "account migration"),
    (1252, "'small features' in search"),
    (1254, "discover dynamic card"),
    (1255, "discover mine card"),
    (1256, "PC recent list"),
    (1257, "PC my list"),
    (1258, "PC optimised module (retired)"),
    (1259, "PC game zone (retired)"),
    (1260, "PC frequent list"),
    (1261, "rebate goods card"),
    (1265, "mini program image detail"),
    (1266, "image long-press half screen"),
    (1267, "image corner mark"),
    (1271, "pull-down frequent list"),
    (1272, "discover games tab"),
    (1273, "discover frequent list"),
    (1274, "Youlianghui ad"),
    (1275, "short-drama card"),
    (1276, "short-drama second page"),
    (1277, "short-drama search result"),
    (1278, "discover list"),
    (1279, "discover collection"),
    (1280, "pull-down search suggestion"),
    (1281, "pull-down search discover"),
    (1282, "audio player"),
    (1285, "discover drama collection"),
    (1286, "plain-text scheme"),
    (1287, "article drama sticker"),
    (1292, "discover POI page"),
    (1293, "drama follow page"),
    (1295, "pull-down discover ad"),
    (1296, "Channels paid drama bubble"),
    (1297, "discover search"),
    (1298, "pull-down collection"),
    (1299, "pull-down POI"),
    (1300, "discover search collection"),
    (1301, "discover search POI"),
    (1302, "PC discover"),
    (1303, "drama video stream"),
    (1304, "phone minus-one screen (e.g. OPPO)"),
    (1305, "article play-end page"),
    (1306, "article episode entry"),
    (1307, "nearby overseas zone"),
    (1308, "PC game zone page"),
    (1311, "game CPS card in article"),
    (1313, "PC OpenSDK"),
    (1325, "chat tool sticker mark"),
    (1326, "chat tool mark"),
    (1327, "chat tool text mark"),
    (1328, "chat tool text link"),
    (1336, "shop member binding"),
    (1337, "shop order page member benefits"),
    (1340, "profile hot goods"),
    (1346, "PC OpenSDK share card"),
    (1347, "game chat plugin"),
    (1362, "official game component"),
    (1363, "student zone"),
    (1373, "game rating page"),
    (1374, "'scan' message in service notice"),
    (1378, "Android download notice"),
    (1379, "Xiaowei operates app"),
    (1380, "Xiaowei card"),
    (1387, "rewarded video direct play"),
    (1397, "merchant name card"),
    (1398, "shake coupon detail"),
    (1400, "PC game centre"),
    (1403, "ad-free coupon list"),
    (1408, "content shared to Yuanbao (background start)"),
    (1409, "PC game extension"),
    (1426, "account picture post"),
    (1427, "account text"),
    (1428, "IAA game entry"),
    (1429, "account audio"),
    (1430, "location page services"),
    (1432, "picture-account post"),
];

#[cfg(test)]
mod tests {
    use super::{SCENES, Scene, a_class, carries_extra_data, carries_referrer};

    #[test]
    fn the_table_is_whole_and_sorted() {
        assert_eq!(SCENES.len(), 236);
        assert!(SCENES.is_sorted_by(|(one, _), (two, _)| one < two));
        assert!(Scene::all().all(|scene| !scene.label.is_empty()));
    }

    #[test]
    fn a_scene_is_found_by_number_and_unknown_numbers_are_legal() {
        assert_eq!(
            Scene::find(1037).expect("published").label,
            "opened by another mini program"
        );
        assert_eq!(Scene::find(1018), None, "seen in the wild only");
        assert!(!a_class(1018) && !carries_referrer(1018));
    }

    #[test]
    fn the_lists_name_published_scenes() {
        let listed = |is: fn(u32) -> bool| (0..2000).filter(|scene| is(*scene)).collect::<Vec<_>>();
        assert_eq!(listed(a_class).len(), 14);
        assert_eq!(listed(carries_referrer).len(), 7);
        assert!(
            listed(a_class)
                .into_iter()
                .all(|scene| Scene::find(scene).is_some())
        );
        assert!(listed(carries_extra_data).into_iter().all(carries_referrer));
    }
}
