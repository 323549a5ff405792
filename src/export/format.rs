//! The formats by name: what `--to` takes and what a file's name asks for.

use std::path::Path;

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
}

/// Every format, in the order in which `--help` lists them.
const SPECS: &[Spec] = &[
    Spec {
        format: Format::Json,
        name: "json",
        endings: &[".json"],
        about: "node-link JSON, as NetworkX reads it",
    },
    Spec { format: Format::Dot, name: "dot", endings: &[".dot", ".gv"], about: "GraphViz" },
    Spec {
        format: Format::Csv,
        name: "csv",
        endings: &[],
        about: "a folder with one file a table, which `threadline build` reads again",
    },
    #[cfg(feature = "parquet")]
    Spec {
        format: Format::Parquet,
        name: "parquet",
        endings: &[],
        about: "a folder with one file a table, for pandas, Polars, DuckDB",
    },
    #[cfg(feature = "sqlite")]
    Spec {
        format: Format::Sqlite,
        name: "sqlite",
        endings: &[".sqlite", ".sqlite3", ".db"],
        about: "an SQLite database, with full-text search; Datasette",
    },
    Spec {
        format: Format::Gexf,
        name: "gexf",
        endings: &[".gexf"],
        about: "Gephi, with time and stories",
    },
    Spec {
        format: Format::GraphMl,
        name: "graphml",
        endings: &[".graphml"],
        about: "yEd, Cytoscape, igraph",
    },
    Spec {
        format: Format::Cytoscape,
        name: "cytoscape",
        endings: &[".cyjs"],
        about: "Cytoscape.js",
    },
    Spec {
        format: Format::Graphology,
        name: "graphology",
        endings: &[".graphology.json"],
        about: "graphology and sigma.js",
    },
    Spec {
        format: Format::Jgf,
        name: "jgf",
        endings: &[".jgf", ".jgf.json"],
        about: "JSON Graph Format 2",
    },
    Spec {
        format: Format::Neo4j,
        name: "neo4j",
        endings: &[],
        about: "a folder of tables for `neo4j-admin database import full`",
    },
    Spec {
        format: Format::Cypher,
        name: "cypher",
        endings: &[".cypher", ".cql"],
        about: "a Cypher script for Neo4j, for small graphs",
    },
    Spec {
        format: Format::Markdown,
        name: "markdown",
        endings: &[".md"],
        about: "a dossier to edit: dated entries, sources as footnotes",
    },
    Spec {
        format: Format::Html,
        name: "html",
        endings: &[".html", ".htm"],
        about: "the same as a page to read or print",
    },
    Spec {
        format: Format::BibTex,
        name: "bibtex",
        endings: &[".bib"],
        about: "the sources, for LaTeX and JabRef",
    },
    Spec {
        format: Format::CslJson,
        name: "csl-json",
        endings: &[".csl.json"],
        about: "the sources, for Zotero and Pandoc",
    },
    Spec {
        format: Format::ICalendar,
        name: "icalendar",
        endings: &[".ics"],
        about: "dated events, for calendars",
    },
    Spec {
        format: Format::TimelineJs,
        name: "timelinejs",
        endings: &[".timeline.json"],
        about: "dated events, for TimelineJS",
    },
    Spec {
        format: Format::Obsidian,
        name: "obsidian",
        endings: &[],
        about: "a folder of linked notes, for Obsidian",
    },
    #[cfg(feature = "rdf")]
    Spec {
        format: Format::Turtle,
        name: "turtle",
        endings: &[".ttl"],
        about: "RDF for people and for triple stores",
    },
    #[cfg(feature = "rdf")]
    Spec {
        format: Format::NTriples,
        name: "ntriples",
        endings: &[".nt"],
        about: "RDF, one triple a line",
    },
    #[cfg(feature = "rdf")]
    Spec { format: Format::JsonLd, name: "jsonld", endings: &[".jsonld"], about: "RDF as JSON" },
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

    /// Whether it is a folder of files.
    pub fn is_folder(self) -> bool {
        self.spec().endings.is_empty()
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
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
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

    fn spec(self) -> &'static Spec {
        SPECS.iter().find(|spec| spec.format == self).expect("every format is in the table")
    }
}
