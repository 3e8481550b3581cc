import { html, nothing } from './lit.js';
import { ConnectionLost } from './api.js';
import { update } from './page.js';
import { time } from './ui/time.js';

/** Something read from the API. What was read stays when a later read fails: `value`, `at`, `error` (null after a good read). */
export class Reading {
  value;
  at = null;
  error = null;
  #read;
  #timer;
  #closed = false;
  #running = null;

  // What was not read while nobody looked is read when somebody does.
  #look = () => { if (!document.hidden) this.again(); };

  /** @param {{every?: number}} [options] milliseconds between reads; without it there is one. */
  constructor(read, { every } = {}) {
    this.#read = read;
    this.every = every;
    if (every) document.addEventListener('visibilitychange', this.#look);
    this.again();
  }

  /** Reads now; two calls at once share one read. Never throws: `error` says what went wrong. */
  again() {
    return this.#running ??= this.#once();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#look);
  }

  async #once() {
    clearTimeout(this.#timer);

    try {
      // A page that nobody looks at asks for nothing.
      if (this.at === null || !document.hidden) {
        const value = await this.#read();
        if (this.#closed) return;
        Object.assign(this, { value, at: new Date(), error: null });
      }
    } catch (error) {
      if (this.#closed) return;
      this.error = error;
    } finally {
      this.#running = null;
    }

    if (this.every && !this.#closed) this.#timer = setTimeout(() => this.again(), this.every);
    update();
  }
}

/** A reading's value in a template; before there is one, that it is read, or why it cannot be. */
export function shown(reading, template) {
  if (reading.at === null) {
    return reading.error === null
      ? html`<div class="loading"><span class="bar"></span><span class="bar"></span><span class="bar"></span><p>Reading …</p></div>`
      : html`
        <div class="notice bad">
          <p><strong>This could not be read.</strong> ${reading.error.message}</p>
          <button @click=${() => reading.again()}>Try again</button>
        </div>`;
  }

  return html`
    ${reading.error === null || reading.error instanceof ConnectionLost ? nothing : html`
      <div class="notice warn">
        <p><strong>Out of date.</strong> This was read ${time(reading.at)}. It could not be read again: ${reading.error.message}</p>
        <button @click=${() => reading.again()}>Try again</button>
      </div>`}
    ${template(reading.value)}`;
}
