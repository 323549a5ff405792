// Days and steps of time: functions from numbers to numbers. A day is the number
// of days since 1970-01-01, as in the tables. Knows nothing of the page.

const DAY = 86_400_000;

/** The day of an event without a date. */
export const NO_DAY = -0x80000000;

/** The days that a date can be: 0001-01-01 to 9999-12-31. */
export const DAYS = [-719_162, 2_932_896];

/** `1969-07-20`, or null, as a day. */
export function dayOf(text) {
  if (!text) return NO_DAY;
  const [year, month, day] = text.split("-").map(Number);
  return dayIn(year, month - 1, day);
}

/** A day as `1969-07-20`. */
export function dateOf(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The steps that time is counted and marked in, the shortest first. */
export const STEPS = [
  { days: 1, name: "day" },
  { days: 7, name: "week" },
  { months: 1, name: "month" },
  { months: 3, name: "quarter" },
  { months: 12, name: "year" },
  ...[2, 5, 10, 20, 50, 100, 200, 500, 1000].map((n) => ({ months: 12 * n, name: `${n} years` })),
];

/** The first day of the step that a day is in. */
export function startOf(day, step) {
  // 1969-12-29 was a Monday.
  if (step.days) return day - modulo(day + (step.days === 7 ? 3 : 0), step.days);
  const months = monthsOf(day);
  return dayOfMonths(months - modulo(months, step.months));
}

/** The first day of the step behind the one that begins at `start`. */
export function nextOf(start, step) {
  return step.days ? start + step.days : dayOfMonths(monthsOf(start) + step.months);
}

/** What a step that begins at `start` is called. */
export function labelOf(start, step) {
  const text = dateOf(start);
  if (step.days) return text;
  if (step.months < 12) return text.slice(0, 7);
  return String(Number(text.slice(0, 4)));
}

/** The shortest step of which at most `most` are needed from one day to another. */
export function stepFor(first, last, most) {
  const length = (step) => step.days ?? step.months * 30.4;
  const found = STEPS.find((step) => (last - first) / length(step) + 1 <= most);
  return found ?? STEPS[STEPS.length - 1];
}

/** The first days of all steps from the one of `first` to the one of `last`. */
export function stepsBetween(first, last, step) {
  const starts = [];
  for (let start = startOf(first, step); start <= last; start = nextOf(start, step)) {
    starts.push(start);
  }
  return starts;
}

/** How many days fall into each step; those without a date into none. */
export function histogram(days, starts, counted = () => true) {
  const counts = new Uint32Array(starts.length);
  days.forEach((day, row) => {
    if (day !== NO_DAY && counted(row)) counts[stepOf(starts, day)] += 1;
  });
  return counts;
}

/** The place in `starts` of the last start that is not after a day. */
export function stepOf(starts, day) {
  let [low, high] = [0, starts.length];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= day) low = middle;
    else high = middle;
  }
  return low;
}

function modulo(number, by) {
  return ((number % by) + by) % by;
}

function dayIn(year, month, day) {
  const at = new Date(0);
  // `Date.UTC` takes the years 0 to 99 for those of the last century.
  at.setUTCFullYear(year, month, day);
  return Math.round(at.getTime() / DAY);
}

function monthsOf(day) {
  const at = new Date(day * DAY);
  return at.getUTCFullYear() * 12 + at.getUTCMonth();
}

function dayOfMonths(months) {
  return dayIn(Math.floor(months / 12), modulo(months, 12), 1);
}
