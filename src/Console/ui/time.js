import { html } from '../lit.js';

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const steps = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];

/** An instant in the reader's own time, with UTC in the title. */
export function time(instant) {
  return stamp(instant, local.format(new Date(instant)));
}

/** The same as a distance from now: "3 hours ago", "in 5 days". */
export function since(instant) {
  return stamp(instant, distance(instant));
}

export function distance(instant) {
  const ms = new Date(instant) - Date.now();
  const [unit, length] = steps.find(([, length]) => Math.abs(ms) >= length) ?? [null, 1];
  return unit ? ago.format(Math.round(ms / length), unit) : ms > 0 ? 'in less than a minute' : 'just now';
}

export const localText = instant => local.format(new Date(instant));

function stamp(instant, text) {
  const at = new Date(instant);
  return html`<time datetime=${at.toISOString()} title="${at.toISOString().slice(0, 19).replace('T', ' ')} UTC, ${local.format(at)} here">${text}</time>`;
}
