import { html, nothing, ref, repeat } from '../lit.js';
import { update } from '../page.js';

const Step = 100;

/**
 * A table that becomes a list of cards on a narrow screen. Of a long list the first rows are painted, and more as the reader
 * comes near the end; the roles are written out, because such a display takes them from the elements.
 */
export class Table {
  shown = Step;
  sort = null;
  #asked = '';
  #sight = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) this.#more(); }, { rootMargin: '600px' });
  #button = null;
  #watch = button => {
    this.#button = button;
    this.#sight.disconnect();
    if (button) this.#sight.observe(button);
  };

  /**
   * @param {{caption: string, key: function, columns: {label: string, cell: function, by?: function, main?: boolean, narrow?: boolean, hidden?: boolean}[]}} options
   * `by` makes a column sortable; `main` is the row's header; a `hidden` label is for screen readers.
   */
  constructor({ caption, key, columns }) {
    Object.assign(this, { caption, key, columns });
  }

  /**
   * @param {string} [asked] what the rows were chosen by, such as a search. As long as it stays, the reader keeps their place, whatever has
   * come or gone meanwhile.
   */
  render(rows, asked = '') {
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.shown = Step;
    }

    const sorted = this.sort === null ? rows : rows.toSorted(this.#compare());
    const visible = sorted.slice(0, this.shown);
    if (this.shown < sorted.length) this.#look();

    return html`
      <table role="table" class="rows">
        <caption class="unseen">${this.caption}</caption>
        <thead role="rowgroup"><tr role="row">${this.columns.map((column, i) => this.#header(column, i))}</tr></thead>
        <tbody role="rowgroup">
          ${repeat(visible, this.key, row => html`<tr role="row">${this.columns.map(column => column.main
            ? html`<th role="rowheader" scope="row">${column.cell(row)}</th>`
            : html`<td role="cell" class=${column.hidden ? 'small' : column.narrow ? 'narrow' : ''} data-label=${column.hidden ? '' : column.label}>${column.cell(row)}</td>`)}</tr>`)}
        </tbody>
      </table>
      ${visible.length < sorted.length ? html`
        <button class="more" ${ref(this.#watch)} @click=${() => this.#more()}>
          Show more: ${visible.length} of ${sorted.length} are shown
        </button>` : nothing}`;
  }

  #header(column, i) {
    const order = this.sort?.i === i ? this.sort.order : null;
    return html`<th role="columnheader" scope="col" aria-sort=${order ?? nothing}>${column.by
      ? html`<button class="sort" @click=${() => this.#sort(i, order === 'ascending' ? 'descending' : 'ascending')}>
          ${column.label} <span aria-hidden="true">${order === 'ascending' ? '▲' : order === 'descending' ? '▼' : '↕'}</span></button>`
      : column.hidden ? html`<span class="unseen">${column.label}</span>` : column.label}</th>`;
  }

  #sort(i, order) {
    Object.assign(this, { sort: { i, order }, shown: Step });
    update();
  }

  #compare() {
    const { by } = this.columns[this.sort.i];
    const sign = this.sort.order === 'ascending' ? 1 : -1;
    return (a, b) => {
      const [x, y] = [by(a), by(b)];
      return sign * (typeof x === 'string' && typeof y === 'string' ? x.localeCompare(y) : x < y ? -1 : x > y ? 1 : 0);
    };
  }

  /** An observer tells of a change only; a button that stays in sight while rows come in has none. */
  #look() {
    const button = this.#button;
    if (button) {
      this.#sight.unobserve(button);
      this.#sight.observe(button);
    }
  }

  #more() {
    this.shown += Step;
    update();
  }
}
