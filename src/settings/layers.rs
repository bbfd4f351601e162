//! Layers of settings, the later over the earlier, laid over the defaults.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use config::{Config, ConfigError, Environment, File, FileFormat, Value, ValueKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::{ENVIRONMENT_PREFIX, Problem, Written};

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
}

impl Origins {
    /// The file, or the environment, that `key` was read from.
    pub(super) fn of(&self, key: &str) -> &str {
        self.by_key.get(key).unwrap_or(&self.home)
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
    let origins = Origins { home, by_key: BTreeMap::new() };
    let mut laying = Laying { origins, elsewhere, problems };
    let defaults = serde_json::to_value(T::default()).unwrap_or(Json::Null);
    let mut merged = defaults;
    for layer in layers {
        match layer.collect() {
            Ok(value) => laying.lay(&mut merged, &value, ""),
            Err(error) => laying.refuse(layer, &error),
        }
    }
    let settings = serde_json::from_value(merged).unwrap_or_else(|error| {
        // `lay` let nothing through that differs in kind from the default.
        unreachable!("settings laid over their defaults have their shape: {error}")
    });
    Written { settings, origins: laying.origins, stem }
}

impl Layer {
    fn collect(&self) -> Result<Value, ConfigError> {
        let builder = match self {
            Layer::File(path) => {
                Config::builder().add_source(File::from(path.as_path()).format(FileFormat::Toml))
            }
            Layer::Environment(variables) => Config::builder().add_source(
                Environment::with_prefix(ENVIRONMENT_PREFIX)
                    .prefix_separator("_")
                    .separator("__")
                    .source(variables.clone()),
            ),
        };
        Ok(builder.build()?.cache)
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
                    let inner = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
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
            None => self.problem(from, key, wanted(onto)),
        }
    }

    fn unknown<'a>(&mut self, value: &Value, key: &str, known: impl Iterator<Item = &'a String>) {
        let known: Vec<&str> = known.map(String::as_str).collect();
        let what = format!(
            "there is no such key, so it would do nothing; remove it or write one of {}",
            known.join(", ")
        );
        let from = value.origin().unwrap_or(&self.origins.home).to_owned();
        self.problem(from, key, &what);
    }

    fn refuse(&mut self, layer: &Layer, error: &ConfigError) {
        let text = match error {
            ConfigError::FileParse { cause, .. } => {
                format!("it is not TOML, so none of it is used; correct it: {cause}")
            }
            other => format!("it cannot be read: {other}; let the gateway read it"),
        };
        self.problem(layer.name(), "", text.trim());
    }

    fn problem(&mut self, file: String, key: &str, what: &str) {
        self.problems.push(Problem { file, key: key.into(), what: what.into() });
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
