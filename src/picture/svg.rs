//! SVG, element by element: what is written is well-formed whatever the texts
//! hold, and the same on every machine.
//!
//! SVG 1.1 without scripts and without anything from elsewhere, so that it
//! looks the same in a browser, in Inkscape and in print. How things look is
//! said by classes (see `theme`), so a picture can be restyled as a whole.

use std::fmt::{self, Display, Write};

use crate::model::xml;
use crate::picture::text::{Type, is_right_to_left};

/// A picture, or a part of one, as it is drawn.
#[derive(Debug, Default)]
pub(crate) struct Svg {
    out: String,
}

/// Which point of a text stands where it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A coordinate: hundredths of a pixel are more than any screen shows.
pub(crate) struct Num(pub(crate) f64);

impl Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 * 100.0).round();
        // A figure that is none would make the whole picture unreadable.
        let hundredths = if hundredths.is_finite() { hundredths as i64 } else { 0 };
        write!(f, "{}", hundredths as f64 / 100.0)
    }
}

impl Svg {
    /// What was drawn.
    pub(crate) fn as_str(&self) -> &str {
        &self.out
    }

    /// An element with others inside.
    pub(crate) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &dyn Display)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.begin(name, attributes);
        self.put(format_args!(">"));
        inside(self);
        self.put(format_args!("</{name}>\n"));
    }

    /// An element without any.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        self.begin(name, attributes);
        self.put(format_args!("/>\n"));
    }

    /// A part with a title of its own, which browsers show under the pointer.
    pub(crate) fn mark(&mut self, title: &str, inside: impl FnOnce(&mut Self)) {
        self.element("g", &[], |svg| {
            svg.put(format_args!("<title>{}</title>\n", xml(title)));
            inside(svg);
        });
    }

    /// A part moved as a whole.
    pub(crate) fn moved(&mut self, x: f64, y: f64, inside: &Self) {
        let by = format!("translate({} {})", Num(x), Num(y));
        self.element("g", &[("transform", &by)], |svg| {
            svg.put(format_args!("\n{}", inside.out));
        });
    }

    /// A text with its baseline at `y`. Text from right to left keeps its place
    /// and its anchor; only its words run the other way.
    pub(crate) fn text(&mut self, (x, y): (f64, f64), of: Type, anchor: Anchor, text: &str) {
        let (x, y) = (Num(x), Num(y));
        let class = of.class();
        let mut attributes: Vec<(&str, &dyn Display)> =
            vec![("x", &x), ("y", &y), ("class", &class)];
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => attributes.push(("text-anchor", &"middle")),
            Anchor::End => attributes.push(("text-anchor", &"end")),
        }
        self.element("text", &attributes, |svg| {
            if is_right_to_left(text) {
                svg.put(format_args!(
                    "<tspan direction=\"rtl\" unicode-bidi=\"isolate\">{}</tspan>",
                    xml(text)
                ));
            } else {
                svg.put(format_args!("{}", xml(text)));
            }
        });
    }

    /// The same over lines, which are kept off it: the outline of the letters
    /// in the page's colour lies below them.
    pub(crate) fn halo_text(&mut self, at: (f64, f64), of: Type, anchor: Anchor, text: &str) {
        self.element("g", &[("class", &"tl-behind")], |svg| svg.text(at, of, anchor, text));
    }

    /// A text of one element only, as `title` and `desc` are.
    pub(crate) fn label(&mut self, name: &str, text: &str) {
        self.put(format_args!("<{name}>{}</{name}>\n", xml(text)));
    }

    /// A straight line.
    pub(crate) fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let (x1, y1, x2, y2) = (Num(x1), Num(y1), Num(x2), Num(y2));
        self.empty(
            "line",
            &[("class", &class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)],
        );
    }

    /// A rectangle: its corner, its size, and how round its corners are.
    pub(crate) fn rect(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        round: f64,
    ) {
        let (x, y, width, height) = (Num(x), Num(y), Num(width.max(0.0)), Num(height.max(0.0)));
        let rx = Num(round);
        let mut attributes: Vec<(&str, &dyn Display)> =
            vec![("class", &class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)];
        if round > 0.0 {
            attributes.push(("rx", &rx));
        }
        self.empty("rect", &attributes);
    }

    /// A dot.
    pub(crate) fn circle(&mut self, class: &str, (cx, cy): (f64, f64), r: f64) {
        let (cx, cy, r) = (Num(cx), Num(cy), Num(r));
        self.empty("circle", &[("class", &class), ("cx", &cx), ("cy", &cy), ("r", &r)]);
    }

    /// A path as wide as its class says.
    pub(crate) fn path(&mut self, class: &str, path: &Path) {
        self.empty("path", &[("class", &class), ("d", &path.0)]);
    }

    /// A path with a width of its own.
    pub(crate) fn stroke(&mut self, class: &str, path: &Path, width: f64) {
        let width = Num(width);
        self.empty("path", &[("class", &class), ("stroke-width", &width), ("d", &path.0)]);
    }

    /// Text that is SVG already: a style sheet.
    pub(crate) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        self.put(format_args!("<{name}"));
        for (name, value) in attributes {
            self.put(format_args!(" {name}=\"{}\"", xml(&value.to_string())));
        }
    }

    fn put(&mut self, text: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(text);
    }
}

/// What a line runs along.
#[derive(Debug, Default)]
pub(crate) struct Path(String);

impl Path {
    /// A path that begins here.
    pub(crate) fn from(at: (f64, f64)) -> Self {
        let mut path = Self::default();
        path.push('M', &[at]);
        path
    }

    /// Whether it leads nowhere.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// On from here, without a line.
    pub(crate) fn jump(mut self, to: (f64, f64)) -> Self {
        self.push('M', &[to]);
        self
    }

    /// Straight on.
    pub(crate) fn line(mut self, to: (f64, f64)) -> Self {
        self.push('L', &[to]);
        self
    }

    /// A cubic Bézier curve.
    pub(crate) fn curve(mut self, a: (f64, f64), b: (f64, f64), to: (f64, f64)) -> Self {
        self.push('C', &[a, b, to]);
        self
    }

    /// Back to where it began.
    pub(crate) fn closed(mut self) -> Self {
        self.push('Z', &[]);
        self
    }

    fn push(&mut self, command: char, points: &[(f64, f64)]) {
        self.0.push(command);
        for (at, &(x, y)) in points.iter().enumerate() {
            let gap = if at > 0 { " " } else { "" };
            let _ = write!(self.0, "{gap}{} {}", Num(x), Num(y));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let cases = [
            (0.0, "0"),
            (-0.001, "0"),
            (1.0, "1"),
            (12.346, "12.35"),
            (-1.5, "-1.5"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ];
        for (number, expected) in cases {
            assert_eq!(Num(number).to_string(), expected, "input {number}");
        }
    }

    #[test]
    fn elements() {
        let mut svg = Svg::default();
        svg.mark("a < b", |svg| svg.circle("tl-dot", (1.0, 2.0), 3.0));
        svg.text((0.0, 9.5), Type::Note, Anchor::End, "שלום & \u{1}");
        svg.stroke("tl-link", &Path::from((0.0, 0.0)).line((1.0, 1.0)).closed(), 2.0);
        assert_eq!(
            svg.as_str(),
            "<g><title>a &lt; b</title>\n<circle class=\"tl-dot\" cx=\"1\" cy=\"2\" \
             r=\"3\"/>\n</g>\n<text x=\"0\" y=\"9.5\" class=\"tl-note\" \
             text-anchor=\"end\"><tspan direction=\"rtl\" unicode-bidi=\"isolate\">שלום &amp; \
             \u{fffd}</tspan></text>\n<path class=\"tl-link\" stroke-width=\"2\" d=\"M0 0L1 \
             1Z\"/>\n"
        );
    }
}
