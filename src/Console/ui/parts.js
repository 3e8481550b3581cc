import { html, nothing } from '../lit.js';
import { may, session } from '../session/session.js';

/** A word with a colour and a sign of its own, so that neither colour nor sight is needed. @param {'good'|'warn'|'bad'|'info'|'quiet'} kind */
export const badge = (kind, text) => html`<span class="badge ${kind}"><span aria-hidden="true">${signs[kind]}</span> ${text}</span>`;

const signs = { good: '✓', warn: '!', bad: '✕', info: '●', quiet: '–' };

export const notice = (kind, content) => html`<div class="notice ${kind}">${content}</div>`;

/** Nothing to show, and why, and what to do. */
export const empty = (title, text, action = nothing) => html`<div class="empty"><p class="headline">${title}</p><p>${text}</p>${action}</div>`;

/** Terms with their values; those without one are left out. @param {[string, any][]} entries */
export const facts = entries => html`
  <dl class="facts">
    ${entries.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}
  </dl>`;

/** A value that machines write and people copy. */
export const code = text => html`<code class="value">${text}</code>`;

let hints = 0;

/** Before every paint: the same button then keeps its id from one paint to the next. */
export function countAnew() {
  hints = 0;
}

/**
 * A button that says which role is missing instead of merely being dead.
 * @param {{roles?: string[], not?: ?string, kind?: string, click: function, busy?: boolean, key?: string}} options `not`: any other reason why not, in words
 */
export function action(label, { roles = [], not = null, kind = '', click, busy = false, key = null }) {
  const why = roles.length > 0 && !may(...roles)
    ? `Needs the role ${roles.join(' or ')}. You have ${session.me.roles.join(', ') || 'none'}.`
    : not;
  const id = why ? `why-${++hints}` : nothing;

  return html`<span class="action">
    <button type="button" class=${kind} aria-disabled=${why || busy ? 'true' : nothing} aria-describedby=${id} aria-keyshortcuts=${key ?? nothing}
      @click=${event => { if (!why && !busy) click(event); }}>${busy ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}${label}</button>
    ${why ? html`<small id=${id} class="why">${why}</small>` : nothing}
  </span>`;
}
