//! `threadline stories`: which stories an archive tells.

use std::io::{self, Write};

use crate::answers::parse_span;
use crate::answers::{
    ListedStory, StoriesFound, StoriesQuestion, StoryFinding, StorySort, stories,
};
use crate::cli::choice::one_explained;
use crate::cli::json::write_json;
use crate::cli::limit::{self, write_more};
use crate::cli::lines::event_line;
use crate::cli::load::LoadArgs;
use crate::cli::sagas::{write_saga, write_sagas};
use crate::cli::screen::{COUNT, FAINT, STRONG, counted, cut_to_line, number, safe, styled};
use crate::cli::select::{SelectArgs, note_if_missed};
use crate::cli::story_args::StoryArgs;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::model::{Date, from_to};

/// List stories: events that belong together in matter and in time
///
/// Each with its number of events, its span and its distinctive topics, and
/// below the event that is most firmly linked within it (the first one, where
/// only topics and time tie its events, and no link). A story stands out
/// while more of what happened belongs to it than usually does. What most
/// holds together comes first: the more events, and the more firmly tied, the
/// earlier; with a selection (--topic, --from, …) only ties between selected
/// events count.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// Stories with these words in their names and those of their topics
    words: Vec<String>,

    /// The sagas, which several stories form that belong together: each with its
    /// number, its events, its span and its stories; --json has them anyway
    #[arg(long, conflicts_with = "sort")]
    sagas: bool,

    /// What was going on that day, month or year: stories with events at most
    /// a week from it
    #[arg(long, value_name = "DATE", value_parser = parse_span)]
    at: Option<(Date, Date)>,

    /// The order of the list
    #[arg(long, default_value_t = StorySort::default(), value_parser = one_explained([
        (StorySort::Weight, "What most holds together first: by the ties between its events"),
        (StorySort::Size, "Most events first"),
        (StorySort::Date, "By the first day"),
        (StorySort::Burst, "The strongest burst first"),
    ]))]
    sort: StorySort,

    #[command(flatten)]
    select: SelectArgs,

    #[command(flatten)]
    story: StoryArgs,

    /// Show at most so many stories or sagas; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Answer for programs: all stories, with the keys of their events
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let StoryFinding { scale, level, min_size } = args.story.finding();
    let (words, at, sort) = (args.words.join(" "), args.at, args.sort);
    note_if_missed(&graph, at.map(|days| days.0), at.map(|days| days.1));
    let asked = StoriesQuestion { words: words.clone(), at, sort, scale, level, min_size };
    let found = stories(&graph, &args.select.select(&graph), &asked)?;
    if args.json {
        write_json(out, &found.record())?;
    } else if args.sagas {
        write_sagas(out, &found, args.limit).map_err(output_error)?;
    } else {
        write_list(out, &found, &words, args.limit, min_size).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

fn write_list(
    out: &mut dyn Write,
    found: &StoriesFound<'_>,
    words: &str,
    limit: usize,
    min_size: usize,
) -> io::Result<()> {
    let StoriesFound { stories, listed, alone, saga, by_name, .. } = found;
    let partial = found.is_partial();
    if stories.is_empty() {
        return writeln!(out, "no stories of {min_size} events or more (see --min-size)");
    }
    if listed.is_empty() {
        return match words.trim() {
            "" => writeln!(out, "no stories"),
            words => writeln!(
                out,
                "no story{} has all of these words in its name and those of its topics: {}; \
                 `search` finds events, and `story` tells the story of one",
                if partial || saga.is_some() { " of those asked for" } else { "" },
                safe(words)
            ),
        };
    }
    if let Some(saga) = saga {
        write_saga(out, stories, *saga)?;
    }
    let shown = limit::shown(limit, listed.len());
    for story in &listed[..shown] {
        write_story(out, found, *story)?;
    }
    write_more(out, listed.len() - shown)?;
    if !by_name && listed.len() == shown && (!partial || !alone.is_empty()) {
        let those = if partial { " of those asked for" } else { "" };
        writeln!(out, "{}{those} in no story", counted(alone.len(), "event", "events"))?;
    }
    Ok(())
}

/// Its number and name, how much there is of it and when, its key event.
fn write_story(
    out: &mut dyn Write,
    found: &StoriesFound<'_>,
    listed: ListedStory,
) -> io::Result<()> {
    let (stories, place) = (&found.stories, listed.place);
    let story = &stories.all()[place];
    let name = stories.name(story);
    let head = styled(COUNT, format_args!("{:>4}", place + 1));
    writeln!(out, "{head} {}", styled(STRONG, cut_to_line(&safe(&name), 5)))?;
    let all = story.events.len();
    let size = events_of(listed.events, all);
    let links = match stories.unlinked(story) == all {
        true => " (no link between them)",
        false => "",
    };
    let near = match found.is_only_near(listed) {
        true => " in the week around",
        false => "",
    };
    let heat = match found.heat[place] {
        Some(heat) if Some((heat.start, heat.end)) != story.span => {
            format!(", stands out from {} to {}", heat.start, heat.end)
        }
        _ => String::new(),
    };
    writeln!(out, "     {size}{near}{links}, {}{}", span(story.span), styled(FAINT, heat))?;
    match found.key_event(listed) {
        Some(event) => {
            writeln!(out, "     {}", styled(FAINT, event_line(stories.graph(), event, 5)))
        }
        None => Ok(()),
    }
}

/// `2 of 19 events`, or `19 events`.
pub(super) fn events_of(some: usize, all: usize) -> String {
    match some < all {
        true => format!("{} of {} events", number(some), number(all)),
        false => counted(all, "event", "events"),
    }
}

/// `2011-02-15 to 2011-10-20`.
pub(super) fn span(span: Option<(Date, Date)>) -> String {
    span.map_or_else(|| "no date".to_owned(), from_to)
}
