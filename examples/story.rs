//! Reads an archive and tells the story that an event is part of.
//!
//! `cargo run --example story -- data "Komarov dies"`

#![expect(clippy::print_stdout, reason = "a program of its own")]

use threadline::analysis::{StoryOptions, find_event, stories};
use threadline::answers::title;
use threadline::pipeline::{BuildOptions, build_archive};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(archive), Some(words)) = (args.next(), args.next()) else {
        return Err("name an archive and an event, in words of its title".into());
    };
    let (graph, report) = build_archive(archive.as_ref(), &BuildOptions::default(), |_| {})?;
    println!("{} pages, {} events", report.files, graph.event_count());

    let event = find_event(&graph, &words)?;
    let stories = stories(&graph, StoryOptions::default())?;
    let Some(number) = stories.of(event) else {
        println!("“{}” is in no story", title(&graph, event));
        return Ok(());
    };
    let story = &stories.all()[number];
    println!("\n{}", stories.name(story));
    for &event in &story.events {
        let date = graph.date(event).map_or("no date   ".to_owned(), |date| date.to_string());
        println!("{date}  {}", title(&graph, event));
    }

    // What else a story has: key events, parts, what it is tied to.
    let told = stories.tell(number)?;
    println!("\nmost firmly linked within it:");
    for (event, _) in told.ranked.iter().take(3) {
        println!("  {}", title(&graph, *event));
    }
    Ok(())
}
