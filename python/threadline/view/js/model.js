// What the native part answers, made ready to draw: typed arrays, neighbours,
// rows by key. Functions from data to data; knows nothing of the page.

import { NO_DAY, dayOf } from "./dates.js";
import { boundsOf } from "./space.js";

/** How many times as wide as high places in time are at least. */
const WIDE = 1.45;

/**
 * Reads an answer of `answers::map`.
 *
 * In the result y grows downwards, as on a screen; a story or a colour that is
 * not there is -1.
 */
export function readMap(answer) {
  const { events, stories } = answer;
  const story = Int32Array.from(events.story, (row) => row ?? -1);
  const colour = story.map((row) => stories[row]?.colour ?? -1);
  const [source, target] = [answer.links.source, answer.links.target].map((of) => Uint32Array.from(of));
  const down = (values) => Float32Array.from(values, (y) => -y);
  const times = { x: Float32Array.from(events.time_x), y: down(events.time_y) };
  const stretch = stretchOf(times);
  return {
    ...answer,
    count: events.key.length,
    rowOf: new Map(events.key.map((key, row) => [key, row])),
    day: Int32Array.from(events.date, dayOf),
    story,
    colour,
    source,
    target,
    backbone: answer.links.backbone,
    perDay: answer.per_day * stretch,
    neighbours: neighboursOf(events.key.length, source, target),
    places: {
      force: { x: Float32Array.from(events.x), y: down(events.y) },
      time: { x: times.x.map((x) => x * stretch), y: times.y },
    },
    // Those with many links are drawn first, so that small ones are upon them.
    order: Uint32Array.from(events.key.keys()).sort((a, b) => events.links[b] - events.links[a] || a - b),
  };
}

/** How much wider time has to be so that lanes are not higher than a screen is. */
function stretchOf(times) {
  const box = boundsOf(times);
  if (!box || box.right === box.left) return 1;
  return Math.max(1, (WIDE * (box.bottom - box.top)) / (box.right - box.left));
}

/** Who is linked with whom, in either direction: offsets into a list of rows. */
export function neighboursOf(count, source, target) {
  const offsets = new Uint32Array(count + 1);
  for (let link = 0; link < source.length; link++) {
    offsets[source[link] + 1] += 1;
    offsets[target[link] + 1] += 1;
  }
  for (let row = 0; row < count; row++) offsets[row + 1] += offsets[row];
  const rows = new Uint32Array(2 * source.length);
  const next = offsets.slice();
  for (let link = 0; link < source.length; link++) {
    rows[next[source[link]]++] = target[link];
    rows[next[target[link]]++] = source[link];
  }
  return { offsets, rows };
}

/** The rows that a row is linked with, each once, ascending: by date. */
export function linkedWith(map, row) {
  const { offsets, rows } = map.neighbours;
  return [...new Set(rows.subarray(offsets[row], offsets[row + 1]))].sort((a, b) => a - b);
}

/** The events of a story, by its row. */
export function rowsOfStory(map, story) {
  return [...map.story.keys()].filter((row) => map.story[row] === story);
}

/** The first and the last day; null if no event has a date. */
export function daysOf(map) {
  let [first, last] = [Infinity, -Infinity];
  for (const day of map.day) {
    if (day === NO_DAY) continue;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return first <= last ? [first, last] : null;
}

/**
 * Which events are lit while others are faded: a 1 for each row that meets all
 * that is asked for; null if nothing is.
 */
export function litRows(map, { span, story, hits }) {
  if (!span && story === null && !hits) return null;
  const lit = new Uint8Array(map.count);
  const candidates = hits ?? lit.keys();
  for (const row of candidates) {
    const inSpan = !span || (map.day[row] !== NO_DAY && map.day[row] >= span[0] && map.day[row] <= span[1]);
    if (inSpan && (story === null || map.story[row] === story)) lit[row] = 1;
  }
  return lit;
}
