//! `threadline story`: one story, told.

use std::io::{self, Write};

use crate::analysis::{Stories, Story, StoryTold};
use crate::answers;
use crate::answers::{StoryFinding, StoryFound, StoryQuestion};
use crate::cli::chart::spark;
use crate::cli::json::write_json;
use crate::cli::limit;
use crate::cli::lines::{event_line, heading, link_place, topic_names};
use crate::cli::load::LoadArgs;
use crate::cli::picture::{PictureArgs, command_line, last_part};
use crate::cli::screen::{
    COUNT, FAINT, STRONG, counted, cut_to_line, number, safe, styled, width, wrap_width, wrapped,
};
use crate::cli::stories::span;
use crate::cli::story_args::StoryArgs;
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::export::loose_tie;
use crate::model::EventId;

/// Tell one story: its events, its parts, its pace, what it is tied to
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// A story's number in `threadline stories`, or one of its events: a key,
    /// an unambiguous end of it, or words
    #[arg(required = true, value_name = "EVENT|NUMBER")]
    story: Vec<String>,

    #[command(flatten)]
    stories: StoryArgs,

    /// Show at most so many events; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 30)]
    limit: usize,

    /// Find the stories N times more with other seeds and tell in how many of
    /// them an event stays with the story
    #[arg(long, value_name = "N")]
    stability: Option<u32>,

    /// A dossier in Markdown: dated entries, sources as footnotes, file and
    /// line
    #[arg(long, conflicts_with_all = ["json", "output"])]
    markdown: bool,

    #[command(flatten)]
    picture: PictureArgs,

    /// Answer for programs
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let output = args.picture.open_told(&args.load)?;
    let graph = args.load.load()?;
    let StoryFinding { scale, level, min_size } = args.stories.finding();
    let (story, stability) = (args.story.join(" "), args.stability);
    let found =
        answers::story(&graph, &StoryQuestion { story, stability, scale, level, min_size })?;
    if let Some(output) = output {
        match output.is_dossier() {
            true => output.write_dossier(found.dossier())?,
            false => output.write(|how| Ok(found.picture(how)))?,
        }
    } else if args.json {
        write_json(out, &found.record())?;
    } else if args.markdown {
        let source = last_part(&args.load.graph);
        let command = command_line(args.load.files());
        found.dossier().made_by(&source, &command).write_markdown(out)?;
    } else {
        write_story(out, &found, args.limit).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

/// Key events, and tied stories, that are shown.
const KEY_EVENTS: usize = 5;
const RELATED: usize = 5;

/// What the event that was asked for is marked with.
const MARK: &str = "▸ ";

fn write_story(out: &mut dyn Write, found: &StoryFound<'_>, limit: usize) -> io::Result<()> {
    let StoryFound { stories, place, told, .. } = found;
    let story = &stories.all()[*place];
    if let Some(event) = found.asked {
        heading(out, "The story of the event")?;
        writeln!(out, "{}\n", marked_line(found, event, 0))?;
    }
    let title = format!("{}: {}", place + 1, stories.name(story));
    for line in wrapped(&title, "", wrap_width()).lines() {
        writeln!(out, "{}", styled(STRONG, line))?;
    }
    let mut size = counted(story.events.len(), "event", "events");
    if !told.loose.is_empty() {
        size += &format!(" ({} tied by no link)", told.loose.len());
    }
    writeln!(out, "{size}, {}{}", span(story.span), saga_note(stories, story))?;
    write_pace(out, told)?;
    writeln!(out)?;
    heading(out, "Key events")?;
    for &(event, _) in told.ranked.iter().take(KEY_EVENTS) {
        writeln!(out, "{}", marked_line(found, event, 0))?;
    }
    write_parts(out, stories, told)?;
    write_events(out, found, story, limit)?;
    write_related(out, stories, told)
}

/// An event on a line behind two columns, in which stands a mark if it is the
/// one that was asked for.
fn marked_line(found: &StoryFound<'_>, event: EventId, used: usize) -> String {
    let line = event_line(found.stories.graph(), event, 2 + used);
    match found.asked == Some(event) {
        true => styled(COUNT, MARK) + &line,
        false => format!("  {line}"),
    }
}

fn saga_note(stories: &Stories<'_>, story: &Story) -> String {
    let Some((place, saga)) =
        story.saga.and_then(|place| Some((place, stories.sagas().get(place)?)))
    else {
        return String::new();
    };
    let others = counted(saga.stories.len() - 1, "other story", "other stories");
    let name = stories.saga_name(saga);
    styled(FAINT, format!("\na part of saga {}, with {others}: {}", place + 1, safe(&name)))
}

fn write_pace(out: &mut dyn Write, told: &StoryTold) -> io::Result<()> {
    if told.timeline.bins.len() > 1 {
        let (spark, steps) = spark(&told.timeline);
        writeln!(out, "{}  {steps}", styled(COUNT, spark))?;
    }
    let spans: Vec<String> = told
        .bursts
        .iter()
        .map(|burst| {
            let events = number(burst.events.len());
            if burst.start == burst.end {
                format!("{} ({events})", burst.start)
            } else {
                format!("{} to {} ({events})", burst.start, burst.end)
            }
        })
        .collect();
    if !spans.is_empty() {
        let text = format!("most at once: {}", spans.join(", "));
        write!(out, "{}", wrapped(&text, "", wrap_width()))?;
    }
    Ok(())
}

fn write_parts(out: &mut dyn Write, stories: &Stories<'_>, told: &StoryTold) -> io::Result<()> {
    if told.sub_stories.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    heading(out, "Parts")?;
    for part in &told.sub_stories {
        let count = format!("{:>4}", number(part.events.len()));
        let from = part.span.map_or_else(|| "no date".to_owned(), |span| span.0.to_string());
        let name = stories.name_of(&part.topics, &part.events);
        let name = safe(&name);
        let name = cut_to_line(&name, 27);
        writeln!(out, "  {} events from {from}  {name}", styled(COUNT, count))?;
    }
    Ok(())
}

fn write_events(
    out: &mut dyn Write,
    found: &StoryFound<'_>,
    story: &Story,
    limit: usize,
) -> io::Result<()> {
    let all = story.events.len();
    let shown = limit::shown(limit, all);
    writeln!(out)?;
    let title = match shown < all {
        true => format!("What happened: the {shown} of {all} events that are linked most"),
        false => "What happened".to_owned(),
    };
    heading(out, &title)?;
    let mut events: Vec<EventId> =
        found.told.ranked.iter().take(shown).map(|&(event, _)| event).collect();
    // Whoever asks for an event looks for it.
    let asked = found.asked.filter(|event| !events.contains(event));
    events.extend(asked);
    events.sort_unstable();
    for event in events {
        let stays = found
            .stability_of(event)
            .map_or_else(String::new, |share| format!("{:>4.0} %  ", share * 100.0));
        let line = marked_line(found, event, stays.len());
        writeln!(out, "{}{line}", styled(COUNT, &stays))?;
        if let Some(tie) = found.told.loose_tie(event) {
            let indent = 14 + stays.len();
            let words = format!("no link, but {}", loose_tie(found.stories.graph(), tie));
            let room = width().map_or(usize::MAX, |width| width.saturating_sub(indent));
            for line in wrapped(&safe(&words), "", room).lines() {
                writeln!(out, "{:indent$}{}", "", styled(FAINT, line))?;
            }
        }
    }
    let shown = shown + usize::from(asked.is_some());
    if !found.stays.is_empty() {
        let text = "the share of runs with other seeds in which the event stays with the story";
        writeln!(out, "  {}", styled(FAINT, text))?;
    }
    if shown < all {
        writeln!(out, "  … and {} more (--limit 0 shows all)", number(all - shown))?;
    }
    Ok(())
}

fn write_related(out: &mut dyn Write, stories: &Stories<'_>, told: &StoryTold) -> io::Result<()> {
    if told.related.is_empty() {
        return Ok(());
    }
    let graph = stories.graph();
    writeln!(out)?;
    heading(out, "Tied to")?;
    for other in told.related.iter().take(RELATED) {
        let story = &stories.all()[other.story];
        let links = counted(other.links, "link", "links");
        let name = stories.name(story);
        let name = safe(&name);
        let used = 5 + links.len() + 2 + 24;
        let number = styled(COUNT, format_args!("{:>4}", other.story + 1));
        writeln!(out, "{number} {}  {}, {links}", cut_to_line(&name, used), span(story.span))?;
        let link = other.strongest;
        let topics = topic_names(graph.link_topics(link.id).map(|topic| graph.topic_name(topic)));
        let inside = |event: &EventId| stories.of(*event) == Some(other.story);
        let event = if inside(&link.source) { link.source } else { link.target };
        writeln!(out, "       {}", styled(FAINT, event_line(graph, event, 7)))?;
        if !topics.is_empty() {
            let text = format!("by {topics}");
            writeln!(out, "       {}", styled(FAINT, cut_to_line(&text, 7)))?;
        }
        writeln!(out, "       {}", link_place(graph, &link, 7))?;
    }
    let more = told.related.len().saturating_sub(RELATED);
    if more > 0 {
        writeln!(out, "     and {}", counted(more, "other story", "other stories"))?;
    }
    Ok(())
}
