import { html, keyed, nothing } from '../lit.js';
import { put } from '../api.js';
import { announce, update } from '../page.js';
import { policyFrom, policySections } from '../model/policy.js';
import { may } from '../session/session.js';
import { inWords } from './dialog.js';
import { notice } from './parts.js';
import { count } from './words.js';

/** A tenant's settings, with the meaning of every limit. What was typed stays when saving fails, or when somebody else saves first. */
export class TenantForm {
  #error = null;
  #saved = false;
  #busy = false;
  #from = null;
  #version = 0;

  /** @param {Reading} about the tenant, read again from time to time; the form keeps what it started from. */
  constructor(tenant, about) {
    Object.assign(this, { tenant, about });
  }

  render(newest) {
    this.#from ??= newest;
    const { policy } = this.#from;
    const readOnly = !may('Administer');

    return html`
      <section class="panel" aria-labelledby="policy">
        <h2 id="policy">Mode and policy</h2>
        ${readOnly ? notice('info', html`<p>You may look. To change anything here takes the role Administer.</p>`) : nothing}
        ${newest.changedAt !== this.#from.changedAt ? html`
          <div role="alert">${notice('warn', html`<p><strong>Someone else has changed these settings.</strong> What you typed is kept, and cannot be saved over theirs.
            The audit trail says who and what.</p><button type="button" @click=${() => this.#startAnew(newest)}>Show theirs, drop mine</button>`)}</div>` : nothing}
        ${keyed(this.#version, html`<form class="stack" @submit=${event => this.#save(event)} @input=${() => { this.#saved = false; }}>
          <div class="fields">
            <label class="field"><span>Name</span><input name="displayName" required maxlength="256" value=${this.#from.displayName} ?disabled=${readOnly}></label>
            <fieldset ?disabled=${readOnly}><legend>Mode</legend>
              ${radio('mode', 'report', this.#from.mode, 'Report only', 'Scans say what they find and propose nothing.')}
              ${radio('mode', 'propose', this.#from.mode, 'Propose', 'Scans put candidates before an approver. Nothing is cleared without an approval.')}</fieldset>
            <div class="field">
              <label class="field"><span>Collectors expected</span><textarea name="collectors" rows="2" aria-describedby="hint-collectors" ?disabled=${readOnly}>${this.#from.collectors.join('\n')}</textarea></label>
              <small id="hint-collectors">One a line, one for each AD forest. Without a fresh inventory of every one nothing is proposed.</small></div>
            <label class="check"><input type="checkbox" name="enabled" ?checked=${this.#from.enabled} ?disabled=${readOnly}>
              <span><strong>Enabled</strong><br><small>Off: it is not scanned, and nothing is written to it.</small></span></label>
          </div>
          ${policySections.map(section => html`<details>
            <summary>${section.title} (${count(section.members.length, 'limit')})</summary>
            <div class="fields">${section.members.map(member => policyField(member, policy, readOnly))}</div></details>`)}
          ${this.#error ? html`<div class="notice bad" role="alert"><p>${this.#error}</p></div>` : nothing}
          ${this.#saved ? html`<div class="notice good"><p>Saved. It counts from the next step on.</p></div>` : nothing}
          ${readOnly ? nothing : html`<div class="buttons"><button class="primary" aria-disabled=${this.#busy ? 'true' : nothing}>${this.#busy ? 'Saving …' : 'Save'}</button></div>`}
        </form>`)}
      </section>`;
  }

  #startAnew(newest) {
    this.#from = newest;
    this.#error = null;
    this.#version++;
    update();
  }

  async #save(event) {
    event.preventDefault();
    if (this.#busy) return;
    const data = new FormData(event.target);
    this.#busy = true;
    this.#error = null;
    update();

    try {
      this.#from = await put(`tenants/${this.tenant}`, {
        ...this.#from,
        displayName: data.get('displayName').trim(),
        mode: data.get('mode'),
        collectors: data.get('collectors').split(/[\s,;]+/).filter(Boolean),
        enabled: data.has('enabled'),
        policy: policyFrom(data),
      });
      this.#saved = true;
      announce('The settings are saved.');
      await this.about.again();
    } catch (error) {
      this.#error = inWords(error);
      await this.about.again();
    }

    this.#busy = false;
    update();
  }
}

const radio = (name, value, current, label, text) => html`
  <label class="check"><input type="radio" name=${name} value=${value} ?checked=${value === current}> <span><strong>${label}</strong><br><small>${text}</small></span></label>`;

function policyField([name, label, kind, meaning], policy, off) {
  if (kind.flag) {
    return html`<label class="check"><input type="checkbox" name=${name} ?checked=${policy[name]} ?disabled=${off}><span><strong>${label}</strong><br><small>${meaning}</small></span></label>`;
  }

  const input = kind.options
    ? html`<select name=${name} aria-describedby="hint-${name}" ?disabled=${off}>${kind.options.map(([value, text]) => html`<option value=${value} ?selected=${policy[name] === value}>${text}</option>`)}</select>`
    : kind.list ? html`<textarea name=${name} aria-describedby="hint-${name}" rows="3" placeholder=${kind.list} ?disabled=${off}>${policy[name].join('\n')}</textarea>`
    : kind.text ? html`<input name=${name} aria-describedby="hint-${name}" value=${policy[name]} pattern=${kind.text} required ?disabled=${off}>`
    : html`<input type="number" name=${name} aria-describedby="hint-${name}" value=${policy[name]} min=${kind.min} max=${kind.max} required ?disabled=${off}>`;

  return html`<div class="field">
    <label class="field"><span>${label}${kind.unit ? ` (${kind.unit}, ${kind.min} to ${kind.max})` : ''}</span>${input}</label><small id="hint-${name}">${meaning}</small></div>`;
}
