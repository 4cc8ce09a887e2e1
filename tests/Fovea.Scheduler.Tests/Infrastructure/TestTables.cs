using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Makes the tables that tests store.</summary>
internal static class TestTables
{
    public static BudgetTable Budgets(string model = TestModels.Llava, string revision = "rev-1") => new()
    {
        Model = model,
        ModelRevision = revision,
        FirstDropLayer = 3,
        SearchId = "search-1",
        Points =
        {
            new BudgetPoint { MeanKeep = 0.28, Slope = 0.25, Amplitude = 0.65 },
            new BudgetPoint { MeanKeep = 0.4, Slope = 0.4, Amplitude = 0.9 },
        },
    };

    public static CostTable Costs(string model = TestModels.Llava, string revision = "rev-1") => new()
    {
        Model = model,
        ModelRevision = revision,
        Dtype = "bf16",
        Device = "cpu",
        LayerTimes = { new LayerTime { Rows = 64, Seconds = 0.001 }, new LayerTime { Rows = 4096, Seconds = 0.05 } },
        FixedSeconds = 0.01,
    };
}
