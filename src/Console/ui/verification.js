import { html, nothing } from '../lit.js';
import { get } from '../api.js';
import { announce, update } from '../page.js';
import { action, facts, notice } from './parts.js';
import { time } from './time.js';
import { count, words } from './words.js';

let last = null;
let busy = false;

/** Recomputes the whole trail, and says what is wrong with it. @param {boolean} readable whether there is a trail to verify */
export const verificationPanel = (base, of, readable) => html`
  <section class="panel" aria-labelledby="verification">
    <header><h2 id="verification">Is the trail intact?</h2>
      ${action(busy ? 'Verifying …' : 'Verify the trail', { busy, not: readable ? null : 'Choose a tenant.', click: () => verify(base(), of) })}</header>
    ${last?.of === of ? result(last) : html`<p class="soft">A verification reads every event, recomputes its hash and compares it with the seals. It names whatever was changed, removed or inserted.</p>`}
  </section>`;

const result = ({ answer, error, at }) => error
  ? notice('bad', html`<p><strong>It could not be verified.</strong> ${error.message}</p>`)
  : html`
    ${answer.intact
      ? notice('good', html`<p><strong>Intact.</strong> ${count(answer.events, 'event')}, nothing changed, removed or inserted.</p>`)
      : notice('bad', html`<p><strong>Not intact: ${count(answer.faultCount, 'fault')}.</strong> Keep the storage account as it is, and tell whoever answers for security.</p>
        <ul>${answer.faults.map(fault => html`<li><strong>${words(fault.kind)}:</strong> ${fault.detail} ${fault.at ? time(fault.at) : nothing} <code class="value">${fault.subject}</code></li>`)}</ul>`)}
    ${facts([
      ['Verified', time(at)],
      ['Seals', answer.seals],
      ['Sealed until', answer.sealedUntil ? time(answer.sealedUntil) : 'Nothing is sealed yet'],
      ['Not yet sealed', count(answer.notYetSealed, 'event')],
    ])}`;

async function verify(base, of) {
  busy = true;
  update();

  try {
    last = { of, answer: await get(`${base}/verify`), at: new Date() };
    announce(last.answer.intact ? 'The trail is intact.' : `The trail is not intact: ${last.answer.faultCount} faults.`);
  } catch (error) {
    last = { of, error };
    announce('The trail could not be verified.');
  }

  busy = false;
  update();
}
