using Fovea.Scheduler.Hosting;

return await SchedulerProcess.RunAsync(args, Console.Out, Console.Error);
