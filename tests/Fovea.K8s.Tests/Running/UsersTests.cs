using System.Text;
using System.Text.RegularExpressions;
using Fovea.K8s.Tests.Infrastructure;
using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Running;

/// <summary>The users of Redis may do what the scheduler does, and no more.</summary>
public sealed partial class UsersTests
{
    [RedisFact]
    public async Task Scheduler_CommandsOfItsScripts_AreExactlyThoseAllowed()
    {
        var rights = await RightsAsync("scheduler");
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "services", "Scheduler"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));
        var used = Command().Matches(source).Select(match => match.Groups["command"].Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

        // What the client library sends by itself, and the script's own command.
        used.UnionWith(["ping", "echo", "select", "subscribe", "unsubscribe", "eval"]);

        Assert.Equal(used.Order(StringComparer.Ordinal), rights.Where(word => word.StartsWith('+')).Select(word => word[1..]).Order(StringComparer.Ordinal));
        Assert.Contains("-@all", rights);
        Assert.Equal(["~{fovea}:*"], rights.Where(word => word.StartsWith('~')));
        Assert.Equal(["&fovea:*"], rights.Where(word => word.StartsWith('&')));
    }

    [RedisFact]
    public async Task Others_MayDoNothing()
    {
        Assert.Equal(["off"], await RightsAsync("default"));
        Assert.Equal(["on", "nopass", "resetkeys", "resetchannels", "-@all", "+ping"], await RightsAsync("probe"));
    }

    private static async Task<IReadOnlyList<string>> RightsAsync(string user)
    {
        var secrets = ManifestSet.Parse(await Tool.OutputAsync("bash", Path.Combine(Repository.Root, "scripts", "k8s-secrets.sh")));
        var users = Convert.FromBase64String(secrets.The("Secret", "fovea-redis-users").Root.At("data", "users.acl").Text);
        return Encoding.UTF8.GetString(users).Split('\n').Single(line => line.StartsWith($"user {user} ", StringComparison.Ordinal)).Split(' ')[2..];
    }

    [GeneratedRegex(@"redis\.p?call\('(?<command>[A-Z]+)'", RegexOptions.NonBacktracking)]
    private static partial Regex Command();
}
