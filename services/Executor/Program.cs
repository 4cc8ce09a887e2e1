using Fovea.Executor.Hosting;

return await ExecutorHost.RunAsync(args);
