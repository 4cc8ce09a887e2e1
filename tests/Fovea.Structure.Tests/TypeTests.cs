using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fovea.Structure.Tests;

public sealed class TypeTests
{
    [Fact]
    public void Files_TopLevelTypes_AreAtMostOne() => Faults.AssertNone(
        Repository.Sources.Where(file => file.TopLevelTypes.Count() > 1).Select(file => $"{file.Path}: {string.Join(", ", file.TopLevelTypes.Select(NameOf))}"));

    // Parts of a partial type are Type.Part.cs, generic types may be TypeOfT.cs beside Type.cs.
    [Fact]
    public void Files_Name_IsTheTypes() => Faults.AssertNone(
        from file in Repository.Sources
        from type in file.TopLevelTypes
        let name = NameOf(type)
        where file.Name != name
            && !(IsPartial(type) && file.Name.StartsWith($"{name}.", StringComparison.Ordinal))
            && !(ArityOf(type) > 0 && file.Name == $"{name}OfT")
        select $"{file.Path}: holds {name}");

    [Fact]
    public void Namespaces_AreFileScopedAndFollowTheFolder() => Faults.AssertNone(
        from file in Repository.Sources
        where !file.Path.StartsWith("shared/Fovea.Grpc/", StringComparison.Ordinal) // has the namespaces of the packages that it stands for
        from space in file.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>()
        let expected = ExpectedNamespace(file.Path)
        where space is not FileScopedNamespaceDeclarationSyntax || space.Name.ToString() != expected
        select $"{file.Path}: namespace {space.Name}, want file-scoped {expected}");

    [Fact]
    public void Types_WithoutSummary_AreNone() => Faults.AssertNone(
        from file in Repository.Products
        from type in file.Syntax.DescendantNodes().Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).Cast<MemberDeclarationSyntax>()
        where !IsPrivate(type) && !HasSummary(type) && !IsLaterPart(file, type)
        select $"{file.At(type)}: {NameOf(type)} has no summary");

    private static string ExpectedNamespace(string path)
    {
        var folders = path.Split('/')[..^1];
        var project = Directory.EnumerateFiles(Path.Combine(Repository.Root, folders[0], folders[1]), "*.csproj").Single();
        var root = XDocument.Load(project).Descendants("RootNamespace").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);
        return string.Join('.', [root, .. folders[2..]]);
    }

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.Text,
        DelegateDeclarationSyntax declared => declared.Identifier.Text,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static int ArityOf(MemberDeclarationSyntax type) => type switch
    {
        TypeDeclarationSyntax declared => declared.Arity,
        DelegateDeclarationSyntax declared => declared.Arity,
        _ => 0,
    };

    private static bool IsPartial(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static bool IsLaterPart(SourceFile file, MemberDeclarationSyntax type) => IsPartial(type) && file.Name.Contains('.', StringComparison.Ordinal);

    // A nested type without a modifier is private.
    private static bool IsPrivate(MemberDeclarationSyntax type) =>
        type.Modifiers.Any(SyntaxKind.PrivateKeyword)
        || (type.Parent is TypeDeclarationSyntax and not InterfaceDeclarationSyntax
            && !type.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword))
        || type.Ancestors().OfType<TypeDeclarationSyntax>().Any(IsPrivate);

    private static bool HasSummary(MemberDeclarationSyntax type) => type.GetLeadingTrivia()
        .Select(trivia => trivia.GetStructure())
        .OfType<DocumentationCommentTriviaSyntax>()
        .Any(comment => comment.ToFullString() is var text
            && (text.Contains("<summary>", StringComparison.Ordinal) || text.Contains("<inheritdoc", StringComparison.Ordinal)));
}
