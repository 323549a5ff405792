// The map on its canvas: the camera, and what the pointer and the keys do to it.

import { element, keepsKeys } from "./elements.js";
import { makePainter } from "./painter.js";
import { boundsOf, coreOf, fitted, makeGrid, toMap, toScreen, zoomed } from "./space.js";

const MARGIN = 34;
/** Pixels from a dot within which the pointer means it. */
const REACH = 14;
/** Pixels that a pointer may move in a click. */
const STILL = 4;
/** Milliseconds without a move after which all links are drawn again. */
const REST = 140;
/** More events than this are not drawn anew for each frame while the map moves … */
const MANY = 2_000;
/** … but after so many milliseconds. */
const STALE = 250;

/**
 * Makes the chart.
 *
 * `on.event(row)` is called for a click, -1 beside all events; `on.hover()` when
 * the event under the pointer changes; `redraw` asks for a frame; `mayZoom(event)`
 * says whether a turn of the wheel is meant for the map.
 */
export function makeChart(map, { on, redraw, mayZoom }) {
  const canvas = keepsKeys(element("canvas", {
    className: "tl-canvas",
    tabIndex: 0,
    role: "application",
    ariaLabel: `Map of ${map.count} events: arrow keys move it, plus and minus zoom, 0 shows all, / searches`,
  }));
  const grids = Object.fromEntries(Object.entries(map.places).map(([name, places]) => [name, makeGrid(places)]));
  const context = canvas.getContext("2d");
  const paint = makePainter(context, map, grids);
  const copy = { canvas: document.createElement("canvas"), camera: null, time: 0 };
  const pointers = new Map();
  const state = { layout: "force", width: 0, height: 0, camera: null, home: null, hover: -1, moving: false };
  let rest = 0;
  let moved = false;

  function setCamera(camera) {
    state.camera = camera;
    state.moving = true;
    clearTimeout(rest);
    rest = setTimeout(() => {
      state.moving = false;
      redraw();
    }, REST);
    redraw();
  }

  function home() {
    const all = boundsOf(map.places[state.layout]) ?? { left: 0, top: 0, right: 0, bottom: 0 };
    return fitted(all, state.width, state.height, MARGIN);
  }

  /** Shows all events, or most of some. */
  function fit(rows) {
    state.home = home();
    const some = rows && coreOf(map.places[state.layout], rows);
    const camera = some ? fitted(some, state.width, state.height, MARGIN * 3) : state.home;
    setCamera({ ...camera, scale: Math.min(camera.scale, state.home.scale * 12) });
  }

  function resize(width, height) {
    const wasHome = !state.camera || sameCamera(state.camera, state.home);
    Object.assign(state, { width, height });
    if (wasHome) fit();
    else state.home = home();
  }

  function setLayout(layout) {
    if (layout === state.layout) return;
    state.layout = layout;
    if (state.width) fit();
  }

  function zoom(factor, x = state.width / 2, y = state.height / 2) {
    const { camera, home, width, height } = state;
    setCamera(zoomed(camera, width, height, factor, x, y, [home.scale / 4, Math.max(home.scale * 400, 20)]));
  }

  function pan(byX, byY) {
    const { camera } = state;
    setCamera({ ...camera, x: camera.x - byX / camera.scale, y: camera.y - byY / camera.scale });
  }

  /** Moves an event into sight, if it is not there. */
  function reveal(row) {
    const { x, y } = map.places[state.layout];
    const [atX, atY] = toScreen(state.camera, state.width, state.height, x[row], y[row]);
    const isInside = atX > MARGIN && atY > MARGIN && atX < state.width - MARGIN && atY < state.height - MARGIN;
    if (!isInside) setCamera({ ...state.camera, x: x[row], y: y[row] });
  }

  function eventAt(x, y, lit) {
    const { camera, width, height, layout } = state;
    const [mapX, mapY] = toMap(camera, width, height, x, y);
    const reach = REACH / camera.scale;
    const far = (row, away) => (away > reach || (lit && !lit[row]) ? Infinity : away);
    return grids[layout].nearest(mapX, mapY, reach, far);
  }

  let lit = null;

  function setHover(row) {
    if (row === state.hover) return;
    state.hover = row;
    canvas.style.cursor = row < 0 ? "" : "pointer";
    on.hover(row);
    redraw();
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    if (!pointers.size) moved = false;
    pointers.set(event.pointerId, [event.offsetX, event.offsetY, event.offsetX, event.offsetY]);
  });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = [event.offsetX, event.offsetY];
    const pointer = pointers.get(event.pointerId);
    if (!pointer) return setHover(eventAt(x, y, lit));
    const [lastX, lastY, firstX, firstY] = pointer;
    if (!moved && Math.hypot(x - firstX, y - firstY) <= STILL) return;
    moved = true;
    setHover(-1);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, [x, y, firstX, firstY]);
    if (!other) return pan(x - lastX, y - lastY);
    // Two fingers: what is between them stays there.
    const spread = (toX, toY) => Math.max(Math.hypot(toX - other[0], toY - other[1]), 1);
    pan((x - lastX) / 2, (y - lastY) / 2);
    zoom(spread(x, y) / spread(lastX, lastY), (x + other[0]) / 2, (y + other[1]) / 2);
  });
  canvas.addEventListener("pointerup", (event) => {
    const isClick = pointers.delete(event.pointerId) && !moved;
    if (isClick) on.event(eventAt(event.offsetX, event.offsetY, lit));
  });
  canvas.addEventListener("pointercancel", (event) => pointers.delete(event.pointerId));
  canvas.addEventListener("pointerleave", () => setHover(-1));
  canvas.addEventListener("dblclick", (event) => zoom(2, event.offsetX, event.offsetY));
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!mayZoom(event)) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 20 : 1;
      zoom(Math.exp(-Math.min(Math.max(event.deltaY * lines, -240), 240) / 400), event.offsetX, event.offsetY);
    },
    { passive: false },
  );

  const STEP = 60;
  const keys = {
    ArrowLeft: () => pan(STEP, 0),
    ArrowRight: () => pan(-STEP, 0),
    ArrowUp: () => pan(0, STEP),
    ArrowDown: () => pan(0, -STEP),
    "+": () => zoom(1.4),
    "=": () => zoom(1.4),
    "-": () => zoom(1 / 1.4),
    0: () => fit(),
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    keys[event.key]();
    event.preventDefault();
  });

  function draw(view) {
    lit = view.lit;
    const { ratio } = view;
    const size = [Math.round(state.width * ratio), Math.round(state.height * ratio)];
    if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
    const now = performance.now();
    if (state.moving && copy.camera && now - copy.time < STALE) return drawCopy(ratio, view.theme);
    paint({ ...state, ...view });
    if (map.count > MANY) keepCopy(now);
  }

  /** Of a large map, what was drawn last is moved along, and drawn anew now and then. */
  function keepCopy(now) {
    [copy.canvas.width, copy.canvas.height] = [canvas.width, canvas.height];
    copy.canvas.getContext("2d").drawImage(canvas, 0, 0);
    Object.assign(copy, { camera: state.camera, time: now });
  }

  function drawCopy(ratio, theme) {
    const { camera, width, height } = state;
    const scale = camera.scale / copy.camera.scale;
    const [x, y] = toScreen(camera, width, height, ...toMap(copy.camera, width, height, 0, 0));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = theme.page;
    context.fillRect(0, 0, width, height);
    context.drawImage(copy.canvas, x, y, width * scale, height * scale);
  }

  return { canvas, draw, fit, pan, resize, reveal, setLayout, state, zoom, stop: () => clearTimeout(rest) };
}

function sameCamera(a, b) {
  return a.x === b.x && a.y === b.y && a.scale === b.scale;
}
