using System.Xml.Linq;

namespace Fovea.Structure.Tests;

public sealed class DependencyTests
{
    [Fact]
    public void Scheduler_NeverReachesTheEngine()
    {
        var reached = Reachable("services/Scheduler/Fovea.Scheduler.csproj");

        Assert.DoesNotContain(reached, project => project.EndsWith("Fovea.Torch.csproj", StringComparison.Ordinal));
        Assert.DoesNotContain(reached, project => project.EndsWith("Fovea.Executor.csproj", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Planning")]
    [InlineData("Statistics")]
    public void PureProject_ReferencesNothing(string name)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, $"shared/Fovea.{name}/Fovea.{name}.csproj"));

        Assert.DoesNotContain(project.Descendants(), item => item.Name.LocalName is "ProjectReference" or "PackageReference" or "FrameworkReference" or "Reference");
    }

    // The model does not know that tokens are dropped; dropping does not know the model. Only Prefill joins them.
    [Theory]
    [InlineData("Dropping", "Models")]
    [InlineData("Ranking", "Models")]
    [InlineData("Models", "Dropping")]
    [InlineData("Models", "Ranking")]
    [InlineData("Models", "Prefill")]
    public void ExecutorFolder_NeverUses(string folder, string other) => Faults.AssertNone(
        from file in Repository.Products
        where file.Path.StartsWith($"services/Executor/{folder}/", StringComparison.Ordinal)
        where file.Syntax.ToFullString().Contains($"Fovea.Executor.{other}", StringComparison.Ordinal)
        select $"{file.Path}: uses {other}");

    [Fact]
    public void Projects_OfTheSolution_AreAllListed()
    {
        var listed = XDocument.Load(Path.Combine(Repository.Root, "Fovea.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value);
        string[] folders = ["shared", "services", "tools", "tests"];
        var present = folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(Repository.Relative)
            .Where(path => path.Split('/').Length == 3);

        Assert.Equal(present.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static HashSet<string> Reachable(string project)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([Path.Combine(Repository.Root, project)]);
        while (open.TryPop(out var path))
        {
            foreach (var reference in XDocument.Load(path).Descendants("ProjectReference"))
            {
                var target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, reference.Attribute("Include")!.Value));
                if (reached.Add(Repository.Relative(target)))
                {
                    open.Push(target);
                }
            }
        }

        return reached;
    }
}
