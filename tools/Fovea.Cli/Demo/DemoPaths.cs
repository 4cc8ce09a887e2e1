namespace Fovea.Cli.Demo;

/// <summary>Says where a checkout keeps what the demo needs.</summary>
/// <param name="Root">Root of the checkout.</param>
internal sealed record DemoPaths(string Root)
{
    private const string Output = "bin/Release/net10.0";

    /// <summary>Gets the scheduler's assembly.</summary>
    public string Scheduler => Path.Combine(Root, "services/Scheduler", Output, "Fovea.Scheduler.dll");

    /// <summary>Gets the executor's assembly.</summary>
    public string Executor => Path.Combine(Root, "services/Executor", Output, "Fovea.Executor.dll");

    /// <summary>Gets the folder of questions, images and the policy.</summary>
    public string Demo => Path.Combine(Root, "models/demo");

    /// <summary>Gets the checkpoint's folder.</summary>
    public string Model => Path.Combine(Demo, "model");

    /// <summary>Gets the questions' file.</summary>
    public string Questions => Path.Combine(Demo, "questions20.json");

    /// <summary>Gets the policy's file.</summary>
    public string Policy => Path.Combine(Demo, "policy.yaml");
}
