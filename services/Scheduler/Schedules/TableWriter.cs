using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Policies;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Schedules;

/// <summary>Checks and stores the budget and cost tables of models.</summary>
internal sealed class TableWriter
{
    private readonly ISchedulerStore _store;
    private readonly ServingStates _states;
    private readonly SnapshotLimit _limit;
    private readonly ILogger<TableWriter> _logger;

    /// <summary>Makes the writer over the store.</summary>
    public TableWriter(ISchedulerStore store, ServingStates states, SnapshotLimit limit, ILogger<TableWriter> logger)
    {
        (_store, _states, _limit, _logger) = (store, states, limit, logger);
    }

    /// <summary>
    /// Stores a budget table in the place of the model's last one and returns it. A policy that has no plan any more is logged.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="request">A request such as the table was searched on; policies are tried on it.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <param name="fence">The lease that it is stored under; null for none.</param>
    /// <exception cref="FencedException">The lease is over.</exception>
    /// <exception cref="RpcException">INVALID_ARGUMENT with every fault, RESOURCE_EXHAUSTED, or UNAVAILABLE.</exception>
    public async Task<BudgetTable> PutAsync(BudgetTable table, PlanRequest request, CancellationToken cancellationToken, StoreFence? fence = null)
    {
        Require(BudgetTableMapping.ToDomain(table).Faults);
        ServingState? before = null;
        var state = await _store.UpdateForCallAsync(
            current =>
            {
                before = _states.Of(current);
                return _limit.Check(current, new StoreChange.PutBudgetTable(table) { Fence = fence });
            },
            cancellationToken);
        SchedulesLog.TablePut(_logger, "Budget", table.Model, state.Revision);
        foreach (var (policy, faults) in TableEffects.Broken(before!, _states.Of(state), table, request))
        {
            SchedulesLog.PolicyInfeasible(_logger, policy, table.Model, table.SearchId, faults);
        }

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
