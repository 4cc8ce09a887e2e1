// Scenarios run many processes that use every core.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
