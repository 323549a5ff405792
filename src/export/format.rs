//! The formats by name: what `--to` takes and what a file's name asks for.

use std::io::Write;
use std::path::Path;

use crate::error::Result;
#[cfg(feature = "parquet")]
use crate::export::parquet;
#[cfg(feature = "rdf")]
use crate::export::rdf;
#[cfg(feature = "sqlite")]
use crate::export::sqlite;
use crate::export::{
    Dossier, ExportOptions, bibtex, csl, csv, cytoscape, dot, gexf, graphml, graphology, icalendar,
    jgf, json, json_graph, map, neo4j, obsidian, timelinejs,
};
use crate::graph::{EventGraph, Selection};
use crate::model::words;

use self::Property::{Binary, DatedOnly, Picture, Places, Rdf, Sources, Stories, Titled};
use self::To::{Folder, Stream};

/// What is known of a format before anything is written.
struct Spec {
    /// What file names in this format end with, the usual one first; none if
    /// it is a folder of files.
    endings: &'static [&'static str],
    properties: &'static [Property],
    /// What it is for, in half a line.
    about: &'static str,
    to: To,
}

/// What some formats are or hold and others do not.
#[derive(PartialEq, Eq)]
enum Property {
    /// It is no text.
    Binary,
    /// It holds events with a date only.
    DatedOnly,
    /// It is a picture.
    Picture,
    /// It says where events are drawn.
    Places,
    /// It is RDF.
    Rdf,
    /// It holds the sources of events, and no events.
    Sources,
    /// It says which story an event is in, and can do without.
    Stories,
    /// It bears a title.
    Titled,
}

/// Who writes it.
pub(super) enum To {
    /// One file.
    Stream(fn(&EventGraph, &Selection, &ExportOptions<'_>, &mut dyn Write) -> Result<()>),
    /// A folder of files.
    Folder(fn(&EventGraph, &Selection, &ExportOptions<'_>, &Path) -> Result<()>),
}

/// The formats and the table of what is known of them, in the same order.
macro_rules! formats {
    ($($(#[cfg($condition:meta)])? $format:ident {
        name: $name:literal, endings: $endings:expr, properties: $properties:expr,
        about: $about:literal,
        to: $to:expr,
    })+) => {
        words! {
            /// A format to export to; all are in the order in which `--help` lists them.
            pub enum Format {
                $(#[doc = concat!("`", $name, "`: ", $about, ".")]
                $format = $name $(if $condition)?,)+
            }
        }

        const SPECS: &[Spec] = &[
            $($(#[cfg($condition)])? Spec {
                endings: &$endings,
                properties: &$properties,
                about: $about,
                to: $to,
            },)+
        ];
    };
}

// One row a format, in the order in which `--help` lists them.
formats! {
    Json {
        name: "json", endings: [".json"], properties: [Places, Stories],
        about: "node-link JSON, as NetworkX reads it",
        to: Stream(json_graph::write::<json::NodeLink>),
    }
    Dot {
        name: "dot", endings: [".dot", ".gv"], properties: [Places],
        about: "GraphViz",
        to: Stream(dot::write),
    }
    Csv {
        name: "csv", endings: [], properties: [],
        about: "a folder with one file a table, which `threadline build` reads again",
        to: Folder(|graph, selection, options, folder| {
            csv::write_folder(graph, selection, options.for_spreadsheet, folder)
        }),
    }
    #[cfg(feature = "parquet")]
    Parquet {
        name: "parquet", endings: [], properties: [],
        about: "a folder with one file a table, for pandas, Polars, DuckDB",
        to: Folder(|graph, selection, _, folder| {
            parquet::write_folder(graph, selection, folder)
        }),
    }
    #[cfg(feature = "sqlite")]
    Sqlite {
        name: "sqlite", endings: [".sqlite", ".sqlite3", ".db"], properties: [Binary, Stories],
        about: "an SQLite database, with full-text search; Datasette",
        to: Stream(sqlite::write),
    }
    Gexf {
        name: "gexf", endings: [".gexf"], properties: [Places, Stories],
        about: "Gephi, with time and stories",
        to: Stream(gexf::write),
    }
    GraphMl {
        name: "graphml", endings: [".graphml"], properties: [Places],
        about: "yEd, Cytoscape, igraph",
        to: Stream(graphml::write),
    }
    Cytoscape {
        name: "cytoscape", endings: [".cyjs"], properties: [Places, Stories],
        about: "Cytoscape.js",
        to: Stream(json_graph::write::<cytoscape::Cytoscape>),
    }
    Graphology {
        name: "graphology", endings: [".graphology.json"], properties: [Places, Stories],
        about: "graphology and sigma.js",
        to: Stream(json_graph::write::<graphology::Graphology>),
    }
    Jgf {
        name: "jgf", endings: [".jgf", ".jgf.json"], properties: [Places, Stories],
        about: "JSON Graph Format 2",
        to: Stream(json_graph::write::<jgf::Jgf>),
    }
    Neo4j {
        name: "neo4j", endings: [], properties: [Stories],
        about: "a folder of tables for `neo4j-admin database import full`",
        to: Folder(neo4j::write_folder),
    }
    Cypher {
        name: "cypher", endings: [".cypher", ".cql"], properties: [Stories],
        about: "a Cypher script for Neo4j, for small graphs",
        to: Stream(neo4j::write),
    }
    Markdown {
        name: "markdown", endings: [".md"], properties: [Titled],
        about: "a dossier to edit: dated entries, sources as footnotes",
        to: Stream(|graph, selection, options, out| {
            dossier(graph, selection, options)?.write_markdown(out)
        }),
    }
    Html {
        name: "html", endings: [".html", ".htm"], properties: [Titled],
        about: "the same as a page to read or print",
        to: Stream(|graph, selection, options, out| {
            dossier(graph, selection, options)?.write_html(out)
        }),
    }
    BibTex {
        name: "bibtex", endings: [".bib"], properties: [Sources],
        about: "the sources, for LaTeX and JabRef",
        to: Stream(|graph, selection, _, out| bibtex::write(graph, selection, out)),
    }
    CslJson {
        name: "csl-json", endings: [".csl.json"], properties: [Sources],
        about: "the sources, for Zotero and Pandoc",
        to: Stream(|graph, selection, _, out| csl::write(graph, selection, out)),
    }
    ICalendar {
        name: "icalendar", endings: [".ics"], properties: [DatedOnly],
        about: "dated events, for calendars",
        to: Stream(|graph, selection, _, out| icalendar::write(graph, selection, out)),
    }
    TimelineJs {
        name: "timelinejs", endings: [".timeline.json"], properties: [DatedOnly],
        about: "dated events, for TimelineJS",
        to: Stream(|graph, selection, _, out| timelinejs::write(graph, selection, out)),
    }
    Obsidian {
        name: "obsidian", endings: [], properties: [],
        about: "a folder of linked notes, for Obsidian",
        to: Folder(|graph, selection, _, folder| {
            obsidian::write_folder(graph, selection, folder)
        }),
    }
    #[cfg(feature = "rdf")]
    Turtle {
        name: "turtle", endings: [".ttl"], properties: [Rdf],
        about: "RDF for people and for triple stores",
        to: Stream(|graph, selection, options, out| {
            rdf::write(graph, selection, rdf::Syntax::Turtle, options.base, out)
        }),
    }
    #[cfg(feature = "rdf")]
    NTriples {
        name: "ntriples", endings: [".nt"], properties: [Rdf],
        about: "RDF, one triple a line",
        to: Stream(|graph, selection, options, out| {
            rdf::write(graph, selection, rdf::Syntax::NTriples, options.base, out)
        }),
    }
    #[cfg(feature = "rdf")]
    JsonLd {
        name: "jsonld", endings: [".jsonld"], properties: [Rdf],
        about: "RDF as JSON",
        to: Stream(|graph, selection, options, out| {
            rdf::write(graph, selection, rdf::Syntax::JsonLd, options.base, out)
        }),
    }
    Svg {
        name: "svg", endings: [".svg"], properties: [Picture, Places, Titled],
        about: "a map of events and stories, for a browser or a page",
        to: Stream(map::write_svg),
    }
    #[cfg(feature = "png")]
    Png {
        name: "png", endings: [".png"], properties: [Binary, Picture, Places, Titled],
        about: "the same map as pixels",
        to: Stream(map::write_png),
    }
}

impl Format {
    /// What it is for, in half a line.
    pub fn about(self) -> &'static str {
        self.spec().about
    }

    /// What the name of a file of it ends with, mostly: `.ttl`; none for folders.
    pub fn ending(self) -> Option<&'static str> {
        self.spec().endings.first().copied()
    }

    /// Whether it is RDF, whose names stand under a base
    /// ([`ExportOptions::base`](crate::export::ExportOptions::base)).
    pub fn is_rdf(self) -> bool {
        self.spec().properties.contains(&Rdf)
    }

    /// Whether only events with a date are written: others have no place.
    pub fn needs_dates(self) -> bool {
        self.spec().properties.contains(&DatedOnly)
    }

    /// Whether it is a bibliography: an event that names no source is left out.
    pub fn needs_sources(self) -> bool {
        self.spec().properties.contains(&Sources)
    }

    /// Whether it is no text.
    pub fn is_binary(self) -> bool {
        self.spec().properties.contains(&Binary)
    }

    /// Whether it is a folder of files.
    pub fn is_folder(self) -> bool {
        matches!(self.spec().to, Folder(_))
    }

    /// Whether it says where events are drawn, see
    /// [`ExportOptions`](crate::export::ExportOptions).
    pub fn has_places(self) -> bool {
        self.spec().properties.contains(&Places)
    }

    /// Whether it says which story an event is in, and can do without
    /// ([`ExportOptions::no_stories`](crate::export::ExportOptions::no_stories)).
    pub fn has_stories(self) -> bool {
        self.spec().properties.contains(&Stories)
    }

    /// Whether it bears a title, which says what is selected.
    pub fn is_titled(self) -> bool {
        self.spec().properties.contains(&Titled)
    }

    /// Whether it is a picture, which cannot do without places.
    pub fn is_picture(self) -> bool {
        self.spec().properties.contains(&Picture)
    }

    /// The format that a file name asks for, by the longest ending that fits.
    ///
    /// # Example
    /// ```
    /// use std::path::Path;
    /// use threadline::export::Format;
    ///
    /// assert_eq!(Format::from_path(Path::new("moon.GV")), Some(Format::Dot));
    /// assert_eq!(Format::from_path(Path::new("moon.docx")), None);
    /// ```
    pub fn from_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let fitting = |format: Self| {
            let fits = |ending: &&&str| name.len() > ending.len() && name.ends_with(**ending);
            format.spec().endings.iter().filter(fits).map(|ending| ending.len()).max()
        };
        let longest = Self::ALL.iter().filter_map(|&format| Some((fitting(format)?, format)));
        longest.max_by_key(|&(length, _)| length).map(|(_, format)| format)
    }

    /// Who writes it.
    pub(super) fn to(self) -> &'static To {
        &self.spec().to
    }

    fn spec(self) -> &'static Spec {
        &SPECS[self as usize]
    }
}

/// The dossier of selected events, which says what it was made from.
fn dossier<'g>(
    graph: &'g EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
) -> Result<Dossier<'g>> {
    let made = options.picture;
    let dossier = Dossier::of_selection(graph, selection, made.subject)?;
    Ok(dossier.made_by(made.source, made.command))
}
