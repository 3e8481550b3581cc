import { html, nothing } from './lit.js';
import { get, post } from './api.js';
import { update } from './page.js';
import { Reading } from './reading.js';
import { action } from './ui/parts.js';
import { ask } from './ui/dialog.js';
import { since, time } from './ui/time.js';
import { may, session } from './session/session.js';

/** Longer than four reads take. */
const Old = 60_000;

let reading = null;
let readFor = null;

/** Whether all writes to all directories are stopped; read again every 15 seconds as long as the page is open. */
function state() {
  if (readFor !== session.me) {
    readFor = session.me;
    read();
  }

  return reading;
}

/** Begins anew, so that no read from before a switch takes the place of what the switch answered. */
function read(answer) {
  reading?.close();
  reading = new Reading(() => get('stop'), { every: 15_000 });
  if (answer) Object.assign(reading, { value: answer, at: new Date() });
  update();
}

// A server that hangs gives no answer to paint after, and the state grows old all the same.
setInterval(update, 15_000);

/** What is not known of the state; null when it was read lately. */
function doubt() {
  const { value, at, error } = state();
  if (value === undefined) return error ? 'It is not known whether writes are stopped.' : null;
  return Date.now() - at > Old ? html`Whether writes are stopped was last read ${since(at)}.` : null;
}

/** The brake, on every view. Only a person's own stop takes its place: what a setting stops, it may let go at any time. */
export function stopControl() {
  const unsure = doubt();
  return state().value?.by && !unsure ? nothing : html`
    ${unsure ? html`<small>${unsure}</small>` : nothing}
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
          ${value.by ? html`<bdi>${value.by.name}</bdi> stopped it ${time(value.at)}: “<bdi>${value.reason}</bdi>”` : nothing}
          ${value.bySetting ? `The setting Reanchor__Paused stops it${value.by ? ', too' : ''}; whoever runs the installation can take it away.` : nothing}
          ${doubt() ?? nothing}</p>
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
  submit: async reason => read(await post('stop', { reason })),
  done: 'Everything is stopped.',
});

function lift() {
  const { bySetting } = state().value;

  ask({
    title: bySetting ? 'Take this stop back?' : 'Let writes go on?',
    text: bySetting
      ? html`<p>The setting Reanchor__Paused goes on stopping everything, until whoever runs the installation takes it away.</p>`
      : html`<p>Approved clears that waited are carried out at once, if nothing has changed for their users.</p>`,
    confirm: bySetting ? 'Take the stop back' : 'Let writes go on',
    submit: async reason => read(await post('stop/lift', { reason })),
    done: bySetting ? 'The stop is taken back. The setting still stops everything.' : 'Writes go on.',
  });
}
