import { html, nothing } from '../lit.js';
import { post } from '../api.js';
import { ask } from './dialog.js';
import { action, notice } from './parts.js';
import { time } from './time.js';
import { count } from './words.js';

/** Messages that a queue gave up on, when there are any: work that stands still until somebody sends it back. */
export const poisonPanel = (tenant, reading) => reading.at === null && reading.error
  ? notice('warn', html`<p>Whether steps were given up could not be read: ${reading.error.message}</p>`)
  : reading.value?.length ? html`
  <section class="panel" aria-labelledby="poison">
    <h2 id="poison">${count(reading.value.length, 'step')} given up</h2>
    <p class="soft">Each of these failed every time it was tried. Cure the cause, then send it back.</p>
    <ul class="cards">${reading.value.map(item => html`
      <li class="card warn">
        <p><strong>${item.queue}</strong>, given up ${time(item.poisonedAt)}${item.times > 1 ? `, ${item.times} times so far` : ''}.
          ${item.scanId ? `Scan ${item.scanId}.` : nothing} ${item.proposalId ? `Proposal ${item.proposalId}.` : nothing}</p>
        ${action('Send it back', { roles: ['Operate'], click: () => ask({
          title: 'Send this step back to its queue?',
          confirm: 'Send it back',
          submit: async reason => { await post(`tenants/${tenant}/poison/${item.itemId}/retry`, { reason }); await reading.again(); },
          done: 'It was sent back.',
        }) })}
      </li>`)}</ul>
  </section>` : nothing;
