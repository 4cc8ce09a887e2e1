using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Opens stores without a scheduler around them.</summary>
internal static class Stores
{
    public static FileStore Open(TempFolder folder, bool recover = false) =>
        FileStore.Open(new StoreOptions { Folder = folder.Path, Recover = recover }, TimeProvider.System, NullLogger<FileStore>.Instance);

    public static StoreState Sample()
    {
        var schedule = TestPolicies.Rates(4, 1.0 / 3);
        schedule.Id = "s-0123456789abcdef";
        return StoreState.Empty("e1")
            .With(new StoreChange.PutSchedule(schedule))
            .With(new StoreChange.PutPolicy(TestPolicies.BySchedule("default", schedule.Id)))
            .With(new StoreChange.PutModel(TestModels.LlavaProfile()))
            .With(new StoreChange.PutBudgetTable(TestTables.Budgets()))
            .With(new StoreChange.PutCostTable(TestTables.Costs()));
    }

    public static Task<StoreState> PutAsync(ISchedulerStore store, Policy policy) =>
        store.UpdateAsync(_ => new StoreChange.PutPolicy(policy), CancellationToken.None);
}
