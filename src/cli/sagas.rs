//! `threadline stories --sagas`: what several stories form, and the head of a
//! list of such stories.

use std::io::{self, Write};

use crate::analysis::{Saga, Stories};
use crate::answers::StoriesFound;
use crate::cli::limit::{self, write_more};
use crate::cli::screen::{
    COUNT, FAINT, STRONG, counted, cut_to_line, safe, styled, wrap_width, wrapped,
};
use crate::cli::stories::{events_of, span};

/// Stories in no saga that are told by number.
const MOST_SINGLE: usize = 20;

/// Each saga with its size, its span and its stories, by number.
pub(super) fn write_sagas(
    out: &mut dyn Write,
    found: &StoriesFound<'_>,
    limit: usize,
) -> io::Result<()> {
    let stories = &found.stories;
    let listed = found.sagas();
    if listed.is_empty() {
        return match stories.sagas().is_empty() {
            true => writeln!(out, "no sagas: no stories form a larger one"),
            false => writeln!(out, "no sagas: none of the stories asked for is part of one"),
        };
    }
    let shown = limit::shown(limit, listed.len());
    for part in &listed[..shown] {
        let saga = &stories.sagas()[part.place];
        let name = stories.saga_name(saga);
        let head = styled(COUNT, format_args!("{:>4}", part.place + 1));
        writeln!(out, "{head} {}", styled(STRONG, cut_to_line(&safe(&name), 5)))?;
        let size = events_of(part.events, saga.size);
        writeln!(out, "     {size}, {}", span(saga.span))?;
        let all = saga.stories.len();
        let count = match part.stories.len() {
            some if some < all => format!("{some} of {all} stories"),
            _ => counted(all, "story", "stories"),
        };
        let numbers: Vec<String> = part.stories.iter().map(|n| (n + 1).to_string()).collect();
        let text = format!("{count}: {}", numbers.join(", "));
        for line in wrapped(&text, "     ", wrap_width()).lines() {
            writeln!(out, "{}", styled(FAINT, line))?;
        }
    }
    write_more(out, listed.len() - shown)?;
    let single = found.listed.iter().filter(|story| stories.all()[story.place].saga.is_none());
    let mut single: Vec<usize> = single.map(|story| story.place + 1).collect();
    if single.is_empty() || listed.len() > shown {
        return Ok(());
    }
    single.sort_unstable();
    let named = single.iter().take(MOST_SINGLE).map(usize::to_string).collect::<Vec<_>>();
    let more = if single.len() > MOST_SINGLE { ", …" } else { "" };
    let count = counted(single.len(), "story", "stories");
    let text = format!("{count} in no saga: {}{more}", named.join(", "));
    write!(out, "{}", wrapped(&text, "", wrap_width()))
}

/// What a saga is called, and how much it holds.
pub(super) fn write_saga(
    out: &mut dyn Write,
    stories: &Stories<'_>,
    place: usize,
) -> io::Result<()> {
    let saga: &Saga = &stories.sagas()[place];
    let title = format!("Saga {}: {}", place + 1, stories.saga_name(saga));
    for line in wrapped(&title, "", wrap_width()).lines() {
        writeln!(out, "{}", styled(STRONG, line))?;
    }
    let (size, events) = (saga.stories.len(), counted(saga.size, "event", "events"));
    writeln!(out, "{}, {events}, {}\n", counted(size, "story", "stories"), span(saga.span))
}
