import { html, nothing } from '../lit.js';
import { announce, update } from '../page.js';
import { at, keepInAddress } from '../router.js';
import { classes, classLabel } from '../model/classes.js';
import { anchorText, classBadge, userName } from './proposal-parts.js';
import { empty, facts } from './parts.js';
import { Table } from './table.js';
import { time } from './time.js';
import { words } from './words.js';

const order = Object.keys(classes);

/** The findings of one scan: searched, filtered by class, sorted; each with every failed check. */
export class FindingList {
  #of = null;
  #items = [];
  #texts = new Map();
  #rows = [];
  #asked = '';

  constructor(tenant, query) {
    this.tenant = tenant;
    this.search = query.get('search') ?? '';
    this.chosen = query.get('class') ?? '';
    this.table = new Table({
      caption: 'Findings',
      key: finding => finding.userId,
      columns: [
        { label: 'User', main: true, by: f => (f.displayName ?? f.userPrincipalName).toLowerCase(), cell: userName },
        { label: 'Class', narrow: true, by: f => order.indexOf(f.classification), cell: f => classBadge(f.classification) },
        { label: 'Why', cell: f => this.#why(f) },
        { label: 'First seen', narrow: true, by: f => f.firstSeenAt, cell: f => time(f.firstSeenAt) },
      ],
    });
  }

  render(items) {
    this.#choose(items);
    const counts = Map.groupBy(items, item => item.classification);

    return html`
      <form class="filters" role="search" aria-label="Findings" @submit=${event => event.preventDefault()}>
        <label class="field wide"><span>Search</span>
          <input type="search" placeholder="Name, address, anchor, reason" .value=${this.search} @input=${event => this.#change({ search: event.target.value })}></label>
        <label class="field"><span>Class</span>
          <select @change=${event => this.#change({ chosen: event.target.value })}>
            <option value="" ?selected=${this.chosen === ''}>All classes (${items.length})</option>
            ${order.filter(name => counts.has(name)).map(name => html`
              <option value=${name} ?selected=${this.chosen === name}>${classLabel(name)} (${counts.get(name).length})</option>`)}
          </select></label>
        <p class="soft">${this.#rows.length === items.length ? `${items.length} users` : `${this.#rows.length} of ${items.length} users`}</p>
      </form>
      ${this.chosen && classes[this.chosen] ? html`<p class="soft">${classes[this.chosen][2]} <strong>What to do:</strong> ${classes[this.chosen][3]}</p>` : nothing}
      ${items.length === 0 ? empty('Nothing found', 'No user of this tenant carries an anchor without being synced.')
        : this.#rows.length === 0 ? empty('No finding fits', 'Search for something else, or choose another class.')
        : this.table.render(this.#rows, this.#asked)}`;
  }

  #why(finding) {
    const { classification, reason, failedChecks, waitsFor, warnings } = finding;
    return html`
      ${reason}${waitsFor ? html`<small>${waitsFor}</small>` : nothing}
      <details>
        <summary>${failedChecks.length > 1 ? `All ${failedChecks.length} failed checks` : 'Details'}</summary>
        <div class="stack">
          ${failedChecks.length ? html`<ul>${failedChecks.map(check => html`<li><strong>${check.check ? words(check.check) : classLabel(check.classification)}:</strong> ${check.reason}</li>`)}</ul>` : nothing}
          ${warnings.length ? html`<p><strong>Warnings:</strong></p><ul>${warnings.map(warning => html`<li>${warning}</li>`)}</ul>` : nothing}
          ${facts([
            ['What to do', classes[classification]?.[3]],
            ['Anchor', anchorText(finding.anchor)],
            ['AD account', finding.partner ? `${finding.partner.samAccountName ?? finding.partner.userPrincipalName} (${finding.partner.collectorId})` : null],
            ['Expected anchor', anchorText(finding.expectedAnchor)],
            ['Object id', finding.userId],
          ])}
          <p>${classification === 'Candidate' ? html`<a href=${at('tenants', this.tenant, 'review')}>Proposals that wait</a> · ` : nothing}
            <a href=${at('tenants', this.tenant, 'diagnose') + `?user=${encodeURIComponent(finding.userId)}`}>Diagnose <bdi>${finding.displayName ?? finding.userPrincipalName}</bdi></a> ·
            <a href=${at('tenants', this.tenant, 'audit') + `?user=${finding.userId}`}>Audit trail</a></p>
        </div>
      </details>`;
  }

  #change(values) {
    Object.assign(this, values);
    keepInAddress({ search: this.search, class: this.chosen });
    update();
    clearTimeout(this.saying);
    this.saying = setTimeout(() => announce(`${this.#rows.length} users fit.`), 600);
  }

  /** Only when something has changed: a long list is not searched anew at every paint. */
  #choose(items) {
    if (this.#of !== items) {
      this.#items = items.toSorted((a, b) => order.indexOf(a.classification) - order.indexOf(b.classification) || a.userPrincipalName.localeCompare(b.userPrincipalName));
      this.#texts = new Map(items.map(item => [item,
        [item.displayName, item.userPrincipalName, item.userId, item.anchor, item.reason, item.partner?.samAccountName, item.partner?.userPrincipalName].join(' ').toLowerCase()]));
    }

    const asked = `${this.search}\n${this.chosen}`;
    if (this.#of === items && this.#asked === asked) return;
    this.#of = items;
    this.#asked = asked;
    const wanted = this.search.trim().toLowerCase();
    this.#rows = this.#items.filter(item => (!this.chosen || item.classification === this.chosen) && (!wanted || this.#texts.get(item).includes(wanted)));
  }
}
