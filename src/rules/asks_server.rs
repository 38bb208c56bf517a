//! Which calls may bring something from a server.

/// Whether a call asks a server, or may hear from one.
pub(super) fn asks_server(api: &str) -> bool {
    matches!(
        api,
        "request"
            | "uploadFile"
            | "downloadFile"
            | "connectSocket"
            | "SocketTask.send"
            | "sendSocketMessage"
    ) || [
        "cloud",
        "Cloud",
        "Collection",
        "Document",
        "Query",
        "Database",
        "callFunction",
        "callContainer",
    ]
    .iter()
    .any(|word| api.contains(word))
}
