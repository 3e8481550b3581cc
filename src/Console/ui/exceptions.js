import { html } from '../lit.js';
import { get, put, remove } from '../api.js';
import { shown } from '../reading.js';
import { at } from '../router.js';
import { ask } from './dialog.js';
import { action, empty } from './parts.js';
import { Table } from './table.js';
import { time } from './time.js';

const tables = new WeakMap();

/** Users that are left alone until a day that somebody has named. */
export const exceptionsPanel = (tenant, reading) => html`
  <section class="panel" aria-labelledby="exceptions">
    <header><h2 id="exceptions">Exceptions</h2>${action('Set an exception …', { roles: ['Administer'], click: () => set(tenant, reading) })}</header>
    <p class="soft">An exception keeps one user from being proposed until a day that you name. After that the user is judged like any other.</p>
    ${shown(reading, items => items.length === 0 ? empty('No exception is in force', 'Users that are to be left alone for good belong into the policy, under Who is proposed.')
      : tableOf(tenant, reading).render(items))}
  </section>`;

function tableOf(tenant, reading) {
  if (!tables.has(reading)) {
    tables.set(reading, new Table({
      caption: 'Exceptions in force',
      key: exception => exception.userId,
      columns: [
        { label: 'User', main: true, cell: e => html`<a class="value" href="${at('tenants', tenant, 'diagnose')}?user=${e.userId}">${e.userId}</a>` },
        { label: 'Owner', by: e => e.owner, cell: e => e.owner },
        { label: 'Why', cell: e => e.reason },
        { label: 'Until', narrow: true, by: e => e.expiresAt, cell: e => time(e.expiresAt) },
        { label: 'Set by', cell: e => html`${e.setBy.name}<small>${time(e.setAt)}</small>` },
        { label: 'What can be done', hidden: true, cell: e => action('End it …', { roles: ['Administer'], kind: 'danger', click: () => end(tenant, e, reading) }) },
      ],
    }));
  }

  return tables.get(reading);
}

const set = (tenant, reading) => ask({
  title: 'Set an exception',
  fields: () => html`
    <label class="field"><span>User: sign-in name or object id</span><input name="user" required placeholder="ann@contoso.example"></label>
    <label class="field"><span>Who answers for it: a person or a team</span><input name="owner" required maxlength="256"></label>
    <label class="field"><span>Until, at most two years away</span><input name="until" type="date" required></label>`,
  confirm: 'Set the exception',
  async submit(reason, data) {
    const user = data.get('user').trim();
    const id = /^[0-9a-f-]{36}$/i.test(user) ? user : (await get(`tenants/${tenant}/users/${encodeURIComponent(user)}/diagnosis`)).userId;
    await put(`tenants/${tenant}/exceptions/${id}`, { owner: data.get('owner').trim(), reason, expiresAt: new Date(`${data.get('until')}T23:59:59`).toISOString() });
    await reading.again();
  },
  done: 'The exception is set.',
});

const end = (tenant, exception, reading) => ask({
  title: 'End this exception?',
  text: html`<p>The user is judged like any other from the next scan on.</p>`,
  confirm: 'End it',
  kind: 'danger',
  submit: async reason => { await remove(`tenants/${tenant}/exceptions/${exception.userId}`, { reason }); await reading.again(); },
  done: 'The exception has ended.',
});
