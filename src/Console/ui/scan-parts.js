import { html, nothing } from '../lit.js';
import { download, post } from '../api.js';
import { announce, update } from '../page.js';
import { isOver, scanKinds, startScan } from '../model/scans.js';
import { ask, tell } from './dialog.js';
import { action, badge, facts, notice } from './parts.js';
import { countBadges } from './proposal-parts.js';
import { since, time } from './time.js';
import { words } from './words.js';

let starting = false;

/** Starts a scan, as the tenant's mode says or only to report, and shows it in the list of scans. */
export function startButtons(tenant, scans) {
  const running = scans.value?.[0] && !isOver(scans.value[0]);
  const not = running ? 'A scan is running.' : !tenant.enabled ? 'The tenant is disabled.' : null;
  const start = async mode => {
    starting = true;
    update();

    try {
      await startScan(tenant.tenantId, mode);
      announce('The scan is queued.');
    } catch (error) {
      tell('The scan was not started', error.message);
    } finally {
      starting = false;
      await scans.again();
    }
  };

  return html`
    ${action(tenant.mode === 'report' ? 'Start a scan (report only)' : 'Start a scan', { roles: ['Operate'], kind: 'primary', busy: starting, not, click: () => start(null) })}
    ${tenant.mode === 'report' || not ? nothing : action('Scan to report only', { roles: ['Operate'], busy: starting, click: () => start('report') })}`;
}

/** One scan: where it stands, what it counted, and what it takes when it halted. */
export const latestScan = (scan, scans) => html`
  <div class="badges" role=${isOver(scan) ? nothing : 'status'}>${badge(scanKinds[scan.status], words(scan.status))}
    ${scan.mode === 'report' ? badge('quiet', 'Report only') : nothing}</div>
  ${isOver(scan) ? nothing : html`
    <label class="stack"><span>${scan.status === 'queued' ? 'It waits for its turn.' : `${scan.usersRead.toLocaleString('en')} users read so far, ${scan.pages} pages, ${scan.requests} requests.`}</span>
      <progress aria-label="The scan is running"></progress></label>`}
  ${scan.haltReason && scan.status === 'halted' ? notice('warn', html`
    <p><strong>Halted: nothing was proposed.</strong> ${scan.haltReason}</p>
    ${scan.haltKind === 'cap' ? html`
      <p>Look at the findings. If they are right, an administrator lets this one scan propose them, and cannot approve them.</p>
      ${action('Let this scan propose', { roles: ['Administer'], click: () => resume(scan, scans) })}` : nothing}`) : nothing}
  ${scan.failure && scan.status === 'failed' ? notice('bad', html`<p><strong>Failed.</strong> ${scan.failure}</p>`)
    : scan.failure ? notice('warn', html`<p>The latest step failed and is tried again: ${scan.failure}</p>`) : nothing}
  ${scan.reportOnlyBecause ? notice('info', html`<p><strong>Nothing is proposed.</strong> ${scan.reportOnlyBecause}</p>`) : nothing}
  ${countBadges(scan.tenantId, scan.counts)}
  ${facts([
    ['Asked for', html`${since(scan.queuedAt)} by ${scan.requestedBy.name}`],
    ['Ended', scan.endedAt ? time(scan.endedAt) : null],
    ['Users read', scan.usersRead.toLocaleString('en')],
    ['Requests to Graph', scan.requests.toLocaleString('en')],
    ['Resumed by', scan.resumedBy ? `${scan.resumedBy.name}: “${scan.resumeReason}”` : null],
  ])}`;

const resume = (scan, scans) => ask({
  title: 'Let this scan propose its candidates?',
  text: html`<p>${scan.haltReason}</p>`,
  confirm: 'Let it propose',
  submit: async reason => { await post(`tenants/${scan.tenantId}/scans/${scan.scanId}/resume`, { reason }); await scans.again(); },
  done: 'The scan goes on.',
});

/** The scan for the customer, and for other programs. */
export const reportLinks = (tenant, scan) => html`
  <div class="buttons" role="group" aria-label="Report of this scan">
    ${[['html', 'Report for the customer'], ['csv', 'CSV'], ['json', 'JSON']].map(([format, label]) => html`
      <button type="button" @click=${() => fetchReport(tenant, scan, format)}>${label}</button>`)}
  </div>`;

async function fetchReport(tenant, scan, format) {
  try {
    await download(`tenants/${tenant}/scans/${scan}/report?format=${format}`, `reanchor-${scan}.${format}`);
    announce('The report is downloaded.');
  } catch (error) {
    tell('The report could not be made', error.message);
  }
}
