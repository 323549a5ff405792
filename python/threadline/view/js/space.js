// Where things are: the camera between the map and the screen, and the grid that
// finds what is near. Functions from numbers to numbers.

/**
 * A camera: the point of the map in the middle of the screen, and how many
 * pixels one unit of the map is.
 */
export function fitted({ left, top, right, bottom }, width, height, margin) {
  const room = (side) => Math.max(side - 2 * margin, 1);
  const scale = Math.min(room(width) / (right - left || 1), room(height) / (bottom - top || 1), 12);
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale };
}

/** From the map to the screen. */
export function toScreen(camera, width, height, x, y) {
  return [(x - camera.x) * camera.scale + width / 2, (y - camera.y) * camera.scale + height / 2];
}

/** From the screen to the map. */
export function toMap(camera, width, height, x, y) {
  return [(x - width / 2) / camera.scale + camera.x, (y - height / 2) / camera.scale + camera.y];
}

/** Nearer by a factor, such that the point under the pointer stays there. */
export function zoomed(camera, width, height, factor, x, y, [least, most]) {
  const scale = Math.min(Math.max(camera.scale * factor, least), most);
  const [mapX, mapY] = toMap(camera, width, height, x, y);
  return { x: mapX - (x - width / 2) / scale, y: mapY - (y - height / 2) / scale, scale };
}

/** The box around some places, all of them by default; null if there are none. */
export function boundsOf({ x, y }, rows = x.keys()) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const row of rows) {
    box.left = Math.min(box.left, x[row]);
    box.right = Math.max(box.right, x[row]);
    box.top = Math.min(box.top, y[row]);
    box.bottom = Math.max(box.bottom, y[row]);
  }
  return box.left <= box.right ? box : null;
}

/** The box around most of some places: without the outermost twentieth at each side. */
export function coreOf({ x, y }, rows) {
  const middle = (values) => {
    const sorted = Float64Array.from(values).sort();
    const cut = Math.floor(sorted.length / 20);
    return [sorted[cut], sorted[sorted.length - 1 - cut]];
  };
  if (!rows.length) return null;
  const [[left, right], [top, bottom]] = [x, y].map((of) => middle(rows.map((row) => of[row])));
  return { left, top, right, bottom };
}

/** A grid of square cells over some places, with about two places in a cell. */
export function makeGrid(places) {
  const { x, y } = places;
  const box = boundsOf(places) ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const [wide, tall] = [box.right - box.left, box.bottom - box.top];
  const size = Math.sqrt((2 * Math.max(wide * tall, 1)) / Math.max(x.length, 1)) || 1;
  // A line of events, all on one height, needs no more cells than there are events.
  const cell = Math.max(size, wide / (x.length + 1), tall / (x.length + 1));
  const [columns, lines] = [Math.floor(wide / cell) + 1, Math.floor(tall / cell) + 1];
  const column = (at) => Math.min(Math.max(Math.floor((at - box.left) / cell), 0), columns - 1);
  const line = (at) => Math.min(Math.max(Math.floor((at - box.top) / cell), 0), lines - 1);
  const offsets = new Uint32Array(columns * lines + 1);
  const cellOf = (row) => line(y[row]) * columns + column(x[row]);
  for (let row = 0; row < x.length; row++) offsets[cellOf(row) + 1] += 1;
  for (let at = 0; at < columns * lines; at++) offsets[at + 1] += offsets[at];
  const rows = new Uint32Array(x.length);
  const next = offsets.slice();
  for (let row = 0; row < x.length; row++) rows[next[cellOf(row)]++] = row;

  /** Calls `visit` with each row whose cell meets a box. */
  function inside({ left, top, right, bottom }, visit) {
    for (let at = line(top); at <= line(bottom); at++) {
      const [first, last] = [at * columns + column(left), at * columns + column(right)];
      for (let n = offsets[first]; n < offsets[last + 1]; n++) visit(rows[n]);
    }
  }

  /** The row that is nearest to a point by `far(row, distance)`, which may be Infinity; -1 if none is. */
  function nearest(px, py, reach, far) {
    let [best, least] = [-1, Infinity];
    inside({ left: px - reach, top: py - reach, right: px + reach, bottom: py + reach }, (row) => {
      const away = far(row, Math.hypot(x[row] - px, y[row] - py));
      if (away < least) [best, least] = [row, away];
    });
    return best;
  }

  return { inside, nearest };
}

/**
 * Chooses which boxes can be drawn without one upon another, in their order:
 * the first candidate of each that is free and inside; null if none is.
 */
export function placeBoxes(wanted, width, height, gap = 3) {
  const taken = [];
  const meets = (a, b) =>
    a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap;
  return wanted.map(({ width: w, height: h, candidates }) => {
    const boxes = candidates.map(([x, y]) => ({ x: x - w / 2, y: y - h / 2, width: w, height: h }));
    const free = boxes.find(
      (box) =>
        box.x >= 0 && box.y >= 0 && box.x + w <= width && box.y + h <= height && !taken.some((other) => meets(box, other)),
    );
    if (free) taken.push(free);
    return free ?? null;
  });
}
