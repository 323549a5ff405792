// The map as a page of its own: the data stands in the page, nothing is shared.

import { showMap } from "./app.js";

const data = JSON.parse(document.getElementById("data").textContent);
const chosen = JSON.parse(document.getElementById("chosen").textContent);

showMap(document.getElementById("map"), data, {
  wheelZooms: true,
  keys: document,
  get: (name) => chosen[name],
  set(name, value) {
    chosen[name] = value;
  },
  watch: () => () => {},
  textOf: async () => null,
});
