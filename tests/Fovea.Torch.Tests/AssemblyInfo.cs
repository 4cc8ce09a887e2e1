// Live tensors are counted for the whole process, so leaks can be blamed on a test only when tests run one by one.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
