//! What people decide about entities, against the recognizer or beside it. Decisions name entities by kind and key, never by
//! a number, so that they can be replayed on any archive; [`Corrections`] is what a list of them comes to.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::analysis::Kind;

/// Kind and key: an entity's identity across archives.
pub type Identity = (Kind, String);

/// What is done to an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Its mentions are another's.
    Merge,
    /// One of its names is another entity's.
    Split,
    /// Another name is shown.
    Rename,
    /// It has one more name.
    Alias,
    /// It is of another kind.
    Kind,
    /// It is nothing to report.
    Ignore,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 6] = [
        Self::Merge,
        Self::Split,
        Self::Rename,
        Self::Alias,
        Self::Kind,
        Self::Ignore,
    ];

    /// The word that stands in `corrections.action`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Rename => "rename",
            Self::Alias => "alias",
            Self::Kind => "kind",
            Self::Ignore => "ignore",
        }
    }

    /// The action of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == word)
    }
}

/// One decision. Its `to_` fields are another entity's identity (merge), a name (split, rename, alias) or a kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// What is done.
    pub action: Action,
    /// The kind of the entity to which it is done.
    pub kind: Kind,
    /// Its key.
    pub key: String,
    /// Its name at the time, for people.
    pub name: String,
    /// The kind of what it becomes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_kind: Option<Kind>,
    /// The key of what it becomes, or of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_key: Option<String>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_name: Option<String>,
}

impl Correction {
    /// The entity to which it is done.
    #[must_use]
    pub fn entity(&self) -> Identity {
        (self.kind, self.key.clone())
    }

    /// What it lacks, if anything: a file may be written by hand.
    #[must_use]
    pub fn lack(&self) -> Option<&'static str> {
        let (kind, key, name) = (&self.to_kind, &self.to_key, &self.to_name);
        match self.action {
            _ if self.key.is_empty() => Some("key"),
            Action::Merge | Action::Kind if kind.is_none() => Some("to_kind"),
            Action::Merge | Action::Split | Action::Alias if key.is_none() => Some("to_key"),
            Action::Split | Action::Alias | Action::Rename if name.is_none() => Some("to_name"),
            _ => None,
        }
    }
}

/// What the decisions come to: whom a name means that the recognizer gave to some entity.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    /// An entity whose mentions are another's; followed to the end.
    moved: HashMap<Identity, Identity>,
    /// A name of an entity that is another's.
    split: HashMap<Identity, HashMap<String, Identity>>,
    ignored: HashSet<Identity>,
    shown_as: HashMap<Identity, String>,
    also_called: Vec<(Identity, String)>,
    /// What to call an entity that no article has named yet.
    labels: HashMap<Identity, String>,
}

impl Corrections {
    /// Replays decisions in their order.
    #[must_use]
    pub fn replay<'a>(decisions: impl IntoIterator<Item = &'a Correction>) -> Self {
        let mut corrections = Self::default();
        for decision in decisions {
            corrections.add(decision);
        }
        corrections
    }

    /// Whom a name with that key means where the recognizer said `said`.
    #[must_use]
    pub fn meant(&self, said: &Identity, name_key: &str) -> Identity {
        let mut at = said;
        // Every step uses up one entry, so a ring, should one ever form, ends too.
        for _step in 0..=self.moved.len() + self.split.len() {
            let by_name = self.split.get(at).and_then(|names| names.get(name_key));
            match by_name.or_else(|| self.moved.get(at)) {
                Some(next) => at = next,
                None => break,
            }
        }
        at.clone()
    }

    /// What an entity is now.
    #[must_use]
    pub fn now(&self, identity: &Identity) -> Identity {
        self.meant(identity, "")
    }

    /// Whether its mentions are left out of reports.
    #[must_use]
    pub fn is_ignored(&self, identity: &Identity) -> bool {
        self.ignored.contains(identity)
    }

    /// The name that was chosen to be shown.
    #[must_use]
    pub fn shown_as(&self, identity: &Identity) -> Option<&str> {
        self.shown_as.get(identity).map(String::as_str)
    }

    /// The names that were added by hand.
    pub fn also_called(&self, identity: &Identity) -> impl Iterator<Item = &str> {
        self.also_called
            .iter()
            .filter(move |(entity, _)| self.now(entity) == *identity)
            .map(|(_, name)| name.as_str())
    }

    /// What to call it where no article has named it yet.
    #[must_use]
    pub fn label(&self, identity: &Identity) -> Option<&str> {
        self.labels.get(identity).map(String::as_str)
    }

    /// Whether any decision is about it, so that it stays though no article mentions it.
    #[must_use]
    pub fn curates(&self, identity: &Identity) -> bool {
        self.shown_as.contains_key(identity) || self.also_called(identity).next().is_some()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.shown_as.is_empty() && self.ignored.is_empty()
    }

    /// Whether the mentions that the recognizer gave to it may mean another or be ignored.
    #[must_use]
    pub fn touches(&self, said: &Identity) -> bool {
        self.moved.contains_key(said)
            || self.ignored.contains(said)
            || self.shown_as.contains_key(said)
            || self.split.contains_key(said)
    }

    /// The entities, as the recognizer says them, for which the two differ.
    #[must_use]
    pub fn differing(&self, other: &Self) -> HashSet<Identity> {
        let names: HashSet<&String> = [self, other]
            .into_iter()
            .flat_map(|one| one.split.values().flat_map(HashMap::keys))
            .collect();
        let outcome = |one: &Self, said: &Identity, name: &str| {
            let meant = one.meant(said, name);
            (one.is_ignored(&meant), meant)
        };
        let differs = |said: &&Identity| {
            std::iter::once("")
                .chain(names.iter().map(|name| name.as_str()))
                .any(|name| outcome(self, said, name) != outcome(other, said, name))
        };
        [self, other]
            .into_iter()
            .flat_map(|one| {
                let split = one.split.keys();
                one.moved.keys().chain(split).chain(&one.ignored)
            })
            .filter(differs)
            .cloned()
            .collect()
    }

    /// The entities that have a name of their own choosing, for which the two differ.
    #[must_use]
    pub fn differently_named(&self, other: &Self) -> HashSet<Identity> {
        let named = |one: &Self| -> HashSet<(Identity, String)> {
            let shown = one
                .shown_as
                .iter()
                .map(|(id, name)| (id, format!("={name}")));
            let called = one.also_called.iter().map(|(id, name)| (id, name.clone()));
            shown
                .chain(called)
                .map(|(id, name)| (one.now(id), name))
                .collect()
        };
        let (ours, theirs) = (named(self), named(other));
        ours.symmetric_difference(&theirs)
            .map(|(identity, _)| identity.clone())
            .collect()
    }

    fn add(&mut self, decision: &Correction) {
        let entity = self.now(&decision.entity());
        let name = decision.to_name.clone().unwrap_or_default();
        let key = decision.to_key.clone().unwrap_or_default();
        match decision.action {
            Action::Merge => {
                let into = (decision.to_kind.unwrap_or(decision.kind), key);
                self.labels.entry(into.clone()).or_insert(name);
                let into = self.now(&into);
                self.unite(entity, into);
            }
            Action::Kind => {
                let changed = (decision.to_kind.unwrap_or(decision.kind), entity.1.clone());
                self.change_kind(entity, changed, &decision.name);
            }
            Action::Split => self.take_out(&entity, key, name),
            Action::Alias => {
                if let Some(names) = self.split.get_mut(&entity) {
                    names.remove(&key);
                }
                let called_so = (entity.0, key);
                let now = self.now(&called_so);
                if now == called_so {
                    self.unite(now, entity.clone());
                } else if now != entity {
                    self.moved.insert(called_so, entity.clone());
                }
                self.labels
                    .entry(entity.clone())
                    .or_insert(decision.name.clone());
                self.also_called.push((entity, name));
            }
            Action::Rename => {
                self.shown_as.insert(entity, name);
            }
            Action::Ignore => {
                self.ignored.insert(entity);
            }
        }
    }

    fn unite(&mut self, from: Identity, into: Identity) {
        if from == into {
            return;
        }
        // A name that was taken out of `into` and comes back.
        let mut split = std::mem::take(&mut self.split);
        for (entity, names) in &mut split {
            if self.now(entity) == into {
                names.retain(|_, to| self.now(to) != from);
            }
        }
        self.split = split;
        self.moved.insert(from, into);
    }

    fn change_kind(&mut self, entity: Identity, changed: Identity, name: &str) {
        let shown = self.shown_as.get(&entity).cloned();
        let is_ignored = self.ignored.contains(&entity);
        let mut to = self.now(&changed);
        if to == entity && changed != entity {
            // Back to what it was before it was changed to what it is.
            self.moved.remove(&changed);
            to = changed;
        }
        self.labels.entry(to.clone()).or_insert(name.to_owned());
        if let Some(shown) = shown {
            self.shown_as.entry(to.clone()).or_insert(shown);
        }
        if is_ignored {
            self.ignored.insert(to.clone());
        }
        self.unite(entity, to);
    }

    fn take_out(&mut self, entity: &Identity, key: String, name: String) {
        let merged = self
            .moved
            .keys()
            .find(|said| said.1 == key && *said != entity && self.now(said) == *entity)
            .cloned();
        let own = merged.unwrap_or_else(|| (entity.0, key.clone()));
        if own == *entity {
            return;
        }
        if self.now(&own) == *entity {
            self.moved.remove(&own);
        }
        let now = |id: &Identity| self.now(id);
        let kept = |(id, called): &(Identity, String)| now(id) != *entity || *called != name;
        let also_called = self
            .also_called
            .iter()
            .filter(|pair| kept(pair))
            .cloned()
            .collect();
        self.also_called = also_called;
        self.labels.entry(own.clone()).or_insert(name);
        let names = self.split.entry(entity.clone()).or_default();
        names.insert(key, own);
    }
}

#[cfg(test)]
mod tests;
