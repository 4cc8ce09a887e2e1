using System.Globalization;
using System.Text;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Writes question sets of given types; the images are only sent, never decoded.</summary>
internal static class SetFolder
{
    public static string Write(TempFolder folder, string name, params string[] types)
    {
        var lines = new StringBuilder();
        for (var index = 0; index < types.Length; index++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{{\"image\": \"images/{index % 2}.jpg\", \"question\": \"q{index}\", \"answer\": \"a\", \"type\": \"{types[index]}\"}}\n");
        }

        folder.Write(Path.Combine(name, "images/0.jpg"), "zero");
        folder.Write(Path.Combine(name, "images/1.jpg"), "one");
        return Path.GetDirectoryName(folder.Write(Path.Combine(name, "questions.jsonl"), lines.ToString()))!;
    }

    /// <summary>Writes a set of so many questions of one type.</summary>
    public static string Write(TempFolder folder, int questions) => Write(folder, "set", [.. Enumerable.Repeat("t", questions)]);
}
