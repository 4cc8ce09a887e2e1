using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Security;
using Grpc.Core;

namespace Fovea.GrpcTests.Security;

public sealed class MethodTableTests
{
    [Fact]
    public void All_MethodsOfTheContracts_AreExactlyDeclared() =>
        Assert.Equal(AnyMethod.All.Keys.Order(StringComparer.Ordinal), MethodTable.All.Select(rule => rule.Method).Order(StringComparer.Ordinal));

    [Fact]
    public void All_RuleWithoutRole_IsHealthAlone()
    {
        var open = MethodTable.All.Where(rule => rule.AnyOf.IsEmpty);

        Assert.All(open, rule => Assert.StartsWith("/grpc.health.v1.Health/", rule.Method, StringComparison.Ordinal));
        Assert.All(MethodTable.All, rule => Assert.All(rule.AnyOf, role => Assert.True(Roles.All.Contains(role), role)));
    }

    [Fact]
    public void Audited_Methods_AreUnary() => Assert.All(
        MethodTable.All.Where(rule => rule.Has(MethodTraits.Audited)), rule => Assert.Equal(MethodType.Unary, AnyMethod.All[rule.Method].Type));

    [Fact]
    public void Docs_TableOfRoles_IsThisTable()
    {
        var documented = File.ReadLines(Path.Combine(RepositoryRoot(), "docs", "security.md"))
            .Where(line => line.StartsWith("| `/", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1].Trim('`'), cells => cells[2], StringComparer.Ordinal);

        Assert.Equal(
            MethodTable.All.OrderBy(rule => rule.Method, StringComparer.Ordinal).Select(rule => $"{rule.Method}: {Describe(rule)}"),
            documented.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key}: {row.Value}"));
    }

    private static string Describe(MethodRule rule)
    {
        var roles = rule.Has(MethodTraits.Anonymous) ? "everyone" : string.Join(", ", rule.AnyOf.Select(role => $"`{role}`"));
        return rule.Has(MethodTraits.Audited) ? $"{roles}; audited" : roles;
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Fovea.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository");
        }

        return folder;
    }
}
