// Finding events by words, in the browser alone: the kernel need not run.

/** A text as it is compared: without case, accents and odd widths. */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * Makes the function that finds: words → the rows whose title, topics or summary
 * hold all of them, those with all in the title first; null without a word.
 */
export function makeSearch(map) {
  let titles = null;
  let texts = null;
  const { title, summary, topics } = map.events;
  return (words) => {
    const wanted = folded(words).split(/\s+/).filter(Boolean);
    if (!wanted.length) return null;
    titles ??= title.map(folded);
    texts ??= title.map((_, row) =>
      folded([...topics[row].map((topic) => map.topics[topic]), summary?.[row] ?? ""].join("\n")),
    );
    const [first, then] = [[], []];
    titles.forEach((text, row) => {
      if (wanted.every((word) => text.includes(word))) first.push(row);
      else if (wanted.every((word) => text.includes(word) || texts[row].includes(word))) then.push(row);
    });
    return [...first, ...then];
  };
}
