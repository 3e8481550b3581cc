import { html, nothing } from '../lit.js';
import { eventKind, eventLabel } from '../model/events.js';
import { time } from './time.js';

/** What happened, oldest first, with who and when. */
export const timeline = events => html`
  <ol class="timeline">${events.map(event => html`
    <li class=${eventKind(event.type)}>
      <strong>${eventLabel(event.type)}</strong>
      <p class="soft">${event.actor.name}, ${time(event.at)}</p>
      ${event.reason ? html`<p>“${event.reason}”</p>` : nothing}
    </li>`)}</ol>`;
