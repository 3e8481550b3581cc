import { html, nothing } from './lit.js';
import { connection } from './api.js';
import { at } from './router.js';
import { session, signOut } from './session/session.js';
import { themeSwitch } from './ui/theme.js';
import { stopBanner, stopControl } from './stop.js';
import { tenantBar } from './tenant.js';
import { since } from './ui/time.js';

const areas = [['overview', 'Overview', []], ['diagnose', 'Diagnose', ['diagnose']], ['audit', 'Audit', ['audit']], ['administration', 'Administration', ['administration']]];

/** Everything around a view: where one is, who one is, and the brake. @param {import('./app.js').View} view */
export const frame = view => html`
  <a class="skip button" href="#main" @click=${event => { event.preventDefault(); document.querySelector('h1').focus(); }}>Skip to the content</a>
  <header class="top">
    <div class="inner">
      <a class="brand" href=${at()}><img src="icon.svg" alt="" width="27" height="27">Reanchor</a>
      <nav aria-label="Main"><ul>
        ${areas.map(([area, label, parts]) => html`<li><a href=${at(...parts)} aria-current=${view.area === area ? 'page' : nothing}>${label}</a></li>`)}
      </ul></nav>
      <div class="end">
        <span class="who"><strong>${session.me.name}</strong><small>${session.me.roles.join(', ')}</small></span>
        ${themeSwitch()}
        <button class="plain" @click=${() => signOut()}>Sign out</button>
        ${stopControl()}
      </div>
    </div>
  </header>
  ${connection.lostSince ? html`
    <div class="banner warn" role="status"><div class="inner"><p><strong>The connection is lost</strong> since ${since(connection.lostSince)}.
      What you see was read before. It is tried again by itself; what you typed stays.</p></div></div>` : nothing}
  ${stopBanner()}
  ${view.tenant ? tenantBar(view) : nothing}
  <main id="main">
    <div class="title">
      <div><h1 tabindex="-1">${view.title}</h1>${view.lead ? html`<p class="lead">${view.lead}</p>` : nothing}</div>
      ${view.aside?.() ?? nothing}
    </div>
    ${view.body()}
  </main>`;
