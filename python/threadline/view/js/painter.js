// Draws the map on a canvas: links, dots, axis, and names on top. Decides nothing
// about what is chosen; the same view gives the same picture.

import { DAYS, NO_DAY, labelOf, stepFor, stepsBetween } from "./dates.js";
import { makeNames } from "./names.js";
import { toMap, toScreen } from "./space.js";

/** All dots together cover about this part of the map where all of it is seen. */
const COVERED = 0.04;
/** Links in one path: longer paths take longer than many short ones. */
const PATH = 400;
/** More links than this are thinned to the strongest of each event. */
const MANY_LINKS = 20_000;
/** Links that are drawn while the map moves, at most. */
const MOVING_LINKS = 4_000;
/** Up to so many dots have a rim, so that they are told apart where they touch. */
const RIMMED = 4_000;

/** Makes the function that draws: a view → nothing. */
export function makePainter(context, map, grids) {
  const drawNames = makeNames(context, map);
  const coloured = map.colour.reduce((sum, colour) => sum + (colour >= 0), 0);
  // So that those in colours stand out, the more of the others there are.
  const others = Math.min(Math.max(Math.sqrt(coloured / Math.max(map.count - coloured, 1)), 0.35), 0.8);
  const degrees = map.events.links.reduce((sum, links) => sum + 1 + links, 0);

  // Dots of one look are one path: faded ones, then grey ones, then each colour,
  // of each those known only from links first.
  const groups = [{ colour: -1, present: true, isLit: false, dots: [] }];
  for (const colour of [-1, ...map.colours.keys()]) {
    for (const present of [false, true]) groups.push({ colour, present, isLit: true, dots: [] });
  }
  const groupOf = Uint8Array.from(map.colour, (colour, row) => 1 + 2 * (colour + 1) + Number(map.events.present[row]));

  return (view) => {
    const { width, height, layout, theme } = view;
    const places = map.places[layout];
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    context.fillStyle = theme.page;
    context.fillRect(0, 0, width, height);
    const inSight = sight(view, grids[layout]);
    if (layout === "time") drawAxis(view);
    drawLinks(view, places, inSight.length);
    drawDots(view, places);
    drawMarked(view, places);
    drawNames(view, places, inSight, radii(view));
  };

  /** The rows that are on the screen, about. */
  function sight({ camera, width, height }, grid) {
    const [left, top] = toMap(camera, width, height, 0, 0);
    const [right, bottom] = toMap(camera, width, height, width, height);
    const rows = [];
    grid.inside({ left, top, right, bottom }, (row) => rows.push(row));
    return rows;
  }

  function drawAxis({ camera, width, height, theme }) {
    const known = map.day.findIndex((day) => day !== NO_DAY);
    if (known < 0) return;
    const zero = map.places.time.x[known] - map.day[known] * map.perDay;
    const dayAt = (x) => Math.round((toMap(camera, width, height, x, 0)[0] - zero) / map.perDay);
    const days = [Math.max(dayAt(0), DAYS[0]), Math.min(dayAt(width), DAYS[1])];
    if (!(days[0] < days[1])) return;
    const step = stepFor(...days, width / 90);
    context.fillStyle = theme.muted;
    context.strokeStyle = theme.rule;
    context.lineWidth = 1;
    context.font = theme.font(11);
    context.textAlign = "left";
    context.textBaseline = "top";
    context.beginPath();
    for (const start of stepsBetween(...days, step)) {
      const x = Math.round(toScreen(camera, width, height, zero + start * map.perDay, 0)[0]) + 0.5;
      context.moveTo(x, 0);
      context.lineTo(x, height);
      context.fillText(labelOf(start, step), x + 4, 4);
    }
    context.stroke();
  }

  function drawLinks(view, places, visible) {
    const { camera, width, height, layout, theme, lit, moving } = view;
    const seen = lit ? Math.min(countOf(lit), visible) : visible;
    const few = seen * 8 < map.count || map.source.length <= MANY_LINKS;
    const count = moving ? Math.min(map.backbone, MOVING_LINKS) : few ? map.source.length : map.backbone;
    const paths = Array.from({ length: map.colours.length + 1 }, () => []);
    const leaving = [];
    const [shiftX, shiftY] = shifts(view);
    for (let link = 0; link < count; link++) {
      const [a, b] = [map.source[link], map.target[link]];
      if (lit && !(lit[a] && lit[b])) continue;
      const [x1, y1] = [places.x[a] * camera.scale + shiftX, places.y[a] * camera.scale + shiftY];
      const [x2, y2] = [places.x[b] * camera.scale + shiftX, places.y[b] * camera.scale + shiftY];
      // What only passes through tells nothing of what is in sight.
      const ends = Number(isInside(x1, y1, width, height)) + Number(isInside(x2, y2, width, height));
      if (!ends) continue;
      const own = map.story[a] === map.story[b] ? map.colour[a] : -1;
      const path = ends < 2 ? leaving : paths[own < 0 ? map.colours.length : own];
      path.push(x1, y1, x2, y2);
    }
    const drawn = paths.reduce((sum, path) => sum + path.length / 4, leaving.length / 4);
    // The more there are, the fainter is each; between lanes they are long.
    const faint = Math.min(Math.max(Math.sqrt(600 / Math.max(drawn, 1)), 0.16), 0.7) * (layout === "time" ? 0.5 : 1);
    context.lineWidth = drawn > 4_000 ? 0.7 : 1;
    [map.colours.length, ...map.colours.keys()].forEach((colour) => {
      const isOther = colour === map.colours.length;
      context.strokeStyle = isOther ? theme.muted : map.colours[colour];
      context.globalAlpha = isOther ? faint * 0.55 : faint;
      strokeLines(paths[colour]);
    });
    context.strokeStyle = theme.muted;
    context.globalAlpha = faint * 0.3;
    strokeLines(leaving);
    context.globalAlpha = 1;
  }

  function strokeLines(path) {
    for (let from = 0; from < path.length; from += 4 * PATH) {
      context.beginPath();
      for (let at = from; at < Math.min(from + 4 * PATH, path.length); at += 4) {
        context.moveTo(path[at], path[at + 1]);
        context.lineTo(path[at + 2], path[at + 3]);
      }
      context.stroke();
    }
  }

  function drawDots(view, places) {
    const { camera, width, height, theme, lit } = view;
    const radiusAt = radii(view);
    const [shiftX, shiftY] = shifts(view);
    for (const group of groups) group.dots.length = 0;
    for (const row of map.order) {
      const [x, y] = [places.x[row] * camera.scale + shiftX, places.y[row] * camera.scale + shiftY];
      const radius = radiusAt(row);
      if (x < -radius || y < -radius || x > width + radius || y > height + radius) continue;
      groups[!lit || lit[row] ? groupOf[row] : 0].dots.push(x, y, radius);
    }
    const nearer = Math.sqrt(Math.max(camera.scale / view.home.scale, 1));
    const hasRim = map.count <= RIMMED;
    for (const { dots, colour, present, isLit } of groups) {
      if (!dots.length) continue;
      const paint = map.colours[colour] ?? theme.muted;
      context.globalAlpha = !isLit ? 0.18 : colour < 0 ? Math.min(others * nearer, 0.8) : 1;
      tracePath(dots);
      context.fillStyle = present ? paint : theme.page;
      context.fill();
      if (isLit && (hasRim || !present)) {
        context.strokeStyle = present ? theme.page : paint;
        context.lineWidth = present ? 0.8 : 1.4;
        context.stroke();
      }
    }
    context.globalAlpha = 1;
  }

  function tracePath(dots) {
    context.beginPath();
    for (let at = 0; at < dots.length; at += 3) {
      const [x, y, radius] = [dots[at], dots[at + 1], dots[at + 2]];
      if (radius < 1.6) {
        context.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
      } else {
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
    }
  }

  /** The event under the pointer and the one that was clicked, with their links. */
  function drawMarked(view, places) {
    const { camera, width, height, theme } = view;
    const at = (row) => toScreen(camera, width, height, places.x[row], places.y[row]);
    const radiusAt = radii(view);
    for (const row of new Set([view.hover, view.selected])) {
      if (row < 0) continue;
      const { offsets, rows } = map.neighbours;
      const others = rows.subarray(offsets[row], offsets[row + 1]);
      const [x, y] = at(row);
      context.strokeStyle = theme.accent;
      context.lineWidth = 1.4;
      context.globalAlpha = row === view.selected ? 0.85 : 0.45;
      strokeLines([...others].flatMap((other) => [x, y, ...at(other)]));
      context.globalAlpha = 1;
      for (const marked of [...others, row]) {
        const [cx, cy] = at(marked);
        const radius = Math.max(radiusAt(marked), marked === row ? 3.5 : 2);
        const colour = map.colour[marked] < 0 ? theme.muted : map.colours[map.colour[marked]];
        context.beginPath();
        context.arc(cx, cy, radius, 0, 2 * Math.PI);
        context.fillStyle = map.events.present[marked] ? colour : theme.page;
        context.fill();
        context.strokeStyle = marked === row ? theme.ink : theme.accent;
        context.lineWidth = marked === row ? 2.5 : 1.2;
        context.stroke();
      }
    }
  }

  /** Pixels; dots grow as one comes nearer, but less than what is between them. */
  function radii({ camera, home, width, height }) {
    const unit = Math.sqrt((COVERED * width * height) / degrees / Math.PI);
    const nearer = Math.sqrt(Math.max(camera.scale / home.scale, 0.2));
    return (row) => {
      const radius = Math.min(Math.max(unit * Math.sqrt(1 + map.events.links[row]), 1.2), 11);
      return Math.min(radius * nearer, 22);
    };
  }

  /** Where the map's origin is on the screen. */
  function shifts({ camera, width, height }) {
    return [width / 2 - camera.x * camera.scale, height / 2 - camera.y * camera.scale];
  }
}

function isInside(x, y, width, height) {
  return x >= 0 && y >= 0 && x <= width && y <= height;
}

function countOf(flags) {
  return flags.reduce((sum, flag) => sum + flag, 0);
}
