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
    /// GEXF 1.3, for Gephi.
    Gexf,
    /// GraphML.
    GraphMl,
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
        format: Format::Svg,
        name: "svg",
        endings: &[".svg"],
        about: "a map of events and stories, for a browser or a page",
    },
    #[cfg(feature = "png")]
    Spec { format: Format::Png, name: "png", endings: &[".png"], about: "the same map as pixels" },
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

    /// Whether it is a folder of files.
    pub fn is_folder(self) -> bool {
        self.spec().endings.is_empty()
    }

    /// Whether it says where events are drawn, see
    /// [`ExportOptions`](crate::export::ExportOptions).
    pub fn has_places(self) -> bool {
        matches!(self, Self::Json | Self::Dot | Self::Gexf | Self::GraphMl) || self.is_picture()
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
