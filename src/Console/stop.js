import { html, nothing } from './lit.js';
import { get, post } from './api.js';
import { Reading } from './reading.js';
import { action } from './ui/parts.js';
import { ask } from './ui/dialog.js';
import { time } from './ui/time.js';
import { may, session } from './session/session.js';

let reading = null;
let readFor = null;

/** Whether all writes to all directories are stopped; read again every 15 seconds as long as the page is open. */
function state() {
  if (readFor !== session.me) {
    reading?.close();
    readFor = session.me;
    reading = new Reading(() => get('stop'), { every: 15_000 });
  }

  return reading;
}

/** The brake, on every view. */
export function stopControl() {
  const { value, error } = state();

  return value?.stopped
    ? nothing
    : html`
      ${value === undefined && error ? html`<small>It is not known whether writes are stopped.</small>` : nothing}
      ${action('Stop everything', { kind: 'stop', click: stop, not: may('Operate', 'Approve', 'Administer') ? null : 'Needs the role Operate' })}`;
}

/** While it is pulled, everybody sees it, by whom and why. */
export function stopBanner() {
  const { value } = state();
  if (!value?.stopped) return nothing;

  return html`
    <section class="banner bad" aria-label="Everything is stopped">
      <div class="inner">
        <p><strong>Everything is stopped.</strong> Nothing is written to any directory.
          ${value.by ? html`${value.by.name} stopped it ${time(value.at)}: “${value.reason}”` : nothing}
          ${value.bySetting ? 'The setting Reanchor__Paused stops it; whoever runs the installation can take it away.' : nothing}</p>
        ${value.by ? action('Let writes go on', { roles: ['Administer'], click: lift, not: session.me.tenants.includes('*') ? null : 'Needs access to all tenants' }) : nothing}
      </div>
    </section>`;
}

const stop = () => ask({
  title: 'Stop everything?',
  text: html`<p>From now on nothing is written to any customer's directory: no clear, no restore. Scans go on. Approvals are kept, and are
    carried out when an administrator lets writes go on.</p>`,
  confirm: 'Stop everything now',
  kind: 'stop',
  submit: async reason => { await post('stop', { reason }); await state().again(); },
  done: 'Everything is stopped.',
});

const lift = () => ask({
  title: 'Let writes go on?',
  text: html`<p>Approved clears that waited are carried out at once, if nothing has changed for their users.</p>`,
  confirm: 'Let writes go on',
  submit: async reason => { await post('stop/lift', { reason }); await state().again(); },
  done: 'Writes go on.',
});
