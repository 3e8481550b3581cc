import { at } from '../router.js';
import { html } from '../lit.js';
import { overview } from './overview.js';
import { findings } from './findings.js';
import { review } from './review.js';
import { reviewOne } from './review-one.js';
import { outcomes } from './outcomes.js';
import { outcome } from './outcome.js';
import { diagnose } from './diagnose.js';
import { audit } from './audit.js';
import { administration } from './administration.js';
import { register } from './register.js';
import { settings } from './settings.js';
import { access } from './access.js';

/** Which view an address names. @returns {import('../app.js').View} */
export function viewOf({ parts, query }) {
  const [area, id, section = 'findings', item] = parts;

  switch (area) {
    case undefined: return overview();
    case 'diagnose': return diagnose({ query });
    case 'audit': return audit({ query });
    case 'administration': return id === undefined ? administration() : id === 'access' ? access() : id === 'register' ? register({}) : nowhere();
    case 'tenants': return id === undefined ? nowhere() : ofTenant(id, section, item, query);
    default: return nowhere();
  }
}

function ofTenant(tenant, section, item, query) {
  switch (section) {
    case 'findings': return findings({ tenant, query });
    case 'review': return item === undefined ? review({ tenant }) : reviewOne({ tenant, proposal: item });
    case 'outcomes': return item === undefined ? outcomes({ tenant, query }) : outcome({ tenant, proposal: item });
    case 'diagnose': return diagnose({ tenant, query });
    case 'audit': return audit({ tenant, query });
    case 'settings': return settings({ tenant });
    case 'setup': return register({ tenant });
    default: return nowhere();
  }
}

const nowhere = () => ({
  title: 'There is nothing here',
  body: () => html`<p>The address names no view. <a href=${at()}>Go to the overview.</a></p>`,
});
