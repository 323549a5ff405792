//! Sagas: which there are, and which one a number or a name means.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::Stories;
use crate::answers::stories::ListedStory;
use crate::answers::words::{cut, safe};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{folded, from_to};

/// A saga, and how much of it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SagaFound {
    /// Its place in [`Stories::sagas`].
    pub place: usize,
    /// Those of its stories that are listed, ascending: places in [`Stories::all`].
    pub stories: Vec<usize>,
    /// How many of their events were asked for.
    pub events: usize,
}

impl SagaFound {
    /// The sagas of listed stories.
    pub(super) fn of(stories: &Stories<'_>, listed: &[ListedStory]) -> Vec<Self> {
        let mut found: BTreeMap<usize, Self> = BTreeMap::new();
        for story in listed {
            if let Some(place) = stories.all()[story.place].saga {
                let none = Self { place, stories: Vec::new(), events: 0 };
                let saga = found.entry(place).or_insert(none);
                saga.stories.push(story.place);
                saga.events += story.events;
            }
        }
        let sorted = found.into_values().map(|mut saga| {
            saga.stories.sort_unstable();
            saga
        });
        sorted.collect()
    }
}

/// A saga for programs.
#[derive(Debug, Serialize)]
pub struct SagaRecord<'g> {
    id: usize,
    name: String,
    /// How many events its stories have.
    size: usize,
    first: Option<String>,
    last: Option<String>,
    topics: Vec<&'g str>,
    /// The numbers of its stories.
    stories: Vec<usize>,
}

impl<'g> SagaRecord<'g> {
    /// The record of the saga at a place of [`Stories::sagas`].
    pub(super) fn new(stories: &Stories<'g>, place: usize) -> Self {
        let (graph, saga) = (stories.graph(), &stories.sagas()[place]);
        Self {
            id: place + 1,
            name: stories.saga_name(saga),
            size: saga.size,
            first: saga.span.map(|span| span.0.to_string()),
            last: saga.span.map(|span| span.1.to_string()),
            topics: saga.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
            stories: saga.stories.iter().map(|n| n + 1).collect(),
        }
    }
}

/// Sagas that a message names.
const NAMED: usize = 10;

/// The place in [`Stories::sagas`] of the saga that a number (from 1) or a part
/// of its name means.
///
/// # Errors
/// If it means none or several; the error names some that there are.
pub(super) fn find_saga(stories: &Stories<'_>, wanted: &str) -> Result<usize> {
    let wanted = wanted.trim();
    let names: Vec<String> = stories.sagas().iter().map(|saga| stories.saga_name(saga)).collect();
    let listed = |places: &[usize]| -> String {
        let line = |&place: &usize| {
            let span = stories.sagas()[place].span.map_or_else(String::new, from_to);
            format!("\n  {:<3} {span:24}  {}", place + 1, cut(&safe(&names[place]), 45))
        };
        let more = if places.len() > NAMED { "\n  …" } else { "" };
        places.iter().take(NAMED).map(line).collect::<String>() + more
    };
    let refuse = |message: String| Err(Error::new(ErrorKind::NotFound, message));
    let all: Vec<usize> = (0..names.len()).collect();
    if all.is_empty() {
        return refuse("no stories of this archive form a larger one, a saga".to_owned());
    }
    if let Ok(number) = wanted.parse::<usize>() {
        return match number.checked_sub(1).filter(|&place| place < all.len()) {
            Some(place) => Ok(place),
            None => refuse(format!("there are sagas 1 to {}, and no {number}", all.len())),
        };
    }
    let (wanted_plain, names_plain): (_, Vec<String>) =
        (folded(wanted), names.iter().map(|name| folded(name)).collect());
    let (same, within): (Vec<usize>, Vec<usize>) = all
        .iter()
        .filter(|&&place| names_plain[place].contains(&wanted_plain))
        .partition(|&&place| names_plain[place] == wanted_plain);
    match (same.as_slice(), within.as_slice()) {
        _ if wanted.is_empty() => refuse("the name of the saga is empty".to_owned()),
        ([place], _) | ([], [place]) => Ok(*place),
        ([], []) => refuse(format!("no saga is called `{wanted}`; there are:{}", listed(&all))),
        ([], several) | (several, _) => {
            let message = format!(
                "`{wanted}` could be any of {} sagas; name one by its number:{}",
                several.len(),
                listed(several)
            );
            let numbers = several.iter().map(|place| (place + 1).to_string());
            Err(Error::ambiguous(message, numbers.collect()))
        }
    }
}
