import { html, nothing } from './lit.js';
import { ConnectionLost, SignInExpired } from './api.js';
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
  #following = null;

  // A page that nobody looks at asks for nothing; what was not read meanwhile is read when somebody does.
  #look = () => { if (!document.hidden) this.again(); };

  /** @param {{every?: number}} [options] milliseconds between reads; without it there is one. */
  constructor(read, { every } = {}) {
    this.#read = read;
    this.every = every;
    if (every) document.addEventListener('visibilitychange', this.#look);
    /** Settles with the first read, whatever came of it. */
    this.first = this.again();
  }

  /**
   * Reads now. A read that is under way may have begun before what was just written, so another one follows it, which all share that ask
   * meanwhile. Never throws: `error` says what went wrong.
   */
  again() {
    if (this.#running === null) return this.#running = this.#once().finally(() => { this.#running = null; });
    return this.#following ??= this.#running.then(() => {
      this.#following = null;
      return this.again();
    });
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#look);
  }

  async #once() {
    clearTimeout(this.#timer);

    try {
      const value = await this.#read();
      if (this.#closed) return;
      Object.assign(this, { value, at: new Date(), error: null });
    } catch (error) {
      if (this.#closed) return;
      this.error = error;
    }

    if (this.every) this.#timer = setTimeout(this.#look, this.every);
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
    ${reading.error === null || reading.error instanceof ConnectionLost || reading.error instanceof SignInExpired ? nothing : html`
      <div class="notice warn">
        <p><strong>Out of date.</strong> This was read ${time(reading.at)}. It could not be read again: ${reading.error.message}</p>
        <button @click=${() => reading.again()}>Try again</button>
      </div>`}
    ${template(reading.value)}`;
}
