// The functions behind the map, without a page; test_view.py puts this file
// beside them and runs it with node.

import assert from "node:assert/strict";
import { test } from "node:test";

import { NO_DAY, STEPS, dateOf, dayOf, histogram, labelOf, nextOf, startOf, stepFor, stepOf, stepsBetween } from "./dates.js";
import { isWebAddress } from "./elements.js";
import { daysOf, linkedWith, litRows, readMap } from "./model.js";
import { shortened } from "./names.js";
import { folded, makeSearch } from "./search.js";
import { boundsOf, coreOf, fitted, makeGrid, placeBoxes, toMap, toScreen, zoomed } from "./space.js";

const named = (name) => STEPS.find((step) => step.name === name);

test("days and dates", () => {
  for (const date of ["0001-01-01", "0099-12-31", "1969-07-20", "1970-01-01", "2000-02-29", "9999-12-31"]) {
    assert.equal(dateOf(dayOf(date)), date);
  }
  assert.equal(dayOf("1970-01-02"), 1);
  assert.equal(dayOf(null), NO_DAY);
});

test("steps begin where they are said to", () => {
  const start = (date, name) => dateOf(startOf(dayOf(date), named(name)));
  assert.equal(start("1969-07-20", "week"), "1969-07-14");
  assert.equal(start("1970-01-05", "week"), "1970-01-05");
  assert.equal(start("1969-07-20", "quarter"), "1969-07-01");
  assert.equal(start("1969-07-20", "5 years"), "1965-01-01");
  assert.equal(dateOf(nextOf(dayOf("1969-12-01"), named("month"))), "1970-01-01");
  assert.equal(labelOf(dayOf("1969-07-01"), named("month")), "1969-07");
  assert.equal(labelOf(dayOf("0850-01-01"), named("50 years")), "850");
});

test("every day falls into the step it is in, whatever the step", () => {
  const [first, last] = [dayOf("1957-10-04"), dayOf("1975-07-17")];
  for (const step of STEPS) {
    const starts = stepsBetween(first, last, step);
    for (let day = first; day <= last; day += 97) assert.equal(starts[stepOf(starts, day)], startOf(day, step));
  }
  const step = stepFor(first, last, 100);
  assert.equal(step.name, "quarter");
  const starts = stepsBetween(first, last, step);
  const counts = histogram([first, first, last, NO_DAY], starts, (row) => row !== 0);
  assert.deepEqual([counts[0], counts.at(-1), counts.reduce((a, b) => a + b)], [1, 1, 2]);
});

const answer = {
  name: null,
  events: {
    key: ["a", "b", "c", "d"],
    date: ["1957-10-04", "1961-04-12", "1969-07-20", null],
    title: ["Sputnik", "Gagarin in Orbit", "Moon", "Éagle"],
    present: [true, true, false, true],
    page: [null, null, null, null],
    topics: [[0], [0], [], []],
    story: [0, 0, 1, null],
    links: [1, 3, 1, 1],
    x: [0, 10, 20, 30],
    y: [0, 5, 0, 0],
    time_x: [0, 1, 2, -40],
    time_y: [0, -20, -40, -80],
    summary: ["In orbit.", null, "They landed.", null],
    sources: [[], [], [], []],
  },
  topics: ["Soviet Union"],
  stories: [{ id: 1, name: "S", size: 2, colour: 3, label: "S", x: 0, y: 0 }, { id: 2, name: "T", size: 1 }],
  colours: ["#000000"],
  links: { source: [0, 1, 1, 3], target: [1, 2, 0, 1], backbone: 2 },
  per_day: 1,
};

test("a map is read: y downwards, colours by story, neighbours in both directions", () => {
  const map = readMap(answer);
  assert.equal(map.places.force.y[1], -5);
  assert.deepEqual([...map.colour], [3, 3, -1, -1]);
  assert.deepEqual(linkedWith(map, 1), [0, 2, 3]);
  assert.deepEqual(linkedWith(map, 2), [1]);
  assert.deepEqual(daysOf(map), [dayOf("1957-10-04"), dayOf("1969-07-20")]);
  assert.deepEqual([...map.order], [1, 0, 2, 3]);
  const { left, right, top, bottom } = boundsOf(map.places.time);
  assert.ok((right - left) / (bottom - top) > 1.4);
});

test("what is lit meets all that is asked for", () => {
  const map = readMap(answer);
  const lit = (asked) => litRows(map, { span: null, story: null, hits: null, ...asked });
  assert.equal(lit({}), null);
  assert.deepEqual([...lit({ span: [dayOf("1960-01-01"), dayOf("1969-12-31")] })], [0, 1, 1, 0]);
  assert.deepEqual([...lit({ story: 0, hits: [1, 2] })], [0, 1, 0, 0]);
});

test("search: all words, the titles first, without case and accents", () => {
  const search = makeSearch(readMap(answer));
  assert.deepEqual(search("ORBIT"), [1, 0]);
  assert.deepEqual(search("eagle"), [3]);
  assert.deepEqual(search("soviet orbit"), [0, 1]);
  assert.deepEqual(search("orbit moon"), []);
  assert.equal(search("  "), null);
  assert.equal(folded("Ｍoon Café"), "moon cafe");
});

test("the point under the pointer stays there", () => {
  const camera = fitted({ left: -10, top: 0, right: 30, bottom: 20 }, 400, 300, 10);
  assert.deepEqual(toScreen(camera, 400, 300, 10, 10), [200, 150]);
  const before = toMap(camera, 400, 300, 37, 91);
  const near = zoomed(camera, 400, 300, 3, 37, 91, [0, Infinity]);
  toMap(near, 400, 300, 37, 91).forEach((at, n) => assert.ok(Math.abs(at - before[n]) < 1e-9));
  assert.equal(zoomed(camera, 400, 300, 100, 0, 0, [1, 20]).scale, 20);
});

test("the grid finds what looking at all of them finds", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const flat = { x: Float32Array.from({ length: 50 }, random), y: new Float32Array(50) };
  const cloud = { x: Float32Array.from({ length: 500 }, random), y: Float32Array.from({ length: 500 }, random) };
  for (const places of [cloud, flat, { x: new Float32Array(3), y: new Float32Array(3) }]) {
    const grid = makeGrid(places);
    for (let n = 0; n < 200; n++) {
      const [px, py] = [random(), random() * 0.1];
      const away = [...places.x.keys()].map((row) => Math.hypot(places.x[row] - px, places.y[row] - py));
      const least = Math.min(...away);
      const found = grid.nearest(px, py, 0.1, (_, distance) => (distance > 0.1 ? Infinity : distance));
      assert.equal(found < 0 ? Infinity : away[found], least > 0.1 ? Infinity : least);
    }
  }
  assert.equal(makeGrid({ x: [], y: [] }).nearest(0, 0, 1, (_, away) => away), -1);
  assert.equal(boundsOf({ x: [], y: [] }), null);
});

test("most of some places", () => {
  const places = { x: Float32Array.from({ length: 100 }, (_, n) => (n === 99 ? 1e6 : n)), y: new Float32Array(100) };
  assert.deepEqual(coreOf(places, [...places.x.keys()]), { left: 5, right: 94, top: 0, bottom: 0 });
  assert.equal(coreOf(places, []), null);
});

test("no name upon another, none outside", () => {
  const wanted = [
    { width: 40, height: 10, candidates: [[50, 50]] },
    { width: 40, height: 10, candidates: [[60, 52], [60, 70]] },
    { width: 40, height: 10, candidates: [[5, 5]] },
  ];
  const [first, second, third] = placeBoxes(wanted, 100, 100);
  assert.equal(first.y, 45);
  assert.equal(second.y, 65);
  assert.equal(third, null);
});

test("a link is an address of the web", () => {
  assert.ok(isWebAddress("https://example.org/a?b=c") && isWebAddress("HTTP://example.org"));
  for (const url of ["javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "file:///etc", "x", ""]) {
    assert.ok(!isWebAddress(url), url);
  }
});

test("a title for one line, by letters and not by halves of them", () => {
  assert.equal(shortened(" a\n b ", 10), "a b");
  assert.equal(shortened("🚀🚀🚀🚀", 5), "🚀🚀…");
  assert.equal(shortened("登月 1969", 9), "登月 1969");
  assert.equal(shortened("登月 1969", 8), "登月 19…");
  assert.equal(shortened("a moon", 3), "a…");
});
