using Fovea.Cli.Fleet;
using Fovea.Cli.Sets;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Sets;

public sealed class SetUploaderTests
{
    [Fact]
    public async Task EnsureAsync_Twice_SendsOnce()
    {
        using var folder = new TempFolder();
        var calibration = new CalibrationDouble();
        await using var server = await TestServer.StartAsync(calibration);
        var set = QuestionSet.Load(SetFolder.Write(folder, "mine", "a", "b", "c"));
        var notes = new List<string>();

        var first = await EnsureAsync(server, set, notes.Add);
        var second = await EnsureAsync(server, set, notes.Add);

        Assert.Equal(first, second);
        Assert.Equal(("mine", 3), (first.Name, first.Questions));
        Assert.Equal(["a", "b", "c"], Assert.Single(calibration.Sets).Value.Questions.Select(question => question.Type));
        Assert.Contains("3 questions, 2 images", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureAsync_OtherDigest_IsRefused()
    {
        using var folder = new TempFolder();
        await using var server = await TestServer.StartAsync(new CalibrationDouble { WrongDigest = "other" });
        var set = QuestionSet.Load(SetFolder.Write(folder, 2));

        var refusal = await Assert.ThrowsAsync<CliException>(() => EnsureAsync(server, set, _ => { }));

        Assert.Contains("other", refusal.Faults[0], StringComparison.Ordinal);
    }

    private static async Task<Fovea.Contracts.V1.SetReference> EnsureAsync(TestServer server, QuestionSet set, Action<string> note)
    {
        using var executor = new ExecutorSession("exec-1", new ServiceSession(new Uri(server.Address), TimeSpan.FromSeconds(30), TimeProvider.System));
        return Assert.Single(await SetUploader.EnsureAsync([executor], [set], note, CancellationToken.None));
    }
}
