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

/// A format to export to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Node-link JSON, as NetworkX reads it.
    Json,
    /// GraphViz.
    Dot,
    /// A folder with one CSV file a table.
    Csv,
    /// A folder with one Parquet file a table.
    #[cfg(feature = "parquet")]
    Parquet,
    /// An SQLite database.
    #[cfg(feature = "sqlite")]
    Sqlite,
    /// GEXF 1.3, for Gephi.
    Gexf,
    /// GraphML.
    GraphMl,
    /// Cytoscape.js JSON.
    Cytoscape,
    /// Graphology JSON, for sigma.js.
    Graphology,
    /// JSON Graph Format 2.
    Jgf,
    /// A folder of tables for `neo4j-admin database import full`.
    Neo4j,
    /// A Cypher script.
    Cypher,
    /// A dossier in Markdown.
    Markdown,
    /// A dossier as a page of HTML.
    Html,
    /// BibTeX, of the sources.
    BibTex,
    /// CSL-JSON, of the sources.
    CslJson,
    /// iCalendar.
    ICalendar,
    /// JSON for TimelineJS.
    TimelineJs,
    /// A folder of notes for Obsidian.
    Obsidian,
    /// RDF as Turtle.
    #[cfg(feature = "rdf")]
    Turtle,
    /// RDF as N-Triples.
    #[cfg(feature = "rdf")]
    NTriples,
    /// RDF as JSON-LD.
    #[cfg(feature = "rdf")]
    JsonLd,
    /// A map as SVG.
    Svg,
    /// The same as PNG.
    #[cfg(feature = "png")]
    Png,
}

/// What is known of a format before anything is written.
struct Spec {
    format: Format,
    /// The name that `--to` takes.
    name: &'static str,
    /// What file names in this format end with, the usual one first; none if
    /// it is a folder of files.
    endings: &'static [&'static str],
    /// What it is for, in half a line.
    about: &'static str,
    to: To,
}

/// Who writes it.
pub(super) enum To {
    /// One file.
    Stream(fn(&EventGraph, &Selection, &ExportOptions<'_>, &mut dyn Write) -> Result<()>),
    /// A folder of files.
    Folder(fn(&EventGraph, &Selection, &ExportOptions<'_>, &Path) -> Result<()>),
}

/// Every format, in the order in which `--help` lists them.
const SPECS: &[Spec] = &[
    Spec {
        format: Format::Json,
        name: "json",
        endings: &[".json"],
        about: "node-link JSON, as NetworkX reads it",
        to: To::Stream(json_graph::write::<json::NodeLink>),
    },
    Spec {
        format: Format::Dot,
        name: "dot",
        endings: &[".dot", ".gv"],
        about: "GraphViz",
        to: To::Stream(dot::write),
    },
    Spec {
        format: Format::Csv,
        name: "csv",
        endings: &[],
        about: "a folder with one file a table, which `threadline build` reads again",
        to: To::Folder(|graph, selection, options, folder| {
            csv::write_folder(graph, selection, options.for_spreadsheet, folder)
        }),
    },
    #[cfg(feature = "parquet")]
    Spec {
        format: Format::Parquet,
        name: "parquet",
        endings: &[],
        about: "a folder with one file a table, for pandas, Polars, DuckDB",
        to: To::Folder(|graph, selection, _, folder| {
            parquet::write_folder(graph, selection, folder)
        }),
    },
    #[cfg(feature = "sqlite")]
    Spec {
        format: Format::Sqlite,
        name: "sqlite",
        endings: &[".sqlite", ".sqlite3", ".db"],
        about: "an SQLite database, with full-text search; Datasette",
        to: To::Stream(sqlite::write),
    },
    Spec {
        format: Format::Gexf,
        name: "gexf",
        endings: &[".gexf"],
        about: "Gephi, with time and stories",
        to: To::Stream(gexf::write),
    },
    Spec {
        format: Format::GraphMl,
        name: "graphml",
        endings: &[".graphml"],
        about: "yEd, Cytoscape, igraph",
        to: To::Stream(graphml::write),
    },
    Spec {
        format: Format::Cytoscape,
        name: "cytoscape",
        endings: &[".cyjs"],
        about: "Cytoscape.js",
        to: To::Stream(json_graph::write::<cytoscape::Cytoscape>),
    },
    Spec {
        format: Format::Graphology,
        name: "graphology",
        endings: &[".graphology.json"],
        about: "graphology and sigma.js",
        to: To::Stream(json_graph::write::<graphology::Graphology>),
    },
    Spec {
        format: Format::Jgf,
        name: "jgf",
        endings: &[".jgf", ".jgf.json"],
        about: "JSON Graph Format 2",
        to: To::Stream(json_graph::write::<jgf::Jgf>),
    },
    Spec {
        format: Format::Neo4j,
        name: "neo4j",
        endings: &[],
        about: "a folder of tables for `neo4j-admin database import full`",
        to: To::Folder(neo4j::write_folder),
    },
    Spec {
        format: Format::Cypher,
        name: "cypher",
        endings: &[".cypher", ".cql"],
        about: "a Cypher script for Neo4j, for small graphs",
        to: To::Stream(neo4j::write),
    },
    Spec {
        format: Format::Markdown,
        name: "markdown",
        endings: &[".md"],
        about: "a dossier to edit: dated entries, sources as footnotes",
        to: To::Stream(|graph, selection, options, out| {
            dossier(graph, selection, options)?.write_markdown(out)
        }),
    },
    Spec {
        format: Format::Html,
        name: "html",
        endings: &[".html", ".htm"],
        about: "the same as a page to read or print",
        to: To::Stream(|graph, selection, options, out| {
            dossier(graph, selection, options)?.write_html(out)
        }),
    },
    Spec {
        format: Format::BibTex,
        name: "bibtex",
        endings: &[".bib"],
        about: "the sources, for LaTeX and JabRef",
        to: To::Stream(|graph, selection, _, out| bibtex::write(graph, selection, out)),
    },
    Spec {
        format: Format::CslJson,
        name: "csl-json",
        endings: &[".csl.json"],
        about: "the sources, for Zotero and Pandoc",
        to: To::Stream(|graph, selection, _, out| csl::write(graph, selection, out)),
    },
    Spec {
        format: Format::ICalendar,
        name: "icalendar",
        endings: &[".ics"],
        about: "dated events, for calendars",
        to: To::Stream(|graph, selection, _, out| icalendar::write(graph, selection, out)),
    },
    Spec {
        format: Format::TimelineJs,
        name: "timelinejs",
        endings: &[".timeline.json"],
        about: "dated events, for TimelineJS",
        to: To::Stream(|graph, selection, _, out| timelinejs::write(graph, selection, out)),
    },
    Spec {
        format: Format::Obsidian,
        name: "obsidian",
        endings: &[],
        about: "a folder of linked notes, for Obsidian",
        to: To::Folder(|graph, selection, _, folder| {
            obsidian::write_folder(graph, selection, folder)
        }),
    },
    #[cfg(feature = "rdf")]
    Spec {
        format: Format::Turtle,
        name: "turtle",
        endings: &[".ttl"],
        about: "RDF for people and for triple stores",
        to: To::Stream(|graph, selection, options, out| {
            rdf::write(graph, selection, rdf::Syntax::Turtle, options.base, out)
        }),
    },
    #[cfg(feature = "rdf")]
    Spec {
        format: Format::NTriples,
        name: "ntriples",
        endings: &[".nt"],
        about: "RDF, one triple a line",
        to: To::Stream(|graph, selection, options, out| {
            rdf::write(graph, selection, rdf::Syntax::NTriples, options.base, out)
        }),
    },
    #[cfg(feature = "rdf")]
    Spec {
        format: Format::JsonLd,
        name: "jsonld",
        endings: &[".jsonld"],
        about: "RDF as JSON",
        to: To::Stream(|graph, selection, options, out| {
            rdf::write(graph, selection, rdf::Syntax::JsonLd, options.base, out)
        }),
    },
    Spec {
        format: Format::Svg,
        name: "svg",
        endings: &[".svg"],
        about: "a map of events and stories, for a browser or a page",
        to: To::Stream(map::write_svg),
    },
    #[cfg(feature = "png")]
    Spec {
        format: Format::Png,
        name: "png",
        endings: &[".png"],
        about: "the same map as pixels",
        to: To::Stream(map::write_png),
    },
];

impl Format {
    /// Every format, in the order in which `--help` lists them.
    pub fn all() -> impl Iterator<Item = Self> {
        SPECS.iter().map(|spec| spec.format)
    }

    /// The name that `--to` takes.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// What it is for, in half a line.
    pub fn about(self) -> &'static str {
        self.spec().about
    }

    /// Whether it is RDF, whose names stand under a base
    /// ([`ExportOptions::base`](crate::export::ExportOptions::base)).
    pub fn is_rdf(self) -> bool {
        match self {
            #[cfg(feature = "rdf")]
            Self::Turtle | Self::NTriples | Self::JsonLd => true,
            _ => false,
        }
    }

    /// Whether only events with a date are written: others have no place.
    pub fn needs_dates(self) -> bool {
        matches!(self, Self::ICalendar | Self::TimelineJs)
    }

    /// Whether it is no text.
    pub fn is_binary(self) -> bool {
        match self {
            #[cfg(feature = "png")]
            Self::Png => true,
            #[cfg(feature = "sqlite")]
            Self::Sqlite => true,
            _ => false,
        }
    }

    /// Whether it is a folder of files.
    pub fn is_folder(self) -> bool {
        matches!(self.spec().to, To::Folder(_))
    }

    /// Whether it says where events are drawn, see
    /// [`ExportOptions`](crate::export::ExportOptions).
    pub fn has_places(self) -> bool {
        let graphs = [
            Self::Json,
            Self::Cytoscape,
            Self::Graphology,
            Self::Jgf,
            Self::Dot,
            Self::Gexf,
            Self::GraphMl,
        ];
        graphs.contains(&self) || self.is_picture()
    }

    /// Whether it says which story an event is in, and can do without
    /// ([`ExportOptions::no_stories`](crate::export::ExportOptions::no_stories)).
    pub fn has_stories(self) -> bool {
        #[cfg(feature = "sqlite")]
        if self == Self::Sqlite {
            return true;
        }
        let with_stories = [
            Self::Json,
            Self::Cytoscape,
            Self::Graphology,
            Self::Jgf,
            Self::Gexf,
            Self::Neo4j,
            Self::Cypher,
        ];
        with_stories.contains(&self)
    }

    /// Whether it is a picture, which cannot do without places.
    pub fn is_picture(self) -> bool {
        #[cfg(feature = "png")]
        if self == Self::Png {
            return true;
        }
        self == Self::Svg
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
        let fitting = |spec: &Spec| {
            let fits = |ending: &&&str| name.len() > ending.len() && name.ends_with(**ending);
            spec.endings.iter().filter(fits).map(|ending| ending.len()).max()
        };
        let longest = SPECS.iter().filter_map(|spec| Some((fitting(spec)?, spec.format)));
        longest.max_by_key(|&(length, _)| length).map(|(_, format)| format)
    }

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|format| format.name() == name)
    }

    /// Who writes it.
    pub(super) fn to(self) -> &'static To {
        &self.spec().to
    }

    fn spec(self) -> &'static Spec {
        SPECS.iter().find(|spec| spec.format == self).expect("every format is in the table")
    }
}
/// The dossier of selected events, which says what it was made from.
fn dossier<'g>(
    graph: &'g EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
) -> Result<Dossier<'g>> {
    let made = options.picture;
    Ok(Dossier::of_selection(graph, selection)?.made_by(made.source, made.command))
}
