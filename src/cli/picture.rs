//! Answers as files: the same options wherever an answer can be drawn, or
//! written as a dossier.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::TypedValueParser;

use crate::cli::choice::one_of;
use crate::cli::lines::quoted;
use crate::cli::load::LoadArgs;
use crate::cli::screen::{safe, wrote};
use crate::error::{Error, ErrorKind, Result};
use crate::export::Dossier;
use crate::export::Target;
use crate::model::words;
use crate::picture::Picture;
use crate::picture::PictureOptions;
use crate::picture::Theme;

/// Where an answer goes that is not for the terminal, and how it looks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Picture")]
pub(super) struct PictureArgs {
    /// Draw the answer: NAME.svg or NAME.png; `-` for SVG on standard output.
    /// A story, a chain and a thread are also told: NAME.md or NAME.html
    #[arg(short, long, value_name = "FILE", conflicts_with = "json")]
    output: Option<PathBuf>,

    /// Pixels from side to side
    #[arg(
        long,
        value_name = "PIXELS",
        default_value_t = PictureOptions::default().width,
        requires = "output",
        value_parser = width()
    )]
    width: u32,

    /// Light, dark, or (in SVG) what the reader's system is
    #[arg(
        long,
        default_value_t = Theme::default(),
        requires = "output",
        value_parser = one_of(Theme::ALL)
    )]
    theme: Theme,

    /// PNG: so many times as many pixels, for sharp print
    #[arg(
        long,
        value_name = "N",
        default_value_t = 2.0,
        requires = "output",
        value_parser = density,
        hide_short_help = true
    )]
    density: f32,
}

/// How wide a picture may be.
pub(super) fn width() -> impl TypedValueParser<Value = u32> {
    let (least, most) = (PictureOptions::LEAST_WIDTH, PictureOptions::MOST_WIDTH);
    clap::value_parser!(u32).range(i64::from(least)..=i64::from(most))
}

fn density(text: &str) -> std::result::Result<f32, String> {
    let density: f32 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
    match (0.1..=20.0).contains(&density) {
        true => Ok(density),
        false => Err("it has to be a number from 0.1 to 20".to_owned()),
    }
}

words! {
    /// What a file's ending asks for.
    enum Kind {
        Svg = "svg",
        Png = "png" if feature = "png",
        Markdown = "md",
        Html = "html",
    }
}

impl Kind {
    /// What the ending of a file asks for; not every answer can be told.
    fn of(path: &Path, can_be_told: bool) -> Result<Self> {
        let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        let may_be = |kind: &Self| can_be_told || !kind.is_dossier();
        Self::from_name(&ending.to_ascii_lowercase()).filter(may_be).ok_or_else(|| {
            let kinds = Self::ALL.iter().filter(|kind| may_be(kind));
            let names: Vec<String> = kinds.map(|kind| format!(".{kind}")).collect();
            let message = format!("the file to write ends with {}", names.join(" or "));
            Error::new(ErrorKind::Input, message).at(path)
        })
    }

    fn is_dossier(self) -> bool {
        matches!(self, Self::Markdown | Self::Html)
    }
}

/// A file that waits for its picture.
pub(super) struct Output<'a> {
    args: &'a PictureArgs,
    kind: Kind,
    target: Target,
    source: String,
    command: String,
}

impl PictureArgs {
    /// Whether there is anything to draw.
    pub(super) fn is_asked(&self) -> bool {
        self.output.is_some()
    }

    /// The file to draw to, if one was asked for; opened before the work, so
    /// that a folder that may not be written to is known at once.
    pub(super) fn open(&self, load: &LoadArgs) -> Result<Option<Output<'_>>> {
        self.open_as(load, false)
    }

    /// The same for an answer that can also be told as a dossier.
    pub(super) fn open_told(&self, load: &LoadArgs) -> Result<Option<Output<'_>>> {
        self.open_as(load, true)
    }

    fn open_as(&self, load: &LoadArgs, can_be_told: bool) -> Result<Option<Output<'_>>> {
        let Some(path) = &self.output else {
            return Ok(None);
        };
        let (kind, target) = if path == Path::new("-") {
            (Kind::Svg, Target::standard())
        } else {
            (Kind::of(path, can_be_told)?, Target::open(path)?)
        };
        Ok(Some(Output {
            args: self,
            kind,
            target,
            source: last_part(&load.graph),
            command: command_line(load.files().chain([path.as_path()])),
        }))
    }
}

impl Output<'_> {
    /// Whether a dossier was asked for, to be written by
    /// [`Output::write_dossier`].
    pub(super) fn is_dossier(&self) -> bool {
        self.kind.is_dossier()
    }

    /// Writes the answer as a dossier, which says what it was made from.
    pub(super) fn write_dossier(mut self, dossier: Dossier<'_>) -> Result<()> {
        let dossier = dossier.made_by(&self.source, &self.command);
        match self.kind {
            Kind::Html => dossier.write_html(&mut self.target)?,
            _ => dossier.write_markdown(&mut self.target)?,
        }
        self.finish()
    }

    /// Draws and writes the picture.
    pub(super) fn write(
        mut self,
        draw: impl FnOnce(&PictureOptions<'_>) -> Result<Picture>,
    ) -> Result<()> {
        let options = PictureOptions {
            width: self.args.width,
            theme: self.args.theme,
            source: &self.source,
            command: &self.command,
            subject: "",
        };
        let picture = draw(&options)?;
        let bytes = match self.kind {
            #[cfg(feature = "png")]
            Kind::Png => picture.png(self.args.density)?,
            _ => picture.svg().as_bytes().to_vec(),
        };
        self.target.write_all(&bytes).map_err(crate::cli::output_error)?;
        self.finish()
    }

    fn finish(self) -> Result<()> {
        self.target.finish()?;
        if let Some(path) = self.args.output.as_deref().filter(|path| *path != Path::new("-")) {
            wrote(path, "");
        }
        Ok(())
    }
}

/// The last part of a path: where it lies is nobody's business who sees the
/// picture.
pub(super) fn last_part(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    safe(&name.to_string_lossy()).into_owned()
}

/// The command as it was typed, but for folders of the files that it names,
/// and for what does not change the picture.
pub(super) fn command_line<'a>(files: impl Iterator<Item = &'a Path>) -> String {
    // A path need not be UTF-8, and `args` panics where one is not.
    command_of(std::env::args_os(), &files.collect::<Vec<_>>())
}

fn command_of(arguments: impl Iterator<Item = OsString>, files: &[&Path]) -> String {
    let mut words = vec!["threadline".to_owned()];
    let mut arguments = arguments.skip(1);
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy();
        if ["--threads", "--color"].contains(&text.as_ref()) {
            arguments.next();
            continue;
        }
        if text.starts_with("--threads=") || text.starts_with("--color=") {
            continue;
        }
        words.push(quoted(&without_folders(&text, files)));
    }
    words.join(" ")
}

/// An argument that is one of the files, or `--option=` and one, or `-o` and one, with
/// the last part of its path alone.
fn without_folders(argument: &str, files: &[&Path]) -> String {
    let option = match argument.find('=') {
        Some(at) if argument.starts_with("--") => at + 1,
        _ if argument.starts_with("-o=") => 3,
        _ if argument.starts_with("-o") => 2,
        _ => 0,
    };
    for begin in [0, option] {
        let (option, path) = argument.split_at(begin);
        if let Some(file) = files.iter().find(|file| file.to_string_lossy() == path) {
            return safe(option).into_owned() + &last_part(file);
        }
    }
    safe(argument).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_without_folders() {
        let typed = "bin/threadline --threads 2 chain archives/moon.threadline a it's -o x/c.svg";
        let files = [Path::new("archives/moon.threadline"), Path::new("x/c.svg")];
        let line = command_of(typed.split(' ').map(OsString::from), &files);
        assert_eq!(line, "threadline chain moon.threadline a 'it'\\''s' -o c.svg");
        let typed = "threadline story m --output=x/c.svg -ox/c.svg -o=x/c.svg --other=x/c.svg2";
        let line = command_of(typed.split(' ').map(OsString::from), &[Path::new("x/c.svg")]);
        assert_eq!(
            line,
            "threadline story m '--output=c.svg' -oc.svg '-o=c.svg' '--other=x/c.svg2'"
        );
    }

    #[test]
    fn endings() {
        assert_eq!(Kind::of(Path::new("a.SVG"), false).ok(), Some(Kind::Svg));
        assert_eq!(Kind::of(Path::new("a.html"), true).ok(), Some(Kind::Html));
        for (path, can_be_told) in [("a.gif", true), ("a.html", false)] {
            let error = Kind::of(Path::new(path), can_be_told).expect_err("refused").to_string();
            assert!(error.contains(".svg"), "{error}");
            assert_eq!(error.contains(".md"), can_be_told, "{error}");
        }
    }
}
