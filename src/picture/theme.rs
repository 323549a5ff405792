//! Colours and fonts: one style sheet for every picture.

use crate::model::words;
use crate::picture::text::Type;

/// A colour: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Colours that people with any kind of colour blindness tell apart (Okabe and
/// Ito 2008), to be used in turn; those that are seen well on white and on
/// black come first.
pub const COLOURS: [Colour; 7] = [
    Colour(0, 114, 178),
    Colour(213, 94, 0),
    Colour(0, 158, 115),
    Colour(204, 121, 167),
    Colour(230, 159, 0),
    Colour(86, 180, 233),
    Colour(240, 228, 66),
];

/// How many of [`COLOURS`] pictures use: yellow is lost on white.
pub(crate) const IN_PICTURES: usize = 6;

words! {
    /// Light or dark.
    #[derive(Default)]
    pub enum Theme {
        /// Dark on white, for print.
        #[default]
        Light = "light",
        /// Light on near black.
        Dark = "dark",
        /// Light, and dark where the reader's system is; a PNG is light.
        Auto = "auto",
    }
}

/// The families to show text in, the first that is there: first those with the
/// measures of Helvetica, which are on nearly every system, then those that
/// have Chinese, Japanese, Korean and Arabic.
pub(crate) const FAMILIES: [&str; 18] = [
    "Helvetica Neue",
    "Helvetica",
    "Arial",
    "Liberation Sans",
    "Arimo",
    "Nimbus Sans",
    "Noto Sans",
    "DejaVu Sans",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "Hiragino Sans",
    "Malgun Gothic",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
];

/// The same as an attribute.
pub(crate) fn font_family() -> String {
    FAMILIES.map(|name| format!("'{name}'")).join(", ") + ", sans-serif"
}

/// The colours of things that are not one of several.
struct Palette {
    page: Colour,
    ink: Colour,
    muted: Colour,
    rule: Colour,
    card: Colour,
    accent: Colour,
}

const LIGHT: Palette = Palette {
    page: Colour(255, 255, 255),
    ink: Colour(26, 26, 26),
    muted: Colour(92, 92, 92),
    rule: Colour(214, 214, 214),
    card: Colour(245, 245, 243),
    accent: COLOURS[1],
};

const DARK: Palette = Palette {
    page: Colour(20, 22, 26),
    ink: Colour(240, 240, 238),
    muted: Colour(170, 174, 180),
    rule: Colour(66, 70, 78),
    card: Colour(34, 37, 43),
    accent: Colour(240, 128, 48),
};

/// The class of a filled mark, by the number of what it stands for.
pub(crate) fn fill_class(number: usize) -> String {
    format!("tl-f{}", number % IN_PICTURES)
}

/// The class of a line, by the number of what it stands for.
pub(crate) fn line_class(number: usize) -> String {
    format!("tl-l{}", number % IN_PICTURES)
}

/// The class of a dot that is only a line around the page's colour.
pub(crate) fn ring_class(number: usize) -> String {
    format!("tl-ring{} tl-absent", number % IN_PICTURES)
}

/// The style sheet.
pub(crate) fn style(theme: Theme) -> String {
    let mut sheet = String::new();
    for of in Type::ALL {
        let weight = if of.bold() { ";font-weight:bold" } else { "" };
        sheet.push_str(&format!(".{}{{font-size:{}px{weight}}}\n", of.class(), of.size()));
    }
    for (number, colour) in COLOURS.iter().take(IN_PICTURES).enumerate() {
        sheet.push_str(&format!(
            ".tl-f{number}{{fill:{colour}}}\n.tl-l{number}{{stroke:{colour};fill:none}}\n\
             .tl-ring{number}{{stroke:{colour}}}\n"
        ));
    }
    match theme {
        Theme::Light => sheet.push_str(&colours(&LIGHT)),
        Theme::Dark => sheet.push_str(&colours(&DARK)),
        Theme::Auto => {
            sheet.push_str(&colours(&LIGHT));
            sheet.push_str("@media (prefers-color-scheme: dark) {\n");
            sheet.push_str(&colours(&DARK));
            sheet.push_str("}\n");
        }
    }
    sheet
}

fn colours(of: &Palette) -> String {
    let bar = COLOURS[0];
    let Palette { page, ink, muted, rule, card, accent } = of;
    format!(
        ".tl-title,.tl-heading,.tl-body,.tl-strong{{fill:{ink}}}\n\
         .tl-lead,.tl-note{{fill:{muted}}}\n\
         .tl-page{{fill:{page}}}\n\
         .tl-card{{fill:{card};stroke:{rule}}}\n\
         .tl-focus{{fill:{card};stroke:{accent};stroke-width:2}}\n\
         .tl-asked{{fill:none;stroke:{accent};stroke-width:2}}\n\
         .tl-band{{fill:{card}}}\n\
         .tl-rule{{stroke:{rule};fill:none}}\n\
         .tl-axis{{stroke:{muted};fill:none}}\n\
         .tl-link{{stroke:{muted};fill:none;stroke-opacity:.45}}\n\
         .tl-none{{fill:{muted}}}\n\
         .tl-accent{{fill:{accent}}}\n\
         .tl-accent-line{{stroke:{accent};fill:none}}\n\
         .tl-gap{{stroke:{muted};fill:none;stroke-dasharray:2 4}}\n\
         .tl-halo{{stroke:{page};stroke-width:1.5}}\n\
         .tl-missing{{stroke-dasharray:4 3}}\n\
         .tl-bar{{fill:{bar}}}\n\
         .tl-on-accent{{fill:#fff}}\n\
         .tl-ring{{stroke:{muted}}}\n\
         .tl-arc{{stroke:{muted};fill:none;stroke-opacity:.35}}\n\
         .tl-burst{{fill:{accent};fill-opacity:.14}}\n\
         .tl-leader{{stroke-width:1.25}}\n\
         .tl-behind{{paint-order:stroke;stroke:{page};stroke-width:3;stroke-linejoin:round}}\n\
         .tl-absent{{fill:{page};stroke-width:1.5}}\n"
    )
}
