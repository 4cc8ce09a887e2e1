using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Schedules;

/// <summary>Checks and stores the budget and cost tables of models.</summary>
internal sealed class TableWriter
{
    private readonly ISchedulerStore _store;
    private readonly SnapshotLimit _limit;
    private readonly ILogger<TableWriter> _logger;

    /// <summary>Makes the writer over the store.</summary>
    public TableWriter(ISchedulerStore store, SnapshotLimit limit, ILogger<TableWriter> logger)
    {
        (_store, _limit, _logger) = (store, limit, logger);
    }

    /// <summary>Stores a budget table in the place of the model's last one and returns it.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT with every fault, RESOURCE_EXHAUSTED, or UNAVAILABLE.</exception>
    public async Task<BudgetTable> PutAsync(BudgetTable table, CancellationToken cancellationToken)
    {
        Require(BudgetTableMapping.ToDomain(table).Faults);
        var state = await _store.UpdateForCallAsync(
            current => _limit.Check(current, new StoreChange.PutBudgetTable(table)), cancellationToken);
        SchedulesLog.TablePut(_logger, "Budget", table.Model, state.Revision);
        return state.BudgetTables[table.Model];
    }

    /// <summary>Stores a cost table in the place of the model's last one and returns it.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT with every fault, RESOURCE_EXHAUSTED, or UNAVAILABLE.</exception>
    public async Task<CostTable> PutAsync(CostTable table, CancellationToken cancellationToken)
    {
        Require(CostTableMapping.ToDomain(table).Faults);
        var state = await _store.UpdateForCallAsync(
            current => _limit.Check(current, new StoreChange.PutCostTable(table)), cancellationToken);
        SchedulesLog.TablePut(_logger, "Cost", table.Model, state.Revision);
        return state.CostTables[table.Model];
    }

    private static void Require(ImmutableArray<PlanFault> faults)
    {
        if (faults.Length > 0)
        {
            throw RpcFaults.ToException(faults, StatusCode.InvalidArgument);
        }
    }
}
