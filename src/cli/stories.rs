//! `threadline stories`: which stories an archive tells.

use std::io::{self, Write};

use crate::analysis::Story;
use crate::answers::parse_span;
use crate::answers::{StoriesFound, StoriesQuestion, StoryFinding, StorySort, stories};
use crate::cli::choice::one_of;
use crate::cli::json::write_json;
use crate::cli::limit::{self, write_more};
use crate::cli::lines::event_line;
use crate::cli::load::LoadArgs;
use crate::cli::screen::{COUNT, FAINT, STRONG, counted, cut_to_line, number, safe, styled};
use crate::cli::select::SelectArgs;
use crate::cli::story_args::StoryArgs;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::model::{Date, from_to};

/// List stories: events that belong together in matter and in time
///
/// Each with its number of events, its span and its distinctive topics, and
/// below the event that is most firmly linked within it. A story stands out
/// while more of what happened belongs to it than usually does. With a
/// selection (--topic, --from, …), the stories with most selected events come
/// first.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// What was going on that day, month or year: stories with events at most
    /// a week from it
    #[arg(long, value_name = "DATE", value_parser = parse_span)]
    at: Option<(Date, Date)>,

    /// The order of the list
    #[arg(long, default_value = "size", value_parser = one_of::<StorySort>(&[
        ("size", "Most events first"),
        ("date", "By the first day"),
        ("burst", "The strongest burst first"),
    ]))]
    sort: StorySort,

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

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let graph = args.load.load()?;
    let StoryFinding { scale, level, min_size } = args.story.finding();
    let asked = StoriesQuestion { at: args.at, sort: args.sort, scale, level, min_size };
    let found = stories(&graph, &args.select.select(&graph), &asked)?;
    if args.json {
        write_json(out, &found.record())?;
    } else {
        write_list(out, &found, args.limit).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

fn write_list(out: &mut dyn Write, found: &StoriesFound<'_>, limit: usize) -> io::Result<()> {
    let StoriesFound { stories, listed, heat, alone, some } = found;
    let some = *some;
    if listed.is_empty() {
        return writeln!(out, "no stories");
    }
    let shown = limit::shown(limit, listed.len());
    for &(n, hits) in &listed[..shown] {
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
                format!(", stands out from {} to {}", heat.start, heat.end)
            }
            _ => String::new(),
        };
        writeln!(out, "     {size}, {}{}", span(story), styled(FAINT, heat))?;
        if let Some(&(event, _)) = stories.ranked(story).first() {
            writeln!(out, "     {}", styled(FAINT, event_line(stories.graph(), event, 5)))?;
        }
    }
    write_more(out, listed.len() - shown)?;
    if listed.len() == shown && (!some || !alone.is_empty()) {
        let those = if some { " of those asked for" } else { "" };
        writeln!(out, "{}{those} in no story", counted(alone.len(), "event", "events"))?;
    }
    Ok(())
}

/// `2011-02-15 to 2011-10-20`.
pub(super) fn span(story: &Story) -> String {
    story.span.map_or_else(|| "no date".to_owned(), from_to)
}
