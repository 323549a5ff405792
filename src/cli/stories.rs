//! `threadline stories`: which stories an archive tells.

use std::io::{self, Write};

use serde::Serialize;

use crate::analysis::{Stories, Story, StoryHeat};
use crate::cli::answers::{event_line, write_json};
use crate::cli::load::LoadArgs;
use crate::cli::screen::{COUNT, FAINT, STRONG, counted, cut_to_line, number, safe, styled};
use crate::cli::select::{SelectArgs, parse_from};
use crate::cli::story_args::StoryArgs;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::model::{Date, EventId};

/// List stories: events that belong together in matter and in time
///
/// Each with its number of events, its span and its distinctive topics, and
/// below the event that is most firmly linked within it. With a selection
/// (--topic, --from, …), the stories with most selected events come first.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// What was going on that day: stories with events at most a week from it
    #[arg(long, value_name = "DATE", value_parser = parse_from)]
    at: Option<Date>,

    /// The order of the list
    #[arg(long, value_enum, default_value_t = Sort::Size)]
    sort: Sort,

    #[command(flatten)]
    select: SelectArgs,

    #[command(flatten)]
    story: StoryArgs,

    /// Show at most so many stories; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Answer for programs: all stories, with the keys of their events
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Sort {
    /// Most events first
    Size,
    /// By the first day
    Date,
    /// The strongest burst first
    Burst,
}

#[derive(Serialize)]
struct Answer<'g> {
    stories: Vec<StoryRecord<'g>>,
    sagas: Vec<SagaRecord<'g>>,
    /// The keys of events in no story.
    alone: Vec<&'g str>,
}

/// A story where it is listed among others.
#[derive(Serialize)]
pub(super) struct StoryRecord<'g> {
    id: usize,
    name: String,
    size: usize,
    first: Option<String>,
    last: Option<String>,
    topics: Vec<&'g str>,
    saga: Option<usize>,
    /// The keys of the events with the highest rank.
    key_events: Vec<&'g str>,
    events: Vec<&'g str>,
}

#[derive(Serialize)]
struct SagaRecord<'g> {
    id: usize,
    name: String,
    topics: Vec<&'g str>,
    stories: Vec<usize>,
}

/// Key events that a record names.
const KEY_EVENTS: usize = 3;

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let selection = args.select.selection(&graph)?;
    let stories = args.story.stories(&graph)?;
    // The selected events of each story that has some.
    let near = |event: EventId| match (args.at, graph.date(event)) {
        (None, _) => true,
        (Some(day), Some(date)) => day.days().abs_diff(date.days()) <= 7,
        (Some(_), None) => false,
    };
    let hits = |story: &Story| {
        story.events.iter().filter(|&&event| selection.contains(event) && near(event)).count()
    };
    let mut listed: Vec<(usize, usize)> = stories
        .all()
        .iter()
        .enumerate()
        .map(|(n, story)| (n, hits(story)))
        .filter(|&(_, hits)| hits > 0)
        .collect();
    let heat = stories.heat();
    match args.sort {
        Sort::Size => listed.sort_by_key(|&(n, hits)| (std::cmp::Reverse(hits), n)),
        Sort::Date => listed.sort_by_key(|&(n, _)| {
            let first = stories.all()[n].span.map(|span| span.0);
            (first.is_none(), first, n)
        }),
        Sort::Burst => listed.sort_by(|&(a, _), &(b, _)| {
            let weight = |n: usize| heat[n].as_ref().map_or(0.0, |heat| heat.weight);
            weight(b).total_cmp(&weight(a)).then(a.cmp(&b))
        }),
    }
    if args.json {
        let records = listed.iter().map(|&(n, _)| record(&stories, n)).collect();
        let sagas = (1..).zip(stories.sagas()).map(|(id, saga)| SagaRecord {
            id,
            name: stories.saga_name(saga),
            topics: saga.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
            stories: saga.stories.iter().map(|n| n + 1).collect(),
        });
        let alone = stories.alone().map(|event| graph.key(event)).collect();
        write_json(out, &Answer { stories: records, sagas: sagas.collect(), alone })?;
    } else {
        let some = !selection.is_all() || args.at.is_some();
        write_list(out, &stories, &listed, &heat, some, args.limit).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

/// The record of the story with a number.
pub(super) fn record<'g>(stories: &Stories<'g>, n: usize) -> StoryRecord<'g> {
    let graph = stories.graph();
    let story = &stories.all()[n];
    let ranked = stories.ranked(story);
    StoryRecord {
        id: n + 1,
        name: stories.name(story),
        size: story.events.len(),
        first: story.span.map(|span| span.0.to_string()),
        last: story.span.map(|span| span.1.to_string()),
        topics: story.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
        saga: story.saga.map(|saga| saga + 1),
        key_events: ranked.iter().take(KEY_EVENTS).map(|&(event, _)| graph.key(event)).collect(),
        events: story.events.iter().map(|&event| graph.key(event)).collect(),
    }
}

fn write_list(
    out: &mut dyn Write,
    stories: &Stories<'_>,
    listed: &[(usize, usize)],
    heat: &[Option<StoryHeat>],
    some: bool,
    limit: usize,
) -> io::Result<()> {
    if listed.is_empty() {
        return writeln!(out, "no stories");
    }
    let shown = if limit == 0 { listed.len() } else { limit };
    for &(n, hits) in listed.iter().take(shown) {
        let story = &stories.all()[n];
        let name = stories.name(story);
        let name = safe(&name);
        let head = format!("{} {}", styled(COUNT, format_args!("{:>4}", n + 1)), "");
        writeln!(out, "{head}{}", styled(STRONG, cut_to_line(&name, 5)))?;
        let all = story.events.len();
        let size = match hits {
            hits if some && hits < all => format!("{} of {all} events", number(hits)),
            _ => counted(all, "event", "events"),
        };
        let heat = match heat.get(n) {
            Some(Some(heat)) if Some((heat.start, heat.end)) != story.span => {
                format!(", most from {} to {}", heat.start, heat.end)
            }
            _ => String::new(),
        };
        writeln!(out, "     {size}, {}{}", span(story), styled(FAINT, heat))?;
        if let Some(&(event, _)) = stories.ranked(story).first() {
            writeln!(out, "     {}", styled(FAINT, event_line(stories.graph(), event, 5)))?;
        }
    }
    if listed.len() > shown {
        writeln!(out, "… and {} more (--limit 0 shows all)", number(listed.len() - shown))?;
    } else if !some {
        let alone = stories.alone().count();
        writeln!(out, "{} in no story", counted(alone, "event", "events"))?;
    }
    Ok(())
}

/// `2011-02-15 to 2011-10-20`.
pub(super) fn span(story: &Story) -> String {
    match story.span {
        Some((first, last)) if first != last => format!("{first} to {last}"),
        Some((day, _)) => day.to_string(),
        None => "no date".to_owned(),
    }
}
