import { html } from '../lit.js';
import { get, remove } from '../api.js';
import { Reading, shown } from '../reading.js';
import { at, go } from '../router.js';
import { nameOf, pauseButton, tenantReading } from '../tenant.js';
import { TenantForm } from '../ui/tenant-form.js';
import { collectorsPanel } from '../ui/collectors.js';
import { exceptionsPanel } from '../ui/exceptions.js';
import { ask } from '../ui/dialog.js';
import { action } from '../ui/parts.js';

/** How careful Reanchor is with one tenant, its collectors and its exceptions. */
export function settings({ tenant }) {
  const about = tenantReading(tenant);
  const collectors = new Reading(() => get(`tenants/${tenant}/collectors`).then(page => page.items));
  const inventories = new Reading(() => get(`tenants/${tenant}/inventories`).then(page => page.items), { every: 60_000 });
  const exceptions = new Reading(() => get(`tenants/${tenant}/exceptions`).then(page => page.items));
  const form = new TenantForm(tenant, about);

  const takeOff = of => ask({
    title: `Take ${of.displayName} off the list?`,
    text: html`<p>It is no longer scanned. Proposals that wait come to nothing. Its audit trail stays.</p>`,
    reason: false,
    confirm: 'Take it off',
    kind: 'danger',
    submit: async () => { await remove(`tenants/${tenant}`); go('administration'); },
    done: 'The tenant is off the list.',
  });

  return {
    title: 'Settings',
    get lead() { return `How careful Reanchor is with ${nameOf(tenant)}.`; },
    tenant,
    area: 'settings',
    aside: () => html`<a class="button" href=${at('tenants', tenant, 'setup')}>Set-up, step by step</a>`,
    body: () => html`
      ${shown(about, of => form.render(of))}
      ${collectorsPanel(tenant, collectors, inventories)}
      ${exceptionsPanel(tenant, exceptions)}
      ${shown(about, of => html`<section class="panel" aria-labelledby="stopping"><h2 id="stopping">Stop or end</h2>
        <div class="buttons">${pauseButton(of)}${action('Take the tenant off the list …', { roles: ['Administer'], kind: 'danger', click: () => takeOff(of) })}</div></section>`)}`,
    close() {
      collectors.close();
      inventories.close();
      exceptions.close();
    },
  };
}
