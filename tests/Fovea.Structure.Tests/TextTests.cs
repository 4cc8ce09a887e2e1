using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fovea.Structure.Tests;

public sealed class TextTests
{
    private static readonly string[] Marks = ["TODO", "FIXME", "HACK", "XXX"];
    private static readonly string[] DirectLogs = ["LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical"];

    [Fact]
    public void Comments_UnfinishedMarks_AreNone() => Faults.AssertNone(
        from file in Repository.Sources
        from trivia in file.Syntax.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.HasStructure
        let mark = Array.Find(Marks, mark => Regex.IsMatch(trivia.ToFullString(), $@"\b{mark}\b", RegexOptions.NonBacktracking))
        where mark is not null
        select $"{file.Path}:{trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {mark}");

    [Fact]
    public void Files_Regions_AreNone() => Faults.AssertNone(
        from file in Repository.Sources
        from trivia in file.Syntax.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
        select $"{file.Path}:{trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: a region");

    [Fact]
    public void Products_DirectLogCalls_AreNone() => Faults.AssertNone(
        from file in Repository.Products
        from call in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        let name = (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.Text ?? (call.Expression as MemberBindingExpressionSyntax)?.Name.Identifier.Text
        where DirectLogs.Contains(name, StringComparer.Ordinal)
        select $"{file.At(call)}: {name}; declare a [LoggerMessage] in the folder's log class");

    // A path that exists only beside this checkout is of no use to anyone else.
    [Fact]
    public void TextFiles_PathsOfThisMachine_AreNone()
    {
        var patterns = MachinePaths().Select(path => new Regex($@"{Regex.Escape(path)}($|[^\w-])", RegexOptions.NonBacktracking)).ToArray();

        Faults.AssertNone(
            from file in Repository.TextFiles()
            let text = File.ReadAllText(Path.Combine(Repository.Root, file))
            let found = Array.Find(patterns, pattern => pattern.IsMatch(text))
            where found is not null
            select $"{file}: names {found.Match(text)}");
    }

    private static IEnumerable<string> MachinePaths()
    {
        yield return Repository.Root;
        var parent = Path.GetDirectoryName(Repository.Root);
        if (parent is null or "/")
        {
            yield break;
        }

        foreach (var sibling in Directory.EnumerateFileSystemEntries(parent))
        {
            yield return sibling;
        }
    }
}
