import { html } from '../lit.js';
import { update } from '../page.js';

const Key = 'reanchor.keys';

/** Single letters can be in the way of other software; who says so has none. */
export const keysOn = () => localStorage.getItem(Key) !== 'off';

const keys = [
  [['J'], 'the next proposal'], [['K'], 'the one before'], [['R'], 'go to the reason'], [['L'], 'use my last reason'],
  [['Ctrl', 'Enter'], 'in the reason: approve'], [['Ctrl', 'Shift', 'Enter'], 'in the reason: reject'],
];

export const keysHelp = () => html`
  <details>
    <summary>Keys</summary>
    <div class="stack">
      <ul>${keys.map(([names, does]) => html`<li>${names.map((name, i) => html`${i ? ' + ' : ''}<kbd>${name}</kbd>`)} ${does}</li>`)}</ul>
      <label class="check"><input type="checkbox" .checked=${keysOn()} @change=${event => { localStorage.setItem(Key, event.target.checked ? 'on' : 'off'); update(); }}>
        <span>Single letters work, whenever you are not typing</span></label>
    </div>
  </details>`;
