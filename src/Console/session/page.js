import { html, nothing } from '../lit.js';
import { update } from '../page.js';
import { session, signIn } from './session.js';

let failed = null;

/** What is shown while nobody is signed in. */
export const signInPage = () => html`
  <main class="signin">
    <div class="panel">
      <h1 tabindex="-1">Sign in to Reanchor</h1>
      ${session.problem ?? failed ? html`<div class="notice warn" role="alert"><p>${session.problem ?? failed}</p></div>` : nothing}
      ${session.how.signIn === 'local' ? local() : html`
        <p>You sign in with your work account. Reanchor asks for nothing but to know who you are.</p>
        <div class="buttons"><button class="primary" @click=${() => enter()}>Sign in with Microsoft</button></div>`}
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
  <form class="stack" @submit=${event => { event.preventDefault(); enter(new FormData(event.target).get('token')); }}>
    <label class="field"><span>Token or sign-in link</span><input name="token" required autocomplete="off" spellcheck="false"></label>
    <div class="buttons"><button class="primary">Sign in</button></div>
  </form>`;

async function enter(input) {
  try {
    failed = null;
    await signIn(input);
  } catch (error) {
    failed = error.message;
    update();
  }
}
