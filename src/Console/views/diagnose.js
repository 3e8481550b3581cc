import { html, nothing } from '../lit.js';
import { all, get } from '../api.js';
import { announce, update } from '../page.js';
import { Reading, shown } from '../reading.js';
import { errorNames, readErrorText } from '../model/error-mail.js';
import { isWhole, withFindings } from '../model/scans.js';
import { diagnosisResult } from '../ui/diagnosis.js';
import { inWords } from '../ui/dialog.js';
import { empty, notice } from '../ui/parts.js';
import { nameOf } from '../tenant.js';

/** Why one user does not match: by name, or from the text of the sync's error mail. */
export function diagnose({ tenant: given, query }) {
  const tenants = given ? null : new Reading(() => get('tenants').then(page => page.items));
  let tenant = given ?? query.get('tenant') ?? '';
  let text = query.get('user') ?? '';
  let chosen = query.get('error') ?? '';
  let named = null;
  let found = null;
  let choices = [];
  let problem = null;
  let busy = false;

  async function run(user) {
    busy = true;
    problem = null;
    update();

    try {
      const error = chosen || named;
      const asked = error ? `?error=${error}` : '';
      found = await get(`tenants/${tenant}/users/${encodeURIComponent(user)}/diagnosis${asked}`);
      announce(`Diagnosis of ${found.displayName ?? found.userPrincipalName}: ${found.conclusion.cause}`);
    } catch (refusal) {
      found = null;
      problem = refusal.status === 404 ? html`There is no user <strong>${user}</strong> in this tenant, live or deleted. Is it another tenant's?` : inWords(refusal);
    }

    busy = false;
    update();
    document.getElementById('conclusion')?.focus();
  }

  async function ask() {
    const about = readErrorText(text);
    named = about.error;
    choices = about.users.length > 1 ? about.users : [];
    found = null;
    problem = null;
    update();

    if (about.users.length === 1) return run(about.users[0]);
    if (about.users.length > 1) return announce('The text names several users. Choose one.');
    if (about.anchors.length) return byAnchor(about.anchors);
    // A bare word may be a name that only Entra knows; a mail is not.
    if (text.trim() && !/\s/.test(text.trim())) return run(text.trim());
    problem = 'The text has no user name, object id or anchor in it. Type the user\'s name, such as ann@contoso.example.';
    update();
  }

  /** The API looks users up by name; whose an anchor is, the latest findings tell. */
  async function byAnchor(anchors) {
    busy = true;
    update();

    try {
      const scan = withFindings((await get(`tenants/${tenant}/scans`)).items);
      const findings = scan ? await all(`tenants/${tenant}/scans/${scan.scanId}/findings`) : [];
      const owner = findings.find(finding => anchors.includes(finding.anchor));
      if (owner) return await run(owner.userId);
      problem = `${!scan ? 'No scan has read this tenant\'s users yet' : isWhole(scan) ? 'No user of the latest scan carries this anchor'
        : 'The latest scan has not read every user, and none of those that it has read carries this anchor'}. Type the user's name instead.`;
    } catch (refusal) {
      problem = inWords(refusal);
    }

    busy = false;
    update();
  }

  if (tenant && text) ask();

  return {
    title: 'Diagnose a user',
    get lead() { return given ? `Why a user of ${nameOf(given)} does not match. Nothing is changed.` : 'Why a user does not match. Nothing is changed.'; },
    tenant: given,
    area: 'diagnose',
    body: () => html`
      <section class="panel" aria-label="Question">
        <form class="stack" @submit=${event => { event.preventDefault(); if (!busy) ask(); }}>
          ${given ? nothing : shown(tenants, items => html`
            <label class="field"><span>Tenant</span><select required @change=${event => { tenant = event.target.value; update(); }}>
              <option value="">Choose one</option>
              ${items.map(t => html`<option value=${t.tenantId} ?selected=${t.tenantId === tenant || items.length === 1 && (tenant = t.tenantId)}>${t.displayName}</option>`)}
            </select></label>`)}
          <label class="field"><span>User, or the sync's error mail</span>
            <textarea rows="4" required .value=${text} placeholder="ann@contoso.example, an object id, an anchor, or the whole text of the mail" @input=${event => { text = event.target.value; }}></textarea></label>
          <label class="field"><span>Error, if you know it</span><select @change=${event => { chosen = event.target.value; }}>
            <option value="">None, or the one in the text</option>${errorNames.map(name => html`<option ?selected=${name === chosen}>${name}</option>`)}</select></label>
          <div class="buttons"><button class="primary" aria-disabled=${busy ? 'true' : nothing}>${busy ? 'Reading the directory …' : 'Diagnose'}</button></div>
        </form>
        ${choices.length ? html`<div role="group" aria-label="Users in the text" class="stack"><p>The text names several. Whom is it about?</p>
          <div class="buttons">${choices.map(user => html`<button @click=${() => { if (!busy) run(user); }}>${user}</button>`)}</div></div>` : nothing}
      </section>
      ${problem ? html`<div role="alert">${notice('bad', html`<p>${problem}</p>`)}</div>` : nothing}
      ${busy ? html`<div class="loading" role="status"><span class="bar"></span><span class="bar"></span><p>Reading the user, its roles, the recycle bin and the inventories …</p></div>`
        : found ? diagnosisResult(found) : problem || choices.length ? nothing : empty('No question yet', 'The answer says what the cause is, what to do next, and everything that was looked at.')}`,
    close: () => tenants?.close(),
  };
}
