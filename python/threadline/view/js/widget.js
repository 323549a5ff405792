// The map in a notebook: an anywidget. What is chosen is shared with the kernel,
// if there is one; all that is shown is in the widget's state.

import { showMap } from "./app.js";

/** Milliseconds until a kernel that says nothing is taken for none. */
const PATIENCE = 5_000;

async function render({ model, el }) {
  const place = document.createElement("div");
  place.style.height = `${model.get("height")}px`;
  el.replaceChildren(place);
  return showMap(place, await unpacked(model.get("data")), {
    wheelZooms: false,
    keys: place,
    get: (name) => model.get(name),
    set(name, value) {
      model.set(name, value);
      model.save_changes();
    },
    watch(name, called) {
      model.on(`change:${name}`, called);
      return () => model.off(`change:${name}`, called);
    },
    textOf: (key) => askKernel(model, key),
  });
}

/** The answer of the native part, out of bytes by gzip. */
function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** The text and the sources of an event from the kernel; null if there is none. */
function askKernel(model, key) {
  return new Promise((resolve) => {
    const done = (text) => {
      model.off("msg:custom", heard);
      clearTimeout(waiting);
      resolve(text);
    };
    const heard = (message) => {
      if (message.key === key) done(message);
    };
    const waiting = setTimeout(done, PATIENCE, null);
    model.on("msg:custom", heard);
    try {
      model.send({ key });
    } catch {
      done(null);
    }
  });
}

export default { render };
