using Fovea.Contracts.V1;
using Fovea.Planning.Policies;
using Fovea.Scheduler.Schedules;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Schedules;

public sealed class TableWriterTests : IDisposable
{
    private static readonly PlanRequest Request = new() { ImageTokens = [576], TextTokens = 64 };

    private readonly Parts _parts = new();
    private readonly LogLines<TableWriter> _log = new();
    private readonly TableWriter _writer;

    public TableWriterTests() => _writer = new TableWriter(_parts.Store, _parts.States, new SnapshotLimit(new StoreOptions()), _log);

    public void Dispose() => _parts.Dispose();

    // The table goes from mean 0.28 to 0.4.
    [Theory]
    [InlineData("mean", 0.2, true)]
    [InlineData("mean", 0.5, true)]
    [InlineData("mean", 0.33, false)]
    [InlineData("flops", 0.9, true)]
    [InlineData("flops", 0.45, false)]
    public async Task PutAsync_BudgetOfAPolicy_IsNamedWhereItIsOutside(string kind, double value, bool isOutside)
    {
        await KnowModelAsync();
        await ApplyAsync(TestPolicies.ByBudget("default", kind == "mean" ? new Budget { MeanKeep = value } : new Budget { FlopsShare = value }));

        await _writer.PutAsync(TestTables.Budgets(), Request, CancellationToken.None);

        if (isOutside)
        {
            var line = Assert.Single(_log.Warnings);
            Assert.StartsWith($"Policy default cannot serve model {TestModels.Llava} any more", line, StringComparison.Ordinal);
            Assert.Contains($"search-1: class *: infeasible: budget {kind}=", line, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(_log.Warnings);
        }
    }

    [Fact]
    public async Task PutAsync_SeveralPolicies_NamesThoseItBreaksInOrder()
    {
        await KnowModelAsync();
        var outside = new Budget { MeanKeep = 0.2 };
        var shaped = TestPolicies.ByBudget("shaped", outside);
        shaped.Rules[0].Budget.Slope = 0.3;
        var classes = TestPolicies.ByBudget("b-classes", new Budget { MeanKeep = 0.3 });
        classes.Rules.Add(new Contracts.V1.ClassRule { RequestClass = "count", Budget = new BudgetRule { Budget = outside } });
        var locked = TestPolicies.ByBudget("a-locked", outside);
        locked.AllowOverrides = false;
        var other = TestPolicies.ByBudget("other", outside);
        other.Model = "another";
        foreach (var policy in new[] { shaped, classes, locked, other, TestPolicies.Full("default") })
        {
            await ApplyAsync(policy);
        }

        await _writer.PutAsync(TestTables.Budgets(), Request, CancellationToken.None);

        Assert.Equal(["a-locked", "b-classes"], _log.Warnings.Select(line => line.Split(' ')[1]));
        Assert.Contains("class count: ", _log.Warnings.Last(), StringComparison.Ordinal);
        Assert.DoesNotContain("class *: ", _log.Warnings.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutAsync_TableAgain_NamesNothingThatWasBrokenBefore()
    {
        await KnowModelAsync();
        await ApplyAsync(TestPolicies.ByBudget("default", new Budget { MeanKeep = 0.2 }));
        await _writer.PutAsync(TestTables.Budgets(), Request, CancellationToken.None);
        _log.Warnings.Clear();

        await _writer.PutAsync(TestTables.Budgets(), Request, CancellationToken.None);

        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task PutAsync_NarrowerTable_NamesWhatTheLastOneServed()
    {
        await KnowModelAsync();
        await ApplyAsync(TestPolicies.ByBudget("default", new Budget { MeanKeep = 0.33 }));

        var stored = await _writer.PutAsync(TestTables.Budgets(revision: "*"), Request, CancellationToken.None);
        var narrower = TestTables.Budgets(revision: "*");
        narrower.Points.RemoveAt(1);
        await _writer.PutAsync(narrower, Request, CancellationToken.None);

        Assert.Equal(2, stored.Points.Count);
        Assert.Contains("nearest is mean=0.28", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    private Task ApplyAsync(Contracts.V1.Policy policy) => Stores.PutAsync(_parts.Store, policy);

    private Task KnowModelAsync() => _parts.Store.UpdateAsync(_ => new StoreChange.PutModel(TestModels.LlavaProfile()), CancellationToken.None);
}
