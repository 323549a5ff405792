//! Answers as pictures, to be printed or put on a page: SVG, and PNG of it.
//!
//! A picture is text: titles can be searched and read aloud, every mark has a
//! title of its own, nothing is loaded from elsewhere and nothing runs. What is
//! drawn here was found in `analysis`; nothing here decides what belongs
//! together, and nothing here touches a file.

mod backbone;
mod cards;
mod chain;
mod frame;
mod labels;
mod map;
mod map_stories;
#[cfg(feature = "png")]
mod png;
mod rows;
mod scale;
mod story;
mod svg;
mod text;
mod theme;
mod thread;
mod timeline;

pub use backbone::MapLinks;
pub use cards::WeighedChain;
pub use chain::chain;
pub use map::map;
pub use map_stories::{MapStories, MapStory};
pub use rows::rows;
pub use story::story;
pub use theme::{COLOURS, Colour, Theme};
pub use thread::thread;
pub use timeline::timeline;

use crate::error::{Error, ErrorKind, Result};

/// How a picture is to look, and what it says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureOptions<'a> {
    /// Pixels from side to side, from [`PictureOptions::LEAST_WIDTH`] to
    /// [`PictureOptions::MOST_WIDTH`]; what is drawn with more or less all the
    /// same is as wide as these. The height follows from what there is to show.
    pub width: u32,
    /// Its colours.
    pub theme: Theme,
    /// What the events are from: the name of an archive or of a graph.
    pub source: &'a str,
    /// The command that makes it again.
    pub command: &'a str,
    /// What a map or the dossier of a selection is of, in a few words; empty if it is
    /// of nothing that has a name.
    pub subject: &'a str,
}

impl PictureOptions<'_> {
    /// Titles in a narrower picture would be a word a line.
    pub const LEAST_WIDTH: u32 = 320;

    /// What faces let people ask for: a wider picture is no picture any more.
    pub const MOST_WIDTH: u32 = 8000;

    /// Refuses a width that no picture has.
    ///
    /// # Errors
    /// If it is less or more than faces let people ask for.
    pub fn check(&self) -> Result<()> {
        let (width, least, most) = (self.width, Self::LEAST_WIDTH, Self::MOST_WIDTH);
        if (least..=most).contains(&width) {
            return Ok(());
        }
        let message = format!("the width is {width}; it is {least} to {most} pixels");
        Err(Error::new(ErrorKind::Input, message))
    }

    fn width(&self) -> f64 {
        f64::from(self.width.clamp(Self::LEAST_WIDTH, Self::MOST_WIDTH))
    }
}

impl Default for PictureOptions<'_> {
    fn default() -> Self {
        Self { width: 1200, theme: Theme::Light, source: "", command: "", subject: "" }
    }
}

/// A picture as SVG 1.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    svg: String,
}

impl Picture {
    /// The whole file.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The picture as PNG, `scale` times as many pixels wide as its width.
    ///
    /// Text is drawn with the fonts of the system; the same fonts give the same
    /// bytes.
    ///
    /// # Errors
    /// If there is no font on this system, or none that has the characters of more
    /// than one text in twenty, or if so many pixels cannot be held.
    ///
    /// # Complexity
    /// Time and memory linear in the number of pixels.
    #[cfg(feature = "png")]
    pub fn png(&self, scale: f32) -> Result<Vec<u8>> {
        png::png(&self.svg, scale)
    }
}
