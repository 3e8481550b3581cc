import { html, nothing } from './lit.js';
import { get, post } from './api.js';
import { at } from './router.js';
import { Reading } from './reading.js';
import { ask } from './ui/dialog.js';
import { action, badge } from './ui/parts.js';
import { time } from './ui/time.js';

const sections = [
  ['findings', 'Findings'], ['review', 'Review'], ['outcomes', 'Outcomes'], ['diagnose', 'Diagnose'], ['audit', 'Audit'], ['settings', 'Settings'],
];

let kept = null;

/** The tenant that the address names; the views of one tenant share it. */
export function tenantReading(id) {
  if (kept?.id !== id) {
    leaveTenant();
    kept = { id, reading: new Reading(() => get(`tenants/${id}`), { every: 30_000 }) };
  }

  return kept.reading;
}

/** When a view of no tenant is opened. */
export function leaveTenant() {
  kept?.reading.close();
  kept = null;
}

export const nameOf = id => kept?.id === id && kept.reading.value ? kept.reading.value.displayName : 'Tenant';

/** Which tenant, what state its brakes are in, and its views. */
export function tenantBar(view) {
  const { value: tenant } = tenantReading(view.tenant);

  return html`
    <section class="tenant-bar" aria-label="Tenant ${nameOf(view.tenant)}"><div class="inner">
      <span class="name">${nameOf(view.tenant)}</span>
      ${tenant ? html`<span class="badges">
        ${tenant.mode === 'report' ? badge('quiet', 'Report only') : badge('info', 'Proposes')}
        ${tenant.enabled ? nothing : badge('quiet', 'Disabled')}
        ${tenant.pause ? badge('bad', 'Paused') : nothing}
        ${tenant.quarantine ? badge('bad', 'In quarantine') : nothing}</span>` : nothing}
      <nav aria-label="Views of the tenant"><ul>${sections.map(([area, label]) => html`
        <li><a href=${at('tenants', view.tenant, area)} aria-current=${view.area === area ? 'page' : nothing}>${label}</a></li>`)}</ul></nav>
    </div></section>
    ${tenant?.pause ? brake(html`<strong>Writes to this tenant are paused.</strong> <bdi>${tenant.pause.by.name}</bdi>, ${time(tenant.pause.at)}: “<bdi>${tenant.pause.reason}</bdi>”`,
      'Let it go on', () => change(tenant, 'resume', 'Let writes to this tenant go on?')) : nothing}
    ${tenant?.quarantine ? brake(html`<strong>In quarantine since ${time(tenant.quarantine.at)}.</strong> ${tenant.quarantine.failures} of the latest
      ${tenant.quarantine.outcomes} clears were refused or not verified; the policy allows ${tenant.quarantine.maxFailurePercent} %. Look at them
      under Outcomes, cure what they say, then lift it.`,
      'Lift the quarantine', () => change(tenant, 'quarantine/lift', 'Lift the quarantine?')) : nothing}`;
}

/** For a tenant that nothing holds back yet. */
export const pauseButton = tenant => tenant.pause ? nothing : action('Pause writes', {
  roles: ['Operate', 'Approve', 'Administer'],
  kind: 'danger',
  click: () => change(tenant, 'pause', `Pause all writes to ${tenant.displayName}?`),
});

const brake = (text, label, click) => html`
  <section class="banner bad" aria-label="What holds this tenant back"><div class="inner"><p>${text}</p>${action(label, { roles: ['Administer'], click })}</div></section>`;

const change = (tenant, what, title) => ask({
  title,
  confirm: title.replace('?', ''),
  submit: async reason => { await post(`tenants/${tenant.tenantId}/${what}`, { reason }); await tenantReading(tenant.tenantId).again(); },
  done: 'Done.',
});
