import { html } from '../lit.js';
import { update } from '../page.js';

const Key = 'reanchor.theme';
const themes = [['', 'Auto'], ['light', 'Light'], ['dark', 'Dark']];

export const startTheme = () => use(localStorage.getItem(Key) ?? '');

export const themeSwitch = () => html`
  <label class="theme"><span class="unseen">Theme</span>
    <select @change=${event => { use(event.target.value); update(); }}>
      ${themes.map(([value, label]) => html`<option value=${value} ?selected=${value === (localStorage.getItem(Key) ?? '')}>${label}</option>`)}
    </select>
  </label>`;

function use(theme) {
  localStorage.setItem(Key, theme);
  document.documentElement.dataset.theme = theme;
}
