import { html, nothing } from '../lit.js';
import { update } from '../page.js';
import { session, signIn, signInAgain } from './session.js';

let failed = null;

/** What is shown while nobody is signed in. */
export const signInPage = () => html`
  <main class="signin">
    <div class="panel">
      <h1 tabindex="-1">Sign in to Reanchor</h1>
      ${session.problem ?? failed ? html`<div class="notice warn" role="alert"><p>${session.problem ?? failed}</p></div>` : nothing}
      ${session.how.signIn === 'local' ? local() : html`
        <p>You sign in with your work account. Reanchor asks for nothing but to know who you are.</p>
        <div class="buttons"><button class="primary" @click=${() => leave(signIn)}>Sign in with Microsoft</button></div>`}
    </div>
  </main>`;

const local = () => html`
  <div class="prose">
    <p>This is an installation on one machine. LocalHost signs people in.</p>
    <p>Open one of the sign-in links that LocalHost printed when it started. A link is good for eight hours. For a new one, start
      LocalHost again, or ask for a token on that machine and paste it here:</p>
    <pre>curl ${location.origin}/local/token -H 'content-type: application/json' \\
  -d '{"name":"Ada","roles":["Operate"],"tenants":["*"]}'</pre>
  </div>
  <form class="stack" @submit=${event => { event.preventDefault(); leave(() => signIn(new FormData(event.target).get('token'))); }}>
    <label class="field"><span>Token or sign-in link</span><input name="token" required autocomplete="off" spellcheck="false"></label>
    <div class="buttons"><button class="primary">Sign in</button></div>
  </form>`;

/** Above everything while the sign-in has expired: the way back, for when the person is ready for it. */
export const expiredBanner = () => session.expired ? html`
  <div class="banner warn" role="alert"><div class="inner">
    <p><strong>Your sign-in has expired.</strong> What you see was read before. What you chose, and the reasons that you typed, stay while you sign in again. ${failed}</p>
    <button class="primary" @click=${() => leave(signInAgain)}>Sign in again</button></div></div>` : nothing;

async function leave(by) {
  try {
    failed = null;
    await by();
  } catch (error) {
    failed = error.message;
    update();
  }
}
