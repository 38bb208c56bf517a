//! Paths of files that a template names.

/// The path of a file that another one names, from the code root: relative to its folder, or from
/// the root with a slash in front. The extension may be left out.
pub(super) fn beside(from: &str, named: &str, extension: &str) -> String {
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
    let path = parts.join("/");
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
