// Puts the parts together: toolbar, map, panel, time brush. Keeps what is chosen,
// and tells the host (a notebook, or a page of its own) about it.

import { makeBrush } from "./brush.js";
import { makeChart } from "./chart.js";
import { dateOf, dayOf } from "./dates.js";
import { element, keepsKeys } from "./elements.js";
import { daysOf, litRows, readMap, rowsOfStory } from "./model.js";
import { counted, makePanel } from "./panel.js";
import { makeSearch } from "./search.js";
import { themeOf, watchTheme } from "./theme.js";

/**
 * Shows a map in `root`.
 *
 * The host has `get(name)` and `set(name, value)` for `selected` (a key or null),
 * `span` (two dates or null), `places` ("force" or "time"), `watch(name, called)`
 * for changes from elsewhere, `textOf(key)` for texts that are not in the answer,
 * `wheelZooms`, whether a turn of the wheel always means the map, and `keys`, where
 * keys are heard that are not typed into a field.
 *
 * @returns {() => void} Takes everything away again.
 */
export function showMap(root, answer, host) {
  const map = readMap(answer);
  const search = makeSearch(map);
  const days = daysOf(map);
  const chosen = { selected: -1, story: null, span: null, hits: null, hit: -1 };
  let lit = null;
  let frame = 0;
  let theme = null;

  const redraw = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };

  const chart = makeChart(map, {
    on: { event: (row) => selectEvent(row), hover: () => {} },
    redraw,
    mayZoom: (event) => host.wheelZooms || event.ctrlKey || event.metaKey || chart.canvas.matches(":focus"),
  });
  const hint = `Drag to move, turn the wheel to zoom${host.wheelZooms ? "" : " (after a click into the map)"}, / to search.`;
  const panel = makePanel(map, hint, { event: (row) => selectEvent(row, true), story: selectStory }, textOf);
  const brush = days && makeBrush(map, days, selectSpan);
  const field = keepsKeys(element("input", { type: "search", className: "tl-search", placeholder: "Search  /", ariaLabel: "Search titles, topics and texts" }));
  const found = element("span", { className: "tl-found" });
  found.setAttribute("aria-live", "polite");
  const spanText = element("span", { className: "tl-span" });
  spanText.setAttribute("aria-live", "polite");
  const layouts = ["force", "time"].map((layout) => {
    const [text, title] = { force: ["Links", "Linked events stand near one another"], time: ["Time", "The date from left to right, a lane for each story"] }[layout];
    const button = element("button", { type: "button", title }, [text]);
    button.addEventListener("click", () => selectLayout(layout, true));
    return [layout, button];
  });
  const zoomButtons = [
    ["+", "Nearer", () => chart.zoom(1.5)],
    ["−", "Farther", () => chart.zoom(1 / 1.5)],
    ["⤢", "Show all", () => chart.fit()],
  ].map(([text, ariaLabel, clicked]) => {
    const button = element("button", { type: "button", ariaLabel, title: ariaLabel }, [text]);
    button.addEventListener("click", clicked);
    return button;
  });
  const group = (className, ariaLabel, children) => element("div", { className, role: "group", ariaLabel }, children);
  const place = element("div", { className: "tl-map" }, [chart.canvas, group("tl-zoom", "Zoom", zoomButtons)]);
  const what = [map.name, counted(map.count, "event", "events"), counted(map.source.length, "link", "links")];
  const bar = element("div", { className: "tl-bar" }, [
    field,
    found,
    element("span", { className: "tl-what", dir: "auto" }, [what.filter(Boolean).join(" · ")]),
    spanText,
    group("tl-layouts", "Places", layouts.map(([, button]) => button)),
  ]);
  const body = element("div", { className: "tl-body" }, [place, panel.panel]);
  const strip = element("div", { className: "tl-brush" }, brush ? [brush.canvas] : []);
  root.classList.add("tl-view");
  root.replaceChildren(bar, body, strip);

  function draw() {
    theme ??= themeOf(root);
    const ratio = window.devicePixelRatio || 1;
    const { selected, story, span } = chosen;
    if (chart.state.width && chart.state.height) chart.draw({ selected, story, span, lit, theme, ratio });
    brush?.draw({ width: strip.clientWidth, ratio, theme, span, lit });
  }

  function update() {
    lit = litRows(map, chosen);
    const { selected, story, span, hits } = chosen;
    panel.show({ selected, story });
    found.textContent = hits ? counted(hits.length, "event", "events") : "";
    spanText.replaceChildren();
    if (span) {
      const clear = element("button", { type: "button", ariaLabel: "All of time" }, ["×"]);
      clear.addEventListener("click", () => selectSpan(null));
      spanText.append(brush.describe(span), clear);
    }
    redraw();
  }

  function selectEvent(row, isFar = false) {
    chosen.selected = row;
    host.set("selected", row < 0 ? null : map.events.key[row]);
    update();
    if (isFar && row >= 0) chart.reveal(row);
  }

  function selectStory(row) {
    chosen.story = row;
    if (row !== null) chosen.selected = -1;
    host.set("selected", null);
    update();
    chart.fit(row === null ? null : rowsOfStory(map, row));
  }

  function selectSpan(span) {
    chosen.span = span;
    host.set("span", span && span.map(dateOf));
    update();
  }

  function selectLayout(layout, isOurs = false) {
    chart.setLayout(layout);
    layouts.forEach(([name, button]) => button.setAttribute("aria-pressed", String(name === layout)));
    if (isOurs) host.set("places", layout);
    redraw();
  }

  async function textOf(row) {
    const { key, summary, sources } = map.events;
    return summary ? { summary: summary[row], sources: sources[row] } : host.textOf(key[row]);
  }

  function searchNow() {
    chosen.hits = search(field.value);
    chosen.hit = -1;
    update();
  }

  let typing = 0;
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(searchNow, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      clearTimeout(typing);
      if (chosen.hit < 0) searchNow();
      const shown = chosen.hits?.filter((row) => lit[row]) ?? [];
      if (!shown.length) return;
      chosen.hit = (chosen.hit + (event.shiftKey ? shown.length - 1 : 1)) % shown.length;
      if (chosen.hit < 0) chosen.hit = 0;
      selectEvent(shown[chosen.hit], true);
    } else if (event.key === "Escape" && field.value) {
      field.value = "";
      searchNow();
      event.stopPropagation();
    }
  });

  const onKey = (event) => {
    if (event.key === "/" && event.target !== field) {
      field.focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      if (chosen.selected >= 0) selectEvent(-1);
      else if (chosen.story !== null) selectStory(null);
      else if (chosen.span) selectSpan(null);
    }
  };
  host.keys.addEventListener("keydown", onKey);

  // What the host says: at the beginning, and when it changes there.
  const follow = {
    selected: (key) => {
      const row = map.rowOf.get(key) ?? -1;
      if (row === chosen.selected) return;
      chosen.selected = row;
      update();
      if (row >= 0 && chart.state.camera) chart.reveal(row);
    },
    span: (span) => {
      chosen.span = span && brush ? span.map(dayOf) : null;
      update();
    },
    places: (layout) => selectLayout(layout),
  };
  const stops = Object.entries(follow).map(([name, called]) => {
    called(host.get(name));
    return host.watch(name, () => called(host.get(name)));
  });

  const sized = new ResizeObserver(() => {
    body.classList.toggle("tl-narrow", root.clientWidth < 640);
    const isFirst = !chart.state.width;
    chart.resize(place.clientWidth, place.clientHeight);
    if (isFirst && chosen.selected >= 0) chart.reveal(chosen.selected);
    redraw();
  });
  sized.observe(root);
  sized.observe(place);
  stops.push(
    watchTheme(() => {
      theme = null;
      redraw();
    }),
  );
  update();

  return () => {
    stops.forEach((stop) => stop());
    host.keys.removeEventListener("keydown", onKey);
    sized.disconnect();
    chart.stop();
    clearTimeout(typing);
    cancelAnimationFrame(frame);
    root.replaceChildren();
  };
}
