// The colours and fonts of the canvases: those of the style sheet, so that light
// and dark are decided in one place.

const NAMES = ["page", "ink", "muted", "rule", "band", "bar", "accent"];

/** The colours that hold for an element now. */
export function themeOf(root) {
  const style = getComputedStyle(root);
  const theme = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--tl-${name}`).trim()]));
  const family = style.fontFamily;
  return { ...theme, font: (size, bold = false) => `${bold ? "bold " : ""}${size}px ${family}` };
}

/** Calls `changed` when light becomes dark: of the system, or of the notebook. */
export function watchTheme(changed) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", changed);
  const observer = new MutationObserver(changed);
  const attributeFilter = ["data-jp-theme-light", "data-vscode-theme-kind", "data-theme", "class"];
  for (const watched of [document.documentElement, document.body]) {
    observer.observe(watched, { attributes: true, attributeFilter });
  }
  return () => {
    dark.removeEventListener("change", changed);
    observer.disconnect();
  };
}
