// The time brush: how many events in each step of time, and a span that is drawn
// with the pointer or with the arrow keys. Tells the span; keeps nothing else.

import { DAYS, dateOf, histogram, labelOf, nextOf, stepFor, stepOf, stepsBetween } from "./dates.js";
import { element, keepsKeys } from "./elements.js";

const HEIGHT = 64;
const AXIS = 14;
/** Pixels at the ends of a span that move that end alone. */
const EDGE = 6;

/**
 * Makes the brush.
 *
 * `days` are the first and the last day, `changed` is called with a span of days
 * or null. `draw` shows a span and which events are lit, or null for all.
 */
export function makeBrush(map, days, changed) {
  const canvas = keepsKeys(element("canvas", {
    className: "tl-brush-canvas",
    tabIndex: 0,
    role: "application",
    ariaLabel: "Time: drag to choose a span, arrow keys move it, with Shift its end; Escape or a double click clears it",
  }));
  const context = canvas.getContext("2d");
  let [width, starts, step, counts] = [0, [], null, []];
  let span = null;
  let drag = null;

  function measure(newWidth) {
    if (newWidth === width) return;
    width = newWidth;
    step = stepFor(...days, Math.max(width / 5, 2));
    starts = stepsBetween(...days, step);
    counts = histogram(map.day, starts);
  }

  const bar = () => width / starts.length;
  const binAt = (x) => Math.min(Math.max(Math.floor(x / bar()), 0), starts.length - 1);
  const lastDayOf = (bin) => nextOf(starts[bin], step) - 1;
  const binsOf = (of) => [stepOf(starts, of[0]), stepOf(starts, of[1])];

  function choose(from, to) {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    changed([Math.max(starts[first], DAYS[0]), Math.min(lastDayOf(last), DAYS[1])]);
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    const [x, bin] = [event.offsetX, binAt(event.offsetX)];
    drag = { from: bin, kind: "new", moved: false };
    if (span) {
      const [first, last] = binsOf(span);
      const [left, right] = [first * bar(), (last + 1) * bar()];
      if (Math.abs(x - left) <= EDGE) drag = { from: last, kind: "new", moved: true };
      else if (Math.abs(x - right) <= EDGE) drag = { from: first, kind: "new", moved: true };
      else if (x > left && x < right) drag = { from: bin, kind: "move", bins: [first, last], moved: false };
    }
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const bin = binAt(event.offsetX);
    if (bin !== drag.from) drag.moved = true;
    if (!drag.moved) return;
    if (drag.kind === "new") return choose(drag.from, bin);
    move(drag.bins, bin - drag.from);
  });
  canvas.addEventListener("pointerup", (event) => {
    // A click chooses the one step under it.
    if (drag && !drag.moved) choose(binAt(event.offsetX), binAt(event.offsetX));
    drag = null;
  });
  canvas.addEventListener("pointercancel", () => (drag = null));
  canvas.addEventListener("dblclick", () => changed(null));
  canvas.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape" && span) changed(null);
    else if (by && !span) choose(by > 0 ? 0 : starts.length - 1, by > 0 ? 0 : starts.length - 1);
    else if (by && event.shiftKey) {
      const [first, last] = binsOf(span);
      choose(first, Math.min(Math.max(last + by, first), starts.length - 1));
    } else if (by) move(binsOf(span), by);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function move([first, last], by) {
    const within = Math.min(Math.max(by, -first), starts.length - 1 - last);
    choose(first + within, last + within);
  }

  function draw({ width: newWidth, ratio, theme, span: newSpan, lit }) {
    measure(newWidth);
    span = newSpan;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(HEIGHT * ratio);
    canvas.style.height = `${HEIGHT}px`;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    // By the root, so that one busy month does not make all others flat.
    const tallest = Math.sqrt(counts.reduce((most, count) => Math.max(most, count), 1));
    const room = HEIGHT - AXIS - 4;
    if (span) {
      const [first, last] = binsOf(span);
      context.fillStyle = theme.band;
      context.fillRect(first * bar(), 0, (last - first + 1) * bar(), HEIGHT - AXIS);
    }
    const bars = (of, colour) => {
      context.fillStyle = colour;
      of.forEach((count, bin) => {
        const tall = count && Math.max((room * Math.sqrt(count)) / tallest, 1.5);
        const gap = bar() > 3 ? 1 : 0;
        context.fillRect(bin * bar(), HEIGHT - AXIS - tall, Math.max(bar() - gap, 0.5), tall);
      });
    };
    bars(counts, lit ? theme.rule : theme.bar);
    if (lit) bars(histogram(map.day, starts, (row) => lit[row]), theme.bar);
    if (span) {
      const [first, last] = binsOf(span);
      context.fillStyle = theme.accent;
      for (const x of [first * bar(), (last + 1) * bar()]) {
        context.fillRect(Math.min(Math.max(x - 1, 0), width - 2), 0, 2, HEIGHT - AXIS);
      }
    }
    drawLabels(theme);
  }

  function drawLabels(theme) {
    context.fillStyle = theme.muted;
    context.font = theme.font(11);
    context.textBaseline = "alphabetic";
    const marks = stepFor(...days, Math.max(width / 70, 1));
    let free = 0;
    for (const start of stepsBetween(...days, marks)) {
      if (start < starts[0]) continue;
      const bin = stepOf(starts, start);
      const text = labelOf(start, marks);
      const x = bin * bar();
      const wide = context.measureText(text).width;
      if (x < free || x + wide > width) continue;
      context.fillText(text, x, HEIGHT - 3);
      free = x + wide + 8;
    }
  }

  return { canvas, draw, describe: (of) => `${dateOf(of[0])} to ${dateOf(of[1])}` };
}
