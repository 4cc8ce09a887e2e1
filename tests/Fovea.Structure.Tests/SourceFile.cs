using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fovea.Structure.Tests;

/// <summary>Is one parsed C# file.</summary>
/// <param name="Path">Path relative to the root, with slashes.</param>
/// <param name="Lines">Number of lines.</param>
/// <param name="Syntax">Its syntax.</param>
internal sealed record SourceFile(string Path, int Lines, CompilationUnitSyntax Syntax)
{
    /// <summary>Gets the name without folder and extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Gets the types that are not nested.</summary>
    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes =>
        Syntax.Members.Concat(Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(space => space.Members))
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    /// <summary>Gets the namespaces that are used, written as in the file.</summary>
    public IEnumerable<string> Usings => Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>().Select(use => use.NamespaceOrType.ToString());

    /// <summary>Parses a file.</summary>
    public static SourceFile Load(string path)
    {
        var text = File.ReadAllText(path);
        var tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview, Microsoft.CodeAnalysis.DocumentationMode.Parse));
        return new SourceFile(Repository.Relative(path), text.AsSpan().TrimEnd('\n').Count('\n') + 1, tree.GetCompilationUnitRoot());
    }

    /// <summary>Returns where a node is, for messages.</summary>
    public string At(Microsoft.CodeAnalysis.SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}
