using Fovea.Faults.Reports;

return await FaultProgram.RunAsync(args, Console.Out);
