//! Paths of files that a template names.

/// The path that a file names, from the code root: relative to the file's folder, or from the root
/// with a slash in front. What leads above the root stays at it.
pub fn resolve(from: &str, named: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = if named.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in named.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// As [`resolve`], for a file whose extension may be left out.
pub(super) fn beside(from: &str, named: &str, extension: &str) -> String {
    let path = resolve(from, named);
    if path.ends_with(extension) {
        path
    } else {
        path + extension
    }
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn names_are_relative_to_the_file() {
        assert_eq!(beside("a/b/c.wxml", "../d", ".wxml"), "a/d.wxml");
        assert_eq!(beside("a/b/c.wxml", "/d.wxml", ".wxml"), "d.wxml");
        assert_eq!(beside("c.wxml", "./x/y.wxs", ".wxs"), "x/y.wxs");
        assert_eq!(beside("c.wxml", "../../y", ".wxs"), "y.wxs");
    }
}
