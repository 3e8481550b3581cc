import { html, nothing } from '../lit.js';
import { get, Problem, put } from '../api.js';
import { announce, update } from '../page.js';
import { at, go } from '../router.js';
import { inWords } from './dialog.js';
import { may } from '../session/session.js';
import { notice } from './parts.js';

let error = null;
let busy = false;

/** The first step of a set-up: which tenant it is, and which forests have to be known. */
export const registration = () => may('Administer') ? html`
  <form class="stack" @submit=${save}>
    <div class="fields">
      <div class="field"><label class="field"><span>Tenant id</span><input name="id" aria-describedby="hint-id" required pattern="[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}" placeholder="00000000-0000-0000-0000-000000000001" autocomplete="off"></label>
        <small id="hint-id">Entra shows it on the overview page of the directory.</small></div>
      <label class="field"><span>Name</span><input name="displayName" required maxlength="256" autocomplete="off"></label>
      <div class="field"><label class="field"><span>Collectors</span><textarea name="collectors" aria-describedby="hint-collectors" rows="2" required placeholder="corp"></textarea></label>
        <small id="hint-collectors">One for each AD forest, one a line: small letters, digits and hyphens. A forest that is left out may hold an account that looks missing.</small></div>
      <div class="field"><label class="field"><span>Source anchor</span><input name="anchorAttribute" aria-describedby="hint-anchorAttribute" value="consistencyGuid" required></label>
        <small id="hint-anchorAttribute">As Entra Connect shows it: consistencyGuid, objectGuid, or the LDAP name of another attribute.</small></div>
      <label class="field"><span>Cloud</span><select name="cloud"><option value="global">Global</option><option value="usGovernment">US Government, GCC High</option><option value="usDefense">US Department of Defense</option><option value="china">China, 21Vianet</option></select></label>
    </div>
    ${error ? html`<div class="notice bad" role="alert"><p>${error}</p></div>` : nothing}
    <div class="buttons"><button class="primary" aria-disabled=${busy ? 'true' : nothing}>${busy ? 'Registering …' : 'Register in report mode'}</button></div>
  </form>` : notice('info', html`<p>To register a tenant takes the role Administer.</p>`);

async function save(event) {
  event.preventDefault();
  if (busy) return;
  const data = new FormData(event.target);
  const id = data.get('id').trim().toLowerCase();
  busy = true;
  error = null;
  update();

  try {
    // A registration of one that is registered would replace its settings with defaults.
    if (await isRegistered(id)) {
      error = html`This tenant is registered already. <a href=${at('tenants', id, 'setup')}>Go on with its set-up</a>`;
      return;
    }

    await put(`tenants/${id}`, {
      displayName: data.get('displayName').trim(),
      collectors: data.get('collectors').split(/[\s,;]+/).filter(Boolean),
      anchorAttribute: data.get('anchorAttribute').trim(),
      cloud: data.get('cloud'),
    });
    announce('The tenant is registered.');
    go('tenants', id, 'setup');
  } catch (refusal) {
    error = inWords(refusal);
  } finally {
    busy = false;
    update();
  }
}

async function isRegistered(id) {
  try {
    return await get(`tenants/${id}`) !== null;
  } catch (refusal) {
    if (refusal instanceof Problem && refusal.status === 404) return false;
    throw refusal;
  }
}
