//! Whoever builds on the parser finds an example for every public thing of it, and the examples run.
//!
//! The rules, which a plain look at the sources can see to:
//!
//! - Public is what is reached from `lib.rs` through `pub mod` and `pub use`.
//! - A module, a type, a trait and a function has an example of its own, in which its name stands
//!   (a module's need not name it).
//! - A method, a constant and a static has one too, or is used by name in the example of its type
//!   or of its module.
//! - Fields and variants have sentences, which the compiler asks for (`missing_docs`).
//! - An example is a block of Rust that `cargo test --doc` runs: `text`, `ignore`, `no_run` and
//!   `compile_fail` are none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn everything_public_in_the_parser_has_an_example() {
    let mut book = Book::default();
    book.read(Path::new("parsers/src/lib.rs"), None);
    assert!(book.seen > 200, "only {} public things were found: has the form changed?", book.seen);
    let missing = &book.missing;
    assert!(
        missing.is_empty(),
        "{} of {} public things have no example that runs:\n  {}",
        missing.len(),
        book.seen,
        missing.join("\n  ")
    );
}

#[derive(Default)]
struct Book {
    seen: usize,
    missing: Vec<String>,
}

/// One public thing of a file.
struct Item<'a> {
    line: usize,
    kind: &'a str,
    name: &'a str,
    /// The type that it is a method of.
    owner: Option<&'a str>,
    example: String,
}

impl Book {
    /// Looks through a file and the public modules in it; `only` are the names that a `pub use`
    /// brings out of it, when it is not public itself.
    fn read(&mut self, path: &Path, only: Option<&[String]>) {
        let text = fs::read_to_string(root().join(path)).expect("a source");
        let lines: Vec<&str> = text.lines().take_while(|line| *line != "mod tests {").collect();
        let about: Vec<&str> = lines.iter().map_while(|line| line.strip_prefix("//!")).collect();
        let about = example_in(&about);
        if only.is_none() {
            self.seen += 1;
            if about.is_empty() {
                self.missing.push(format!("{}: the module", path.display()));
            }
        }
        let items = items_of(&lines);
        let types: BTreeMap<&str, &str> = items
            .iter()
            .filter(|item| item.owner.is_none() && is_public(item, only))
            .map(|item| (item.name, item.example.as_str()))
            .collect();
        for item in &items {
            // Methods of what is not public are not public either.
            let is_reached = match item.owner {
                Some(owner) => types.contains_key(owner),
                None => is_public(item, only) && item.kind != "mod",
            };
            if !is_reached {
                continue;
            }
            self.seen += 1;
            let own = names(&item.example, item.name);
            let by_type = item.owner.and_then(|owner| types.get(owner)).copied().unwrap_or("");
            let may_lean = item.owner.is_some() || matches!(item.kind, "const" | "static");
            let leans = may_lean && (names(by_type, item.name) || names(&about, item.name));
            if !own && !leans {
                let at = format!("{}:{}", path.display(), item.line);
                let owner = item.owner.map_or(String::new(), |owner| format!("{owner}::"));
                self.missing.push(format!("{at}: {} {owner}{}", item.kind, item.name));
            }
        }
        for item in items.iter().filter(|item| item.kind == "mod" && only.is_none()) {
            self.read(&file_of(path, item.name), None);
        }
        for (module, names) in uses_of(&lines) {
            self.read(&file_of(path, &module), Some(&names));
        }
    }
}

fn is_public(item: &Item<'_>, only: Option<&[String]>) -> bool {
    only.is_none_or(|names| names.iter().any(|name| name == item.name))
}

/// What stands behind `pub` at the margin, and one step in from an `impl`.
fn items_of<'a>(lines: &[&'a str]) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut owner = None;
    let mut docs: Vec<&str> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let depth = line.len() - code.len();
        if let Some(doc) = code.strip_prefix("///") {
            docs.push(doc);
            continue;
        }
        if code.starts_with("#[") || code.is_empty() {
            continue;
        }
        if depth == 0 && code.starts_with("impl") {
            owner = owner_of(code);
        } else if depth == 0 && code == "}" {
            owner = None;
        }
        if let Some((kind, name)) = declared(code)
            && (depth == 0 || (depth == 4 && owner.is_some()))
        {
            let owner = if depth == 0 { None } else { owner };
            items.push(Item { line: index + 1, kind, name, owner, example: example_in(&docs) });
        }
        docs.clear();
    }
    items
}

/// `("fn", "read")` of `pub const fn read(`.
fn declared(code: &str) -> Option<(&str, &str)> {
    let mut words = code.strip_prefix("pub ")?.split_whitespace().peekable();
    let mut kind = words.next()?;
    while matches!(kind, "const" | "async" | "unsafe")
        && words.peek().is_some_and(|next| matches!(*next, "fn" | "async" | "unsafe"))
    {
        kind = words.next()?;
    }
    let kinds = ["fn", "struct", "enum", "trait", "mod", "const", "static", "type", "union"];
    let name = words.next()?;
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    kinds.contains(&kind).then_some((kind, &name[..end]))
}

/// `Segment` of `impl<'a> Segment<'a> {`; nothing for the methods of a trait, which are its own.
fn owner_of(code: &str) -> Option<&str> {
    let rest = code.strip_prefix("impl")?;
    let rest = match rest.strip_prefix('<') {
        Some(rest) => rest.split_once("> ")?.1,
        None => rest.trim_start(),
    };
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    (!rest.contains(" for ")).then_some(&rest[..end])
}

/// The blocks of Rust in a doc comment that are run.
fn example_in(docs: &[&str]) -> String {
    let mut example = String::new();
    let mut block: Option<bool> = None;
    for line in docs {
        match (block, line.trim().strip_prefix("```")) {
            (None, Some(language)) => {
                block = Some(matches!(language, "" | "rust" | "should_panic"));
            }
            (Some(_), Some(_)) => block = None,
            (Some(true), None) => {
                example.push_str(line);
                example.push('\n');
            }
            (Some(false) | None, None) => {}
        }
    }
    example
}

/// Whether a name stands in an example as a word.
fn names(example: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    example.match_indices(name).any(|(at, _)| {
        let before = example[..at].chars().next_back();
        let after = example[at + name.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// What `pub use problem::{Problem, …};` brings out of which module.
fn uses_of(lines: &[&str]) -> Vec<(String, Vec<String>)> {
    let uses = lines.iter().filter_map(|line| line.strip_prefix("pub use "));
    uses.filter_map(|line| {
        let (module, names) = line.strip_suffix(';')?.split_once("::")?;
        let names = names.trim_matches(['{', '}']).split(", ").map(str::to_owned).collect();
        Some((module.to_owned(), names))
    })
    .collect()
}

/// The file of a module that is declared in another.
fn file_of(path: &Path, module: &str) -> PathBuf {
    let folder = path.parent().expect("a folder");
    let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
    let folder = match stem {
        "lib" | "mod" => folder.to_owned(),
        stem => folder.join(stem),
    };
    let plain = folder.join(format!("{module}.rs"));
    if root().join(&plain).exists() { plain } else { folder.join(module).join("mod.rs") }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
