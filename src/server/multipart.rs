//! Bodies of uploads: `multipart/form-data`.

use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use futures_util::stream::once;
use multer::Multipart;

use super::request::Request;

/// One part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// The name of its file; empty for a field.
    pub file_name: String,
    /// Its type; empty when it has none.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The parts of a body.
///
/// # Errors
/// Why it has none.
pub(super) fn read(request: &Request) -> Result<Vec<Part>, String> {
    let content_type = request.header("content-type").unwrap_or_default();
    let boundary = multer::parse_boundary(content_type).map_err(|error| error.to_string())?;
    let body = request.body.clone();
    let stream = once(async move { Ok::<_, Infallible>(body) });
    let parts = parts(Multipart::new(stream, boundary));
    ready(parts).unwrap_or_else(|| Err("the body does not end".to_owned()))
}

async fn parts(mut body: Multipart<'_>) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    while let Some(field) = body.next_field().await.map_err(|error| error.to_string())? {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        parts.push(Part {
            name: text(field.name()),
            file_name: text(field.file_name()),
            content_type: text(field.content_type().map(AsRef::as_ref)),
            bytes: field
                .bytes()
                .await
                .map_err(|error| error.to_string())?
                .into(),
        });
    }
    Ok(parts)
}

/// What a future gives that waits for nothing outside; `None` when it does wait.
fn ready<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::server::request::Request;

    fn upload(body: &str) -> Request {
        let kind = "multipart/form-data; boundary=\"--x\"";
        Request::post("/p", body.replace('\n', "\r\n")).with_header("content-type", kind)
    }

    #[test]
    fn files_and_fields_are_read() {
        let request = upload(
            "----x\nContent-Disposition: form-data; name=\"media\"; filename=\"a.png\"\n\
             Content-Type: image/png\n\nBYTES\n----x\nContent-Disposition: form-data; name=\"t\"\n\nv\n----x--\n",
        );
        let parts = read(&request).expect("a whole body");
        assert_eq!((parts.len(), parts[0].name.as_str()), (2, "media"));
        assert_eq!(
            (parts[0].file_name.as_str(), &*parts[0].bytes),
            ("a.png", b"BYTES".as_slice())
        );
        assert_eq!(
            (parts[0].content_type.as_str(), &*parts[1].bytes),
            ("image/png", b"v".as_slice())
        );
    }

    #[test]
    fn a_body_that_is_cut_or_of_another_type_has_no_parts() {
        let cut = upload("----x\nContent-Disposition: form-data; name=\"media\"\n\nBYT");
        assert!(read(&cut).is_err());
        assert!(read(&upload("")).is_err());
        assert!(read(&Request::post("/p", "{}")).is_err());
    }
}
