//! How is a graph to be written? What can be asked of an export beside its
//! format, and what of that fits which format. Writes no file; see
//! [`export::write()`](crate::export::write()).

use std::path::Path;

use serde::Deserialize;

use crate::analysis::{
    Layout, LayoutOptions, Places, StoryOptions, components, layout, stories, time_layout,
};
use crate::answers::ask::asked;
use crate::answers::clusters::usual_clusters;
use crate::answers::words::counted;
use crate::error::{Error, ErrorKind, Result};
#[cfg(feature = "rdf")]
use crate::export::check_base;
use crate::export::records::is_article;
use crate::export::{DotGroups, ExportOptions, Format, TOO_MANY_FOR_DOT};
use crate::graph::{EventGraph, Selection};
use crate::model::{EventId, number, words};
use crate::picture::{PictureOptions, Theme};

words! {
    /// What events share a box, in DOT.
    pub enum GroupBy {
        /// Those of a day.
        Day = "day",
        /// Those of a connected component.
        Component = "component",
        /// Those of a community.
        Community = "community",
        /// Those of a story.
        Story = "story",
    }
}

words! {
    /// How events are placed.
    pub enum LayoutKind {
        /// Linked events near one another.
        Force = "force",
        /// The date from left to right, and a lane for each story.
        Time = "time",
    }
}

/// How to write a graph, beside the format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExportQuestion {
    /// DOT: what events share a box.
    pub group_by: Option<GroupBy>,
    /// CSV: such that a spreadsheet opens it as it is and runs no cell.
    pub for_spreadsheet: bool,
    /// JSON of all kinds, GEXF, SQLite, Neo4j: whether to leave out the stories,
    /// which take longer to find than the rest to write.
    pub no_stories: bool,
    /// RDF: what the names of all resources begin with.
    pub base: Option<String>,
    /// Whether and how events are placed.
    pub layout: Option<LayoutKind>,
    /// Pictures: pixels from side to side; usually 1200.
    pub width: Option<u32>,
    /// Pictures: their colours; usually light.
    pub theme: Option<Theme>,
}

/// The format of a name.
///
/// # Errors
/// If there is none; a near one is named.
pub fn format_named(name: &str) -> Result<Format> {
    Format::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        // The ending of a file's name, else a name that was mistyped.
        let ending = Format::from_path(Path::new(&format!("x.{name}"))).map(Format::name);
        let mistyped = names
            .iter()
            .map(|near| (strsim::osa_distance(near, name), *near))
            .filter(|(distance, _)| *distance <= name.chars().count() / 3)
            .min();
        let near = ending.or(mistyped.map(|(_, near)| near));
        let there = names.join(", ");
        let message = match near {
            Some(near) => format!("there is no format `{name}`; did you mean `{near}`?"),
            None => format!("there is no format `{name}`; there are {there}"),
        };
        Error::new(ErrorKind::Input, message)
    })
}

/// The format that is asked for: the named one, else the one that the output's
/// name ends with.
///
/// # Errors
/// If neither says which.
pub fn export_format(named: Option<Format>, output: Option<&Path>) -> Result<Format> {
    named.or_else(|| output.and_then(Format::from_path)).ok_or_else(|| {
        // `moon.csv` for what is a folder of such files.
        let ending = output.and_then(Path::extension).and_then(|ending| ending.to_str());
        let message = match ending.and_then(Format::from_name).filter(|f| f.is_folder()) {
            Some(folder) => {
                format!("{folder} is a folder of files: name the format `{folder}`, and a folder")
            }
            None => {
                let named = |format: &Format| match format.ending() {
                    Some(ending) => format!("{format} ({ending})"),
                    None => format.name().to_owned(),
                };
                let names: Vec<String> = Format::ALL.iter().map(named).collect();
                let none = ending.map_or_else(String::new, |ending| {
                    format!(" `.{ending}` is the ending of none;")
                });
                let names = names.join(", ");
                format!(
                    "which format?{none} name one, or end the output's name as one does: {names}"
                )
            }
        };
        Error::new(ErrorKind::Input, message)
    })
}

/// What whoever exports should know: how many events a format leaves out, and why;
/// whether there are more than its tool can show.
///
/// # Complexity
/// Linear in the number of selected events, and of links if there are too many.
pub fn export_remarks(graph: &EventGraph, selection: &Selection, format: Format) -> Vec<String> {
    let mut remarks = Vec::new();
    if format == Format::Dot && selection.len() > TOO_MANY_FOR_DOT {
        remarks.push(format!(
            "{} events and {} links are more than GraphViz draws well (about {} events); \
             a selection is smaller: by topic, by time, around an event",
            number(selection.len()),
            number(selection.links(graph).count()),
            number(TOO_MANY_FOR_DOT),
        ));
    }
    let undated = selection.events(graph).filter(|&event| graph.date(event).is_none());
    let undated = if format.needs_dates() { undated.count() } else { 0 };
    if undated > 0 {
        let events = counted(undated, "event has", "events have");
        remarks.push(format!("{events} no date, and {format} has no place for such: left out"));
    }
    let has_none =
        |event: &EventId| !graph.sources_of(*event).any(|source| is_article(source.kind));
    let unsourced = selection.events(graph).filter(has_none);
    let unsourced = if format.needs_sources() { unsourced.count() } else { 0 };
    if unsourced > 0 {
        let events = counted(unsourced, "event names", "events name");
        remarks.push(format!("{events} no source that could be cited: left out"));
    }
    remarks
}

/// What was found out for an export; [`ExportFound::options`] are made of it.
#[derive(Clone, Debug)]
pub struct ExportFound<'q> {
    asked: &'q ExportQuestion,
    theme: Theme,
    /// The number of each event's group, in the order of events.
    numbers: Vec<Option<usize>>,
    places: Option<Layout>,
}

impl ExportQuestion {
    /// From a JSON object; what is left out is as usual.
    ///
    /// # Errors
    /// If an option is not known, or makes no sense.
    pub fn from_json(json: &str) -> Result<Self> {
        asked(json)
    }

    /// Refuses what a format has no place for, before any work. `from_places`
    /// says whether [`ExportQuestion::find`] will be given places.
    ///
    /// # Errors
    /// If something is asked for that the format cannot hold, or that
    /// contradicts itself.
    pub fn check(&self, format: Format, from_places: bool) -> Result<()> {
        let refuse = |message: String| Err(Error::new(ErrorKind::Input, message));
        if self.group_by.is_some() && format != Format::Dot {
            return refuse(format!("only dot has boxes to group events in, {format} has none"));
        }
        if self.for_spreadsheet && format != Format::Csv {
            return refuse(format!("only csv is written for a spreadsheet, {format} is not"));
        }
        if self.no_stories && !format.has_stories() {
            return refuse(format!("{format} has no stories that could be left out"));
        }
        if let Some(base) = &self.base {
            check_base_of(base, format)?;
        }
        if !format.is_picture() && (self.width.is_some() || self.theme.is_some()) {
            let what = if self.theme.is_some() { "theme" } else { "width" };
            return refuse(format!("a {what} is for pictures, svg and png, and {format} is none"));
        }
        self.picture().check()?;
        if from_places && self.layout == Some(LayoutKind::Time) {
            return refuse(
                "dates say where events stand in a layout by time; leave out the old places"
                    .to_owned(),
            );
        }
        if self.layout == Some(LayoutKind::Time) && format.is_picture() {
            return refuse(
                "a map has no axis of time; the picture of a story has lanes in time, and gexf, \
                 dot, graphml or json take such places along"
                    .to_owned(),
            );
        }
        if (self.layout.is_some() || from_places) && !format.has_places() {
            let names: Vec<_> =
                Format::ALL.iter().filter(|f| f.has_places()).map(|f| f.name()).collect();
            return refuse(format!("{format} has no place for events; {} have", names.join(", ")));
        }
        Ok(())
    }

    /// How wide a picture is; its colours are for [`ExportQuestion::find`] to say.
    fn picture(&self) -> PictureOptions<'static> {
        let usual = PictureOptions::default();
        PictureOptions { width: self.width.unwrap_or(usual.width), ..usual }
    }

    /// Finds groups and places. Events that `from` holds stay where it has
    /// them.
    ///
    /// # Errors
    /// If a selection holds no event, or there is none that a picture could show; or
    /// if the graph's links are damaged.
    ///
    /// # Complexity
    /// That of the layout, of components, communities or stories, if they are
    /// asked for.
    pub fn find(
        &self,
        graph: &EventGraph,
        selection: &Selection,
        format: Format,
        from: Option<&Places>,
    ) -> Result<ExportFound<'_>> {
        // An archive without events is one that can be handed on.
        if selection.is_empty() && (format.is_picture() || !selection.is_all()) {
            let what = if format.is_picture() { "draw" } else { "write" };
            let message = format!("no event is selected: there is nothing to {what}");
            return Err(Error::new(ErrorKind::NotFound, message));
        }
        // Pixels cannot ask what the reader's system is.
        let theme = match self.theme.unwrap_or_default() {
            Theme::Auto if format != Format::Svg => Theme::Light,
            theme => theme,
        };
        let numbers = self.numbers(graph, selection)?;
        let places = self.places(graph, selection, format, from)?;
        Ok(ExportFound { asked: self, theme, numbers, places })
    }

    fn numbers(&self, graph: &EventGraph, selection: &Selection) -> Result<Vec<Option<usize>>> {
        Ok(match self.group_by {
            None | Some(GroupBy::Day) => Vec::new(),
            Some(GroupBy::Component) => {
                let parts = components(graph, selection)?;
                graph.events().map(|event| parts.of(event)).collect()
            }
            Some(GroupBy::Community) => {
                let found = usual_clusters(graph, selection)?;
                graph.events().map(|event| found.of(event)).collect()
            }
            Some(GroupBy::Story) => {
                let found = stories(graph, StoryOptions::default())?;
                graph.events().map(|event| found.of(event)).collect()
            }
        })
    }

    /// The places, if they are asked for or if the format has to have some.
    fn places(
        &self,
        graph: &EventGraph,
        selection: &Selection,
        format: Format,
        from: Option<&Places>,
    ) -> Result<Option<Layout>> {
        Ok(match self.layout {
            Some(LayoutKind::Time) => {
                let found = stories(graph, StoryOptions::default())?;
                Some(time_layout(graph, selection, &|event| found.of(event))?.layout)
            }
            None if from.is_none() && !format.is_picture() => None,
            _ => {
                let options = LayoutOptions { from, ..LayoutOptions::default() };
                Some(layout(graph, selection, options)?)
            }
        })
    }
}

impl ExportFound<'_> {
    /// How to write; a picture and a dossier say what they show
    /// ([`Select::name`](crate::answers::Select::name)), what the events are from, and
    /// the command that makes them again.
    pub fn options<'a>(
        &'a self,
        subject: &'a str,
        source: &'a str,
        command: &'a str,
    ) -> ExportOptions<'a> {
        let groups = match self.asked.group_by {
            None => DotGroups::None,
            Some(GroupBy::Day) => DotGroups::Day,
            Some(_) => DotGroups::Numbers(&self.numbers),
        };
        let picture =
            PictureOptions { theme: self.theme, subject, source, command, ..self.asked.picture() };
        ExportOptions {
            groups,
            base: self.asked.base.as_deref(),
            for_spreadsheet: self.asked.for_spreadsheet,
            no_stories: self.asked.no_stories,
            places: self.places.as_ref(),
            picture,
        }
    }
}

/// Whether RDF can be written under a base.
fn check_base_of(base: &str, format: Format) -> Result<()> {
    if !format.is_rdf() {
        let message = format!("a base (`{base}`) is for RDF, and {format} is not");
        return Err(Error::new(ErrorKind::Input, message));
    }
    #[cfg(feature = "rdf")]
    check_base(base)?;
    Ok(())
}
