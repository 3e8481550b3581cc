import { html, nothing } from '../lit.js';
import { badge } from './parts.js';

const states = { pass: ['good', 'As it should be'], fail: ['bad', 'Not so'], unknown: ['warn', 'Unknown'] };

/** Questions with their answers: what was seen, what follows, what to do. */
export const checkList = checks => html`
  <ul class="checks">${checks.map(check => html`
    <li>${badge(states[check.state][0], states[check.state][1])}
      <div><strong>${check.title}</strong><p class="soft">${check.seen}</p>
        ${check.means ? html`<p>${check.means}</p>` : nothing}
        ${check.whatToDo ? html`<p><strong>What to do:</strong> ${check.whatToDo}</p>` : nothing}</div></li>`)}</ul>`;
