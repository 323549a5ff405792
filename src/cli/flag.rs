//! Options as they are called on the command line.

/// An option of a question's type, as it is typed: `--max-links 9`.
pub(super) fn flag(name: &str, value: Option<&str>) -> String {
    let flag = match name {
        "chains" => "-k".to_owned(),
        "most_rows" => "--limit".to_owned(),
        name => format!("--{}", name.replace('_', "-")),
    };
    match value {
        Some(value) => format!("`{flag} {value}`"),
        None => format!("`{flag}`"),
    }
}
