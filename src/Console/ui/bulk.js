import { html, live, nothing } from '../lit.js';
import { announce, update } from '../page.js';
import { approvers, barredFromApproving } from '../model/approvals.js';
import { decideMany, settle } from '../model/decisions.js';
import { ownWarnings, riskOf, risks } from '../model/risk.js';
import { draft, keep } from '../session/drafts.js';
import { session } from '../session/session.js';
import { inWords } from './dialog.js';
import { badge, notice } from './parts.js';
import { userName } from './proposal-parts.js';
import { Table } from './table.js';
import { count, words } from './words.js';

const kinds = { recorded: 'good', unknown: 'bad' };

/** Many decisions at once: what will be done, then the reason, then what became of each. */
export class BulkDecision {
  #error = null;
  #busy = false;
  #outcomes = null;
  #table = new Table({
    caption: 'Outcomes',
    key: row => row.proposal.proposalId,
    columns: [
      { label: 'User', main: true, cell: row => userName(row.proposal) },
      { label: 'Outcome', narrow: true, by: row => row.outcome, cell: row => badge(kinds[row.outcome] ?? 'warn', words(row.outcome)) },
      { label: 'What it means', cell: row => row.detail ?? (row.status === 'approved' ? 'Approved; the clear is about to be made.' : row.status ? words(row.status) : '') },
    ],
  });

  /** @param {'approve'|'reject'} decision @param {function} back to the list, with the ids of those that are decided */
  constructor(tenant, decision, proposals, back) {
    Object.assign(this, { tenant, decision, back, approve: decision === 'approve', draft: `bulk ${decision} ${tenant}` });
    const barred = new Map(this.approve ? proposals.map(p => [p, barredFromApproving(p, session.me)]).filter(([, why]) => why) : []);
    this.left = barred;
    this.proposals = proposals.filter(p => !barred.has(p));
  }

  render() {
    return html`
      <section class="panel" aria-labelledby="bulk">
        <h2 id="bulk">${this.#outcomes ? 'What became of it' : this.approve ? `Approve ${count(this.proposals.length, 'proposal')}` : `Reject ${count(this.proposals.length, 'proposal')}`}</h2>
        ${this.#outcomes ? this.#result() : this.#question()}
      </section>`;
  }

  #question() {
    const of = risk => this.proposals.filter(p => riskOf(p) === risk);
    const second = this.proposals.filter(p => approvers(p).length + 1 < p.requiredApprovals).length;
    const irreversible = this.proposals.filter(p => p.kind === 'clearObjectIdentifier').length;
    const warnings = [...Map.groupBy(this.proposals.flatMap(ownWarnings), warning => warning)].sort((a, b) => b[1].length - a[1].length);

    return html`
      <dl class="sums">${Object.entries(risks).map(([name, { label }]) => html`<div><dt>${label}</dt><dd>${of(name).length}</dd></div>`)}</dl>
      ${this.approve ? html`
        <div class="prose">
          <p>Each user's ImmutableID is set to null, after everything has been read again and the old values are on record.
            Whoever has changed since the proposal is left alone.</p>
          <p>An anchor can be put back until the next sync has matched the user. After that AD owns it.</p>
          ${irreversible ? notice('bad', html`<p><strong>${count(irreversible, 'of them clears', 'of them clear')} the object identifier instead.</strong> It cannot be put back.</p>`) : nothing}
          ${second ? notice('info', html`<p>${second} of them need a second person after you. They stay here until then.</p>`) : nothing}
          ${of('risky').length ? notice('bad', html`<p><strong>${count(of('risky').length, 'of them is risky', 'of them are risky')}:</strong> ${risks.risky.text}
            Better review these one by one.</p>`) : nothing}
        </div>
        ${warnings.length ? html`<details ?open=${warnings.length <= 5}><summary>What approvers are warned of (${warnings.length})</summary>
          <ul>${warnings.map(([text, of]) => html`<li>${of.length > 1 ? html`<strong>${of.length} users:</strong> ` : nothing}${text}</li>`)}</ul></details>` : nothing}
        ${this.left.size ? html`<details open><summary>Left out: ${this.left.size}</summary>
          <ul>${[...this.left].map(([p, why]) => html`<li>${p.displayName ?? p.userPrincipalName}: ${why}</li>`)}</ul></details>` : nothing}`
        : html`<p>Nothing is done to these users. With the same evidence they are not proposed again for as long as the tenant's policy says.</p>`}
      <details><summary>All ${this.proposals.length} users</summary><ul>${this.proposals.map(p => html`<li><bdi>${p.displayName ?? ''}</bdi> <bdi>${p.userPrincipalName}</bdi>: ${risks[riskOf(p)].label.toLowerCase()}</li>`)}</ul></details>
      ${this.proposals.length === 0 ? html`<div class="buttons"><button @click=${() => this.back([])}>Back to the list</button></div>` : html`
        <form class="stack" @submit=${event => this.#submit(event)}>
          <label class="field"><span>Reason, for all of them</span><textarea name="reason" rows="2" maxlength="2000" required
            .value=${live(draft(this.draft))} @input=${event => keep(this.draft, event.target.value)}></textarea></label>
          ${this.approve && irreversible ? html`<label class="check"><input type="checkbox" required> <span>I know that clearing an object identifier cannot be undone.</span></label>` : nothing}
          ${this.#error ? html`<div class="notice bad" role="alert"><p>${this.#error}</p></div>` : nothing}
          <div class="buttons">
            <button class=${this.approve ? 'primary' : 'danger'} aria-disabled=${this.#busy ? 'true' : nothing}>${this.#busy ? 'Deciding …' : this.approve ? `Approve ${this.proposals.length}` : `Reject ${this.proposals.length}`}</button>
            <button type="button" @click=${() => this.back([])}>Back, decide nothing</button>
          </div>
        </form>`}`;
  }

  async #submit(event) {
    event.preventDefault();
    const reason = draft(this.draft).trim();
    if (this.#busy || !reason) return;
    this.#busy = true;
    this.#error = null;
    update();

    try {
      this.#outcomes = await decideMany(this.tenant, this.decision, this.proposals, reason);
      if (this.#with('recorded').length === this.#outcomes.length) keep(this.draft, '');
      announce(`${this.#with('recorded').length} of ${this.#outcomes.length} decisions are recorded.`);
    } catch (error) {
      this.#error = html`${inWords(error)} Nothing was decided.`;
    }

    this.#busy = false;
    update();
    if (this.#outcomes) document.querySelector('h1').focus();
  }

  async #lookAgain() {
    this.#outcomes = await settle(this.tenant, this.decision, this.#outcomes);
    announce(`${this.#with('unknown').length} are still unknown.`);
    update();
  }

  #with(outcome) {
    return this.#outcomes.filter(row => row.outcome === outcome);
  }

  #result() {
    const [recorded, unknown] = [this.#with('recorded'), this.#with('unknown')];
    const left = this.#outcomes.length - recorded.length - unknown.length;

    return html`
      ${notice(unknown.length ? 'bad' : left ? 'warn' : 'good', html`
        <p><strong>${recorded.length.toLocaleString('en')} of ${count(this.#outcomes.length, 'decision')} recorded.</strong>
          ${left ? html`${count(left, 'was', 'were')} not decided; each says why.` : nothing}
          ${unknown.length ? html`<strong>Of ${unknown.length.toLocaleString('en')} it is not known:</strong> no answer came.` : nothing}</p>
        ${unknown.length ? html`<div class="buttons"><button @click=${() => this.#lookAgain()}>Look what became of them</button></div>` : nothing}`)}
      ${this.#table.render(this.#outcomes)}
      <div class="buttons"><button class="primary" @click=${() => this.back(recorded.map(row => row.proposal.proposalId))}>Back to what waits</button></div>`;
  }
}
