//! Answers as pictures and as dossiers, for faces that are no Rust.

use crate::answers::ask::{Question, about_whole_graph, asked};
use crate::answers::select::Select;
use crate::answers::timeline::TimelineQuestion;
use crate::answers::topics::TopicsQuestion;
use crate::answers::{chain, story, thread, timeline, topics_over_time};
use crate::error::{Error, ErrorKind, Result};
use crate::export::Dossier;
use crate::graph::EventGraph;
use crate::picture::{Picture, PictureOptions};

/// Rows that a picture shows, of topics or stories, unless more are asked for.
pub const PICTURE_ROWS: usize = 20;

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
        Question::Chain => chain(graph, &select, &asked(options)?)?.picture(graph, how),
        Question::Thread => Ok(thread(graph, &select, &asked(options)?)?.picture(graph, how)),
        Question::Story => {
            about_whole_graph(&select)?;
            Ok(story(graph, &asked(options)?)?.picture(how))
        }
        Question::Timeline => {
            let mut asked: TimelineQuestion = asked(options)?;
            asked.most_rows.get_or_insert(PICTURE_ROWS);
            timeline(graph, &select, &asked)?.picture(graph, &select, how)
        }
        Question::Topics => {
            let mut asked: TopicsQuestion = asked(options)?;
            asked.most_rows.get_or_insert(PICTURE_ROWS);
            Ok(topics_over_time(graph, &select, &asked)?.picture(graph, &select, how))
        }
        _ => {
            let message = "there are pictures of chain, thread, story, timeline and topics";
            Err(Error::new(ErrorKind::Input, message))
        }
    }
}

/// Tells the answer to a question as a dossier; takes what
/// [`ask`](crate::answers::ask) takes.
///
/// # Errors
/// If there is nothing to tell: no chain, or a question whose answer is no
/// dossier; else as `ask`.
pub fn dossier<'g>(
    graph: &'g EventGraph,
    question: Question,
    select: &str,
    options: &str,
) -> Result<Dossier<'g>> {
    let select = Select::from_json(select)?;
    match question {
        Question::Chain => chain(graph, &select, &asked(options)?)?.dossier(graph),
        Question::Thread => thread(graph, &select, &asked(options)?)?.dossier(graph),
        Question::Story => {
            about_whole_graph(&select)?;
            Ok(story(graph, &asked(options)?)?.dossier())
        }
        _ => {
            let message = "there are dossiers of chain, thread and story";
            Err(Error::new(ErrorKind::Input, message))
        }
    }
}
