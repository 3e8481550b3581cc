/** The parts of lit-html that the console uses, from its one place on our own origin. */
export { html, svg, nothing, render } from './lib/lit-html/lit-html.js';
export { repeat } from './lib/lit-html/directives/repeat.js';
export { keyed } from './lib/lit-html/directives/keyed.js';
export { live } from './lib/lit-html/directives/live.js';
export { ref } from './lib/lit-html/directives/ref.js';
