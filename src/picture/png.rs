//! PNG of a picture, drawn by resvg: no browser and no other program.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, FaceInfo, ID};
use resvg::usvg::{FallbackSelectionFn, FontResolver, Options, Tree};

use crate::error::{Error, ErrorKind, Result};
use crate::model::number;
use crate::picture::theme::FAMILIES;

/// The longest side: what most programs still open.
const MOST_PIXELS: f32 = 32_767.0;

/// See [`Picture::png`](crate::picture::Picture::png).
pub(super) fn png(svg: &str, scale: f32) -> Result<Vec<u8>> {
    let lacking = Arc::new(Mutex::new(Vec::new()));
    let font_resolver =
        FontResolver { select_fallback: fallback(lacking.clone()), ..FontResolver::default() };
    let options = Options { fontdb: Arc::new(fonts()?), font_resolver, ..Options::default() };
    let fail = |cause: resvg::usvg::Error| {
        Error::new(ErrorKind::Input, "cannot draw the picture").because(cause)
    };
    let tree = Tree::from_str(svg, &options).map_err(fail)?;
    check_readable(svg, &lacking.lock().unwrap_or_else(PoisonError::into_inner))?;
    let (width, height) = (tree.size().width() * scale, tree.size().height() * scale);
    let (width, height) = (width.ceil(), height.ceil());
    if !(1.0..=MOST_PIXELS).contains(&width.max(height)) {
        let message = format!(
            "{width:.0} × {height:.0} pixels are too many for a PNG; take a smaller density, \
             fewer events, or SVG"
        );
        return Err(Error::new(ErrorKind::TooLarge, message));
    }
    let mut pixels = Pixmap::new(width as u32, height as u32).ok_or_else(|| {
        Error::new(ErrorKind::TooLarge, "there is no memory for so large a picture")
    })?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|cause| Error::new(ErrorKind::Io, "cannot write the PNG").because(cause))
}

/// Of so many texts one may have a character that no font has: an odd sign in a
/// title is drawn as a box.
const ONE_IN: usize = 20;

/// Refuses a picture most of whose words would be boxes.
fn check_readable(svg: &str, lacking: &[char]) -> Result<()> {
    let texts = svg.matches("<text").count();
    if lacking.len() * ONE_IN <= texts {
        return Ok(());
    }
    let characters: BTreeSet<char> = lacking.iter().copied().collect();
    let some: String = characters.iter().take(8).collect();
    let message = format!(
        "no font on this system has characters ({some}) of {} of the picture's {} texts; \
         install one that does (for Chinese, Japanese and Korean on Debian and Ubuntu: `apt \
         install fonts-noto-cjk`), or write SVG",
        number(lacking.len()),
        number(texts)
    );
    Err(Error::new(ErrorKind::NotFound, message))
}

/// The font for a character that the first font lacks: one of the same weight
/// if there is one. resvg by itself takes any, and bold for plain text. What no
/// font has is noted, once for each text.
fn fallback(lacking: Arc<Mutex<Vec<char>>>) -> FallbackSelectionFn<'static> {
    let any = FontResolver::default_fallback_selector();
    Box::new(move |c, used, fonts| {
        let weight = used.first().and_then(|&id| fonts.face(id)).map(|face| face.weight);
        // What resvg is told to have tried, it does not try.
        let unlike = fonts.faces().filter(|face| Some(face.weight) != weight).map(|face| face.id);
        let tried: Vec<ID> = used.iter().copied().chain(unlike).collect();
        let found = any(c, &tried, fonts).or_else(|| any(c, used, fonts));
        if found.is_none() {
            lacking.lock().unwrap_or_else(PoisonError::into_inner).push(c);
        }
        found
    })
}

/// The fonts of the system, those of our families first and in our order: where
/// a font lacks a character, resvg takes the first other one that has it, and
/// Chinese is not shown with Japanese forms only because that font came first.
///
/// # Errors
/// If there is no font at all: a picture without words would be no answer.
fn fonts() -> Result<Database> {
    let mut found = Database::new();
    found.load_system_fonts();
    let name = |face: &FaceInfo| face.families.first().map_or("", |(name, _)| name).to_owned();
    let place = |face: &FaceInfo| {
        let named = |family: &&str| face.families.iter().any(|(name, _)| name == *family);
        FAMILIES.iter().position(named).unwrap_or(FAMILIES.len())
    };
    let mut faces: Vec<&FaceInfo> = found.faces().collect();
    // The order in which a system lists its fonts is anyone's guess.
    faces.sort_by_cached_key(|face| (place(face), name(face), face.post_script_name.clone()));
    let Some(first) = faces.first().map(|face| name(face)) else {
        let message = "there is no font on this system to draw text with; install one (on Debian \
                       and Ubuntu: `apt install fonts-liberation fonts-noto-cjk`), or write SVG";
        return Err(Error::new(ErrorKind::NotFound, message));
    };
    let mut fonts = Database::new();
    for face in faces {
        fonts.push_face_info(face.clone());
    }
    fonts.set_sans_serif_family(&first);
    // What resvg takes if no family of a list is there.
    fonts.set_serif_family(&first);
    Ok(fonts)
}
