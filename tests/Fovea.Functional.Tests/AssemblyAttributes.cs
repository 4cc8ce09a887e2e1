// Each test runs two processes that use every core.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
