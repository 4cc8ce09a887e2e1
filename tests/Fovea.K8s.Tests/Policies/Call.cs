namespace Fovea.K8s.Tests.Policies;

/// <summary>Who may call whom, at which port.</summary>
internal readonly record struct Call(string From, string To, string Port)
{
    public override string ToString() => $"{From} -> {To}:{Port}";
}
