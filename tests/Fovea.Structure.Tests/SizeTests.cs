using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fovea.Structure.Tests;

public sealed class SizeTests
{
    private const int MostFileLines = 300;
    private const int MostBodyLines = 60;

    [Fact]
    public void Files_Length_IsBounded() => Faults.AssertNone(
        Repository.Sources.Where(file => file.Lines > MostFileLines).Select(file => $"{file.Path}: {file.Lines} lines, at most {MostFileLines}"));

    [Fact]
    public void Bodies_Length_IsBounded() => Faults.AssertNone(
        from file in Repository.Sources
        from node in file.Syntax.DescendantNodes()
        let body = BodyOf(node)
        where body is not null && LinesOf(body) > MostBodyLines
        select $"{file.At(node)}: a body of {LinesOf(body)} lines, at most {MostBodyLines}");

    private static SyntaxNode? BodyOf(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
        PropertyDeclarationSyntax property => property.ExpressionBody,
        _ => null,
    };

    private static int LinesOf(SyntaxNode body)
    {
        var span = body.GetLocation().GetLineSpan();
        var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
        return body is BlockSyntax ? lines - 2 : lines; // the braces are no part of the body
    }
}
