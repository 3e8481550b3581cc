/** Sign-in with Entra: authorization code with PKCE by redirect; msal-browser keeps the tokens for this browser tab. */

let client;
let scopes;

/** What msal says when no answer came. */
const unanswered = new Set(['no_network_connectivity', 'post_request_failed', 'get_request_failed', 'network_error']);

/** What only a person can cure: Entra takes the refresh token of a page for a day. */
const ended = new Set(['invalid_grant', 'no_account_error']);

export async function start({ authority, clientId, scope }) {
  const msal = await library();
  scopes = [scope];
  client = await msal.createStandardPublicClientApplication({
    auth: { clientId, authority, redirectUri: location.origin + location.pathname },
    cache: { cacheLocation: 'sessionStorage' },
  });
  const answer = await client.handleRedirectPromise();
  client.setActiveAccount(answer?.account ?? client.getAllAccounts()[0] ?? null);
}

/** Leaves the page; Entra sends the person back to where they were. */
export const signIn = () => client.loginRedirect({ scopes });
export const signInAgain = () => client.acquireTokenRedirect({ scopes });
export const signOut = () => client.logoutRedirect();

/** @returns why nobody is signed in; null when nobody tried; undefined when somebody is. */
export const signedOutBecause = () => client.getActiveAccount() ? undefined : null;

/** @returns null when the person has to sign in again. */
export async function token() {
  const { CacheLookupPolicy, InteractionRequiredAuthError } = globalThis.msal;

  try {
    // Never by a hidden frame: the page's policy allows none.
    return (await client.acquireTokenSilent({ scopes, cacheLookupPolicy: CacheLookupPolicy.AccessTokenAndRefreshToken })).accessToken;
  } catch (error) {
    if (error instanceof InteractionRequiredAuthError || ended.has(error.errorCode)) return null;
    throw unanswered.has(error.errorCode) ? new TypeError(error.message) : error;
  }
}

/** The prebuilt library is a classic script; it leaves its name on the window. */
function library() {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL('lib/msal-browser/msal-browser.min.js', document.baseURI);
    script.onload = () => resolve(globalThis.msal);
    script.onerror = () => reject(new Error('The sign-in library could not be loaded. Reload the page.'));
    document.head.append(script);
  });
}
