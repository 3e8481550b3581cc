import { html, nothing } from '../lit.js';
import { get, put, remove } from '../api.js';
import { Reading, shown } from '../reading.js';
import { session } from '../session/session.js';
import { ask } from '../ui/dialog.js';
import { action, code, empty, notice } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { time } from '../ui/time.js';

const kinds = [['person', 'Person'], ['group', 'Group'], ['application', 'Application']];

/** Who may touch which tenants. */
export function access() {
  const reading = new Reading(() => get('access').then(page => page.items));
  const tenants = new Reading(() => get('tenants').then(page => page.items));
  const named = id => id === '*' ? 'All tenants, also later ones' : tenants.value?.find(t => t.tenantId === id)?.displayName ?? id;

  const table = new Table({
    caption: 'Access in force',
    key: grant => grant.principalId,
    columns: [
      { label: 'Object id', main: true, cell: g => code(g.principalId) },
      { label: 'Kind', narrow: true, by: g => g.kind, cell: g => kinds.find(([kind]) => kind === g.kind)?.[1] ?? g.kind },
      { label: 'Tenants', cell: g => g.tenants.map(id => html`<div>${named(id)}</div>`) },
      { label: 'Why', cell: g => g.reason },
      { label: 'Given', cell: g => g.grantedBy ? html`${g.grantedBy.name}<small>${time(g.grantedAt)}</small>` : 'By the settings' },
      { label: 'What can be done', hidden: true, cell: g => g.grantedBy ? action('Take back …', { roles: ['Administer'], kind: 'danger', click: () => takeBack(g) }) : nothing },
    ],
  });

  const takeBack = grant => ask({
    title: 'Take this access back?',
    text: html`<p>${code(grant.principalId)} may then touch none of: ${grant.tenants.map(named).join(', ')}. It counts from the next request on.</p>`,
    confirm: 'Take it back',
    kind: 'danger',
    submit: async reason => { await remove(`access/${grant.principalId}`, { reason }); await reading.again(); },
    done: 'The access is taken back.',
  });

  const give = () => ask({
    title: 'Give access',
    text: html`<p>What is there for the same object id is replaced. Nobody changes their own access.</p>`,
    fields: () => html`
      <label class="field"><span>Object id in Entra</span><input name="principal" required pattern="[0-9a-fA-F-]{36}" placeholder="00000000-0000-0000-0000-000000000001"></label>
      <label class="field"><span>Kind</span><select name="kind">${kinds.map(([kind, label]) => html`<option value=${kind}>${label}</option>`)}</select></label>
      <fieldset><legend>Tenants</legend>
        <label class="check"><input type="checkbox" name="all"> <span>All, also those registered later</span></label>
        ${tenants.value?.map(t => html`<label class="check"><input type="checkbox" name="tenant" value=${t.tenantId}> <span>${t.displayName}</span></label>`)}</fieldset>
      <label class="field"><span>Directory id, if it is not your own directory</span><input name="directory" pattern="[0-9a-fA-F-]{36}"></label>`,
    confirm: 'Give access',
    async submit(reason, data) {
      await put(`access/${data.get('principal').trim()}`, {
        kind: data.get('kind'),
        tenants: data.has('all') ? ['*'] : data.getAll('tenant'),
        reason,
        ...(data.get('directory') ? { directoryId: data.get('directory').trim() } : {}),
      });
      await reading.again();
    },
    done: 'Access is given.',
  });

  return {
    title: 'Access',
    lead: 'Which tenants somebody may touch. What they may do there is said by their roles in Entra.',
    area: 'administration',
    aside: () => action('Give access …', { roles: ['Administer'], kind: 'primary', click: give }),
    body: () => html`
      ${session.how.signIn === 'local' ? notice('info', html`<p>LocalHost signs people in here, and its tokens name their tenants themselves. Access counts once Entra signs people in.</p>`) : nothing}
      <section class="panel" aria-label="Access in force">${shown(reading, items => items.length ? table.render(items)
        : empty('Nobody has been given access', 'Besides those whom the setting Access__FirstAdministrators names.'))}</section>`,
    close() {
      reading.close();
      tenants.close();
    },
  };
}
