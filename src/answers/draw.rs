//! Answers as pictures, for faces that are no Rust.

use crate::analysis::Strand;
use crate::answers::ask::{Question, asked};
use crate::answers::select::Select;
use crate::answers::timeline::TimelineFound;
use crate::answers::{chain, story, thread, timeline};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::EventGraph;
use crate::picture::{self, Picture, PictureOptions, WeighedChain};

/// Draws the answer to a question; takes what [`ask`](crate::answers::ask)
/// takes.
///
/// # Errors
/// If there is nothing to draw: no chain, or a question whose answer is no
/// picture; if no picture has such a width; else as `ask`.
pub fn draw(
    graph: &EventGraph,
    question: Question,
    select: &str,
    options: &str,
    how: &PictureOptions<'_>,
) -> Result<Picture> {
    how.check()?;
    let select = Select::from_json(select)?;
    match question {
        Question::Chain => {
            let found = chain(graph, &select, &asked(options)?)?;
            match found.why_none {
                Some(why) => Err(Error::new(ErrorKind::NotFound, why.text)),
                None => Ok(picture::chain(graph, &weighed(&found.strands), how)),
            }
        }
        Question::Thread => {
            let found = thread(graph, &select, &asked(options)?)?;
            let (before, after) = (weighed(&found.before), weighed(&found.after));
            let weak = (&found.weak_before[..], &found.weak_after[..]);
            Ok(picture::thread(graph, found.event, (&before, &after), weak, how))
        }
        Question::Story => {
            let found = story(graph, &asked(options)?)?;
            Ok(picture::story(&found.stories, found.number, &found.told, found.asked, how))
        }
        Question::Timeline => match timeline(graph, &select, &asked(options)?)? {
            TimelineFound::One { timeline, bursts, .. } => {
                let name = select.name(graph).unwrap_or_else(|| "All events".to_owned());
                let bursts = bursts.unwrap_or_default();
                picture::timeline(graph, &name, &timeline, &bursts, how)
            }
            TimelineFound::Several(found) => {
                let name = select.name(graph).unwrap_or_else(|| "Over time".to_owned());
                let rows = &found.rows[..found.timelines.rows.len()];
                {
                    let bursts = found.bursts.as_deref().unwrap_or_default();
                    Ok(picture::rows(
                        graph,
                        &name,
                        (rows, found.all),
                        &found.timelines,
                        bursts,
                        how,
                    ))
                }
            }
        },
        _ => {
            let message = "there are pictures of chain, thread, story and timeline";
            Err(Error::new(ErrorKind::Input, message))
        }
    }
}

fn weighed(strands: &[Strand]) -> Vec<WeighedChain<'_>> {
    let strengths = strands.iter().map(|strand| strand.strengths.clone());
    let chains = strands.iter().map(|strand| &strand.chain);
    chains.zip(strengths).map(|(chain, strengths)| WeighedChain { chain, strengths }).collect()
}
