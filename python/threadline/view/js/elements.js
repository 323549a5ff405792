// Makes elements of the page. Text from an archive enters as text, never as
// markup, and only as a web address may it become a link.

/** An element with properties, and children that are elements or texts. */
export function element(name, properties = {}, children = []) {
  const made = document.createElement(name);
  for (const [property, value] of Object.entries(properties)) {
    if (property === "role") made.setAttribute("role", value);
    else if (property === "ariaLabel") made.setAttribute("aria-label", value);
    else made[property] = value;
  }
  made.append(...children);
  return made;
}

/** An element that has keys of its own: JupyterLab would take letters and arrows for commands. */
export function keepsKeys(made) {
  made.setAttribute("data-lm-suppress-shortcuts", "true");
  return made;
}

/** A link if it is an address of the web, else its text. */
export function linkTo(url, text) {
  if (!isWebAddress(url)) return element("span", { dir: "auto" }, [text || url]);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, [text || url]);
}

/** Whether an address is one of the web: no script, no file. */
export function isWebAddress(url) {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
