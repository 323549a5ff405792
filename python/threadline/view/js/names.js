// Writes names on the map: of what is marked, of stories, and of events where few
// are in sight. None upon another; what has no room is left out.

import { rowsOfStory } from "./model.js";
import { boundsOf, placeBoxes, toScreen } from "./space.js";

/** So few events in sight are named themselves, … */
const FEW_EVENTS = 60;
/** … so many of them at most. */
const NAMED_EVENTS = 30;
/** Stories that are named, at most. */
const NAMED = 30;
/** Stories whose names are larger than others. */
const LARGE = 8;

/** Makes the function that writes: a view, places, the rows in sight and the radius of a row → nothing. */
export function makeNames(context, map) {
  const widths = new Map();
  const stories = map.stories.map((story, row) => ({ ...story, row })).filter((story) => story.label).slice(0, NAMED);
  for (const story of stories) story.rows = rowsOfStory(map, story.row);

  return drawNames;

  function drawNames(view, places, inSight, radiusAt) {
    const { width, height, theme, lit, layout } = view;
    const labels = [];
    const marked = [view.selected, view.hover].filter((row, n, all) => row >= 0 && all.indexOf(row) === n);
    labels.push(...marked.map((row) => eventLabel(view, places, row, radiusAt)));
    const litStories = lit && new Set(map.story.filter((_, row) => lit[row]));
    for (const story of stories) {
      if (litStories && !litStories.has(story.row)) continue;
      labels.push(layout === "time" ? laneLabel(view, places, story) : storyLabel(view, story));
    }
    const named = inSight.filter((row) => (!lit || lit[row]) && !marked.includes(row));
    if (named.length <= FEW_EVENTS) {
      const byLinks = named.sort((a, b) => map.events.links[b] - map.events.links[a]);
      labels.push(...byLinks.slice(0, NAMED_EVENTS).map((row) => eventLabel(view, places, row, radiusAt)));
    }
    const wanted = labels.filter((label) => label !== null);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    placeBoxes(wanted, width, height).forEach((box, n) => {
      if (box) drawText(wanted[n], box, theme);
    });
  }

  function drawText({ text, font, colour }, box, theme) {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    context.font = font;
    context.strokeStyle = theme.page;
    context.lineWidth = 3.5;
    context.globalAlpha = 0.85;
    context.strokeText(text, x, y);
    context.globalAlpha = 1;
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }

  function storyLabel(view, story) {
    // y grows upwards in the answer.
    const [x, y] = toScreen(view.camera, view.width, view.height, story.x, -story.y);
    const font = view.theme.font(story.row < LARGE ? 14 : 12, true);
    const rings = [0, 18, -18, 34, -34, 52, -52].map((away) => [x, y + away]);
    return label(shortened(story.label, 36), font, view.theme.ink, 18, rings);
  }

  function laneLabel(view, places, story) {
    const box = boundsOf(places, story.rows);
    if (!box) return null;
    const [left, top] = toScreen(view.camera, view.width, view.height, box.left, box.top);
    const [right, bottom] = toScreen(view.camera, view.width, view.height, box.right, box.bottom);
    if (right < 0 || left > view.width) return null;
    const text = shortened(story.label, 36);
    const font = view.theme.font(12, true);
    const half = measured(text, font) / 2;
    const [before, behind] = [left - half - 10, right + half + 10];
    const within = Math.min(Math.max((left + right) / 2, half + 4), view.width - half - 4);
    const middle = (top + bottom) / 2;
    return label(text, font, view.theme.ink, 14, [[before, middle], [behind, middle], [within, top - 12], [within, bottom + 12]]);
  }

  function eventLabel(view, places, row, radiusAt) {
    const [x, y] = toScreen(view.camera, view.width, view.height, places.x[row], places.y[row]);
    const isMarked = row === view.selected || row === view.hover;
    const date = map.events.date[row];
    const text = shortened(isMarked && date ? `${date} ${map.events.title[row]}` : map.events.title[row], isMarked ? 80 : 44);
    const font = view.theme.font(isMarked ? 13 : 11, isMarked);
    const away = radiusAt(row) + 10;
    const half = measured(text, font) / 2;
    const aside = half + away;
    const candidates = [[x, y - away - 2], [x, y + away + 2], [x + aside, y], [x - aside, y]];
    // What is marked is named in any case, if need be where the screen ends.
    if (isMarked) candidates.push([Math.min(Math.max(x, half + 4), view.width - half - 4), Math.max(y - away, 10)]);
    return label(text, font, isMarked ? view.theme.ink : view.theme.muted, 14, candidates);
  }

  function label(text, font, colour, height, candidates) {
    return { text, font, colour, width: measured(text, font) + 4, height, candidates };
  }

  function measured(text, font) {
    const name = font + text;
    if (!widths.has(name)) {
      context.font = font;
      widths.set(name, context.measureText(text).width);
    }
    return widths.get(name);
  }
}

/** A text for one line of so many letters; Chinese and its like are two wide. */
export function shortened(text, most) {
  const line = text.replace(/\s+/g, " ").trim();
  let [wide, kept, fits] = [0, "", ""];
  for (const letter of line) {
    wide += letter.codePointAt(0) >= 0x2e80 ? 2 : 1;
    if (wide > most) return fits.trimEnd() + "…";
    kept += letter;
    if (wide < most) fits = kept;
  }
  return line;
}
