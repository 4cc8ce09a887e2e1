using System.Net;
using System.Text;
using Fovea.Cli.Charts;

namespace Fovea.Cli.Comparison;

/// <summary>Writes a comparison as one HTML file that needs nothing else.</summary>
internal static class CompareHtml
{
    private const string Style = """
        body { font-family: "DejaVu Sans", Verdana, sans-serif; color: #222; background: #fff; margin: 2em auto; max-width: 1100px; }
        svg { max-width: 100%; height: auto; }
        table { border-collapse: collapse; font-size: 12px; margin: 1em 0; }
        th, td { padding: 4px 8px; text-align: right; border-bottom: 1px solid #ddd; }
        th:nth-child(-n+4), td:nth-child(-n+4) { text-align: left; }
        tr.psigmoid { background: #eaf3fa; }
        .wide { overflow-x: auto; }
        p { font-size: 13px; margin: 0.4em 0; }
        """;

    /// <summary>Returns the document.</summary>
    public static string Of(CompareReport report)
    {
        var figure = CompareFigure.Of(report);
        var title = WebUtility.HtmlEncode(figure.Title);
        var rows = new StringBuilder();
        foreach (var row in report.Rows)
        {
            var kind = row.Candidate.Method == CompareMethod.PSigmoid ? " class=\"psigmoid\"" : string.Empty;
            rows.Append("<tr").Append(kind).Append('>').Append(Cells("td", CompareCells.Of(row))).Append("</tr>\n");
        }

        var notes = string.Concat(CompareCells.Notes(report).Select(note => $"<p>{WebUtility.HtmlEncode(note)}</p>\n"));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>{title}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <h1>{title}</h1>
            {FigureSvg.Render(figure)}
            <div class="wide"><table>
            <thead><tr>{Cells("th", CompareCells.Heads)}</tr></thead>
            <tbody>
            {rows}</tbody>
            </table></div>
            {notes}</body>
            </html>

            """;
    }

    private static string Cells(string tag, IEnumerable<string> texts) =>
        string.Concat(texts.Select(text => $"<{tag}>{WebUtility.HtmlEncode(text)}</{tag}>"));
}
