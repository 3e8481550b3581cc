using System.Security.Cryptography;
using System.Text;

namespace Reanchor.Functions.Reports;

/// <summary>How a report looks, on a screen and on paper. It is part of the page, which loads nothing.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light; }
        body { font: 16px/1.5 system-ui, "Segoe UI", sans-serif; color: #1b1b1b; background: #fff; max-width: 72rem; margin: 2rem auto; padding: 0 1.5rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; }
        h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-top: 1rem; border-top: 1px solid #c8c8c8; }
        h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
        p { max-width: 46rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 1rem 0; }
        dt { color: #555; }
        dd { margin: 0; }
        table { width: 100%; border-collapse: collapse; font-size: .875rem; }
        th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid #e1e1e1; overflow-wrap: anywhere; }
        th { color: #555; font-weight: 600; }
        ul { margin: 0; padding-left: 1rem; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        .quiet { color: #555; }
        code { font: .8125rem ui-monospace, Consolas, monospace; }
        @media print {
          @page { margin: 18mm; }
          body { font-size: 10pt; margin: 0; padding: 0; max-width: none; }
          thead { display: table-header-group; }
          tr { break-inside: avoid; }
          h2, h3 { break-after: avoid; }
        }
        """;

    /// <summary>By which a browser knows that it is this style and no other.</summary>
    public static string Hash { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'";
}
