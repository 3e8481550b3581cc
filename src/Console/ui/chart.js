import { html, nothing, svg } from '../lit.js';
import { isWhole } from '../model/scans.js';
import { localText, time } from './time.js';
import { count } from './words.js';

const Width = 640;
const Height = 150;
const Base = 126;

/** Findings over past scans: candidates and the others, one bar a scan, the oldest first; and the same as a table. */
export function findingsChart(ended) {
  const scans = ended.filter(isWhole);
  const leftOut = ended.length - scans.length;
  const note = leftOut ? html`<p class="soft">${count(leftOut, 'scan')} failed. What there was to find is unknown, and not shown.</p>` : nothing;
  if (scans.length === 0) return html`<p class="soft">No scan has read every user yet.</p>${note}`;

  const bars = scans.map(scan => {
    const total = Object.values(scan.counts).reduce((sum, n) => sum + n, 0);
    return { at: scan.queuedAt, candidates: scan.counts.Candidate ?? 0, total };
  });
  const top = Math.max(1, ...bars.map(bar => bar.total));
  const step = (Width - 40) / Math.max(bars.length, 6);
  const y = n => Base - n / top * (Base - 14);
  const first = bars[0];
  const last = bars.at(-1);

  return html`
    <figure class="stack">
      <svg class="chart" viewBox="0 0 ${Width} ${Height}" role="img"
        aria-label="Findings of the last ${bars.length} scans: from ${first.total}, of them ${first.candidates} candidates, to ${last.total}, of them ${last.candidates} candidates.">
        <line x1="32" x2=${Width} y1=${Base} y2=${Base}></line>
        <text x="26" y=${Base} text-anchor="end">0</text>
        <text x="26" y="18" text-anchor="end">${top}</text>
        ${bars.map((bar, i) => {
          const x = 40 + i * step;
          const width = Math.min(step * .65, 36);
          return svg`<g>
            <title>${`${localText(bar.at)}: ${bar.total} findings, ${bar.candidates} candidates`}</title>
            <rect class="others" x=${x} y=${y(bar.total)} width=${width} height=${y(bar.candidates) - y(bar.total)} rx="2"></rect>
            <rect class="candidates" x=${x} y=${y(bar.candidates)} width=${width} height=${Base - y(bar.candidates)} rx="2"></rect>
          </g>`;
        })}
        <text x="40" y=${Height - 6}>${localText(first.at)}</text>
        ${bars.length > 5 ? svg`<text x=${Width} y=${Height - 6} text-anchor="end">${localText(last.at)}</text>` : ''}
      </svg>
      <figcaption class="legend">
        <span><svg class="chart" viewBox="0 0 10 10" aria-hidden="true"><rect class="candidates" width="10" height="10" rx="2"></rect></svg> Candidates</span>
        <span><svg class="chart" viewBox="0 0 10 10" aria-hidden="true"><rect class="others" width="10" height="10" rx="2"></rect></svg> Others</span>
      </figcaption>
      ${note}
      <details><summary>As a table</summary>
        <table class="numbers">
          <caption class="unseen">Findings over time, the newest scan first</caption>
          <thead><tr>${['Scan', 'Findings', 'Candidates', 'Others'].map(label => html`<th scope="col">${label}</th>`)}</tr></thead>
          <tbody>${bars.toReversed().map(bar => html`
            <tr><th scope="row">${time(bar.at)}</th>${[bar.total, bar.candidates, bar.total - bar.candidates].map(n => html`<td>${n}</td>`)}</tr>`)}</tbody>
        </table></details>
    </figure>`;
}
