import { html, nothing, render } from '../lit.js';
import { announce } from '../page.js';
import { draft, keep } from '../session/drafts.js';
import { session } from '../session/session.js';

let current = null;

/**
 * Asks for a reason, and does one thing with it. What was typed stays when that fails, over a new sign-in, too; the refusal is shown beside it.
 * @param {{title: string, text?: any, cancel?: boolean, confirm: string, kind?: string, reason?: boolean, fields?: function, submit: function, done?: string}} question
 * `submit` gets the reason and the form's data, and may be async; `fields` paints further inputs.
 */
export function ask(question) {
  current?.element.close();
  const opener = document.activeElement;
  const element = document.createElement('dialog');
  element.setAttribute('aria-labelledby', 'dialog-title');
  document.getElementById('dialogs').append(element);
  const reason = question.reason ?? true;
  const dialog = current = { ...question, reason, typed: reason ? draft(question.title) : '', element, error: null, busy: false };

  element.addEventListener('close', () => {
    element.remove();
    if (dialog.reason && !session.expired) keep(dialog.title, '');
    if (current === dialog) current = null;
    if (opener?.isConnected) opener.focus();
  });
  paint(dialog);
  element.showModal();
}

/** Says something that one has to have read. */
export const tell = (title, text) => ask({ title, text: html`<p>${text}</p>`, reason: false, confirm: 'Close', cancel: false, submit: () => {} });

function paint(dialog) {
  render(html`
    <form method="dialog" @submit=${event => submit(event, dialog)}>
      <h2 id="dialog-title">${dialog.title}</h2>
      ${dialog.text ? html`<div class="prose">${dialog.text}</div>` : nothing}
      ${dialog.fields?.() ?? nothing}
      ${dialog.reason ? html`
        <div class="field">
          <label class="field"><span>Reason</span><textarea name="reason" rows="3" maxlength="2000" required autofocus aria-describedby="reason-hint"
            .value=${dialog.typed} @input=${event => keep(dialog.title, event.target.value)}></textarea></label>
          <small id="reason-hint">The audit trail keeps it, with your name.</small>
        </div>` : nothing}
      ${dialog.error ? html`<div class="notice bad" role="alert"><p>${dialog.error}</p></div>` : nothing}
      <div class="buttons">
        <button type="submit" class=${dialog.kind ?? 'primary'} aria-disabled=${dialog.busy ? 'true' : nothing}>${dialog.confirm}</button>
        ${dialog.cancel === false ? nothing : html`<button type="button" @click=${() => dialog.element.close()}>Cancel</button>`}
      </div>
    </form>`, dialog.element);
}

async function submit(event, dialog) {
  event.preventDefault();
  if (dialog.busy) return;
  const data = new FormData(event.target);
  const reason = data.get('reason')?.trim();

  if (dialog.reason && !reason) {
    dialog.error = 'Say why: one sentence is enough.';
    paint(dialog);
    return;
  }

  Object.assign(dialog, { busy: true, error: null });
  paint(dialog);

  try {
    await dialog.submit(reason, data);
    dialog.element.close();
    if (dialog.done) announce(dialog.done);
  } catch (error) {
    Object.assign(dialog, { busy: false, error: inWords(error) });
    paint(dialog);
  }
}

/** A refusal, with everything that the API names one by one. */
export const inWords = error => html`${error.message}${error.errors?.length ? html`<ul>${error.errors.map(e => html`<li>${e.detail}</li>`)}</ul>` : nothing}`;
