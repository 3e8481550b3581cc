import { html, nothing } from '../lit.js';
import { get } from '../api.js';
import { Reading, shown } from '../reading.js';
import { at } from '../router.js';
import { may } from '../session/session.js';
import { badge, empty, notice } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { time } from '../ui/time.js';

/** Tenants and who may touch them. */
export function administration() {
  const tenants = new Reading(() => get('tenants').then(page => page.items), { every: 60_000 });
  const table = new Table({
    caption: 'Tenants',
    key: tenant => tenant.tenantId,
    columns: [
      { label: 'Tenant', main: true, by: t => t.displayName.toLowerCase(), cell: t => html`<a href=${at('tenants', t.tenantId, 'settings')}>${t.displayName}</a><small class="value">${t.tenantId}</small>` },
      { label: 'Mode', narrow: true, by: t => t.mode, cell: t => html`<span class="badges">${t.mode === 'report' ? badge('quiet', 'Report only') : badge('info', 'Proposes')}
        ${t.enabled ? nothing : badge('quiet', 'Disabled')}</span>` },
      { label: 'Collectors', cell: t => t.collectors.join(', ') || 'None' },
      { label: 'Changed', narrow: true, by: t => t.changedAt, cell: t => time(t.changedAt) },
      { label: 'Set-up', cell: t => html`<a href=${at('tenants', t.tenantId, 'setup')}>Step by step</a>` },
    ],
  });

  return {
    title: 'Administration',
    lead: 'Register tenants, say how careful Reanchor is with each, and who may touch which.',
    area: 'administration',
    body: () => html`
      ${may('Administer') ? nothing : notice('info', html`<p>You may look. To change anything here takes the role Administer.</p>`)}
      <section class="panel" aria-labelledby="tenants">
        <header><h2 id="tenants">Tenants</h2><a class="button primary" href=${at('administration', 'register')}>Register a tenant</a></header>
        ${shown(tenants, items => items.length ? table.render(items) : empty('No tenant yet', 'Register the first one: it takes five minutes and changes nothing in the tenant.'))}
      </section>
      <section class="panel" aria-labelledby="who"><h2 id="who">Access</h2>
        <p>What somebody may do is said by their roles in Entra. Which tenants they may touch is said here.</p>
        <p><a class="button" href=${at('administration', 'access')}>See and give access</a></p></section>`,
    close: () => tenants.close(),
  };
}
