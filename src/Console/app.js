import { html, render } from './lit.js';
import { announce, painter, update } from './page.js';
import { route } from './router.js';
import { session, startSession } from './session/session.js';
import { signInPage } from './session/page.js';
import { frame } from './frame.js';
import { countAnew } from './ui/parts.js';
import { startTheme } from './ui/theme.js';
import { viewOf } from './views/index.js';

/**
 * A view: what one address shows.
 * @typedef {{title: string, lead?: any, aside?: function, tenant?: string, area?: string, body: function, close?: function, keys?: function}} View
 */

const app = document.getElementById('app');

/** @type {View} */
let view = null;
let heading = null;

function paint() {
  countAnew();
  render(session.state === 'signedIn' ? frame(view ??= viewOf(route())) : session.state === 'signedOut' ? signInPage() : starting(), app);

  if (session.state === 'signedIn' && heading !== view.title) {
    heading = view.title;
    document.title = `${view.title} · Reanchor`;
  }
}

const starting = () => html`<main><div class="loading"><span class="bar"></span><p>Reanchor is starting …</p></div></main>`;

function leave() {
  view?.close?.();
  view = null;
  heading = null;
}

addEventListener('hashchange', () => {
  if (session.state !== 'signedIn') return;
  leave();
  paint();
  scrollTo(0, 0);
  document.querySelector('h1')?.focus();
});

addEventListener('keydown', event => {
  const typing = event.target.closest?.('input, textarea, select, dialog, [contenteditable]');
  if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) view?.keys?.(event);
});

// What was not read while nobody looked is read when somebody does.
addEventListener('visibilitychange', update);

addEventListener('unhandledrejection', event => announce(`Something went wrong: ${event.reason?.message ?? event.reason}`));

painter(paint);
startTheme();
paint();

try {
  await startSession();
} catch (error) {
  render(html`<main><h1>Reanchor cannot start</h1><div class="notice bad"><p>${error.message}</p></div><p>Reload the page to try again.</p></main>`, app);
  throw error;
}
