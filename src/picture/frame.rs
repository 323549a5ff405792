//! What every picture has around it: a title, a legend, and a line that says
//! where it is from and how it was made.

use std::fmt::Display;

use crate::model::{Date, from_to};
use crate::picture::svg::{Anchor, Num, Path, Svg};
use crate::picture::text::{Type, balanced, width, wrapped};
use crate::picture::theme::{font_family, style};
use crate::picture::{Picture, PictureOptions};

/// A sign in the legend.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sign {
    /// A filled dot of this class.
    Dot(String),
    /// A dot that is only a line around the page's colour.
    Ring(String),
    /// A line of this class and width.
    Line(&'static str, f64),
    /// A bar of this class.
    Bar(&'static str),
    /// Nothing: what is written stands for itself.
    None,
}

/// What stands around a drawing.
pub(crate) struct Frame<'f> {
    pub(crate) options: &'f PictureOptions<'f>,
    /// The title of the picture.
    pub(crate) title: String,
    /// What it shows, in a line or two below the title.
    pub(crate) lead: String,
    /// What the signs mean.
    pub(crate) legend: Vec<(Sign, String)>,
    /// The first and the last day that it shows.
    pub(crate) span: Option<(Date, Date)>,
}

/// The most lines of the title, of the line below it and of the provenance.
const TITLE_LINES: usize = 3;
const LEAD_LINES: usize = 4;
const PROVENANCE_LINES: usize = 6;

/// Between two entries of the legend, and from a sign to its words.
const LEGEND_GAP: f64 = 20.0;
const SIGN: f64 = 22.0;

impl Frame<'_> {
    /// The space that is left free at all sides.
    pub(crate) fn margin(options: &PictureOptions<'_>) -> f64 {
        if options.width() < 700.0 { 16.0 } else { 32.0 }
    }

    /// How wide a drawing may be.
    pub(crate) fn room(options: &PictureOptions<'_>) -> f64 {
        options.width() - 2.0 * Self::margin(options)
    }

    /// The picture: the drawing, which is so high, and all that stands around.
    pub(crate) fn around(&self, drawing: &Svg, height: f64) -> Picture {
        let margin = Self::margin(self.options);
        let room = Self::room(self.options);
        let mut head = Svg::default();
        let mut y = margin;
        for (of, text, lines) in
            [(Type::Title, &self.title, TITLE_LINES), (Type::Lead, &self.lead, LEAD_LINES)]
        {
            for line in balanced(text, of, room, lines) {
                y += of.leading();
                head.text((margin, y - of.size() * 0.25), of, Anchor::Start, &line);
            }
            y += 4.0;
        }
        y = self.draw_legend(&mut head, y);
        let top = y + 14.0;
        let mut foot = Svg::default();
        let mut y = top + height + 18.0;
        foot.line("tl-rule", (margin, y), (margin + room, y));
        y += 6.0;
        for line in wrapped(&self.provenance(), Type::Note, room, PROVENANCE_LINES) {
            y += Type::Note.leading();
            foot.text((margin, y - 3.0), Type::Note, Anchor::Start, &line);
        }
        let height = (y + margin * 0.75).ceil();
        let width = self.options.width();
        let mut svg = Svg::default();
        svg.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let (w, h, family) = (Num(width), Num(height), font_family());
        let view = format!("0 0 {w} {h}");
        let attributes: [(&str, &dyn Display); 7] = [
            ("xmlns", &"http://www.w3.org/2000/svg"),
            ("width", &w),
            ("height", &h),
            ("viewBox", &view),
            ("role", &"img"),
            ("aria-label", &self.title),
            ("font-family", &family),
        ];
        svg.element("svg", &attributes, |svg| {
            svg.raw("\n");
            svg.label("title", &self.title);
            svg.label("desc", &format!("{} {}", self.lead, self.provenance()));
            svg.element("style", &[], |svg| svg.raw(&style(self.options.theme)));
            svg.rect("tl-page", (0.0, 0.0), (width, height), 0.0);
            svg.raw(head.as_str());
            svg.moved(margin, top, drawing);
            svg.raw(foot.as_str());
        });
        Picture { svg: svg.as_str().to_owned() }
    }

    /// The signs in rows, each with its words; where they end.
    fn draw_legend(&self, svg: &mut Svg, top: f64) -> f64 {
        let margin = Self::margin(self.options);
        let room = Self::room(self.options);
        let (mut x, mut y) = (margin, top + 8.0);
        for (at, (sign, words)) in self.legend.iter().enumerate() {
            let sign_room = if *sign == Sign::None { 0.0 } else { SIGN };
            let lines = wrapped(words, Type::Note, room - sign_room, 1);
            let words = lines.first().map_or("", String::as_str);
            let entry = sign_room + width(words, Type::Note);
            if at > 0 && x + entry > margin + room {
                (x, y) = (margin, y + Type::Note.leading() + 3.0);
            }
            let middle = y + 7.0;
            match sign {
                Sign::Dot(class) => svg.circle(class, (x + 8.0, middle), 5.0),
                Sign::Ring(class) => {
                    svg.circle(&format!("{class} tl-absent"), (x + 8.0, middle), 4.5);
                }
                Sign::Line(class, width) => {
                    let path = Path::from((x, middle)).line((x + 16.0, middle));
                    svg.stroke(class, &path, *width);
                }
                Sign::Bar(class) => svg.rect(class, (x + 2.0, middle - 5.0), (12.0, 10.0), 0.0),
                Sign::None => {}
            }
            svg.text((x + sign_room, middle + 4.0), Type::Note, Anchor::Start, words);
            x += entry + LEGEND_GAP;
        }
        if self.legend.is_empty() { top } else { y + Type::Note.leading() }
    }

    /// `moon.threadline, 1957-10-04 to 1975-07-17; threadline …; Threadline 0.1.0`
    fn provenance(&self) -> String {
        let span = self.span.map(from_to);
        let known = |part: &str| (!part.is_empty()).then(|| part.to_owned());
        let about: Vec<String> = known(self.options.source).into_iter().chain(span).collect();
        let made = format!("Threadline {}", env!("CARGO_PKG_VERSION"));
        let parts = [known(&about.join(", ")), known(self.options.command), Some(made)];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}
