import { html, nothing } from '../lit.js';
import { announce } from '../page.js';
import { shown } from '../reading.js';
import { copy } from './clipboard.js';
import { badge, notice } from './parts.js';
import { list } from './words.js';

const states = { granted: ['good', 'Granted'], missing: ['bad', 'Missing'], unknown: ['warn', 'Unknown'] };

/** The address at which an administrator of the tenant consents. */
export const consentStep = reading => html`
  <p>Send this address to an administrator of the tenant. They sign in, see what Reanchor may do, and accept.</p>
  ${shown(reading, ({ applications }) => applications.map(application => html`
    <div class="stack">
      <p>For ${list(application.uses.map(use => use === 'read' ? 'reading' : 'writing'))}:</p>
      ${application.consentAddress
        ? html`<p class="value"><a href=${application.consentAddress} target="_blank" rel="noopener">${application.consentAddress}</a></p>
          <div class="buttons"><button type="button" @click=${() => copy(application.consentAddress)}>Copy the address</button></div>`
        : html`<p class="soft">This application has no address to consent at.</p>`}
      ${application.signInProblem ? notice('warn', html`<p>${application.signInProblem}</p>`) : nothing}
    </div>`))}`;

const notYet = html`<p class="soft">They can be read when the step before is done.</p>`;

/** Every permission, whether it is granted, and what is lost without it; then what else keeps a scan from proposing. */
export const permissionStep = (consent, preflight) => html`
  <div class="buttons"><button type="button" @click=${() => { consent.again(); preflight.again(); announce('Checking again.'); }}>Check again</button></div>
  ${consent.at === null && consent.error ? notYet : html`${grants(consent)}
    ${consent.value?.applications.some(a => a.signInProblem && a.uses.includes('read')) ? nothing : shown(preflight, report => report.wouldPropose
      ? notice('good', html`<p>A scan in this mode could propose users now.</p>`)
      : notice('info', html`<p>What still keeps a scan from proposing anybody:</p><ul>${report.because.map(reason => html`<li>${reason}</li>`)}</ul>`))}`}`;

const grants = consent => shown(consent, ({ applications }) => applications.map(application => {
  if (application.signInProblem) return notYet;
  const missing = application.permissions.filter(p => p.state !== 'granted');

  return html`
    ${missing.length === 0
        ? notice('good', html`<p>All ${application.permissions.length} permissions are granted.</p>`)
        : html`<ul class="checks">${missing.map(p => html`
          <li>${badge(...states[p.state] ?? ['warn', p.state])}<div><strong class="value">${p.permission}</strong><p>For ${p.neededFor}. Without it: ${p.without}.</p></div></li>`)}</ul>`}
      ${application.notNeeded.length ? notice('warn', html`<p>It has permissions that it does not need. Take them away: ${application.notNeeded.join(', ')}.</p>`) : nothing}
      <details><summary>All permissions</summary><ul class="checks">${application.permissions.map(p => html`
        <li>${badge(...states[p.state] ?? ['warn', p.state])}<div><strong class="value">${p.permission}</strong><p class="soft">${p.neededFor}</p></div></li>`)}</ul></details>`;
  }));
