// The side panel: the stories of the map, or one event with its text, sources and
// linked events. Tells what was clicked; chooses nothing itself.

import { element, linkTo } from "./elements.js";
import { linkedWith } from "./model.js";

/** Stories and linked events that are listed, at most. */
const LISTED = 200;

/**
 * Makes the panel.
 *
 * `hint` says how to move around; `on.event(row)`, `on.story(row or null)` are called for clicks, and
 * `textOf(row)` promises `{summary, sources}`, or null if nobody knows them.
 */
export function makePanel(map, hint, on, textOf) {
  const panel = element("aside", { className: "tl-panel", ariaLabel: "Details" });
  let shown = null;

  /** Shows an event, or the stories if there is none (-1). */
  function show({ selected, story }) {
    if (shown && shown.selected === selected && shown.story === story) return;
    const moved = !shown || shown.selected !== selected;
    shown = { selected, story };
    panel.replaceChildren(...(selected < 0 ? listStories(story) : tellEvent(selected)));
    if (moved) panel.scrollTop = 0;
  }

  function listStories(chosen) {
    const items = map.stories.slice(0, LISTED).map((story, row) => {
      const button = element("button", { type: "button", className: "tl-row" }, [
        swatch(map.colours[story.colour]),
        element("span", { className: "tl-name", dir: "auto" }, [story.name]),
        element("span", { className: "tl-count" }, [story.size.toLocaleString("en")]),
      ]);
      button.setAttribute("aria-pressed", String(row === chosen));
      button.addEventListener("click", () => on.story(row === chosen ? null : row));
      return element("li", {}, [button]);
    });
    const more = map.stories.length - items.length;
    return [
      element("h3", {}, [counted(map.stories.length, "story", "stories")]),
      element("ul", { className: "tl-list" }, items),
      ...(more > 0 ? [element("p", { className: "tl-note" }, [`… and ${more.toLocaleString("en")} smaller ones`])] : []),
      legend(),
    ];
  }

  function legend() {
    const signs = [
      [swatch(map.colours[map.stories[0]?.colour]), "event of a large story; neighbouring ones differ in colour"],
      [swatch(null), "of a smaller story, or of none"],
      [swatch(null, true), "known only from links to it"],
    ];
    const { present } = map.events;
    const there = [map.colour.some((colour) => colour >= 0), map.colour.includes(-1), present.includes(false)];
    const items = signs.filter((_, n) => there[n]).map(([sign, words]) => element("li", {}, [sign, words]));
    items.push(element("li", {}, ["The more links, the larger the dot."]), element("li", {}, [hint]));
    return element("ul", { className: "tl-legend" }, items);
  }

  function tellEvent(row) {
    const { events } = map;
    const back = element("button", { type: "button", className: "tl-back", ariaLabel: "Back to the stories" }, ["× stories"]);
    back.addEventListener("click", () => on.event(-1));
    const text = element("div", { className: "tl-text" });
    fillText(text, row);
    const topics = events.topics[row].map((topic) => map.topics[topic]).join(" · ");
    const story = map.stories[map.story[row]];
    const date = events.date[row] ?? "no date";
    return [
      back,
      element("p", { className: "tl-date" }, [events.present[row] ? date : `${date}, known only from links to it`]),
      element("h3", { dir: "auto" }, [events.title[row]]),
      ...(topics ? [element("p", { className: "tl-topics", dir: "auto" }, [topics])] : []),
      text,
      ...(story ? [storyOf(map.story[row], story)] : []),
      ...listLinked(row),
      element("p", { className: "tl-page" }, [events.page[row] ?? events.key[row]]),
    ];
  }

  async function fillText(place, row) {
    const known = await textOf(row);
    if (!known) {
      const words = "The texts of so large a map are not in the notebook; run the cell again to read them.";
      place.replaceChildren(element("p", { className: "tl-note" }, [words]));
      return;
    }
    const parts = (known.summary ?? "").split("\n\n").filter((part) => part.trim());
    const sources = known.sources.map(({ name, url, kind }) =>
      element("li", {}, [linkTo(url, name), ...(kind === "article" ? [] : [` (${kind})`])]),
    );
    place.replaceChildren(
      ...parts.map((part) => element("p", { dir: "auto" }, [part])),
      ...(sources.length ? [element("h4", {}, ["Sources"]), element("ul", { className: "tl-sources" }, sources)] : []),
    );
  }

  function storyOf(row, story) {
    const button = element("button", { type: "button", className: "tl-row" }, [
      swatch(map.colours[story.colour]),
      element("span", { className: "tl-name", dir: "auto" }, [story.name]),
      element("span", { className: "tl-count" }, [story.size.toLocaleString("en")]),
    ]);
    button.addEventListener("click", () => on.story(row));
    return element("div", {}, [element("h4", {}, ["Story"]), button]);
  }

  function listLinked(row) {
    const rows = linkedWith(map, row);
    if (!rows.length) return [];
    const items = rows.slice(0, LISTED).map((other) => {
      const button = element("button", { type: "button", className: "tl-row" }, [
        swatch(map.colours[map.colour[other]], !map.events.present[other]),
        element("span", { className: "tl-name", dir: "auto" }, [map.events.title[other]]),
        element("span", { className: "tl-count" }, [map.events.date[other] ?? ""]),
      ]);
      button.addEventListener("click", () => on.event(other));
      return element("li", {}, [button]);
    });
    const more = rows.length - items.length;
    return [
      element("h4", {}, [counted(rows.length, "linked event", "linked events")]),
      element("ul", { className: "tl-list" }, items),
      ...(more > 0 ? [element("p", { className: "tl-note" }, [`… and ${more.toLocaleString("en")} more`])] : []),
    ];
  }

  return { panel, show };
}

/** A dot as on the map: grey without a colour, a ring for an absent event. */
function swatch(colour, isRing = false) {
  const made = element("span", { className: isRing ? "tl-swatch tl-ring" : "tl-swatch" });
  if (colour) made.style.setProperty("--tl-colour", colour);
  made.setAttribute("aria-hidden", "true");
  return made;
}

/** `1 story`, `12,345 stories`. */
export function counted(number, one, several) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : several}`;
}
