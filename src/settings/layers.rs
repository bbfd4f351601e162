//! Layers of settings, the later over the earlier, laid over the defaults.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use config::{Config, Environment, File, FileFormat, Value, ValueKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::source::located;
use super::{ENVIRONMENT_PREFIX, Problem, Written, tell};
use crate::limits::SETTINGS_BYTES_MAX;

/// Where settings come from.
#[derive(Debug)]
pub(super) enum Layer {
    File(PathBuf),
    /// The process's own variables, or those that a test gives.
    Environment(Option<HashMap<String, String>>),
}

/// Which file each key came from; the first is where keys that nobody wrote belong.
#[derive(Debug, Default)]
pub(super) struct Origins {
    home: String,
    by_key: BTreeMap<String, String>,
    /// Of the file.
    text: String,
    /// Where each key of it stands, and where its value does.
    places: BTreeMap<String, (Range<usize>, Range<usize>)>,
}

impl Origins {
    /// The file, or the environment, that `key` was read from.
    pub(super) fn of(&self, key: &str) -> &str {
        self.by_key.get(key).unwrap_or(&self.home)
    }

    /// The file, as it is written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong with the value of `key`, with its line when it stands in the file.
    pub(super) fn at_value(&self, key: &str, what: &str) -> String {
        match self.places.get(key).filter(|_| self.of(key) == self.home) {
            Some((_, value)) => located(&self.text, value.clone(), what),
            None => what.to_owned(),
        }
    }

    fn take_places(&mut self, text: String) {
        // The environment has none.
        if !text.is_empty()
            && let Ok(table) = DeTable::parse(&text)
        {
            find_places(table.get_ref(), "", &mut self.places);
            self.text = text;
        }
    }
}

fn find_places(
    table: &DeTable<'_>,
    section: &str,
    places: &mut BTreeMap<String, (Range<usize>, Range<usize>)>,
) {
    for (name, value) in table {
        let key = joined(section, name.get_ref());
        if let Some(inner) = value.get_ref().as_table() {
            find_places(inner, &key, places);
        }
        places.insert(key, (name.span(), value.span()));
    }
}

fn joined(section: &str, name: &str) -> String {
    if section.is_empty() { name.to_owned() } else { format!("{section}.{name}") }
}

/// Reads a file of settings. Whatever is no file is not opened: reading it might never end.
pub(super) fn read_file(path: &Path, bytes_max: u64) -> Result<String, String> {
    let unreadable = |error| format!("it cannot be read: {error}; let the gateway read it");
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err("it is no file that can be read; remove it, or call it otherwise".to_owned());
    }
    // What the system tells of itself and of programs may be secret, and errors quote lines.
    let real = path.canonicalize().map_err(unreadable)?;
    if ["/proc", "/sys"].iter().any(|system| real.starts_with(system)) {
        return Err("it is a link to a file of the system; remove it, or write a file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes_max < bytes.len() as u64 {
        let max = bytes_max >> 20;
        return Err(format!("it is larger than {max} MB, and not used; take out what is too much"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes());
        located(&text, at..at + 1, "this is not UTF-8, and none of it is used; save it as UTF-8")
    })
}

/// Reads TOML, or says where it is none, or what of it no key can take: such would be taken for something
/// else.
fn read_toml(text: &str) -> Result<(), String> {
    let table = DeTable::parse(text).map_err(|error| {
        let what = format!("it is not TOML, so none of it is used; {}", error.message());
        // What nests too deep is found in no line.
        error.span().map_or(what.clone(), |at| located(text, at, &what))
    })?;
    match table.get_ref().values().find_map(no_key_takes) {
        Some((at, what)) => Err(located(text, at, what)),
        None => Ok(()),
    }
}

fn no_key_takes(value: &Spanned<DeValue<'_>>) -> Option<(Range<usize>, &'static str)> {
    match value.get_ref() {
        DeValue::Integer(number) => {
            let is_too_large = i64::from_str_radix(number.as_str(), number.radix()).is_err();
            is_too_large.then(|| (value.span(), "this number is larger than any that is taken"))
        }
        DeValue::Datetime(_) => Some((value.span(), "this is no text; put it in quotes")),
        DeValue::Array(values) => values.iter().find_map(no_key_takes),
        DeValue::Table(table) => table.values().find_map(no_key_takes),
        DeValue::String(_) | DeValue::Float(_) | DeValue::Boolean(_) => None,
    }
}

/// Reads the layers. What cannot be read is listed, and the default stands for it, so that the
/// rest can still be checked.
///
/// Keys that stand `elsewhere` are passed over: somebody else reads them.
pub(super) fn read<T>(
    layers: &[Layer],
    elsewhere: &[&str],
    problems: &mut Vec<Problem>,
) -> Written<T>
where
    T: Default + Serialize + DeserializeOwned,
{
    let file = layers.iter().find_map(|layer| match layer {
        Layer::File(path) => Some(path.clone()),
        Layer::Environment(_) => None,
    });
    let home = file.as_ref().map_or("defaults".into(), |path| path.display().to_string());
    let stem = file.as_ref().and_then(|path| path.file_stem()).unwrap_or_default();
    let stem = stem.to_string_lossy().into_owned();
    let origins = Origins { home, ..Origins::default() };
    let mut laying = Laying { origins, elsewhere, problems };
    let defaults = serde_json::to_value(T::default()).unwrap_or(Json::Null);
    let mut merged = defaults;
    let mut is_whole = true;
    for layer in layers {
        match layer.collect() {
            Ok((value, written)) => {
                laying.origins.take_places(written);
                laying.lay(&mut merged, &value, "");
            }
            Err(why) => {
                is_whole = false;
                tell(laying.problems, &layer.name(), "", || why);
            }
        }
    }
    let settings = serde_json::from_value(merged).unwrap_or_else(|error| {
        // `lay` let nothing through that differs in kind from the default.
        unreachable!("settings laid over their defaults have their shape: {error}")
    });
    Written { settings, origins: laying.origins, stem, is_whole }
}

impl Layer {
    /// Its values, and the text of a file; or why it cannot be used.
    fn collect(&self) -> Result<(Value, String), String> {
        let (builder, text) = match self {
            Layer::File(path) => {
                let text = read_file(path, SETTINGS_BYTES_MAX)?;
                read_toml(&text)?;
                let source = File::from_str(&text, FileFormat::Toml);
                let values = Config::builder().add_source(source).build();
                let values = values.map_err(|error| error.to_string())?;
                return Ok((values.cache, text));
            }
            Layer::Environment(variables) => {
                let variables = Environment::with_prefix(ENVIRONMENT_PREFIX)
                    .prefix_separator("_")
                    .separator("__")
                    .source(variables.clone());
                (Config::builder().add_source(variables), String::new())
            }
        };
        let values = builder.build().map_err(|error| format!("it cannot be read: {error}"))?;
        Ok((values.cache, text))
    }

    fn name(&self) -> String {
        match self {
            Layer::File(path) => path.display().to_string(),
            Layer::Environment(_) => "the environment".into(),
        }
    }
}

struct Laying<'a> {
    origins: Origins,
    elsewhere: &'a [&'a str],
    problems: &'a mut Vec<Problem>,
}

impl Laying<'_> {
    /// Lays `value` over `onto`, which has the shape that is wanted.
    fn lay(&mut self, onto: &mut Json, value: &Value, key: &str) {
        let from = value.origin().unwrap_or(&self.origins.home).to_owned();
        let is_text_only = from == "the environment";
        let laid = match (&mut *onto, &value.kind) {
            (Json::Object(section), ValueKind::Table(table)) => {
                let mut names: Vec<&String> = table.keys().collect();
                names.sort();
                for name in names {
                    let inner = joined(key, name);
                    match section.get_mut(name) {
                        Some(onto) => self.lay(onto, &table[name], &inner),
                        None if key.is_empty() && self.elsewhere.contains(&name.as_str()) => {}
                        None => self.unknown(&table[name], &inner, section.keys()),
                    }
                }
                return;
            }
            (Json::Number(_), ValueKind::I64(number)) => {
                u64::try_from(*number).ok().map(Json::from)
            }
            (Json::Number(_), ValueKind::String(text)) if is_text_only => {
                text.trim().parse::<u64>().ok().map(Json::from)
            }
            (Json::Bool(_), ValueKind::Boolean(yes)) => Some(Json::from(*yes)),
            (Json::Bool(_), ValueKind::String(text)) if is_text_only => {
                text.trim().parse::<bool>().ok().map(Json::from)
            }
            (Json::String(_), ValueKind::String(text)) => Some(Json::from(text.as_str())),
            (Json::Array(_), ValueKind::Array(items)) => texts(items),
            _ => None,
        };
        match laid {
            Some(json) => {
                *onto = json;
                self.origins.by_key.insert(key.to_owned(), from);
            }
            None => tell(self.problems, &from, key, || match from == self.origins.home {
                true => self.origins.at_value(key, wanted(onto)),
                false => wanted(onto).to_owned(),
            }),
        }
    }

    fn unknown<'k>(&mut self, value: &Value, key: &str, known: impl Iterator<Item = &'k String>) {
        let from = value.origin().unwrap_or(&self.origins.home);
        tell(self.problems, from, key, || {
            let elsewhere = if key.contains('.') { &[] } else { self.elsewhere };
            let mut known: Vec<&str> = known.map(String::as_str).collect();
            known.extend(elsewhere);
            let what = format!(
                "there is no such key, so it would do nothing; remove it or write one of {}",
                known.join(", ")
            );
            match self.origins.places.get(key).filter(|_| from == self.origins.home) {
                Some((name, _)) => located(&self.origins.text, name.clone(), &what),
                None => what,
            }
        });
    }
}

fn texts(items: &[Value]) -> Option<Json> {
    let text = |item: &Value| match &item.kind {
        ValueKind::String(text) => Some(Json::from(text.as_str())),
        _ => None,
    };
    items.iter().map(text).collect::<Option<Vec<Json>>>().map(Json::from)
}

/// What a value of the default's kind looks like.
fn wanted(default: &Json) -> &'static str {
    match default {
        Json::Number(_) => "this is no number of zero or more; write digits without quotes",
        Json::Bool(_) => "this is neither yes nor no; write true or false",
        // Numbers would lose their leading zeros, and ids have them.
        Json::String(_) => "this is no text; put it in quotes",
        Json::Array(_) => "this is no list of texts; write [\"one\", \"two\"], each in quotes",
        Json::Object(_) | Json::Null => "this is a section; write its keys under a [heading]",
    }
}
