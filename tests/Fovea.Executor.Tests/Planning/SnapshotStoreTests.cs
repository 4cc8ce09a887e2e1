using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Executor.Tests.Planning;

public sealed class SnapshotStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-state-").FullName;
    private readonly ManualTime _time = new();
    private readonly MetricsProbe _probe = new();

    public void Dispose()
    {
        _probe.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Offer_Valid_IsInUseAndSaved()
    {
        var store = Open();

        Assert.Empty(store.Offer(Snapshots.Uniform("e1", 7, 0.5)));

        Assert.Equal(("e1", 7L), (store.Current!.Epoch, store.Current.Revision));
        Assert.Equal(7, Open().Current!.Revision);
        Assert.Equal(1, _probe.Value("executor_snapshots_total", "acked"));
    }

    [Fact]
    public void Offer_OneFaultAnywhere_IsRefusedWholeAndNamesAll()
    {
        var store = Open();
        store.Offer(Snapshots.Uniform("e1", 7, 0.5));
        var bad = Snapshots.Of(
            "e1",
            8,
            new ClassRule { RequestClass = "*", Spec = "uniform:r=0.25" },
            new ClassRule { RequestClass = "count", Spec = "nonsense" },
            new ClassRule { RequestClass = "near", ScheduleId = "not an id" });

        var faults = store.Offer(bad);

        Assert.Contains(faults, fault => fault.Field.StartsWith("policies[0].policy.rules[1].spec", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Field == "policies[0].policy.rules[2].scheduleId");
        Assert.Equal(7, store.Current!.Revision);
        Assert.Equal(7, Open().Current!.Revision);
        Assert.Equal(1, _probe.Value("executor_snapshots_total", "nacked_but_cached"));
    }

    [Fact]
    public void Offer_OlderRevisionOfTheEpoch_IsRefusedAndCounted()
    {
        var store = Open();
        store.Offer(Snapshots.Uniform("e1", 7, 0.5));

        var fault = Assert.Single(store.Offer(Snapshots.Uniform("e1", 6, 0.5)));

        Assert.Contains("e1/6 is older than e1/7", fault.Message, StringComparison.Ordinal);
        Assert.Equal(7, store.Current!.Revision);
        Assert.Equal(1, _probe.Value("policy_regression_total", "feed"));
    }

    [Fact]
    public void Offer_LowerRevisionOfAnotherEpoch_IsInUse()
    {
        var store = Open();
        store.Offer(Snapshots.Uniform("e1", 7, 0.5));

        Assert.Empty(store.Offer(Snapshots.Uniform("e2", 1, 0.5)));

        Assert.Equal(("e2", 1L), (store.Current!.Epoch, store.Current.Revision));
    }

    [Fact]
    public void Offer_EarlierEpoch_IsRefusedAndCountedEvenAfterARestart()
    {
        Open().Offer(Snapshots.Uniform("e2", 1, 0.5));

        var fault = Assert.Single(Open().Offer(Snapshots.Uniform("e1", 99, 0.5)));

        Assert.Contains("e1/99 is older than e2/1", fault.Message, StringComparison.Ordinal);
        Assert.Equal("e2", Open().Current!.Epoch);
        Assert.Equal(1, _probe.Value("policy_regression_total", "feed"));
    }

    [Fact]
    public void Offer_Delta_GivesTheSnapshotThatItLeadsTo()
    {
        var store = Open();
        var (first, second) = (Snapshots.Uniform("e1", 7, 0.5), Snapshots.Uniform("e1", 9, 0.25));
        store.Offer(first);

        var verdict = store.Offer(Snapshots.Delta(first, second));

        Assert.True(verdict.IsInUse);
        Assert.Equal(SnapshotId.Of(second), store.Held);
        Assert.Equal(SnapshotId.Of(second), Open().Held);
    }

    [Fact]
    public void Offer_DeltaFromAnother_WantsTheWholeAndChangesNothing()
    {
        var store = Open();
        store.Offer(Snapshots.Uniform("e1", 8, 0.5));
        var held = store.Held;

        var verdict = store.Offer(Snapshots.Delta(Snapshots.Uniform("e1", 7, 0.5), Snapshots.Uniform("e1", 9, 0.25)));

        Assert.True(verdict.WantsWhole);
        Assert.Equal("delta", Assert.Single(verdict.Faults).Field);
        Assert.Equal(held, store.Held);
    }

    [Fact]
    public void Offer_DigestOfSomethingElse_WantsTheWhole()
    {
        var update = Snapshots.Whole(Snapshots.Uniform("e1", 7, 0.5));
        update.Digest = SnapshotDigest.Of(Snapshots.Uniform("e1", 7, 0.25));

        var verdict = Open().Offer(update);

        Assert.True(verdict.WantsWhole);
        Assert.Equal("digest", Assert.Single(verdict.Faults).Field);
    }

    [Fact]
    public void Offer_DeltaToWhatAnotherStreamBrought_IsInUseAtOnce()
    {
        var store = Open();
        var (first, second) = (Snapshots.Uniform("e1", 7, 0.5), Snapshots.Uniform("e1", 9, 0.25));
        store.Offer(second);

        Assert.True(store.Offer(Snapshots.Delta(first, second)).IsInUse);
        Assert.Equal(1, _probe.Value("executor_snapshots_total", "acked"));
    }

    [Fact]
    public void Offer_Refused_NamesTheResourcesAndWhatStaysInUse()
    {
        var store = Open();
        store.Offer(Snapshots.Uniform("e1", 7, 0.5));

        var resource = Assert.Single(store.Offer(Snapshots.Whole(Snapshots.Of("e1", 8, new ClassRule { RequestClass = "a", Spec = "x" }))).Resources);

        Assert.Equal((ResourceKind.Policy, "default", 8L, 7L), (resource.Resource.Kind, resource.Resource.Name, resource.Revision, resource.InUseRevision));
        Assert.NotEmpty(resource.Faults);
    }

    [Fact]
    public void TryAdmit_NoSnapshot_NothingOlderIsAppliedLater()
    {
        var store = Open();

        Assert.True(store.TryAdmit(new SnapshotId("e1", 8, string.Empty)));
        Assert.False(store.TryAdmit(new SnapshotId("e1", 7, string.Empty)));
        Assert.NotEmpty(store.Offer(Snapshots.Uniform("e1", 7, 0.5)));
        Assert.Empty(store.Offer(Snapshots.Uniform("e1", 8, 0.5)));
        Assert.False(store.TryAdmit(new SnapshotId("e1", 9, string.Empty)));
    }

    [Fact]
    public async Task ReachAsync_UntilApplied_Waits()
    {
        var store = Open();
        store.Offer(Snapshots.Uniform("e1", 7, 0.5));
        var reaching = store.ReachAsync(new SnapshotId("e1", 9, string.Empty), CancellationToken.None);

        store.Offer(Snapshots.Uniform("e1", 8, 0.5));
        Assert.False(reaching.IsCompleted);
        store.Offer(Snapshots.Uniform("e1", 10, 0.5));

        await reaching.InTimeAsync();
    }

    [Fact]
    public void Age_Held_GrowsUntilConfirmed()
    {
        var store = Open();
        store.Offer(Snapshots.Uniform("e1", 7, 0.5));
        _time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(12, store.Age.TotalSeconds, 3);

        Assert.True(store.Confirm(store.Held));
        Assert.Equal(0, store.Age.TotalSeconds, 3);

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(store.Confirm(store.Held with { Revision = 8 }));
        Assert.Equal(5, store.Age.TotalSeconds, 3);
    }

    [Fact]
    public void Open_AfterRestart_KnowsHowOldItsSnapshotIs()
    {
        Open().Offer(Snapshots.Uniform("e1", 7, 0.5));
        _time.Advance(TimeSpan.FromSeconds(60));

        var store = Open();

        Assert.Equal(60, store.Age.TotalSeconds, 1.0);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(63, store.Age.TotalSeconds, 1.0);
    }

    [Fact]
    public void Open_DamagedFile_StartsWithoutASnapshot()
    {
        Open().Offer(Snapshots.Uniform("e1", 7, 0.5));
        File.WriteAllBytes(Path.Combine(_folder, "snapshot.bin"), [1, 2, 3]);

        Assert.Null(Open().Current);
    }

    private SnapshotStore Open() => new(new SnapshotFile(_folder, _time), _probe.Metrics, _time, NullLogger<SnapshotStore>.Instance);
}
