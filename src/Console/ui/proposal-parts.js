import { html, nothing } from '../lit.js';
import { at } from '../router.js';
import { guidOf } from '../model/anchor.js';
import { classKind, classLabel, inOrder } from '../model/classes.js';
import { riskOf, risks } from '../model/risk.js';
import { statusKind, statusLabel } from '../model/status.js';
import { badge, code } from './parts.js';

export const classBadge = name => badge(classKind(name), classLabel(name));
/** The counts of a scan; each leads to the findings of its class. */
export const countBadges = (tenant, counts) => html`<div class="badges">${inOrder(counts).map(([name, n]) => html`
  <a class="badge ${classKind(name)}" href="${at('tenants', tenant, 'findings')}?class=${name}">${classLabel(name)} <strong>${n}</strong></a>`)}</div>`;

export const statusBadge = status => badge(statusKind(status), statusLabel(status));
export const riskBadge = proposal => badge(risks[riskOf(proposal)].kind, risks[riskOf(proposal)].label);

/** A user by display name, with the sign-in name under it. */
export const userName = of => html`${of.displayName ?? of.userPrincipalName}${of.displayName ? html`<small>${of.userPrincipalName}</small>` : nothing}`;

/** An anchor as Entra shows it, with the GUID inside as AD tools show it. */
export const anchorText = anchor => anchor ? html`${code(anchor)}${guidOf(anchor) ? html`<br><small>GUID ${code(guidOf(anchor))}</small>` : html`<br><small>This is not a GUID in Base64.</small>`}` : null;
